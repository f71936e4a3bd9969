"""Export: what, in which format, with which options, to which file; written by a job through the one door."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from ewglink.drawing.figures import number as figure
from ewglink.painting.page_setup import PageSetup
from ewglink.text import N_, Message, _, language
from ewglink.ui.dialogs.print_view import PaperViews, name_choices, setup_said
from ewglink.ui.widgets.options_form import OptionsForm
from ewglink.ui.widgets.plain_text import label, muted, plain

_ELSEWHERE = ("orientation", "overlap", "cut_marks", "key_map", "heading", "legend", "title_block", "header", "footer")
"""Options that are set up in the page setup."""
TAKES = {"marks": N_("a picture of one chart"), "graph": N_("the network, for other programs"), "records": N_("tables")}


class ExportDialog(QDialog):
    """Choose and write."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        from ewglink.exporters.contract import EXPORTS

        self._window = window
        self.session = window.session
        self.setWindowTitle(_("Export"))
        self.setMinimumWidth(540)
        self.formats = QComboBox()
        self.subject = QComboBox()
        self.file = QLineEdit()
        self.browse = QPushButton(_("&Browse…"))
        self.about = muted()
        self.wrong = label(wrap=True)
        self.wrong.setProperty("wrong", True)
        self.form: OptionsForm | None = None
        self.views = PaperViews(self.session)
        self.page_setup = QPushButton(_("Page &setup…"))
        self.page_setup.clicked.connect(self._set_up_pages)
        order = {"marks": 0, "records": 1, "graph": 2}
        for member in sorted(EXPORTS, key=lambda one: (order[one.takes], one.key)):
            self.formats.addItem(plain(_(member.name)), member.key)
        self._set_out()
        self.formats.currentIndexChanged.connect(self._format_chosen)
        self.subject.currentIndexChanged.connect(lambda _at: self._subject_chosen())
        self.browse.clicked.connect(self._browse)
        self.formats.setCurrentIndex(max(0, self.formats.findData("pdf")))
        self._format_chosen()

    def _set_out(self) -> None:
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in ((_("Format"), self.formats), (_("What"), self.subject)):
            field.setAccessibleName(name)
            self._form.addRow(label(name, buddy=field), field)
        row = QHBoxLayout()
        row.addWidget(self.file, 1)
        row.addWidget(self.browse)
        self.file.setAccessibleName(_("File"))
        self._options_at = QVBoxLayout()
        to = QFormLayout()
        to.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        to.addRow(label(_("File"), buddy=self.file), row)
        self.write_button, cancel = QPushButton(_("&Export")), QPushButton(_("Cancel"))
        self.write_button.setProperty("primary", True)
        self.write_button.setDefault(True)
        self.write_button.clicked.connect(self.write)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.page_setup)
        buttons.addStretch(1)
        buttons.addWidget(self.write_button)
        buttons.addWidget(cancel)
        box = QVBoxLayout(self)
        box.setSpacing(10)
        box.addLayout(self._form)
        box.addLayout(self._options_at)
        box.addLayout(to)
        box.addWidget(self.about)
        box.addWidget(self.wrong)
        box.addStretch(1)
        box.addLayout(buttons)

    def _member(self) -> Any:
        from ewglink.exporters.contract import EXPORTS

        return EXPORTS.get(self.formats.currentData())

    def _format_chosen(self, *_at: Any) -> None:
        member = self._member()
        self._fill_subjects(member)
        self._fill_form(member)
        self.file.setText(str(self._proposed(member)))
        self._say_size()
        self.adjustSize()

    def _fill_form(self, member: Any) -> None:
        """The options of the format; of paper only the usual ones, as the chart's page setup has them."""
        if self.form is not None:
            self._options_at.removeWidget(self.form)
            self.form.deleteLater()
        paper = member.key == "pdf"
        chart = self._chart()
        given = vars(PageSetup.of(chart.settings)) if paper and chart is not None else None
        self.form = OptionsForm(member.options, given=given, but=_ELSEWHERE if paper else ())
        name_choices(self.form)
        self.form.setVisible(not self.form.empty)
        self.page_setup.setVisible(member.takes == "marks")
        self._options_at.addWidget(self.form)
        self.form.changed.connect(self._say_size)

    def _chart(self) -> Any:
        name = self.subject.currentData()
        return self.session.case.charts.named(name) if name is not None else None

    def _subject_chosen(self) -> None:
        if self._member().takes == "marks":
            self._fill_form(self._member())
            self.file.setText(str(self._proposed(self._member())))
        self._say_size()

    def _set_up_pages(self) -> None:
        from ewglink.ui.dialogs.page_setup import PageSetupDialog

        dialog = PageSetupDialog(self._window, self._chart(), self.views)
        dialog.print_button.hide()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._subject_chosen)
        dialog.open()

    def _fill_subjects(self, member: Any) -> None:
        kept = self.subject.currentData()
        self.subject.blockSignals(True)
        self.subject.clear()
        if member.takes != "marks":
            self.subject.addItem(_("The whole case"), None)
        front = self._window.charts.current()
        for chart in self.session.case.charts.listed():
            self.subject.addItem(_("The chart “{name}”", name=plain(chart.name)), chart.name)
            if member.takes == "marks" and chart.id == front:
                self.subject.setCurrentIndex(self.subject.count() - 1)
        at = self.subject.findData(kept)
        if kept is not None and at >= 0:
            self.subject.setCurrentIndex(at)
        self.subject.blockSignals(False)

    def _proposed(self, member: Any) -> Path:
        from ewglink import places

        folder = Path(self.file.text()).parent if self.file.text() else None
        if folder is None or not folder.is_dir():
            kept = self.session.settings.last_folder
            folder = Path(kept) if kept and Path(kept).is_dir() else places.cases_folder()
        chart = self.subject.currentData()
        stem = re.sub(
            r"[^\w.\- ]+", "_", chart if chart and member.takes == "marks" else self.session.workspace.path.stem
        ).strip(" .")
        return folder / ((stem or "export") + member.suffixes[0])

    def _browse(self) -> None:
        member = self._member()
        pattern = " ".join("*" + suffix for suffix in member.suffixes)
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Export"),
            self.file.text(),
            f"{_(member.name)} ({pattern})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.file.setText(name)

    def _say_size(self) -> None:
        """For a picture: how large it will be, and how small its smallest text."""
        member, chart = self._member(), self._chart()
        if member.takes != "marks" or chart is None:
            self.about.setText(_(TAKES[member.takes]).capitalize() + ".")
            return
        setup = self._setup(chart)
        self.about.setText(_("Measuring the chart…"))
        self.views.ask(self, chart, setup, lambda view: self._tell_size(view, setup))

    def _setup(self, chart: Any) -> PageSetup:
        asked = self.form.value() if self._member().key == "pdf" and self.form is not None else None
        return PageSetup.of(chart.settings, asked)

    def _tell_size(self, view: Any, setup: PageSetup) -> None:
        from ewglink.painting.pages import millimetres, smallest_points

        member, chart = self._member(), self._chart()
        if member.takes != "marks" or chart is None or setup != self._setup(chart):
            return
        if not len(view.scene.content.entity_ids):
            self.about.setText(_("This chart is empty."))
        elif member.key == "pdf":
            self.about.setText(plain(setup_said(view, setup)[0]) + ".")
        else:
            wide, high = millimetres(view.scene)
            points = figure(round(smallest_points(view.scene, "fit"), 1), language())
            said = _("The chart is {w} × {h} mm; its smallest text will be {points} pt.", w=round(wide), h=round(high),
                     points=points)
            self.about.setText(said)

    def write(self) -> None:
        """Write in the background; the dialog closes when that has begun."""
        from ewglink.ui.widgets.plain_text import ask
        from ewglink.workspace.exporting import export_job

        path, member = Path(self.file.text().strip()), self._member()
        if not self.file.text().strip() or not path.parent.is_dir():
            self.wrong.setText(_("Name a file in a folder that is there."))
            return
        if path.is_file() and not ask(
            self, _("Export"), _("{file} exists already. Replace it?", file=path.name), yes=_("Replace"), no=_("Cancel")
        ):
            return
        self.session.settings.last_folder = str(path.parent)
        job = export_job(
            self.session.workspace,
            path,
            chart=self.subject.currentData(),
            format_key=member.key,
            options=self.form.value() if self.form is not None else None,
        )
        session = self.session
        session.jobs.run(
            Message(N_("Exporting {file}"), {"file": path.name}), job, finished=lambda written: _tell(session, written)
        )
        self.accept()


def _tell(session: Any, written: Any) -> None:
    if written is None:
        return
    names = ", ".join(str(file.path) for file in written.files)
    notes = " ".join(str(note) for note in written.notes)
    session.told.emit("done", " ".join(filter(None, (_("Written: {file}", file=names), notes))))
