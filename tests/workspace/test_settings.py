"""A user's settings survive a run, and never stop one."""

from __future__ import annotations

from pathlib import Path

from ewglink import places
from ewglink.workspace.settings import MOST_RECENT, Settings


def test_what_is_kept_is_found_again() -> None:
    settings = Settings(language="fr", theme="dark")
    settings.remember(Path("/a/b.ewg"))
    settings.save()
    found = Settings.load()
    assert (found.language, found.theme, found.recent) == ("fr", "dark", [str(Path("/a/b.ewg").resolve())])
    assert found.spoken() == "fr"


def test_a_broken_file_gives_the_defaults() -> None:
    places.settings_file().write_text('{"theme": 7, "recent": [1, "x"], "language": "fr"', encoding="utf-8")
    assert Settings.load() == Settings()
    places.settings_file().write_text('{"theme": 7, "recent": [1, "x"], "language": "fr", "new": 1}', encoding="utf-8")
    assert Settings.load() == Settings(language="fr", recent=["x"])


def test_the_latest_case_comes_first_and_once() -> None:
    settings = Settings()
    for n in [*range(20), 3]:
        settings.remember(Path(f"/case{n}.ewg"))
    assert len(settings.recent) == MOST_RECENT
    assert [Path(name).name for name in settings.recent[:3]] == ["case3.ewg", "case19.ewg", "case18.ewg"]
