"""The flags that declare a projection: which part of the network is asked, and how much its links weigh."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ewglink.cli.output import Output
from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, message

if TYPE_CHECKING:
    from ewglink.graph.declared import Declaration
    from ewglink.graph.network import Network
    from ewglink.model.schema import Schema

_DECLARED = ("types", "link_types", "strengths", "since", "until", "min_grade", "weights")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    parser.add_argument("--types", metavar="T,T", help=_("only entities of these types"))
    parser.add_argument("--link-types", metavar="T,T", help=_("only links of these types"))
    parser.add_argument("--strengths", metavar="S,S", help=_("only links of these strengths"))
    parser.add_argument("--from", dest="since", metavar="DATE", help=_("only links that held on or after this date"))
    parser.add_argument("--to", dest="until", metavar="DATE", help=_("only links that held on or before this date"))
    parser.add_argument("--dated-only", action="store_true", help=_("leave links without a date out"))
    parser.add_argument("--min-grade", metavar="B2", help=_("only links of this grade or better"))
    parser.add_argument("--weights", metavar="W", default=None,
                        help=_("none, count, influence (kind, grade, age, number) or property:KEY"))
    parser.add_argument("--half-life", type=float, metavar="DAYS",
                        help=_("days after which a link weighs half by influence; 0: its age does not count"))
    parser.add_argument("--as-of", metavar="DATE", help=_("the date from which age is counted"))


def given(args: argparse.Namespace) -> bool:
    """Whether any flag narrows or weighs the network."""
    return any(getattr(args, name) for name in _DECLARED) or args.dated_only


def declaration(args: argparse.Namespace, directed: bool = False) -> Declaration:
    """What the flags declare."""
    from ewglink.graph.declared import HALF_LIFE, Declaration

    weights, _colon, key = (args.weights or "none").partition(":")
    return Declaration(
        types=listed(args.types), link_types=listed(args.link_types), strengths=_strengths(args.strengths),
        start=args.since, end=args.until, undated=not args.dated_only, min_grade=args.min_grade, weights=weights,
        weight_property=key or None, half_life=HALF_LIFE if args.half_life is None else args.half_life,
        as_of=args.as_of, directed=directed)


def listed(text: str | None) -> tuple[str, ...] | None:
    """Words separated by commas; None where nothing was said."""
    return None if text is None else tuple(one.strip() for one in text.split(",") if one.strip())


def _strengths(text: str | None) -> tuple[str, ...] | None:
    from ewglink.model.items import Strength

    wanted = listed(text)
    for one in wanted or ():
        if one.upper() not in Strength.__members__:
            raise Refusal("no_strength", message(N_("There is no strength “{name}”. There are: {names}."), name=one,
                                                 names=", ".join(word.name.lower() for word in Strength)))
    return None if wanted is None else tuple(one.lower() for one in wanted)


def as_json(network: Network) -> dict[str, Any]:
    """The projection as a script reads it."""
    return network.described | {"n": network.n, "m": network.m}


def say(network: Network, out: Output, schema: Schema) -> None:
    """Print the projection in words."""
    from ewglink.workspace.projection_words import lines

    for line in lines(network, schema):
        out.line(line)
