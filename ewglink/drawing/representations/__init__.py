"""Representations: how an entity appears on a chart; each module is one of the family."""
