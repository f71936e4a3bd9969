"""Actions on how things look: of what is selected, and of the chart as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ewglink.text import N_
from ewglink.ui.action_menus import Action, with_selection_on_chart, with_writable_chart
from ewglink.ui.formatting import SIZES, WIDTHS
from ewglink.ui.widgets.colour_box import COLOURS

_SIZE_NAMES = (N_("&Half"), N_("&Normal"), N_("&Double"), N_("&Triple"), N_("&Fourfold"))
_WIDTH_NAMES = (N_("&Hair"), N_("&Normal line"), N_("&Strong"), N_("&Bold line"), N_("&Heavy"))
_MULTIPLICITIES = (("", N_("&As the chart")), ("multiple", N_("&Each link")), ("directed", N_("One line a &direction")),
                   ("single", N_("&One line")), ("flow", N_("Net &flow")))
_REPRESENTATION = N_("&Representation")
_SIZE = N_("Icon &size")
_COLOUR = N_("&Colour")
_FRAME = N_("&Frame")
_WIDTH = N_("Line &width")
_BY_RULE = N_("&By rule")
_MULTIPLICITY = N_("&Links of this pair")


_READY_MADE = (
    ("size_by_degree", N_("Size by &degree"), lambda w: w.editing.formatting.size_by("degree")),
    ("size_by_betweenness", N_("Size by &betweenness"), lambda w: w.editing.formatting.size_by("betweenness")),
    ("colour_communities", N_("&Colour by community"), lambda w: w.editing.formatting.colour_communities()),
    ("drop_rules", N_("&No rules"), lambda w: w.editing.formatting.drop_rules()),
)


def _entities(window: Any) -> bool:
    return with_selection_on_chart(window) and window.editing.formatting.any_entities()


def _one_entity(window: Any) -> bool:
    return with_selection_on_chart(window) and len(window.charts.view().selected_rows()) == 1


def _links(window: Any) -> bool:
    return with_selection_on_chart(window) and window.editing.formatting.any_links()


def _represent(key: str) -> Callable[[Any], None]:
    return lambda window: window.editing.formatting.represent(key)


def _give_entities(**settings: Any) -> Callable[[Any], None]:
    return lambda window: window.editing.formatting.give_entities(**settings)


def _give_links(**settings: Any) -> Callable[[Any], None]:
    return lambda window: window.editing.formatting.give_links(**settings)


def _give_all(**settings: Any) -> Callable[[Any], None]:
    return lambda window: window.editing.formatting.give_all(**settings)


def _one(name: str, text: str, run: Callable[[Any], Any], able: Callable[[Any], bool], group: int, submenu: str = "",
         keys: tuple[str, ...] = (), icon: str = "") -> Action:
    return Action(f"format.{name}", text, run, keys, "format", group, icon, able, submenu=submenu)


def _looks() -> tuple[Action, ...]:
    """Representation, size, colour and frame of entities; colours of links too."""
    from ewglink.drawing.representation import REPRESENTATIONS

    return (
        *(_one(f"represent_{one.key}", one.name, _represent(one.key), _entities, 0, _REPRESENTATION)
          for one in REPRESENTATIONS),
        *(_one(f"size_{number}", name, _give_entities(size=None if size == 1.0 else size), _entities, 0, _SIZE)
          for number, (size, name) in enumerate(zip(SIZES, _SIZE_NAMES, strict=True))),
        _one("colour_none", N_("As the &type"), _give_all(colour=None), with_selection_on_chart, 0, _COLOUR),
        *(_one(f"colour_{colour[1:]}", name, _give_all(colour=colour), with_selection_on_chart, 0, _COLOUR)
          for colour, name in COLOURS.items()),
        _one("frame_none", N_("&No frame"), _give_entities(frame=None), _entities, 0, _FRAME),
        *(_one(f"frame_{colour[1:]}", name, _give_entities(frame=colour), _entities, 0, _FRAME)
          for colour, name in COLOURS.items()),
        _one("badges", N_("&Badges…"), lambda w: w.editing.formatting.badges(), _entities, 0, icon="badge"),
        _one("picture", N_("&Picture…"), lambda w: w.editing.formatting.picture(), _entities, 0),
        _one("no_picture", N_("&Without a picture"), _give_entities(picture=None), _entities, 0),
        _one("below_label", N_("Beneath the &label…"), lambda w: w.editing.formatting.below_label(), _entities, 0),
        _one("text", N_("&Text in it…"), lambda w: w.editing.formatting.text(), _entities, 0),
    )


def actions() -> tuple[Action, ...]:
    """The actions of the Format menu."""
    return (
        *_looks(),
        *(_one(f"width_{number}", name, _give_links(width=None if width == 1.5 else width), _links, 1, _WIDTH)
          for number, (width, name) in enumerate(zip(WIDTHS, _WIDTH_NAMES, strict=True))),
        *(_one(f"pair_{key or 'chart'}", name, _give_links(multiplicity=key or None), _links, 1, _MULTIPLICITY)
          for key, name in _MULTIPLICITIES),
        _one("for_type", N_("&Like this for all of its type"), lambda w: w.editing.formatting.for_type(), _one_entity,
             2),
        _one("clear", N_("Look as the type &does"), lambda w: w.editing.formatting.clear(), with_selection_on_chart, 2,
             keys=("Alt+Shift+D",)),
        _one("grey", N_("&Grey"), lambda w: w.editing.formatting.grey(True), _entities, 3, keys=("Ctrl+Shift+Y",)),
        _one("grey_others", N_("Grey the &others"), lambda w: w.editing.formatting.grey_others(),
             with_selection_on_chart, 3),
        _one("ungrey", N_("In &colour again"), lambda w: w.editing.formatting.grey(False), _entities, 3),
        _one("ungrey_all", N_("&Everything in colour again"), lambda w: w.editing.formatting.ungrey_all(),
             with_writable_chart, 3, keys=("Alt+Shift+Y",)),
        _one("chart", N_("Format the c&hart…"), lambda w: w.editing.formatting.chart(), with_writable_chart, 4,
             keys=("Ctrl+Shift+O",)),
        _one("timeline", N_("Ti&meline…"), lambda w: w.editing.formatting.timeline(), with_writable_chart, 4,
             keys=("Ctrl+Shift+M",)),
        _one("rules", N_("Rules of a&ppearance…"), lambda w: w.editing.formatting.rules(), with_writable_chart, 4,
             keys=("Ctrl+Shift+R",)),
        *(_one(name, text, run, with_writable_chart, 4, _BY_RULE) for name, text, run in _READY_MADE),
    )
