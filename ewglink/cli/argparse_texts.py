"""What argparse says, in the language in force."""

from __future__ import annotations

import argparse

from ewglink import text
from ewglink.text import N_

# The texts of argparse that a person can meet here, so that the catalogues hold them.
TEXTS = (
    N_("usage: "), N_("positional arguments"), N_("options"), N_("show this help message and exit"),
    N_("the following arguments are required: %s"), N_("unrecognized arguments: %s"), N_("expected one argument"),
    N_("expected at least one argument"), N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"), N_("invalid %(type)s value: %(value)r"),
    N_("not allowed with argument %s"), N_("one of the arguments %s is required"), N_("%(prog)s: error: %(message)s\n"),
    N_("show program's version number and exit"),
)


def speak() -> None:
    """Let argparse look its texts up where ours are."""
    vars(argparse)["_"] = text._lookup
    vars(argparse)["ngettext"] = lambda one, many, n: text._lookup(one if n == 1 else many)
