"""How a case looks as a network."""
