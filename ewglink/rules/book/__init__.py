"""The rules, one file each, found by their folder: consents, refrigerants, engines, wildlife."""
