"""What actions and the format strip do to looks: of the selected items, of their types, of the chart."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject

from ewglink.text import _

SIZES = (0.5, 1.0, 2.0, 3.0, 4.0)
WIDTHS = (1.0, 1.5, 3.0, 5.0, 8.0)


class Formatting(QObject):
    """The looks of what is selected on the chart in front; each change is one step."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.session = window.session

    def _chart(self) -> int | None:
        return self._window.charts.current()

    def entities(self) -> list[int]:
        """The selected entities that stand on the chart."""
        view = self._window.charts.view()
        return view.ids_of(view.selected_rows()).tolist() if view is not None else []

    def links(self) -> list[int]:
        """The selected links that the chart shows."""
        content, chosen = self._window.charts.placed(), self.session.selection.items
        if content is None or not chosen:
            return []
        return content.link_ids[np.isin(content.link_ids, np.fromiter(chosen, np.int64, len(chosen)))].tolist()

    def any_entities(self) -> bool:
        """Whether an entity on the chart is selected; cheap."""
        view = self._window.charts.view()
        return view is not None and len(view.selected_rows()) > 0

    def any_links(self) -> bool:
        """Whether a link that is drawn is selected; cheap."""
        view = self._window.charts.view()
        return view is not None and len(view.item.overlay.links) > 0

    def own(self, items: Collection[int], key: str) -> Any:
        """The value of a style setting that all these items were given by hand, None where they differ."""
        from ewglink.workspace.commands.formatting import own_styles

        styles = own_styles(self.session.case, self._chart())
        values = [styles.get(item, {}).get(key) for item in items]
        return values[0] if values and all(value == values[0] for value in values) else None

    def _of(self, items: Collection[int]) -> dict[int, dict[str, Any]]:
        content, wanted = self._window.charts.placed(), set(items)
        found: dict[int, dict[str, Any]] = {}
        for ids, styles in ((content.entity_ids, content.styles), (content.link_ids, content.link_styles)):
            found |= {int(ids[row]): style for row, style in styles.items() if int(ids[row]) in wanted}
        return found

    def common(self, items: Collection[int], key: str) -> Any:
        """The value of a style setting that all these items share, None where they differ or none has it."""
        styles = self._of(items)
        values = [styles.get(item, {}).get(key) for item in items]
        return values[0] if values and all(value == values[0] for value in values) else None

    def representation(self) -> str | None:
        """The representation that all selected entities share."""
        content = self._window.charts.placed()
        rows = self._window.charts.view().selected_rows().tolist()
        found = {content.representations.get(row, "icon") for row in rows}
        return found.pop() if len(found) == 1 else None

    # the selected items

    def give(self, items: Collection[int], **settings: Any) -> None:
        """Give items these style settings; None takes one away."""
        from ewglink.workspace.commands.formatting import format_items

        chart = self._chart()
        if chart is not None and items:
            self.session.do(lambda workspace: format_items(workspace.case, chart, items, settings))

    def give_entities(self, **settings: Any) -> None:
        """Give the selected entities these style settings."""
        self.give(self.entities(), **settings)

    def give_links(self, **settings: Any) -> None:
        """Give the selected links these style settings."""
        self.give(self.links(), **settings)

    def give_all(self, **settings: Any) -> None:
        """Give all that is selected these style settings."""
        self.give([*self.entities(), *self.links()], **settings)

    def represent(self, key: str) -> None:
        """Draw the selected entities by another representation."""
        from ewglink.workspace.commands.charts import represent

        chart, items = self._chart(), self.entities()
        if chart is not None and items:
            wanted = None if key == "icon" else key
            self.session.do(lambda workspace: represent(workspace.case, chart, items, wanted))

    def clear(self) -> None:
        """Let what is selected look as its type does."""
        from ewglink.workspace.commands.formatting import clear_format

        chart, items = self._chart(), [*self.entities(), *self.links()]
        if chart is not None and self.session.do(
            lambda workspace: clear_format(workspace.case, chart, items)
        ) is None:
            self.session.told.emit("done", _("What is selected looks as its type does already."))

    def badges(self) -> None:
        """Ask for the badges of the selected entities."""
        from ewglink.ui.dialogs.badges import BadgesDialog

        items = self.entities()
        if items:
            dialog = BadgesDialog(self.own(items, "badges") or {}, self._window)
            if dialog.exec():
                self.give(items, badges=dialog.badges() or None)
            dialog.deleteLater()

    def text(self) -> None:
        """Ask for the words of a text block or label, or for what stands in a box."""
        from ewglink.ui.widgets.plain_text import ask_text

        items = self.entities()
        if items:
            text = ask_text(self._window, _("Text"), _("Text in blocks and labels"), self.own(items, "text") or "")
            if text is not None:
                self.give(items, text=text.strip() or None)

    def below_label(self) -> None:
        """Ask what stands beneath the labels of the selected entities."""
        from ewglink.ui.dialogs.below_label import BelowLabel

        items, settings = self.entities(), self._window.charts.placed().settings
        if items:
            dialog = BelowLabel(self.own(items, "sub_texts"), settings.get("sub_texts", ()), self._window)
            if dialog.exec():
                self.give(items, sub_texts=dialog.sub_texts())
            dialog.deleteLater()

    def picture(self) -> None:
        """Ask for a file, and put its picture on the selected entities; the picture is kept in the case."""
        from PySide6.QtWidgets import QFileDialog

        from ewglink.workspace.commands.appearance import picture_style

        items = self.entities()
        if not items:
            return
        name, _kind = QFileDialog.getOpenFileName(
            self._window, _("Picture"), "", _("Pictures") + " (*.png *.jpg *.jpeg *.bmp *.gif *.webp)")
        style = self.session.attempt(lambda: picture_style(Path(name))) if name else None
        if style is not None:
            self.give(items, **style)

    # grey

    def grey(self, on: bool) -> None:
        """Draw what is selected in grey, or in its colours again."""
        from ewglink.workspace.commands.formatting import grey

        chart, items = self._chart(), self.entities()
        if chart is not None and items:
            self.session.do(lambda workspace: grey(workspace.case, chart, items, on))

    def grey_others(self) -> None:
        """Draw in grey what is not selected."""
        from ewglink.workspace.commands.formatting import grey

        chart, chosen, content = self._chart(), set(self.session.selection.items), self._window.charts.placed()
        ends = {int(content.entity_ids[row]) for at, item in enumerate(content.link_ids.tolist()) if item in chosen
                for row in content.ends[at]}
        others = sorted(set(content.entity_ids.tolist()) - chosen - ends)
        if chart is not None and others:
            self.session.do(lambda workspace: grey(workspace.case, chart, others))

    def ungrey_all(self) -> None:
        """Give everything on the chart its colours again."""
        from ewglink.workspace.commands.formatting import ungrey_all

        chart = self._chart()
        if chart is not None and self.session.do(lambda workspace: ungrey_all(workspace.case, chart)) is None:
            self.session.told.emit("done", _("Nothing is grey on this chart."))

    def for_type(self) -> None:
        """Let every entity of its type on the chart look like the one that is selected."""
        from ewglink.workspace.commands.formatting import copy_format

        chart, items, content = self._chart(), self.entities(), self._window.charts.placed()
        if chart is None or len(items) != 1:
            return
        row = int(np.searchsorted(content.entity_ids, items[0]))
        same = content.entity_ids[content.types == content.types[row]].tolist()
        self.session.do(lambda workspace: copy_format(workspace.case, chart, items[0], same))

    def timeline(self) -> None:
        """Ask how the chart in front is shown as a timeline, or as a network again."""
        from ewglink.ui.dialogs.timeline import TimelineDialog
        from ewglink.workspace.commands.appearance import make_timeline

        chart, content = self._chart(), self._window.charts.placed()
        if chart is None or content is None:
            return
        dialog = TimelineDialog(content.settings, self.entities(), self._window)
        if dialog.exec():
            chosen = dialog.chosen()
            if self.session.do(lambda workspace: make_timeline(workspace.case, chart, **chosen)) is not None:
                self._window.charts.view().fit()
        dialog.deleteLater()

    # rules

    def rules(self) -> None:
        """Ask for the rules of appearance of the chart in front."""
        from ewglink.drawing.appearance.rule import Rule
        from ewglink.ui.dialogs.appearance_rules import AppearanceRules, fields_of, types_of
        from ewglink.workspace.commands.appearance import set_rules

        chart, content = self._chart(), self._window.charts.placed()
        if chart is None or content is None:
            return
        saved = [Rule.from_json(one) for one in content.settings.get("rules") or ()]
        schema = self.session.schema
        dialog = AppearanceRules(saved, fields_of(content, schema), types_of(content, schema), self._window)
        if dialog.exec():
            wanted = dialog.rules()
            self.session.do(lambda workspace: set_rules(workspace.case, chart, wanted))
        dialog.deleteLater()

    def size_by(self, measure: str) -> None:
        """Entities as large as a measure of the chart's network."""
        from ewglink.workspace.commands.appearance import size_by_measure

        chart = self._chart()
        if chart is not None:
            self.session.do(lambda workspace: size_by_measure(workspace.case, chart, measure))

    def colour_communities(self) -> None:
        """A colour and a letter for each community."""
        from ewglink.workspace.commands.appearance import colour_communities

        chart = self._chart()
        if chart is not None:
            self.session.do(lambda workspace: colour_communities(workspace.case, chart))

    def drop_rules(self) -> None:
        """Take all rules of appearance away."""
        from ewglink.workspace.commands.appearance import set_rules

        chart = self._chart()
        if chart is not None:
            self.session.do(lambda workspace: set_rules(workspace.case, chart, []))

    # the chart

    def chart(self) -> None:
        """Ask how links, labels and sub-texts of the chart are shown, and in which language."""
        from ewglink.ui.dialogs.chart_format import ChartFormat

        content = self._window.charts.placed()
        if content is None:
            return
        dialog = ChartFormat(content, self.session.schema, self._window)
        if dialog.exec():
            self._window.editing.arranging.set_up(**dialog.settings())
        dialog.deleteLater()
