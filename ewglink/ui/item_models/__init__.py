"""Qt models over the tables of a case."""
