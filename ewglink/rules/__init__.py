"""What a case breaks: rules and indicators over the records of the trade."""
