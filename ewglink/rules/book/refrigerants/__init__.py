"""Rules on refrigerants: allowances, filings, what is declared and what is found."""
