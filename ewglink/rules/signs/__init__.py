"""Indicators: one file each, found by its MEMBER."""
