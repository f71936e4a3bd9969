"""Which of many names are worth comparing: those that share a rare word, or two words, or are neighbours in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST_WORDS = 7
"""Words of a name beyond these are left aside."""
_RARE = 20
_TWO = 20
_THREE = 40
_WHOLE = 150
_NEAR = 2
_SHORTEST = 4
_LEAST = 0.4


class Words(NamedTuple):
    """Names as numbers: `of_name` (n, MOST_WORDS) rows of words, −1 where there is none; `words` the words there are,
    `counts` how many names have each, `stem` the commoner word that each may be a slip for (itself if none),
    `letters` (n,) equal for names of the same letters, in their alphabetical order."""

    of_name: Ints
    words: list[str]
    counts: Ints
    stem: Ints
    letters: Ints


def number_words(names: Sequence[Sequence[str]]) -> Words:
    """The words of names as numbers."""
    known: dict[str, int] = {}
    rows = [[known.setdefault(word, len(known)) for word in name[:MOST_WORDS]] for name in names]
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    of_name = np.full((len(rows), MOST_WORDS), -1, np.int64)
    flat = np.fromiter((word for row in rows for word in row), np.int64, int(lengths.sum()))
    of_name[np.arange(MOST_WORDS) < lengths[:, None]] = flat
    words = list(known)
    counts = np.bincount(flat, minlength=len(words)).astype(np.int64)
    return Words(of_name, words, counts, _stems(words, counts), _letters(names))


def _letters(names: Sequence[Sequence[str]]) -> Ints:
    joined = ["".join(name) for name in names]
    place = {text: at for at, text in enumerate(sorted(set(joined)))}
    return np.fromiter(map(place.__getitem__, joined), np.int64, len(joined))


def _stems(words: Sequence[str], counts: Ints) -> Ints:
    """For each word the most frequent of those that differ by one letter (left out, put in, changed, or two swapped);
    among equals the first."""
    by_less: dict[str, int] = {}
    stem = np.arange(len(words), dtype=np.int64)
    order = np.lexsort((np.arange(len(words)), -counts)).tolist()
    plain = [len(word) >= _SHORTEST and not any(map(str.isdigit, word)) for word in words]
    for at in order:
        if not plain[at]:
            continue
        word = words[at]
        shorter = [word[:cut] + word[cut + 1:] for cut in range(len(word))]
        found = by_less.get(word)
        if found is None:
            found = next((hit for less in shorter if (hit := by_less.get(less)) is not None), None)
        if found is not None:
            stem[at] = found
            continue
        by_less[word] = at
        for less in shorter:
            by_less.setdefault(less, at)
    return stem


def candidate_pairs(words: Words, weights: Floats | None = None, most: int = 12_000_000) -> Ints:
    """Pairs of names worth comparing, (p, 2), the lower row first, in order; at most `most` of them."""
    count, size = len(words.of_name), len(words.words)
    if not size:
        return np.empty((0, 2), np.int64)
    stems = np.where(words.of_name >= 0, words.stem[words.of_name], -1)
    stem_counts = np.bincount(stems[stems >= 0], minlength=size)
    found = [_pairs_of(*_alone(stems, stem_counts), _RARE), _pairs_of(*_alone(words.of_name, words.counts), _RARE),
             _pairs_of(*_two(stems, size), _TWO), _pairs_of(*_three(stems, size), _THREE),
             _pairs_of(*_whole(stems), _WHOLE), _pairs_of(words.letters, np.arange(count), _WHOLE), _neighbours(words)]
    codes = np.concatenate([np.minimum(a, b) * count + np.maximum(a, b) for a, b in found])
    codes.sort()  # np.unique takes ten times as long here
    codes = codes[np.r_[True, codes[1:] != codes[:-1]]][:most] if len(codes) else codes
    pairs: Ints = np.stack((codes // max(count, 1), codes % max(count, 1)), axis=1)
    kept: Ints = pairs[pairs[:, 0] != pairs[:, 1]]
    if weights is not None:
        equal = words.letters[kept[:, 0]] == words.letters[kept[:, 1]]
        kept = kept[(_in_common(stems, kept, weights) >= _LEAST) | (equal & (words.of_name[kept[:, 0], 0] >= 0))]
    return kept


def _in_common(stems: Ints, pairs: Ints, weights: Floats) -> Floats:
    """How much of the weightier name of each pair is in words that both have."""
    used = int((stems >= 0).any(axis=0).sum())
    numbers = np.ascontiguousarray(stems[:, :used], np.int32)
    weighty = np.where(numbers >= 0, np.r_[weights, 0.0][numbers], 0.0).astype(np.float32)
    whole = weighty.sum(axis=1)
    a, b = numbers[pairs[:, 0]].T, numbers[pairs[:, 1]].T
    found = np.zeros(len(pairs), np.float32)
    for one in range(used):
        hit = a[one] == b[0]
        for other in range(1, used):
            hit |= a[one] == b[other]
        found += hit * weighty[pairs[:, 0], one]
    share: Floats = found / np.maximum(np.maximum(whole[pairs[:, 0]], whole[pairs[:, 1]]), 1e-6)
    return share


def _whole(stems: Ints) -> tuple[Ints, Ints]:
    """All words of a name as one key, whatever their order."""
    ordered = np.sort(stems, axis=1)
    keys = np.zeros(len(ordered), np.int64)
    for column in ordered.T:
        keys = keys * 1_000_003 + column + 2
    return keys, np.arange(len(ordered))


def _alone(of_name: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Rare words, each with the names that have it."""
    rows, places = np.nonzero(of_name >= 0)
    keys = of_name[rows, places]
    rare = counts[keys] <= _RARE
    return keys[rare], rows[rare]


def _two(stems: Ints, size: int) -> tuple[Ints, Ints]:
    """Every two words of a name, each with the names that have both."""
    return _combined(stems, size, 2)


def _three(stems: Ints, size: int) -> tuple[Ints, Ints]:
    """Every three words of a name."""
    return _combined(stems, size, 3)


def _combined(stems: Ints, size: int, together: int) -> tuple[Ints, Ints]:
    ordered = np.sort(stems, axis=1)
    keys, rows = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for columns in combinations(range(MOST_WORDS), together):
        there = np.flatnonzero(ordered[:, columns[0]] >= 0)
        key = np.zeros(len(there), np.int64)
        for column in columns:
            key = key * size + ordered[there, column]
        keys.append(key)
        rows.append(there)
    return np.concatenate(keys), np.concatenate(rows)


def _pairs_of(keys: Ints, rows: Ints, limit: int) -> tuple[Ints, Ints]:
    """Every pair of rows under one key, where at most `limit` rows are."""
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, np.int64)
    sizes = np.diff(np.r_[starts, len(keys)])
    left, right = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= limit)]).tolist():
        block = rows[starts[sizes == size][:, None] + np.arange(size)]
        a, b = np.triu_indices(size, 1)
        left.append(block[:, a].ravel())
        right.append(block[:, b].ravel())
    return np.concatenate(left), np.concatenate(right)


def _neighbours(words: Words) -> tuple[Ints, Ints]:
    """Names that stand next to one another when ordered by their letters without spaces."""
    order = np.argsort(words.letters, kind="stable").astype(np.int64)
    if len(order) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    steps = range(1, min(_NEAR, len(order) - 1) + 1)
    return (np.concatenate([order[:-step] for step in steps]), np.concatenate([order[step:] for step in steps]))
