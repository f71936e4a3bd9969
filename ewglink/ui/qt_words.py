"""Qt's own texts (file dialogs, standard buttons) in the language in force."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from ewglink.text import language

_CODES = {"en": "en_CA", "fr": "fr_CA", "es": "es_MX", "zh": "zh_CN"}
_BROUGHT = {"fr": "fr", "es": "es", "zh": "zh_CN"}
"""The catalogues of Qt, which know no countries."""
_worn: list[QTranslator] = []


def speak_to_qt(app: Any) -> None:
    """Take Qt's catalogue of the language, where PySide6 brings it."""
    for old in _worn:
        app.removeTranslator(old)
        old.deleteLater()
    _worn.clear()
    QLocale.setDefault(QLocale(_CODES.get(language(), "en_CA")))
    code = _BROUGHT.get(language())
    if code is None:
        return
    translator = QTranslator(app)
    if translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
        _worn.append(translator)
    else:
        translator.deleteLater()
