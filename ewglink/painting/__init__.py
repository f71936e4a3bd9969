"""Marks on any QPainter."""
