"""Actions on the case as a file: new, open, import, export, print, close."""

from __future__ import annotations

from typing import Any

from ewglink.text import N_
from ewglink.ui.action_menus import Action, with_case, with_chart, with_writable_case


def _new(window: Any) -> None:
    window.files.new_case()


def _open(window: Any) -> None:
    window.files.open_case()


def _demo(window: Any) -> None:
    window.files.open_demo()


def _cold_front(window: Any) -> None:
    window.files.open_demo("cold-front")


def _paper_reef(window: Any) -> None:
    window.files.open_demo("paper-reef")


def _engines(window: Any) -> None:
    window.files.open_demo("engines")


def _specifications(window: Any) -> None:
    window.files.specifications()


def _import(window: Any) -> None:
    window.files.import_files()


def _export(window: Any) -> None:
    window.files.export()


def _properties(window: Any) -> None:
    window.files.properties()


def _page_setup(window: Any) -> None:
    window.files.page_setup()


def _print(window: Any) -> None:
    window.files.print_chart()


def _close(window: Any) -> None:
    window.session.close()


def _quit(window: Any) -> None:
    window.close()


ACTIONS: tuple[Action, ...] = (
    Action("file.new", N_("&New case…"), _new, ("Ctrl+N",), "file", 0, "new"),
    Action("file.open", N_("&Open case…"), _open, ("Ctrl+O",), "file", 0, "browse"),
    Action("file.demo", N_("Open the &demo case"), _demo, (), "file", 0),
    Action("file.demo_refrigerants", N_("Open the demo on refrigerants"), _cold_front, (), "file", 0),
    Action("file.demo_wildlife", N_("Open the demo on wildlife"), _paper_reef, (), "file", 0),
    Action("file.demo_engines", N_("Open the demo on engines"), _engines, (), "file", 0),
    Action("file.import", N_("&Import files…"), _import, ("Ctrl+I",), "file", 1, "import", with_writable_case),
    Action("file.specifications", N_("Import &specifications…"), _specifications, (), "file", 1, ""),
    Action("file.export", N_("&Export…"), _export, ("Ctrl+E",), "file", 1, "export", with_case),
    Action("file.page_setup", N_("Page set&up…"), _page_setup, (), "file", 2, "file", with_chart),
    Action("file.print", N_("&Print…"), _print, ("Ctrl+P",), "file", 2, "", with_chart),
    Action("file.properties", N_("Case p&roperties…"), _properties, (), "file", 2, "", with_case),
    Action("file.close", N_("&Close case"), _close, ("Ctrl+W",), "file", 3, "", with_case),
    Action("file.quit", N_("&Quit"), _quit, ("Ctrl+Q",), "file", 3),
)
"""The actions of the File menu."""
