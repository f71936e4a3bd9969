"""Names of persons made comparable: titles and particles apart, short forms written out, both surnames kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ewglink.names.latin import word_lines

_TITLES = frozenset("mr mrs ms miss dr dra prof ing lic arq cp sr sra srta don dona m mme mlle me maitre hon sir dame "
                    "capt captain cap cmdr jr junior senior ii iii iv phd md esq".split())
_PARTICLES = frozenset("de del la las los y e da das do dos di du des le van von der den vander ter ten bin ibn al el "
                       "d l st ste".split())
_SHORT = {
    short: full for full, words in {
        "william": "bill will billy guillermo guillaume wm", "robert": "bob rob bobby roberto",
        "jose": "pepe josep jse", "richard": "rick dick ricardo",
        "james": "jim jimmy jaime", "john": "jack johnny juan jean johann jon",
        "francisco": "paco pancho francis francois frank fco fcisco", "maria": "ma mary marie", "joseph": "joe joey",
        "guadalupe": "lupe lupita gpe", "michael": "mike miguel michel mick", "alexander": "alex alejandro alexandre",
        "elizabeth": "liz beth isabel elisabeth", "margaret": "maggie margarita marguerite", "edward": "ed eduardo "
        "edouard eddie ted", "charles": "charlie carlos carl chuck", "anthony": "tony antonio antoine anton",
        "thomas": "tom tomas", "stephen": "steve esteban steven etienne", "peter": "pete pedro pierre", "paul": "pablo",
        "catherine": "kate cathy catalina katherine kathryn", "george": "jorge georges", "louis": "luis lewis",
        "henry": "enrique henri hank harry", "andrew": "andy andres andre", "mohammed": "mohamed muhammad mohamad md",
        "ignacio": "nacho", "jesus": "chuy chucho", "manuel": "manolo", "daniel": "dan danny", "gabriel": "gabi",
    }.items() for short in words.split()}


_HAN = re.compile("[\u3400-\u9fff]{2,4}")
"""A Chinese name: the surname is its first sign."""


def prepare_people(names: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of persons' names, in their order: a comma puts what stands behind it first ("Smith, John")."""
    turned = [" ".join(reversed(name.split(",", 1))) if name.count(",") == 1 else name for name in names]
    turned = [f"{name[0]} {name[1:]}" if not name.isascii() and _HAN.fullmatch(name.strip()) else name
              for name in turned]
    found = []
    for line in word_lines(turned):
        words = line.split()
        kept = tuple([_SHORT.get(word, word) for word in words if word not in _TITLES and word not in _PARTICLES])
        found.append(kept or tuple(words))
    return found


def fits_initials(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names agree where one has initials: every initial of either begins a word that the other has to
    spare, and at least one whole word is in both."""
    whole = set(one) & set(other)
    whole = {word for word in whole if len(word) > 1}
    if not whole:
        return False
    left, right = ([word for word in words if word not in whole] for words in (one, other))
    for mine, theirs in ((left, right), (right, left)):
        spare = list(theirs)
        for word in (word for word in mine if len(word) == 1):
            match = next((its for its in spare if its.startswith(word)), None)
            if match is None:
                return False
            spare.remove(match)
    return any(len(word) == 1 for word in (*left, *right))
