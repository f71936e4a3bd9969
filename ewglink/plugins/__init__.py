"""How families find their members."""
