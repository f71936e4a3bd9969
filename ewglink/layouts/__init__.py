"""Where things go: arrangements of a chart."""
