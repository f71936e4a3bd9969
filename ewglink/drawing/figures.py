"""Numbers and dates as the reader of a chart writes them."""

from __future__ import annotations

from datetime import datetime

LOCALES = {"en": "en_CA", "fr": "fr_CA", "es": "es_MX", "zh": "zh_CN"}


def number(value: int | float, language: str) -> str:
    """The number with the language's separators."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=LOCALES.get(language, "en_CA")))


def moment(value: datetime, language: str) -> str:
    """Date and time to the minute; with the zone where the time has one."""
    from babel.dates import format_date

    date = format_date(value, format="long", locale=LOCALES.get(language, "en_CA"))
    zone = f" {value.tzname()}" if value.tzinfo else ""
    return f"{date}, {value:%H:%M}{zone}"
