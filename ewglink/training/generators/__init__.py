"""Seeded generators of workshop cases."""
