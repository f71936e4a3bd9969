"""Where files live: resources, translations, settings, caches and cases; installed, editable and frozen alike."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

APP_NAME = "EWGLink"


@cache
def _root() -> Path:
    """The folder that holds `resources` and `i18n`: the bundle when frozen, the package's data when installed,
    else the checkout.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        return Path(bundle)
    package = Path(__file__).resolve().parent
    packaged = package / "_data"
    return packaged if packaged.is_dir() else package.parent


def resources(*parts: str) -> Path:
    """A path under `resources/`."""
    return _root().joinpath("resources", *parts)


def translations() -> Path:
    """The folder of the language catalogues."""
    return _root() / "i18n"


def _home() -> Path:
    override = os.environ.get("EWGLINK_HOME")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming")) / APP_NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / APP_NAME
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / APP_NAME.lower()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def settings_file() -> Path:
    """The user's settings, a JSON file."""
    return _made(_home()) / "settings.json"


def cache_folder() -> Path:
    """A writable folder for what can be made again (compiled kernels, icon atlases)."""
    return _made(_home() / "cache")


def specifications_folder() -> Path:
    """Where a user's saved import specifications are kept."""
    return _made(_home() / "specifications")


def cases_folder() -> Path:
    """Where new cases are offered to be saved."""
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()
