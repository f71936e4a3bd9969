"""A user's settings: language, theme, recent cases, the window's shape; a JSON file that is never in the way."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from ewglink import places, text

MOST_RECENT = 12


@dataclass
class Settings:
    """What the program remembers between runs.

    `geometry` and `state` are the window's, base64; `shortcuts` the keys that differ from those delivered, by action.
    """

    language: str = ""
    theme: str = "light"
    recent: list[str] = field(default_factory=list)
    geometry: str = ""
    state: str = ""
    last_folder: str = ""
    shortcuts: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Settings:
        """The settings as kept; defaults where there are none or the file cannot be read."""
        try:
            kept = json.loads(places.settings_file().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        found = cls()
        if isinstance(kept, dict):
            for item in fields(cls):
                value = kept.get(item.name)
                if isinstance(value, type(getattr(found, item.name))):
                    setattr(found, item.name, value)
        found.shortcuts = {name: keys for name, keys in found.shortcuts.items() if isinstance(keys, list)}
        found.recent = [one for one in found.recent if isinstance(one, str)][:MOST_RECENT]
        return found

    def save(self) -> None:
        """Keep the settings; a folder that cannot be written is no reason to stop anybody."""
        try:
            target = places.settings_file()
            waiting = target.with_suffix(".new")
            waiting.write_text(json.dumps(self.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(waiting, target)
        except OSError:
            return

    def as_json(self) -> dict[str, Any]:
        """The settings as plain JSON data."""
        return asdict(self)

    def remember(self, path: Path) -> None:
        """Put `path` first among the recent cases."""
        name = str(path.resolve())
        self.recent = [name, *(one for one in self.recent if one != name)][:MOST_RECENT]

    def forget(self, path: str) -> None:
        """Take `path` off the recent cases."""
        self.recent = [one for one in self.recent if one != path]

    def spoken(self) -> str:
        """The language to speak: the one chosen, else the system's."""
        return self.language if self.language in text.LANGUAGES else text.system_language()
