"""What a case is made of, on the standard library alone."""
