"""The panels round the charts."""
