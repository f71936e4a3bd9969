"""Tools: each reads one gesture of the mouse or some keys, and is one file."""
