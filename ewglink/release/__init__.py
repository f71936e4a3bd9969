"""Who may see what, as pure functions."""
