"""The terminal: finds the verb, runs it, and turns what goes wrong into a sentence and an exit status."""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ewglink import __version__, places, text
from ewglink.cli import argparse_texts
from ewglink.cli.contract import VERBS, Verb, Window
from ewglink.cli.option_flags import WrongUsage, refuse_flags
from ewglink.cli.output import Output
from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, _

DONE, REFUSED, WRONG_USAGE, INTERNAL, INTERRUPTED = 0, 1, 2, 70, 130


def main(arguments: Sequence[str], window: Window) -> int:
    """Run the verb that `arguments` name, or open the `window` where they name none; returns the exit status."""
    _speak_utf8()
    out = Output("--json" in arguments)
    try:
        text.set_language(_language(arguments))
        argparse_texts.speak()
        return _run(list(arguments), out, window)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE if leaving.code is None else REFUSED
    except WrongUsage as wrong:
        out.note(wrong)
        return WRONG_USAGE
    except (Refusal, ModuleNotFoundError) as reason:
        refused = reason if isinstance(reason, Refusal) else _without_qt(reason)
        if refused is None:
            return _internal(reason, out)
        out.document(refused.as_json())
        out.note(refused)
        return REFUSED
    except KeyboardInterrupt:
        out.note(_("Interrupted."))
        return INTERRUPTED
    except BrokenPipeError:
        # Who read our output has had enough; what is still in the buffer must not complain at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        return _internal(error, out)


def _run(arguments: list[str], out: Output, window: Window) -> int:
    said = [word for word in arguments if word not in ("--lang", text.language()) and not word.startswith("--lang=")]
    if not said or (len(said) == 1 and said[0].lower().endswith(".ewg")):
        return window(said[0] if said else None)
    parser, verbs = _parser()
    args, rest = parser.parse_known_args(arguments)
    if args.verb is None:
        parser.print_help(sys.stderr)
        return WRONG_USAGE
    verb = verbs[args.verb]
    args.flags, args.window = rest, window
    if not getattr(args, "takes_flags", False):
        if rest:
            parser.error(_("unrecognized arguments: %s") % " ".join(rest))
        refuse_flags(args)
    code = verb.run(args, out)
    sys.stdout.flush()
    return code


def _without_qt(missing: ModuleNotFoundError | Refusal) -> Refusal | None:
    """What is said where Qt is not installed; None where it is something else that is missing."""
    name = getattr(missing, "name", None) or ""
    if not name.startswith(("PySide6", "shiboken6", "pyqtgraph")):
        return None
    return Refusal("no_qt", Message(N_("The window and pictures of charts need PySide6, which is not installed here; "
                                       "the other verbs work without it: see ewglink --help.")))


class _VerbParser(argparse.ArgumentParser):
    """A verb's arguments; its help ends with what the default `more_help` makes, where the verb sets one."""

    def format_help(self) -> str:
        """The help, and what comes after it."""
        more = self.get_default("more_help")
        return super().format_help() + (more() if more else "")


def _parser() -> tuple[argparse.ArgumentParser, dict[str, Verb]]:
    every = argparse.ArgumentParser(add_help=False)
    every.add_argument("--json", action="store_true", help=_("print one JSON document"))
    every.add_argument("--lang", choices=text.LANGUAGES, help=_("the language to speak"))
    parser = argparse.ArgumentParser(
        prog="ewglink", parents=[every], allow_abbrev=False,
        description=_("Records of environmental crime, turned into relationship charts. Without a verb, the window "
                      "opens."))
    parser.add_argument("--version", action="version", version=f"EWGLink {__version__}")
    chosen: Any = parser.add_subparsers(dest="verb", metavar=_("VERB"), title=_("verbs"),
                                   parser_class=_VerbParser)
    verbs = {verb.key: verb for verb in VERBS}
    for key in sorted(verbs):
        summary = _(verbs[key].summary)
        own = chosen.add_parser(key, help=summary, description=summary, parents=[every], allow_abbrev=False)
        verbs[key].arguments(own)
    return parser, verbs


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, even where the rest of the command line is wrong; else the user's."""
    for word, after in zip(arguments, [*arguments[1:], ""], strict=False):
        wanted = after if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if wanted in text.LANGUAGES:
            return wanted
    from ewglink.workspace.settings import Settings

    return Settings.load().spoken()


def _speak_utf8() -> None:
    """UTF-8 on every system, whatever the terminal's code page; what it cannot hold is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with contextlib.suppress(ValueError, OSError):
                reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _internal(error: Exception, out: Output) -> int:
    """Something nobody foresaw: a sentence, and the details in a file that can be sent to us."""
    details = "".join(traceback.format_exception(error))
    about = f"EWGLink {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
    try:
        folder = places.cache_folder() / "errors"
        folder.mkdir(exist_ok=True)
        where: Path | None = folder / f"{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        assert where is not None
        where.write_text(about + details, encoding="utf-8")
    except OSError:
        where = None
    if where:
        said = Message(N_("Something went wrong inside EWGLink; the details are in {file}."), {"file": where})
    else:
        said = Message(N_("Something went wrong inside EWGLink: {what}."), {"what": type(error).__name__})
    out.document(Refusal("internal", said, file=str(where) if where else None).as_json())
    out.note(said)
    return INTERNAL
