"""The vocabularies of formats, for reading and for writing."""
