"""What the journal's labels say to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ewglink.text import N_, Message

MOST_NAMED = 3

LABELS = {
    "case_created": N_("Create the case “{title}”"),
    "case_upgraded": N_("Upgrade the case from version {from} to {to}"),
    "imported": N_("Import {files}"),
    "chart_created": N_("Create the chart “{name}”"),
    "chart_renamed": N_("Rename the chart “{old}” to “{name}”"),
    "chart_deleted": N_("Delete the chart “{name}”"),
    "chart_set_up": N_("Set up the chart “{name}”"),
    "placed": N_("Put {n} items on “{chart}”"),
    "moved": N_("Move {n} items"),
    "laid_out": N_("Lay out “{chart}”: {layout}"),
    "taken_off": N_("Take {n} items off “{chart}”"),
    "pinned": N_("Pin {n} items"),
    "unpinned": N_("Unpin {n} items"),
    "hidden": N_("Hide {n} items"),
    "revealed": N_("Reveal {n} items"),
    "styled": N_("Format {n} items"),
    "entity_added": N_("Add “{label}”"),
    "link_added": N_("Link “{a}” and “{b}”"),
    "renamed": N_("Rename “{old}” to “{label}”"),
    "retyped": N_("Change the type of “{label}”"),
    "property_set": N_("Set {property} of “{label}”"),
    "property_chosen": N_("Choose what {property} of “{label}” shows"),
    "strength_set": N_("Set the strength of {n} links"),
    "deleted": N_("Delete {n} items"),
    "withdrawn": N_("Withdraw the source {file}"),
    "merged": N_("Merge {n} items into “{label}”"),
    "unmerged": N_("Un-merge “{label}”"),
    "title_set": N_("Change the title to “{title}”"),
    "handling_set": N_("Mark the case {handling}"),
    "exported": N_("Export {file}"),
    "printed": N_("Print “{chart}”"),
    "annotated": N_("Annotate “{chart}”"),
    "annotation_changed": N_("Change an annotation on “{chart}”"),
    "annotations_deleted": N_("Delete {n} annotations"),
    "aligned": N_("Align {n} items"),
    "distributed": N_("Distribute {n} items"),
    "stacked": N_("Stack {n} items"),
    "snapped": N_("Put {n} items on the grid"),
    "greyed": N_("Grey {n} items"),
    "ungreyed": N_("Give {n} items their colours again"),
    "pasted": N_("Paste {n} items on “{chart}”"),
    "compared": N_("Make the comparison “{name}”"),
    "snapshot_kept": N_("Keep the snapshot “{name}”"),
    "snapshot_shown": N_("Go back to the snapshot “{name}”"),
    "snapshot_deleted": N_("Delete the snapshot “{name}”"),
}
"""Label key → what it says, filled from the entry's arguments."""


def label_of(key: str, args: Mapping[str, Any]) -> Message:
    """What a journal entry's label says; a key of a newer version is shown as it is."""
    if key not in LABELS:
        return Message("{key}", {"key": key})
    return Message(
        LABELS[key], {name: _listed(value) if isinstance(value, list) else value for name, value in args.items()}
    )


def _listed(names: list[Any]) -> str | Message:
    """Up to three names, or the first and how many more."""
    if len(names) <= MOST_NAMED:
        return ", ".join(map(str, names))
    return Message(N_("{first} and {n} more"), {"first": names[0], "n": len(names) - 1})
