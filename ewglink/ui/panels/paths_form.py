"""The form of what is looked for between and around entities: what, between which, and under which conditions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, _, language, ngettext
from ewglink.ui.session import Session
from ewglink.ui.widgets.elided_button import ElidedButton
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import hint, label, plain
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.ui.widgets.types_button import TypesButton
from ewglink.ui.widgets.words import Words
from ewglink.workspace.finding import WHATS, WHICH, Asked

DIRECTIONS = (("any", N_("either way")), ("with", N_("with the arrows")), ("against", N_("against the arrows")))
GRADES = ("", "A1", "B2", "C3", "D4")
STEPS = {"paths": 4, "connecting": 4, "linked": 1, "cycles": 4}
SHOWN = {
    "ends": ("paths",), "about": ("connecting", "linked", "common", "cycles"), "which": ("paths",),
    "steps": ("paths", "connecting", "linked", "cycles"), "direction": ("paths", "linked"),
    "advancing": ("paths", "linked", "cycles"), "tree": ("connecting",)}
MORE = {"grade": tuple(WHATS), "certain": tuple(WHATS), "link_types": tuple(WHATS), "types": tuple(WHATS),
        "through": ("paths",), "avoid": ("paths", "connecting"), "hub": ("linked",),
        "most": ("paths", "linked", "cycles", "common")}


class PathsForm(QWidget):
    """`changed()` when another question would be asked; `asked()` gives it; `resized()` when rows come or go."""

    changed = Signal()
    resized = Signal()

    def __init__(self, session: Session, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.ends: list[int | None] = [None, None]
        self.stops: dict[str, tuple[int, ...]] = {"through": (), "avoid": ()}
        self.what, self.way, self.direction, self.grade = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.end_buttons = [ElidedButton(), ElidedButton()]
        self.swap = QToolButton()
        self.items: tuple[int, ...] = ()
        self.items_button = ElidedButton()
        self.steps, self.most, self.hub = QSpinBox(), QSpinBox(), QSpinBox()
        self.directed, self.tree, self.certain = QCheckBox(), QCheckBox(), QCheckBox()
        self.more = QCheckBox()
        self.link_types, self.types = TypesButton(), TypesButton()
        self.stop_buttons = {"through": ElidedButton(), "avoid": ElidedButton()}
        self._labels: dict[str, Any] = {}
        self._rows: dict[str, list[QWidget]] = {}
        self._set_out()
        self._say(words)
        self.what.currentIndexChanged.connect(self._turned)
        self.way.currentIndexChanged.connect(self.show_rows)
        self.more.toggled.connect(self.show_rows)
        for at, button in enumerate(self.end_buttons):
            button.clicked.connect(lambda _checked=False, which=at: self._take_end(which))
        for key, button in self.stop_buttons.items():
            button.clicked.connect(lambda _checked=False, which=key: self._take_stops(which))
        self.swap.clicked.connect(lambda: self.take(*reversed(self.ends)))
        self.items_button.clicked.connect(lambda: self.take_items(self._selected()))

    # how it is set out

    def _set_out(self) -> None:
        for box, low, high, value in ((self.steps, 1, 12, 4), (self.most, 1, 10_000, 1000),
                                      (self.hub, 0, 1_000_000, 200)):
            box.setRange(low, high)
            box.setValue(value)
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        ends = QWidget()
        column = QVBoxLayout(ends)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for button in (*self.end_buttons, self.items_button, *self.stop_buttons.values()):
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().verticalPolicy())
        column.addWidget(self.end_buttons[0])
        second = QHBoxLayout()
        second.addWidget(self.end_buttons[1], 1)
        second.addWidget(self.swap)
        column.addLayout(second)
        self.swap.setIcon(glyph("redo"))
        for key, field in (("what", self.what), ("ends", ends), ("about", self.items_button), ("which", self.way),
                           ("steps", self.steps), ("direction", self.direction), ("advancing", self.directed),
                           ("tree", self.tree), ("more", self.more), ("grade", self.grade), ("certain", self.certain),
                           ("link_types", self.link_types), ("types", self.types),
                           ("through", self.stop_buttons["through"]), ("avoid", self.stop_buttons["avoid"]),
                           ("hub", self.hub), ("most", self.most)):
            self._add(key, field)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self._form)

    def _add(self, key: str, field: QWidget) -> None:
        if isinstance(field, QCheckBox):
            self._form.addRow(field)
            self._rows[key] = [field]
            return
        name = label(buddy=self.end_buttons[0] if key == "ends" else field)
        self._labels[key] = name
        self._form.addRow(name, field)
        self._rows[key] = [name, field]

    def _say(self, words: Words) -> None:
        said = {"what": N_("Find"), "ends": N_("From, to"), "about": N_("Of"), "which": N_("Which"),
                "steps": N_("Steps at most"), "direction": N_("Direction"), "grade": N_("Weakest grade"),
                "link_types": N_("Links"), "types": N_("Entities"), "through": N_("Through"), "avoid": N_("Avoiding"),
                "hub": N_("Hub above"), "most": N_("At most")}
        for key, text in said.items():
            words.say(self._labels[key].setText, text)
            field = self._rows[key][1]
            if key != "ends":
                words.say(field.setAccessibleName, text)
        words.say(self.directed.setText, N_("Dates must advance"))
        words.say(self.tree.setText, N_("As little as holds them together"))
        words.say(self.certain.setText, N_("Leave tentative links out"))
        words.say(self.more.setText, N_("More conditions"))
        words.say(lambda text: hint(self.swap, text), N_("The other way round"))
        words.say(self.swap.setAccessibleName, N_("The other way round"))
        words.say(lambda text: hint(self.hub, text),
                  N_("What has more links than this is named, but not expanded; 0: everything is."))
        words.also(self.fill)
        self.fill()

    def fill(self) -> None:
        """Say every choice in the language in force."""
        for box, choices in ((self.what, tuple(WHATS.items())), (self.way, tuple(WHICH.items())),
                             (self.direction, DIRECTIONS)):
            _offer(box, [(key, _(name)) for key, name in choices])
        _offer(self.grade, [(one, one or _("any")) for one in GRADES])
        self.fill_types()
        self.show_rows()
        self.show_items()

    def fill_types(self) -> None:
        """Offer the types that the case has."""
        if self.session.workspace is None:
            return
        schema, network = self.session.schema, self.session.workspace.network()
        here, links = sorted(set(network.type_keys)), sorted(set(network.link_type_keys))
        self.types.offer(_("all types"), [(key, schema.label(key, language()), type_icon(schema, key)) for key in here])
        self.link_types.offer(_("all types"), [(key, schema.label(key, language()), None) for key in links])

    def _turned(self) -> None:
        key = self.what.currentData()
        if key in STEPS:
            self.steps.setValue(STEPS[key])
        self.show_rows()
        self.changed.emit()

    def show_rows(self, *_changed: Any) -> None:
        """Show the rows that the question needs."""
        what = self.what.currentData()
        for key, whats in SHOWN.items():
            seen = what in whats and not (key == "steps" and what == "paths" and self.way.currentData() != "up_to")
            for one in self._rows[key]:
                one.setVisible(seen)
        for key, whats in MORE.items():
            for one in self._rows[key]:
                one.setVisible(self.more.isChecked() and what in whats)
        self.resized.emit()

    # between and of which

    def take(self, a: int | None, b: int | None) -> None:
        """Take these as the ends of a path."""
        self.ends = [a, b]
        self.show_items()
        self.changed.emit()

    def take_items(self, items: Iterable[int]) -> None:
        """Take these as what is asked about."""
        self.items = tuple(items)
        self.show_items()
        self.changed.emit()

    def _selected(self) -> list[int]:
        if self.session.workspace is None:
            return []
        refs = self.session.case.items.refs(list(self.session.selection.items)[:500])
        return sorted(ref.id for ref in refs.values() if ref.kind == "entity")

    def _take_end(self, which: int) -> None:
        chosen = self._selected()
        self.ends[which] = chosen[0] if chosen else None
        self.show_items()
        self.changed.emit()

    def _take_stops(self, which: str) -> None:
        self.stops[which] = tuple(self._selected()[:20])
        self.show_items()

    def show_items(self, *_changed: Any) -> None:
        """Name the entities asked about."""
        if self.session.workspace is None:
            return
        wanted = {one for one in self.ends if one is not None} | {one for some in self.stops.values() for one in some}
        wanted |= set(self.items)
        refs = self.session.case.items.refs(wanted)
        for end, button in zip(self.ends, self.end_buttons, strict=True):
            ref = refs.get(end) if end is not None else None
            button.setText(plain(ref.label).replace("&", "&&") if ref else _("Take the selected entity"))
            button.setIcon(type_icon(self.session.schema, ref.type) if ref else QIcon())
        for key, button in self.stop_buttons.items():
            self._name(button, [plain(refs[one].label) for one in self.stops[key] if one in refs])
        self._name(self.items_button, [plain(refs[one].label) for one in self.items if one in refs])

    @staticmethod
    def _name(button: ElidedButton, names: list[str]) -> None:
        few = ngettext("{n} entity", "{n} entities", len(names)) if len(names) > 3 else ", ".join(names)
        button.setText(few.replace("&", "&&") or _("Take what is selected"))
        hint(button, ", ".join(names[:30]) or _("Take what is selected"))

    def emptied(self) -> None:
        """No case, no entities."""
        self.ends, self.items, self.stops = [None, None], (), {"through": (), "avoid": ()}

    def asked(self) -> Asked:
        """The question."""
        what, more = self.what.currentData(), self.more.isChecked()
        items = tuple(one for one in self.ends if one is not None) if what == "paths" else self.items
        directed = what in SHOWN["direction"]
        return Asked(
            what, items, self.way.currentData(), self.steps.value(),
            self.most.value() if more else 1000,
            self.direction.currentData() if directed else "any",
            self.directed.isChecked() and what in SHOWN["advancing"],
            (self.grade.currentData() or None) if more else None,
            ("confirmed", "unconfirmed") if more and self.certain.isChecked() else None,
            (self.link_types.chosen() or None) if more else None, (self.types.chosen() or None) if more else None,
            self.stops["through"] if more and what == "paths" else (), self.stops["avoid"] if more else (),
            self.tree.isChecked(), self.hub.value() if more else 200)


def _offer(box: QComboBox, choices: list[tuple[str, str]]) -> None:
    kept = box.currentData()
    box.blockSignals(True)
    box.clear()
    for key, name in choices:
        box.addItem(name, key)
    box.setCurrentIndex(max(0, box.findData(kept)))
    box.blockSignals(False)
