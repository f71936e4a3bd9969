"""Whether two parties may be one site under another name: to be verified, never taken as proof."""

from __future__ import annotations

from ewglink.names.addresses import address_words
from ewglink.names.clean import search_key
from ewglink.rules.trade import Party

_LEAST_WORDS = 3
_SHARED = 0.75
_NAME = 90.0


def alike(one: Party, other: Party) -> bool:
    """Whether addresses share most of their words, or names are alike whatever the order of their words."""
    first, second = (address_words(party.text("address")) for party in (one, other))
    if min(len(first), len(second)) >= _LEAST_WORDS and len(first & second) / min(len(first), len(second)) >= _SHARED:
        return True
    from rapidfuzz.fuzz import token_sort_ratio

    return bool(one.label and other.label
                and token_sort_ratio(search_key(one.label), search_key(other.label)) >= _NAME)
