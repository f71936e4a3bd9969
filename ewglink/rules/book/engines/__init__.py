"""Rules on engines: families, labels, numbers and papers."""
