"""The build step that puts `resources/` and the compiled `i18n/` into a wheel, as `ewglink/_data/`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelData(BuildHookInterface[Any]):
    """An editable installation reads both folders in the checkout, and gets no copy."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the data folders, with catalogues compiled from what stands in the checkout."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "packaging")))
        import catalogues

        catalogues.compile_all()
        for name in ("resources", "i18n"):
            if Path(self.root, name).is_dir():
                build_data["force_include"][str(Path(self.root, name))] = f"ewglink/_data/{name}"
