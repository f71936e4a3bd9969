"""Marks on any QPainter: screen, PNG, SVG, PDF and print are one painter.

`pages.scene_of` and `pages.write_png`, `write_svg`, `write_pdf` are what an exporter needs.
"""
