"""How many lines a pair of entities gets: one a link, one a direction, one in all, or the net flow."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.drawing.content import ChartContent
from ewglink.drawing.marks import Floats, Ints
from ewglink.drawing.style import PARALLEL_MOST
from ewglink.text import N_

MULTIPLICITIES: dict[str, str] = {"multiple": N_("Each link"), "directed": N_("One line a direction"),
                                  "single": N_("One line"), "flow": N_("Net flow")}
"""Values of the chart's setting and of the link style `multiplicity`, with their names."""
ON_LINE: dict[str, str] = {"count": N_("Number of links"), "sum": N_("Sum"), "none": N_("Nothing")}
"""Values of the chart's setting `on_line`: what stands on a line that stands for several links."""
_CODES = {key: code for code, key in enumerate(MULTIPLICITIES)}
_MULTIPLE, _DIRECTED, _SINGLE, _FLOW = range(4)
_NUMBER = re.compile(r"[-\u2212]?\d+(?:[.,]\d+)*")


@dataclass
class Bundles:
    """The drawn lines; row k of every column is one of them.

    `first` (k,) the place of its first link among those given, `bundle` (m,) the line each of those belongs to, `count`
    (k,) links, `towards` (k,) bits 1 (an arrowhead at the end with the higher row) and 2 (at the lower), `total` (k,)
    their sum, NaN where nothing is summed.
    """

    first: Ints
    bundle: Ints
    count: Ints
    towards: npt.NDArray[np.int8]
    total: Floats

    def spread(self, values: npt.NDArray[np.generic]) -> tuple[npt.NDArray[np.generic], npt.NDArray[np.generic]]:
        """The least and the greatest (k,) of `values` (m,) within each line."""
        low, high = values[self.first].copy(), values[self.first].copy()
        np.minimum.at(low, self.bundle, values)
        np.maximum.at(high, self.bundle, values)
        return low, high


def label_number(text: str) -> float | None:
    """The first number in a label ("Calls: 7" is 7, "1,250 kg" 1250), None where there is none."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    sign = -1.0 if found[0][0] in "-\u2212" else 1.0
    return sign * _plain(found[0].lstrip("-\u2212"))


def _plain(digits: str) -> float:
    """The number of digits with separators: the last one is the decimal sign unless three digits follow it."""
    parts = re.split(r"[.,]", digits)
    if len(parts) == 1 or all(len(part) == 3 for part in parts[1:]):
        return float("".join(parts))
    return float("".join(parts[:-1]) + "." + parts[-1])


def _modes(content: ChartContent, rows: Ints, pair: Ints, size: Ints) -> npt.NDArray[np.int8]:
    """The multiplicity (m,) of each link's pair: that of a link of the pair, else the chart's; more links than the cap
    are never drawn one by one."""
    usual = _CODES.get(str(content.settings.get("multiplicity", "multiple")), _MULTIPLE)
    modes = np.full(len(rows), usual, np.int8)
    place = {int(row): at for at, row in enumerate(rows)} if content.link_styles else {}
    for row, style in sorted(content.link_styles.items()):
        if style.get("multiplicity") in _CODES and row in place:
            modes[pair == pair[place[row]]] = _CODES[style["multiplicity"]]
    modes[(modes == _MULTIPLE) & (size > PARALLEL_MOST)] = _DIRECTED
    return modes


def _values(content: ChartContent, rows: Ints) -> Floats:
    """What each link counts for in a sum: the property the chart sums, else the number in its label, else 1."""
    if content.link_sums is not None:
        return np.nan_to_num(content.link_sums[rows], nan=0.0)
    found = (label_number(content.link_labels[row]) if row < len(content.link_labels) else None
             for row in rows.tolist())
    return np.array([1.0 if value is None else value for value in found], float)


def bundled(content: ChartContent, rows: Ints, pair: Ints, size: Ints, towards: npt.NDArray[np.int8]) -> Bundles:
    """The lines that stand for the links `rows` (m,), whose pairs are numbered `pair` and have `size` links each."""
    count = len(rows)
    modes = _modes(content, rows, pair, size)
    if not count or not modes.any():
        each = np.arange(count)
        return Bundles(each, each, np.ones(count, np.int64), towards, np.full(count, np.nan))
    group = np.where(modes == _MULTIPLE, -1 - np.arange(count), pair * 4 + np.where(modes == _DIRECTED, towards, 0))
    _keys, first, bundle, counts = np.unique(group, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(first)
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    out = Bundles(first[order], number[bundle.reshape(-1)], counts[order], np.zeros(len(order), np.int8),
                  np.full(len(order), np.nan))
    np.bitwise_or.at(out.towards, out.bundle, towards)
    _sum(content, rows, out, modes, towards)
    return out


def _sum(content: ChartContent, rows: Ints, out: Bundles, modes: npt.NDArray[np.int8],
         towards: npt.NDArray[np.int8]) -> None:
    flows = modes[out.first] == _FLOW
    if not flows.any() and content.settings.get("on_line") != "sum":
        return
    values = _values(content, rows)
    plain, net = np.zeros(len(out.first)), np.zeros(len(out.first))
    np.add.at(plain, out.bundle, values)
    np.add.at(net, out.bundle, values * np.array([0.0, 1.0, -1.0, 0.0])[towards & 3])
    aimed = flows & ((out.towards == 1) | (out.towards == 2) | (net != 0))
    out.towards[aimed] = np.where(net > 0, 1, np.where(net < 0, 2, 0))[aimed]
    out.total = np.where(aimed, np.abs(net), plain)
