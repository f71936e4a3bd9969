"""The trade's code lists, dated parameters and the schema files, read from the resources."""
