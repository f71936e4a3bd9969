"""Items asked for in a line: `type=person AND (name~peña OR linked(by=owns, to(type=vessel)))`."""

from __future__ import annotations

import re
from typing import cast

from ewglink.graph.moments import UNKNOWN, first_moment
from ewglink.model.items import Strength
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, message
from ewglink.workspace.conditions import SIGNS, Compare, Condition, Group, Linked, Sign, Way
from ewglink.workspace.workspace import Workspace

_KEY = re.compile(r"[^\W\d][\w.]*")
_END = re.compile(r"\s+(?:AND|OR)(?=\s|\(|$)|\s*$")
_SPACE = re.compile(r"\s*")
MOST_NESTED = 40
_WAYS = {"any": "any", "out": "out", "in": "in"}


def parse(query: str) -> Condition:
    """The condition that `query` says; a `Refusal` with the place of what cannot be read."""
    reader = _Reader(query)
    found = reader.either()
    reader.space()
    if reader.at < len(query):
        reader.refuse(N_("this closes nothing") if query[reader.at] == ")" else N_("AND, OR or the end is expected"))
    return found


class _Reader:
    """Reads a query from left to right; `at` is the place it has come to."""

    def __init__(self, query: str) -> None:
        self.query, self.at, self.depth = query, 0, 0

    def refuse(self, reason: str, at: int | None = None, **values: str) -> None:
        """Say what is wrong where."""
        place = self.at if at is None else at
        found = self.query[place:place + 24].strip()
        said = Message(reason, dict(values))
        if not found:
            raise Refusal("bad_query", message(N_("The query cannot be read at its end: {reason}."), reason=said))
        raise Refusal("bad_query", message(
            N_("The query cannot be read at character {n}, “{part}”: {reason}."), n=place + 1, part=found,
            reason=said))

    def space(self) -> None:
        """Go past blanks."""
        match = _SPACE.match(self.query, self.at)
        self.at = match.end() if match else self.at

    def word(self, word: str) -> bool:
        """Go past `word`, if it stands here as a word."""
        self.space()
        after = self.at + len(word)
        if self.query.startswith(word, self.at) and not self.query[after:after + 1].isalnum():
            self.at = after
            return True
        return False

    def sign(self, text: str) -> bool:
        """Go past `text`, if it stands here."""
        self.space()
        if self.query.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def either(self) -> Condition:
        """Conditions joined by OR."""
        parts = [self.both()]
        while self.word("OR"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Group("any", tuple(parts))

    def both(self) -> Condition:
        """Conditions joined by AND."""
        parts = [self.one()]
        while self.word("AND"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else Group("all", tuple(parts))

    def one(self) -> Condition:
        """NOT, parentheses, linked(…) or a condition."""
        self.depth += 1
        if self.depth > MOST_NESTED:
            self.refuse(N_("too many parentheses stand within one another"))
        found = self._one()
        self.depth -= 1
        return found

    def _one(self) -> Condition:
        if self.word("NOT"):
            inner = self.one()
            return Group("none", inner.parts if isinstance(inner, Group) and inner.how == "any" else (inner,))
        if self.sign("("):
            return self.closed(self.at - 1)
        begun = self.at
        match = _KEY.match(self.query, self.at)
        if match is None or match.group() in ("AND", "OR"):
            self.refuse(N_("a condition such as KEY=value is expected"))
            raise AssertionError
        self.at = match.end()
        if match.group() == "linked" and self.sign("("):
            return _LinkedReader(self).read(self.at - 1)
        sign = self.compared(begun)
        return Compare(match.group(), sign, self.values(sign))

    def closed(self, opened: int) -> Condition:
        """What stands before the parenthesis that closes the one at `opened`."""
        found = self.either()
        if not self.sign(")"):
            self.refuse(N_("this parenthesis is not closed"), at=opened)
        return found

    def compared(self, begun: int) -> Sign:
        """One of the signs."""
        for sign in SIGNS:
            if self.sign(sign):
                return sign
        self.refuse(N_("a condition is written KEY=value, KEY!=value, KEY~part, KEY!~part, KEY^=beginning, "
                       "KEY>=value or KEY<=value"), at=begun)
        raise AssertionError

    def values(self, sign: str, stops: str = "") -> tuple[str, ...]:
        """One value, or several with | between them."""
        found = [self.value(sign, stops)]
        while self.sign("|"):
            found.append(self.value(sign, stops))
        return tuple(found)

    def value(self, sign: str, stops: str) -> str:
        """A value in quotes, or up to what ends it."""
        self.space()
        quote = self.query[self.at:self.at + 1]
        if quote in ('"', "'") and quote:
            return self.quoted(quote)
        begun, open_ = self.at, 0
        while self.at < len(self.query):
            letter = self.query[self.at]
            if open_ == 0 and (letter in "|)" or letter in stops or _END.match(self.query, self.at)):
                break
            open_ += (letter == "(") - (letter == ")" and open_ > 0)
            self.at += 1
        text = self.query[begun:self.at].strip()
        if not text:
            self.refuse(N_("a value is expected after {sign}"), at=begun, sign=sign)
        return text

    def quoted(self, quote: str) -> str:
        """A value in quotes; the quote itself is doubled."""
        begun, found = self.at, []
        self.at += 1
        while True:
            end = self.query.find(quote, self.at)
            if end < 0:
                self.refuse(N_("this quotation is not closed"), at=begun)
            found.append(self.query[self.at:end])
            self.at = end + 1
            if self.query[self.at:self.at + 1] != quote:
                return "".join(found)
            found.append(quote)
            self.at += 1


class _LinkedReader:
    """Reads what stands within linked(…)."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.said: dict[str, object] = {}

    def read(self, opened: int) -> Linked:
        """The condition, past its closing parenthesis."""
        reader = self.reader
        while not reader.sign(")"):
            if self.said and not reader.sign(","):
                reader.refuse(N_("this parenthesis is not closed"), at=opened)
            reader.space()
            self.part()
            if not self.said:
                reader.refuse(N_("this parenthesis is not closed"), at=opened)
        self.said.pop("", None)
        return Linked(**self.said)  # type: ignore[arg-type]

    def part(self) -> None:
        """One of the parts."""
        reader = self.reader
        begun = reader.at
        self.said.setdefault("", None)
        if reader.sign(")"):
            reader.at -= 1
            return
        if reader.word("to") and reader.sign("("):
            self.said["to"] = reader.closed(reader.at - 1)
            return
        reader.at = begun
        match = _KEY.match(reader.query, reader.at)
        name = match.group() if match else ""
        if match is None or name not in ("by", "way", "count", "strength", "from", "until"):
            reader.refuse(N_("linked(…) takes by=, way=, count=, count>=, count<=, strength=, from=, until= and to(…)"))
            raise AssertionError
        reader.at = match.end()
        sign = reader.compared(begun)
        if sign != "=" and not (name == "count" and sign in (">=", "<=")):
            reader.refuse(N_("{name} takes = only"), at=begun, name=name)
        place = reader.at
        getattr(self, "_" + name)(reader.values(sign, ",)"), sign, place)

    def _by(self, values: tuple[str, ...], _sign: str, _place: int) -> None:
        self.said["types"] = values

    def _way(self, values: tuple[str, ...], _sign: str, place: int) -> None:
        if values[0] not in _WAYS:
            self.reader.refuse(N_("the way is any, out or in"), at=place)
        self.said["way"] = cast(Way, values[0])

    def _count(self, values: tuple[str, ...], sign: str, place: int) -> None:
        if not values[0].isdecimal() or len(values[0]) > 9:
            self.reader.refuse(N_("a whole number is expected"), at=place)
        number = int(values[0])
        if sign in ("=", ">="):
            self.said["at_least"] = number
        if sign in ("=", "<="):
            self.said["at_most"] = number
            if sign == "<=":
                self.said.setdefault("at_least", 0)

    def _strength(self, values: tuple[str, ...], _sign: str, place: int) -> None:
        for value in values:
            if value.upper() not in Strength.__members__:
                self.reader.refuse(N_("the strength is confirmed, unconfirmed or tentative"), at=place)
        self.said["strengths"] = tuple(value.lower() for value in values)

    def _from(self, values: tuple[str, ...], _sign: str, place: int) -> None:
        self.said["start"] = self._date(values[0], place)

    def _until(self, values: tuple[str, ...], _sign: str, place: int) -> None:
        self.said["end"] = self._date(values[0], place)

    def _date(self, value: str, place: int) -> str:
        if first_moment(value) == UNKNOWN:
            self.reader.refuse(N_("a date such as 2024-03-31 is expected"), at=place)
        return value


def entities_asked(workspace: Workspace, query: str) -> list[int]:
    """The entities that `query` finds, by id: the name of a saved query, or conditions.

    A key is a property's or one of `conditions.OWN`. `=` compares whole values and `~` parts of them, without accents,
    capitals and scripts; a condition looks at every value that was stated.
    """
    from ewglink.workspace.querying import entities_where
    from ewglink.workspace.saved_queries import saved_query

    saved = saved_query(workspace, query.strip())
    if saved is not None and saved.pattern is not None:
        from ewglink.workspace.pattern_search import Pattern, items_matched

        matched: list[int] = items_matched(workspace, Pattern.from_json(saved.pattern))
        return matched
    found = finish(entities_where(workspace, parse(saved.query if saved is not None else query)))
    assert found is not None
    ids: list[int] = found.tolist()
    return ids
