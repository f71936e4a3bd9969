"""`ewglink demo`: a made-up case, built and opened, or written to a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from ewglink.cli import progress_line
from ewglink.cli.output import Output
from ewglink.text import N_, _, language


class Demo:
    """Builds the case from generated records; with --headless, writes it, its charts and its tables to a folder."""

    key = "demo"
    summary = N_("build a made-up case and open it, or write it to a folder")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, and where to."""
        parser.add_argument("name", metavar=_("NAME"), nargs="?", default="grey-cell", help=_("grey-cell if left out"))
        parser.add_argument("--headless", action="store_true", help=_("open no window: write files"))
        parser.add_argument("--out", metavar="DIR", help=_("the folder to write to; demo-out if left out"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Build it."""
        from ewglink.workspace.demo import build_demo_job, describe, write_demo_job

        if not args.headless:
            folder = Path(args.out) if args.out else _own_folder(args.name)
            demo = progress_line.run(build_demo_job(args.name, folder, args.lang))
            assert demo is not None
            return int(args.window(demo.case))
        folder = Path(args.out or "demo-out")
        demo = progress_line.run(write_demo_job(args.name, folder, args.lang or language()))
        assert demo is not None
        out.document(describe(demo, folder))
        for path in demo.files:
            out.line(_("Written: {file}", file=path))
        return 0


def _own_folder(name: str) -> Path:
    from ewglink import places

    return places.settings_file().parent / "demo" / name


MEMBER = Demo()
