"""How names and addresses are cleaned and compared."""
