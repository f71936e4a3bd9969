"""The import formats, one file each."""
