"""Qt's own texts (file dialogs, standard buttons) in the language in force."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from ewglink.text import language

_CODES = {"fr": "fr", "es": "es", "zh": "zh_CN"}
_worn: list[QTranslator] = []


def speak_to_qt(app: Any) -> None:
    """Take Qt's catalogue of the language, where PySide6 brings it."""
    for old in _worn:
        app.removeTranslator(old)
        old.deleteLater()
    _worn.clear()
    code = _CODES.get(language())
    QLocale.setDefault(QLocale(code or "en"))
    if code is None:
        return
    translator = QTranslator(app)
    if translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
        _worn.append(translator)
    else:
        translator.deleteLater()
