"""The terminal's verbs, one file each."""
