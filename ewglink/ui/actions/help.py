"""Actions that help: every command by name, every shortcut, what this program is."""

from __future__ import annotations

from ewglink.text import N_
from ewglink.ui.action_menus import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "help.palette",
        N_("Find a &command…"),
        lambda w: w.show_palette(),
        ("Ctrl+K", "Ctrl+Shift+P"),
        "help",
        0,
        "search",
        in_palette=False,
    ),
    Action("help.shortcuts", N_("&Keyboard shortcuts…"), lambda w: w.show_shortcuts(), ("?", "F1"), "help", 0),
    Action("help.log", N_("Show the &log file"), lambda w: w.show_log(), (), "help", 1),
    Action("help.about", N_("&About EWGLink"), lambda w: w.show_about(), (), "help", 1, "info"),
)
"""The actions of the Help menu."""
