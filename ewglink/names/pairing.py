"""Pairs among many names that may be one name, each with how likely it is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from ewglink.names.blocking import MOST_WORDS, Floats, Ints, Words, candidate_pairs, number_words
from ewglink.names.companies import prepare_companies
from ewglink.names.legal_forms import forms_alike
from ewglink.names.likeness import Likeness, likeness, weights_of
from ewglink.names.people import fits_initials, prepare_people

Kind = Literal["company", "person", "other"]

# How much each sign weighs, fitted on generated names (tests/benchmarks/name_files.py, seed 77) and rounded; what legal
# forms say is kept weaker than there, since files often have a wrong one.
_COMPANY = {"start": -0.5, "shared": 2.8, "lost": -12.5, "apart": -10.8, "beside": -1.8, "figures": -4.3,
            "inexact": -4.5, "form_missing": -1.3, "form_other": -6.5, "form_alike": -5.0}
_PERSON = {"start": -0.9, "shared": 2.4, "lost": -20.0, "apart": -10.0, "beside": -1.5, "figures": -4.0,
           "inexact": -2.2}
_OTHER = {"start": -0.8, "shared": 2.4, "lost": -12.0, "apart": -11.0, "beside": -3.5, "figures": -6.0, "inexact": -3.5}
_WEIGHTS = {"company": _COMPANY, "person": _PERSON, "other": _OTHER}
_MOST_SHARED = 2.0


class NamePairs(NamedTuple):
    """Pairs of rows (p, 2), the lower first; `logits` (p,) how likely they are one name, as log-odds; `parts` what
    tells them apart; `form` (p,) 0 where legal forms agree or are not named, 1 where one is missing, 2 where they are
    often put for one another, 3 where they differ."""

    pairs: Ints
    logits: Floats
    parts: Likeness
    form: Ints

    def scores(self) -> Floats:
        """How likely each pair is one name, 0 to 1."""
        found: Floats = 1 / (1 + np.exp(-self.logits))
        return found


class Prepared(NamedTuple):
    """Names ready to be compared."""

    kind: Kind
    words: Words
    forms: Ints
    alike: npt.NDArray[np.bool_]
    weights: Floats
    form_names: tuple[str, ...]


def prepare(names: Sequence[str], kind: Kind) -> Prepared:
    """Names made comparable: as organizations', as persons', or as any."""
    forms = [""] * len(names)
    if kind == "company":
        lists, forms = prepare_companies(names)
    elif kind == "person":
        lists = prepare_people(names)
    else:
        from ewglink.names.latin import word_lines

        lists = [tuple(line.split()) for line in word_lines(list(names))]
    words = number_words(lists)
    there = sorted({"", *forms})
    number = {form: at for at, form in enumerate(there)}
    alike = np.array([[forms_alike(one, other) for other in there] for one in there], np.bool_)
    return Prepared(kind, words, np.array([number[form] for form in forms], np.int64), alike, weights_of(words),
                    tuple(there))


def pair_names(names: Sequence[str], kind: Kind = "company") -> NamePairs:
    """The pairs of names worth comparing, with how likely each is one name."""
    ready = prepare(names, kind)
    return compare(ready, candidate_pairs(ready.words, ready.weights))


def compare(ready: Prepared, pairs: Ints) -> NamePairs:
    """How likely the names of each given pair are one."""
    parts = _run_together(ready, pairs, likeness(ready.words, pairs, ready.weights))
    form = _forms(ready, pairs)
    if ready.kind == "person" and len(pairs):
        parts = _without_initials(ready.words, pairs, parts)
    return NamePairs(pairs, _logits(_WEIGHTS[ready.kind], parts, form), parts, form)


def _logits(weights: dict[str, float], parts: Likeness, form: Ints) -> Floats:
    all_ = np.maximum(parts.shared + parts.apart + parts.beside, 1e-6)
    found: Floats = (
        weights["start"] + weights["shared"] * np.minimum(parts.shared, _MOST_SHARED)
        + weights["lost"] * parts.lost / np.maximum(parts.shared, 1e-6) + weights["apart"] * parts.apart / all_
        + weights["beside"] * parts.beside / all_ + weights["figures"] * parts.figures
        + weights["inexact"] * (parts.apart + parts.beside > 1e-9))
    by_form = np.array([0.0, *(weights.get(key, 0.0) for key in ("form_missing", "form_alike", "form_other"))])
    logits: Floats = found + by_form[form]
    return logits


def _forms(ready: Prepared, pairs: Ints) -> Ints:
    a, b = ready.forms[pairs[:, 0]], ready.forms[pairs[:, 1]]
    named: Ints = np.where(ready.alike[a, b], 2, 3)
    found: Ints = np.where(a == b, 0, np.where((a == 0) | (b == 0), 1, named))
    return found


def _run_together(ready: Prepared, pairs: Ints, parts: Likeness) -> Likeness:
    """Names of the same letters are the same, however they are divided into words ("Hua Xin", "Huaxin")."""
    letters = ready.words.letters
    same = (letters[pairs[:, 0]] == letters[pairs[:, 1]]) & (parts.apart + parts.beside + parts.lost > 0)
    if not same.any():
        return parts
    whole = parts.shared + parts.apart + parts.beside
    nothing = {name: np.where(same, 0.0, getattr(parts, name)) for name in ("lost", "apart", "beside")}
    return parts._replace(shared=np.where(same, whole, parts.shared), figures=parts.figures & ~same, **nothing)


def _without_initials(words: Words, pairs: Ints, parts: Likeness) -> Likeness:
    """Initials that fit count as words that only one has, not as words that stand against one another."""
    single = np.array([len(word) == 1 for word in words.words] + [False], np.bool_)
    has: npt.NDArray[np.bool_] = np.asarray(single[words.of_name].any(axis=1))
    apart, beside = parts.apart.copy(), parts.beside.copy()
    for at in np.flatnonzero((has[pairs[:, 0]] | has[pairs[:, 1]]) & (apart > 0)).tolist():
        one, other = ([words.words[word] for word in words.of_name[row] if word >= 0] for row in pairs[at].tolist())
        if fits_initials(one, other):
            beside[at] += apart[at] / 2
            apart[at] = 0.0
    return parts._replace(apart=apart, beside=beside)


def words_apart(ready: Prepared, one: int, other: int) -> tuple[str, str]:
    """The words that the first and the second of two names have and the other does not, as they are compared."""
    rows = [[ready.words.words[word] for word in ready.words.of_name[row] if word >= 0] for row in (one, other)]
    return (" ".join(word for word in rows[0] if word not in rows[1]),
            " ".join(word for word in rows[1] if word not in rows[0]))


__all__ = ["MOST_WORDS", "Kind", "NamePairs", "Prepared", "compare", "pair_names", "prepare", "words_apart"]
