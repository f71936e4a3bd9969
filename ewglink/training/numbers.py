"""Dice, and made-up numbers built as real ones are: tax numbers with check digits, test-style EPA IDs, manifests."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

_RFC = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
_CONSONANTS = "BCDFGHJKLMNPRSTVWXZ"
"""The first sixteen, up to V, may also begin a tax number's homoclave."""
_BOX = "0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ"
_VIN = {sign: int(value) for signs, values in (("ABCDEFGH", "12345678"), ("JKLMN", "12345"), ("P", "7"), ("R", "9"),
                                               ("STUVWXYZ", "23456789"), ("0123456789", "0123456789"))
        for sign, value in zip(signs, values, strict=True)}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


class Dice:
    """A seeded source of chance. It stands on `random()` alone, the one method whose values Python promises to keep."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def digits(self, count: int) -> str:
        """So many digits, the first not 0."""
        return str(self.between(1, 9)) + "".join(str(self.between(0, 9)) for _ in range(count - 1))

    def letters(self, count: int) -> str:
        """So many consonants, which spell no word."""
        return "".join(_CONSONANTS[self.between(0, len(_CONSONANTS) - 1)] for _ in range(count))


def epa_id(state: str, role: str, number: int) -> str:
    """An EPA ID in the agency's own test style: VATESTGEN001."""
    return f"{state}TEST{role}{number:03}"


def rfc(dice: Dice) -> str:
    """A Mexican company's tax number with its check character."""
    founded = date(1990, 1, 1) + timedelta(days=dice.between(0, 9000))
    body = f"{dice.letters(3)}{founded:%y%m%d}{_CONSONANTS[dice.between(0, 15)]}{dice.between(1, 9)}"
    total = sum(_RFC.index(sign) * (13 - at) for at, sign in enumerate(body.rjust(12)))
    return body + _RFC[(11 - total) % 11]


def ein(dice: Dice, prefix: str) -> str:
    """A United States employer number."""
    return f"{prefix}-{dice.digits(7)}"


def bn9(dice: Dice) -> str:
    """A Canadian business number; its last digit makes the Luhn sum."""
    body = dice.digits(8)
    total = 0
    for at, sign in enumerate(reversed(body)):
        doubled = int(sign) * (2 if at % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


def nra(dice: Dice) -> str:
    """A Mexican environmental registration number: three letters and ten digits."""
    return dice.letters(3) + dice.digits(10)


def mtn(dice: Dice) -> str:
    """A manifest tracking number with the training suffix."""
    return dice.digits(9) + "TRN"


def container(dice: Dice) -> str:
    """A container number of the training owner, with its check digit."""
    body = "TRNU" + dice.digits(6)
    return body + str(sum(_BOX.index(sign) << at for at, sign in enumerate(body)) % 11 % 10)


def imo(dice: Dice) -> str:
    """A ship's number with its check digit."""
    body = "9" + dice.digits(5)
    return body + str(sum(int(sign) * weight for sign, weight in zip(body, range(7, 1, -1), strict=True)) % 10)


def vin(dice: Dice, maker: str, year: str) -> str:
    """A vehicle's number: three signs of a maker, the sign of a model year, and the check digit in ninth place."""
    body = f"{maker}{dice.letters(2)}{dice.digits(3)}0{year}{dice.letters(1)}{dice.digits(6)}"
    rest = sum(_VIN[sign] * weight for sign, weight in zip(body, _VIN_WEIGHTS, strict=True)) % 11
    return body[:8] + ("X" if rest == 10 else str(rest)) + body[9:]


def uscc(dice: Dice) -> str:
    """A Chinese unified social credit code with its check character."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91" + dice.digits(15)
    total = sum(signs.index(sign) * pow(3, at, 31) for at, sign in enumerate(body))
    return body + signs[-total % 31]


def weekdays_later(day: date, count: int) -> date:
    """The weekday that comes `count` weekdays after `day`."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def weekdays_between(day: date, later: date) -> int:
    """The weekdays after `day` up to and including `later`."""
    return sum((day + timedelta(days=at)).weekday() < 5 for at in range(1, (later - day).days + 1))


def table(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    """A CSV text with these columns."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
