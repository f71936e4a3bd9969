"""The arrangements, one file each."""
