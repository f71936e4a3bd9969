"""Workshop cases and exercises."""
