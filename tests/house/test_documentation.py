"""README.md names everything that a person can call by name."""

from __future__ import annotations

import argparse
import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ewglink.cli.contract import VERBS, Verb
from ewglink.plugins.registry import Registry
from ewglink.workspace.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", README))
FAMILIES = ("importers.formats", "exporters.formats", "analysis.measures", "layouts.arrangements",
            "drawing.representations")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family(family: str) -> None:
    keys = Registry[object](f"ewglink.{family}", "ewglink.none").keys()  # type: ignore[type-var]
    assert keys
    assert set(keys) <= NAMED


def test_every_verb() -> None:
    documented = set(re.findall(r"(?:^|\|)\s*ewglink ([a-z-]+)", README, re.M))
    assert set(VERBS.keys()) == documented


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.key)
def test_every_flag_of_a_verb(verb: Verb) -> None:
    parser = argparse.ArgumentParser(add_help=False)
    verb.arguments(parser)
    flags = {flag for action in parser._actions for flag in action.option_strings if flag.startswith("--")}
    assert flags <= set(re.findall(r"--[a-z][a-z-]+", README))


def test_every_setting() -> None:
    assert {field.name for field in dataclasses.fields(Settings)} <= NAMED


def test_every_word_of_run_py() -> None:
    command = [sys.executable, str(ROOT / "run.py"), "--help"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60)
    verbs = re.findall(r"^  ([a-z0-9]+) ", answer.stdout, re.M)
    assert set(verbs) == {"demo", "test", "lint", "bench", "i18n"}
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert all(f"run.py {verb}" in README + contributing for verb in verbs)


def test_links_between_documents_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text("utf-8")):
            assert (ROOT / target).exists(), f"{name} links to {target}"
