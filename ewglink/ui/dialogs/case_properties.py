"""What a case says of itself: title and handling, which can be changed, and the facts of its file, which cannot."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ewglink.model.items import ENTITY, LINK
from ewglink.text import N_, Message, _, language, number
from ewglink.ui.dialogs.handling_form import HandlingForm
from ewglink.ui.widgets.plain_text import label, plain

_WIDE = 560


def _buttons(dialog: QDialog, agree: str) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
    ok.setText(agree)
    ok.setProperty("primary", True)
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def _titled(form: QFormLayout, title: str) -> QLineEdit:
    line = QLineEdit(title)
    name = _("Title of the case")
    line.setAccessibleName(name)
    form.addRow(label(name, buddy=line), line)
    return line


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _boxed(title: str, inside: QWidget) -> QGroupBox:
    group = QGroupBox(title)
    QVBoxLayout(group).addWidget(inside)
    return group


class CaseProperties(QDialog):
    """Look at what the case says of itself, and change its title and its handling: one step for each."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self.session = window.session
        case = self.session.case
        self.setWindowTitle(_("Case properties"))
        self.setMinimumWidth(_WIDE)
        form = _form()
        self.title = _titled(form, self.session.workspace.title)
        self.handling = HandlingForm(case.meta("handling") or "")
        self.facts = QWidget()
        self._facts = QFormLayout(self.facts)
        writable = not self.session.read_only
        self.title.setReadOnly(not writable)
        self.handling.setEnabled(writable)
        said = QWidget()
        inner = QVBoxLayout(said)
        inner.setSpacing(10)
        inner.addLayout(form)
        inner.addWidget(_boxed(_("Handling of everything in this case"), self.handling))
        inner.addStretch(1)
        self.tabs = QTabWidget()
        self.tabs.addTab(said, _("Title and handling"))
        self.tabs.addTab(self.facts, _("Facts"))
        box = QVBoxLayout(self)
        box.addWidget(self.tabs, 1)
        self.buttons = _buttons(self, _("Apply"))
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.title.textChanged.connect(lambda *_: self._check())
        box.addWidget(self.buttons)
        self._check()
        self.session.jobs.ask(Message(N_("Counting")), lambda: facts_of(case), self._tell, lambda _error: None)
        self.session.closed.connect(self.reject)

    def _check(self) -> None:
        self.ok.setEnabled(bool(self.title.text().strip()) and not self.session.read_only)

    def _tell(self, facts: list[tuple[str, str]]) -> None:
        if not isValid(self):
            return
        for name, value in facts:
            shown = label(value, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(name)
            shown.setMinimumWidth(_WIDE // 2)
            self._facts.addRow(label(name), shown)

    def accept(self) -> None:
        """Change what was changed."""
        from ewglink.workspace.commands.items import set_handling, set_title

        title, handling = self.title.text(), self.handling.value()
        self.session.do(lambda workspace: set_title(workspace.case, title))
        self.session.do(lambda workspace: set_handling(workspace.case, handling))
        super().accept()


class NewCase(QDialog):
    """Title, place and handling of a case that is to be made."""

    def __init__(self, window: Any, folder: str) -> None:
        super().__init__(window)
        from ewglink.exporters.file_names import safe_file_name

        self._safe = safe_file_name
        self._own_name = False
        self.setWindowTitle(_("New case"))
        self.setMinimumWidth(_WIDE)
        form = _form()
        self.title = _titled(form, _("Case"))
        self.file, browse = QLineEdit(), QPushButton(_("&Browse…"))
        self.file.setAccessibleName(_("File"))
        row = QHBoxLayout()
        row.addWidget(self.file, 1)
        row.addWidget(browse)
        form.addRow(label(_("File"), buddy=self.file), row)
        self.handling = HandlingForm()
        self.wrong = label(wrap=True)
        self.wrong.setProperty("wrong", True)
        box = QVBoxLayout(self)
        box.setSpacing(10)
        box.addLayout(form)
        box.addWidget(_boxed(_("Handling of everything in this case"), self.handling))
        box.addWidget(self.wrong)
        box.addStretch(1)
        box.addWidget(_buttons(self, _("Make the case")))
        self._folder = Path(folder)
        self.title.textChanged.connect(self._name_after)
        self.file.textEdited.connect(lambda *_: setattr(self, "_own_name", True))
        browse.clicked.connect(self._browse)
        self._name_after(self.title.text())
        self.title.selectAll()
        self.title.setFocus()

    def _name_after(self, title: str) -> None:
        if not self._own_name:
            self.file.setText(str(self._free(self._safe(title) or "case")))

    def _free(self, stem: str) -> Path:
        paths = (self._folder / (stem + (f" {n}" if n > 1 else "") + ".ewg") for n in range(1, 1000))
        return next((path for path in paths if not path.exists()), self._folder / (stem + ".ewg"))

    def _browse(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("New case"),
            self.file.text(),
            _("EWGLink cases (*.ewg)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self._own_name = True
            self.file.setText(name)

    def path(self) -> Path:
        """The file the case is to be kept in."""
        path = Path(self.file.text().strip())
        return path if path.suffix.lower() == ".ewg" else path.with_name(path.name + ".ewg")

    def accept(self) -> None:
        """Agree where the case can be made."""
        wrong = ""
        if not self.title.text().strip():
            wrong = _("A case needs a title.")
        elif not self.file.text().strip() or not self.path().parent.is_dir():
            wrong = _("Name a file in a folder that is there.")
        elif self.path().exists():
            wrong = _("{file} exists already; choose another name.", file=self.path().name)
        self.wrong.setText(plain(wrong))
        if not wrong:
            super().accept()


def facts_of(case: Any) -> list[tuple[str, str]]:
    """Names and values of what is known of a case's file, for a person."""
    sources, records = case.sources.counts()
    journal = case.journal_entries(limit=1)[0]
    first = case.journal_entries(limit=1, newest_first=False)[0]
    size = sum(part.stat().st_size for part in (case.path, Path(f"{case.path}-wal")) if part.is_file())
    local = QLocale(language())
    made = datetime.fromisoformat(first.at.replace("Z", "+00:00")).astimezone()
    return [
        (_("File"), str(case.path)),
        (_("Size"), local.formattedDataSize(size)),
        (_("Created"), f"{made:%Y-%m-%d %H:%M} · {first.actor}"),
        (_("Entities"), number(sum(case.items.counts(ENTITY).values()))),
        (_("Links"), number(sum(case.items.counts(LINK).values()))),
        (_("Sources and records"), f"{number(sources)} · {number(records)}"),
        (_("Charts"), number(len(case.charts.listed()))),
        (_("Journal"), f"{journal.seq} · {journal.hash}"),
    ]
