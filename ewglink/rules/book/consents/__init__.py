"""Rules of notice and consent, NC-01 to NC-43."""
