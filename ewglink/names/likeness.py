"""How alike names are, from 0 to 1: word by word, each word weighing as much as it is rare among the names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ewglink.names.blocking import Floats, Ints, Words
from ewglink.names.companies import COMMON

_Numbers = npt.NDArray[np.int32]
_BATCH = 200_000
_SLIP = 0.7
_AT_LEAST = 5_000
_COMMON = 0.45
"""Words that are less alike than this are two words."""
_MOST = 100.0


class Likeness(NamedTuple):
    """What tells pairs of names apart, (p,) each. `shared`: the weight of words that both have; `lost`: how much of it
    is lost to slips; `apart`: the weight of words that stand against one another; `beside`: of words that only one has;
    `figures`: whether numbers stand against one another."""

    shared: Floats
    lost: Floats
    apart: Floats
    beside: Floats
    figures: npt.NDArray[np.bool_]


def weights_of(words: Words) -> Floats:
    """How much each word says, up to 1: the logarithm of how rare it is. A slip weighs as what it is a slip for, and
    a word of trade as little in a small case as it would in a large one."""
    if not words.words:
        return np.empty(0)
    names = max(len(words.of_name), _AT_LEAST)
    counts = np.maximum(np.maximum(words.counts, words.counts[words.stem]), 1)
    found = np.log(1 + names / counts) / np.log(1 + names)
    common = np.array([word in COMMON for word in words.words], np.bool_)
    weights: Floats = np.where(common | common[words.stem], np.minimum(found, _COMMON), found)
    return weights


def likeness(words: Words, pairs: Ints, weights: Floats) -> Likeness:
    """What tells the names of each pair apart."""
    texts = np.array([*words.words, ""], dtype=object)
    digits = np.array([word.isdigit() for word in words.words] + [False], np.bool_)
    width = max(int((words.of_name >= 0).any(axis=0).sum()), 1)
    numbers = np.ascontiguousarray(words.of_name[:, :width], np.int32)
    weighty = np.r_[weights, 0.0]
    parts = [_batch(numbers[pairs[at:at + _BATCH, 0]], numbers[pairs[at:at + _BATCH, 1]], texts, digits, weighty)
             for at in range(0, max(len(pairs), 1), _BATCH)]
    return Likeness(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _batch(a: _Numbers, b: _Numbers, texts: npt.NDArray[np.object_], digits: npt.NDArray[np.bool_],
           weights: Floats) -> Likeness:
    """`a` and `b` (p, k): word numbers, −1 where there is none."""
    a_left, b_left = a >= 0, b >= 0
    for one in range(a.shape[1]):
        for other in range(b.shape[1]):
            same = (a[:, one] == b[:, other]) & a_left[:, one]
            a_left[:, one] &= ~same
            b_left[:, other] &= ~same
    a_weights, b_weights = weights[a], weights[b]
    shared = (a_weights * ((a >= 0) & ~a_left)).sum(axis=1)
    lost = np.zeros(len(a))
    rows, at, to, alike = _slips(a, b, a_left, b_left, texts, digits)
    for _round in range(a.shape[1]):
        if not len(rows):
            break
        best = np.r_[True, rows[1:] != rows[:-1]]
        row, left, right = rows[best], at[best], to[best]
        weight = np.minimum(a_weights[row, left], b_weights[row, right])
        shared[row] += weight
        lost[row] += weight * (1 - alike[best])
        a_left[row, left] = False
        b_left[row, right] = False
        still = a_left[rows, at] & b_left[rows, to]
        rows, at, to, alike = rows[still], at[still], to[still], alike[still]
    a_over, b_over = (a_weights * a_left).sum(axis=1), (b_weights * b_left).sum(axis=1)
    figures: npt.NDArray[np.bool_] = np.asarray((a_left & digits[a]).any(axis=1) & (b_left & digits[b]).any(axis=1))
    return Likeness(shared, lost, np.minimum(a_over, b_over), np.abs(a_over - b_over), figures)


def _slips(a: _Numbers, b: _Numbers, a_left: npt.NDArray[np.bool_], b_left: npt.NDArray[np.bool_],
           texts: npt.NDArray[np.object_], digits: npt.NDArray[np.bool_]) -> tuple[Ints, Ints, Ints, Floats]:
    """Words left in both names of a pair that may be slips for one another: pair, places in both, how alike; of one
    pair the likest first."""
    open_ = np.flatnonzero(a_left.any(axis=1) & b_left.any(axis=1))
    inside, at, to = np.nonzero(a_left[open_][:, :, None] & b_left[open_][:, None, :])
    rows = open_[inside]
    one, other = a[rows, at], b[rows, to]
    plain = ~(digits[one] | digits[other])
    rows, at, to, one, other = rows[plain], at[plain], to[plain], one[plain], other[plain]
    alike = _alike(texts, one.astype(np.int64), other.astype(np.int64))
    kept = alike >= _SLIP
    rows, at, to, alike = rows[kept], at[kept], to[kept], alike[kept]
    order = np.lexsort((-alike, rows))
    return rows[order], at[order], to[order], alike[order]


def _alike(texts: npt.NDArray[np.object_], one: Ints, other: Ints) -> Floats:
    """How alike words are, 0 to 1; each two words are compared once."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    size = len(texts)
    codes, back = _unique(np.minimum(one, other) * size + np.maximum(one, other))
    found = cpdist(texts[codes // size], texts[codes % size], scorer=Indel.normalized_similarity, workers=1)
    return np.asarray(found, np.float64)[back]


def _unique(values: Ints) -> tuple[Ints, Ints]:
    """The different values in order, and the place of each value among them."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    new = np.r_[True, ordered[1:] != ordered[:-1]] if len(values) else np.empty(0, np.bool_)
    back = np.empty(len(values), np.int64)
    back[order] = np.cumsum(new) - 1
    return ordered[new], back


def one_likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two texts' words are where nothing is known of how rare they are, 0 to 1."""
    from rapidfuzz.fuzz import token_sort_ratio

    return float(token_sort_ratio(" ".join(one), " ".join(other))) / _MOST
