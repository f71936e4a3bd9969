"""The parties panel: a league table, and of one party what it is, does and holds, and what was found about it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QTabWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ewglink.rules.saying import SEVERITY_NAMES, STATE_NAMES, sentence, title
from ewglink.text import N_, _, language, ngettext, number
from ewglink.ui.panels.findings_model import SIGNS
from ewglink.ui.panels.inspector import VALIDITY
from ewglink.ui.panels.party_indicators import PartyIndicators
from ewglink.ui.panels.trade_panel import ID, TradePanel, figure, fill, table, tint, weight
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import heading, muted, plain
from ewglink.workspace.profiles import PARTS, Profile, Standing, profile
from ewglink.workspace.trade_words import country_text, role_names, scheme_name
from ewglink.workspace.utilisation import STATE_WORDS

TABS = (("numbers", N_("Identifiers")), ("loads", N_("Loads")), ("streams", N_("Consents")),
        ("findings", N_("Findings")), ("shared", N_("Shared features")))
INDICATORS = N_("Indicators")
"""The name of the last tab."""


class PartyProfilePanel(TradePanel):
    """Parties. `item_wanted(id)` opens an item, `finding_wanted(id)` a finding."""

    item_wanted = Signal(int)
    finding_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.league = table(11)
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.count = muted()
        self.title, self.about = heading(points=1.05), muted()
        self.trees = {"numbers": table(4), "loads": table(6), "streams": table(4), "findings": table(5),
                      "shared": table(3)}
        self.indicators = PartyIndicators(session)
        self.tabs = QTabWidget()
        self._following = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(200)
        self._set_out()
        self._connect()
        self._say()
        self.setFocusProxy(self.league)

    def _set_out(self) -> None:
        self.tabs.setDocumentMode(True)
        for tree in (self.league, *self.trees.values()):
            tree.header().setStretchLastSection(True)
        for key, _name in TABS:
            self.tabs.addTab(self.trees[key], "")
        self.tabs.addTab(self.indicators, "")
        self.tabs.setUsesScrollButtons(True)
        top = QHBoxLayout()
        top.setContentsMargins(6, 4, 6, 0)
        top.addWidget(self.filter, 1)
        top.addWidget(self.count)
        self.count.setWordWrap(False)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.league, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.tabs, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(left)
        self.split.addWidget(right)
        self.split.setChildrenCollapsible(False)
        self.split.setSizes([620, 620])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.split)

    def _connect(self) -> None:
        self.league.itemSelectionChanged.connect(self._chosen)
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._filtered)
        self.league.itemActivated.connect(self._open_item)
        for key in ("loads", "streams", "shared"):
            self.trees[key].itemActivated.connect(self._open_item)
        self.trees["findings"].itemActivated.connect(lambda line, _column: self.finding_wanted.emit(line.data(0, ID)))
        self.trees["loads"].itemSelectionChanged.connect(self._loads_chosen)
        self.indicators.item_wanted.connect(self.item_wanted)
        self.indicators.scored.connect(self._scored)
        self.session.selection.changed.connect(lambda *_: self._follow())

    def _open_item(self, line: QTreeWidgetItem, _column: int) -> None:
        if line.data(0, ID):
            self.item_wanted.emit(int(line.data(0, ID)))

    def _say(self) -> None:
        for at, (_key, name) in enumerate(TABS):
            self.tabs.setTabText(at, _(name))
        self.indicators.retranslate()
        self.words.say(self.filter.setPlaceholderText, N_("Filter by text"))
        self.words.say(self.league.setAccessibleName, N_("Parties and facilities"))
        for key, name in TABS:
            self.words.say(self.trees[key].setAccessibleName, name)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self._say()

    def sizeHint(self) -> QSize:
        """Room for the table beside a profile."""
        return QSize(900, 350)

    def emptied(self) -> None:
        """No case, no parties."""
        super().emptied()
        self._typing.stop()
        for tree in (self.league, *self.trees.values()):
            tree.clear()
        self.indicators.clear()
        self.title.clear()
        self.about.clear()
        self.count.clear()

    # the league

    def show_found(self) -> None:
        """Show the table again; who was chosen stays so."""
        kept = self._party()
        self._following = True
        fill(self.league, (_("Party"), _("Findings"), f"{SIGNS['high']} {_(SEVERITY_NAMES['high'])}", _("Loads"),
                           _("Exported (kg)"), _("Received (kg)"), _("Receipts open"), _("Completions open"),
                           _("Country"), _("Roles"), _("Type")),
             [(row.party, self._cells(row)) for row in self.found.parties])
        self._following = False
        self._filtered()
        self.choose(kept if kept is not None else next((row.party for row in self.found.parties), 0))

    def _cells(self, row: Standing) -> list[tuple[str, Any]]:
        kind = self.session.schema.label(row.type, language())
        figures = (figure(row.findings), figure(row.high), figure(row.loads),
                   weight(row.exported_kg, row.exported_more),
                   weight(row.received_kg, row.received_more), figure(row.open_receipts), figure(row.open_completions))
        roles, country = role_names(row.roles), country_text(row.country)
        return [(row.label, row.label.casefold()), *figures,
                (country, country), (roles, roles), (kind, kind)]

    def _filtered(self) -> None:
        words, shown = self.filter.text().casefold().split(), 0
        for at in range(self.league.topLevelItemCount()):
            line = self.league.topLevelItem(at)
            text = " ".join(line.text(column) for column in range(11)).casefold()
            line.setHidden(not all(word in text for word in words))
            shown += not line.isHidden()
        self.count.setText(ngettext("{n} party", "{n} parties", shown))

    def _party(self) -> int | None:
        line = self.league.currentItem()
        return int(line.data(0, ID)) if line is not None else None

    def choose(self, party: int) -> None:
        """Show the profile of a party."""
        for at in range(self.league.topLevelItemCount()):
            line = self.league.topLevelItem(at)
            if line.data(0, ID) == party:
                self._following = True
                self.league.setCurrentItem(line)
                self._following = False
                self._show(party)
                return

    def _chosen(self) -> None:
        party = self._party()
        if not self._following and party is not None and self.found is not None:
            self.session.selection.set([party])
            self._show(party)

    def _follow(self) -> None:
        """A party selected elsewhere is shown here."""
        items = self.session.selection.items
        if self.found is not None and self.isVisible() and len(items) == 1 and not self._following:
            item = next(iter(items))
            if item != self._party():
                self.choose(item)

    def _loads_chosen(self) -> None:
        if not self._following:
            self.session.selection.set({int(line.data(0, ID)) for line in self.trees["loads"].selectedItems()})

    # one party

    def _show(self, party: int) -> None:
        kept = [row.kept for row in self.found.rows]
        found = profile(self.session.workspace, self.found.trade, kept, party, self.found.parties)
        if found is None:
            return
        self.title.setText(plain(found.party.label))
        counts = [f"{_(PARTS[key])}: {number(n)}" for key, n in found.counts.items()]
        about = [country_text(found.party.country), role_names(found.party.roles), *counts]
        self.about.setText(plain(" · ".join(filter(None, about))))
        self._following = True
        self._show_numbers(found)
        self._show_loads(found)
        self._show_others(found)
        self._following = False
        self.indicators.ask(self.found, party)

    def _show_numbers(self, found: Profile) -> None:
        rows = [(0, ((scheme_name(self.session.schema, one.ns), one.ns), (one.value, one.value),
                     (_(VALIDITY.get(one.validity, one.validity)), one.validity),
                     (_("makes rows one item") if one.joins else "", one.joins))) for one in found.identities]
        fill(self.trees["numbers"], (_("Scheme"), _("Value"), _("Validity"), ""), rows)
        for at, one in enumerate(found.identities):
            if one.validity in ("warn", "fail"):
                tint(self.trees["numbers"].topLevelItem(at), 2, "warn" if one.validity == "warn" else "error")

    def _show_loads(self, found: Profile) -> None:
        fill(self.trees["loads"], (_("Load"), _("Shipped"), _("It is"), _("Kilograms"), _("Delivered"), _("Findings")),
             [(one.movement, ((one.ref, one.ref), (str(one.on or "–"), str(one.on or "")),
                              (", ".join(_(PARTS[part]) for part in one.parts), one.parts),
                              weight(one.kg, one.more),
                              (str(one.delivered or "–"), str(one.delivered or "")),
                              (number(one.findings), one.findings))) for one in found.parts])

    def _show_others(self, found: Profile) -> None:
        fill(self.trees["streams"], (_("Consent"), _("State"), _("Window"), _("Consented (kg)")),
             [(one.id, ((one.number, one.number), (_(STATE_WORDS.get(one.status, one.status)), one.status),
                        (f"{one.start or '?'} – {one.end or '?'}", str(one.start)),
                        figure(one.kg)))
              for one in found.streams])
        fill(self.trees["findings"], (_("Rule"), _("Load or item"), _("Severity"), _("Judgement"), _("What is wrong")),
             [(one.id, ((f"{one.rule} {title(one.rule)}", one.rule), (", ".join(one.refs), one.refs[:1]),
                        (f"{SIGNS[one.severity]} {_(SEVERITY_NAMES[one.severity])}",  # type: ignore[index]
                         one.severity), (_(STATE_NAMES[one.state]), one.state),
                        (sentence(one.rule, one.values), ""))) for one in found.findings])
        fill(self.trees["shared"], (_("Feature"), _("Value"), _("Shared with")),
             [(others[0][0], ((self._property(key), key), (value, value),
                              (", ".join(label for _id, label in others), ""))) for key, value, others in found.shared])
        for at, (key, name) in enumerate(TABS):
            self.tabs.setTabText(at, f"{_(name)} ({number(self.trees[key].topLevelItemCount())})")

    def _scored(self, signs: int) -> None:
        said = _(INDICATORS) if signs < 0 else f"{_(INDICATORS)} ({number(signs)})"
        self.tabs.setTabText(self.tabs.indexOf(self.indicators), said)

    def _property(self, key: str) -> str:
        known = self.session.schema.entity_types["organization"].property(key)
        return str(known.label(language())) if known is not None else key
