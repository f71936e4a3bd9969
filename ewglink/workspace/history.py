"""What the journal's labels say to a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ewglink.layouts.contract import LAYOUTS
from ewglink.model.property_types import in_language
from ewglink.model.schema import Schema
from ewglink.reference.schema_files import builtin_schema
from ewglink.text import N_, NN_, Message, counted, language

MOST_NAMED = 3

LABELS: dict[str, str | tuple[str, str]] = {
    "case_created": N_("Create the case “{title}”"),
    "case_upgraded": N_("Upgrade the case from version {from} to {to}"),
    "imported": N_("Import {files}"),
    "chart_created": N_("Create the chart “{name}”"),
    "chart_renamed": N_("Rename the chart “{old}” to “{name}”"),
    "chart_deleted": N_("Delete the chart “{name}”"),
    "chart_set_up": N_("Set up the chart “{name}”"),
    "filtered": N_("Filter the chart “{name}”"),
    "placed": NN_("Put {n} item on “{chart}”", "Put {n} items on “{chart}”"),
    "moved": NN_("Move {n} item", "Move {n} items"),
    "laid_out": N_("Lay out “{chart}”: {layout}"),
    "taken_off": NN_("Take {n} item off “{chart}”", "Take {n} items off “{chart}”"),
    "pinned": NN_("Pin {n} item", "Pin {n} items"),
    "unpinned": NN_("Unpin {n} item", "Unpin {n} items"),
    "hidden": NN_("Hide {n} item", "Hide {n} items"),
    "revealed": NN_("Reveal {n} item", "Reveal {n} items"),
    "styled": NN_("Format {n} item", "Format {n} items"),
    "entity_added": N_("Add “{label}”"),
    "link_added": N_("Link “{a}” and “{b}”"),
    "renamed": N_("Rename “{old}” to “{label}”"),
    "retyped": N_("Change the type of “{label}”"),
    "property_set": N_("Set “{property}” of “{label}”"),
    "property_chosen": N_("Choose what “{property}” of “{label}” shows"),
    "tracks_derived": NN_("Derive {n} item from positions", "Derive {n} items from positions"),
    "strength_set": NN_("Set the strength of {n} link", "Set the strength of {n} links"),
    "deleted": NN_("Delete {n} item", "Delete {n} items"),
    "withdrawn": N_("Withdraw the source {file}"),
    "merged": NN_("Merge {n} item into “{label}”", "Merge {n} items into “{label}”"),
    "unmerged": N_("Un-merge “{label}”"),
    "decided_not_same": N_("Decide that “{a}” and “{b}” are not the same"),
    "decided_possible": N_("Decide that “{a}” and “{b}” may be the same"),
    "undecided": N_("Take back what was decided of “{a}” and “{b}”"),
    "title_set": N_("Change the title to “{title}”"),
    "handling_set": N_("Mark the case {handling}"),
    "checked": N_("Check the rules as of {as_of}"),
    "disposed": NN_("Judge {n} finding: {state}", "Judge {n} findings: {state}"),
    "findings_shown": NN_("Show {n} finding on “{chart}”", "Show {n} findings on “{chart}”"),
    "parameters_set": N_("Set the parameters of rules"),
    "exported": N_("Export {file}"),
    "printed": N_("Print “{chart}”"),
    "annotated": N_("Annotate “{chart}”"),
    "annotation_changed": N_("Change an annotation on “{chart}”"),
    "annotations_deleted": NN_("Delete {n} annotation", "Delete {n} annotations"),
    "aligned": NN_("Align {n} item", "Align {n} items"),
    "distributed": NN_("Distribute {n} item", "Distribute {n} items"),
    "stacked": NN_("Stack {n} item", "Stack {n} items"),
    "snapped": NN_("Put {n} item on the grid", "Put {n} items on the grid"),
    "greyed": NN_("Grey {n} item", "Grey {n} items"),
    "to_front": NN_("Bring {n} object to the front", "Bring {n} objects to the front"),
    "to_back": NN_("Send {n} object to the back", "Send {n} objects to the back"),
    "restacked": NN_("Put {n} object among the others", "Put {n} objects among the others"),
    "ungreyed": NN_("Give {n} item its colours again", "Give {n} items their colours again"),
    "pasted": NN_("Paste {n} item on “{chart}”", "Paste {n} items on “{chart}”"),
    "compared": N_("Make the comparison “{name}”"),
    "snapshot_kept": N_("Keep the snapshot “{name}”"),
    "snapshot_shown": N_("Go back to the snapshot “{name}”"),
    "hypotheses_set": N_("Change the matrix of hypotheses"),
    "evidence_judged": N_("Judge “{label}” against “{hypothesis}”: {verdict}"),
    "query_saved": N_("Save the query “{name}”"),
    "query_renamed": N_("Rename the query “{old}” to “{name}”"),
    "query_deleted": N_("Delete the query “{name}”"),
    "snapshot_deleted": N_("Delete the snapshot “{name}”"),
}
"""Label key → what it says, filled from the entry's arguments."""


def label_of(key: str, args: Mapping[str, Any], schema: Schema | None = None) -> Message:
    """What a journal entry's label says; a key of a newer version is shown as it is.

    Properties have the names that `schema` gives them (the schema that comes with the program where it is left out).
    """
    if key not in LABELS:
        return Message("{key}", {"key": key})
    template = LABELS[key]
    values = {name: _worded(name, value, schema) for name, value in args.items()}
    if isinstance(template, str):
        return Message(template, values)
    return counted(*template, int(args.get("n", 0)), **{name: value for name, value in values.items() if name != "n"})


def _worded(name: str, value: Any, schema: Schema | None) -> Any:
    if name == "property":
        return _PropertyName(str(value), _labels(schema or builtin_schema(), str(value)))
    if name == "layout" and value in LAYOUTS:
        return Message(LAYOUTS.get(value).name)
    return _listed(value) if isinstance(value, list) else value


@dataclass(frozen=True)
class _PropertyName:
    """The name of a property, in the language in force where it is shown."""

    key: str
    labels: dict[str, str]

    def __str__(self) -> str:
        return in_language(self.labels, language(), self.key.replace("_", " "))


def _labels(schema: Schema, key: str) -> dict[str, str]:
    entities = (kind.property(key) for kind in schema.entity_types.values())
    links = (kind.property(key) for kind in schema.link_types.values())
    return next((found.labels for found in chain(entities, links) if found is not None), {})


def _listed(names: list[Any]) -> str | Message:
    """Up to three names, or the first and how many more."""
    if len(names) <= MOST_NAMED:
        return ", ".join(map(str, names))
    return Message(N_("{first} and {n} more"), {"first": names[0], "n": len(names) - 1})
