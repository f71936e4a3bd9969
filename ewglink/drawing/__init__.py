"""What a chart looks like, without a toolkit."""
