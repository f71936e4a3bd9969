"""The workspace in a window."""
