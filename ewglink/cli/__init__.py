"""The workspace in a terminal."""
