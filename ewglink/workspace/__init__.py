"""An open case."""
