"""The United Nations Security Council consolidated list (XML): individuals and entities with all they are known by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ewglink.importers import guard
from ewglink.importers.contract import Drafted, Part, Problem, Recognised, Row
from ewglink.importers.listed_party import PROPOSED, ListedParty
from ewglink.importers.record_draft import RecordDraft
from ewglink.model.schema import Schema
from ewglink.text import N_, message

PART = "CONSOLIDATED_LIST"
_ROOT = re.compile(rb"<(?:\w+:)?CONSOLIDATED_LIST[\s>]")
_RECORDS = {"INDIVIDUAL": "person", "ENTITY": "organization"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_DOCUMENTS = (("passport", "passport"), ("national identification", "national_id"), ("identity", "national_id"))
_PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_SAMPLE = 100
_DEPTH = 50


@dataclass(frozen=True)
class UnListOptions:
    """Nothing needs choosing."""


class UnList:
    """The format: each INDIVIDUAL and ENTITY is a record, kept as the XML it is."""

    key = "un_list"
    name = N_("UN Security Council consolidated list (XML)")
    suffixes = (".xml",)
    kind = "records"
    options = UnListOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """XML whose root is the list's."""
        plain = head.replace(b"\x00", b"")
        if not _ROOT.search(plain[:4096]):
            return Recognised(0.0, message(N_("not the consolidated list of the United Nations")))
        return Recognised(0.98, message(N_("XML whose root is the consolidated list of the United Nations")))

    def parts(self, path: Path, options: UnListOptions) -> list[Part]:
        """The one part."""
        sample: list[Row] = []
        for one in self.read(path, options):
            if isinstance(one, Row):
                sample.append(one)
            if len(sample) >= _SAMPLE:
                break
        return [Part(PART, (), None, sample=tuple(sample))]

    def read(self, path: Path, options: UnListOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The records in order, streaming; entities and outside references in the XML are refused."""
        from xml.etree.ElementTree import ParseError, tostring

        from defusedxml import ElementTree
        from defusedxml.common import DefusedXmlException

        guard.check_file(path)
        no, stack = 0, []
        try:
            for event, element in ElementTree.iterparse(path, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    stack.append(element)
                    if len(stack) > _DEPTH:
                        raise _malformed(path)
                    continue
                stack.pop()
                if _tag(element) in _RECORDS and len(stack) <= 2:
                    no += 1
                    yield Row(PART, no, None, (), tostring(element, encoding="unicode").strip())
                    element.clear()
                    if stack:
                        stack[-1].remove(element)
        except DefusedXmlException:
            words = N_("{file} defines entities or refers to other files, as XML made to do harm does; it is not read.")
            raise guard.refuse("xml_entities", message(words, file=path.name), path) from None
        except ParseError:
            raise _malformed(path) from None

    def proposes(self, path: Path, options: UnListOptions) -> Schema:
        """Lists, programmes and places of birth."""
        return PROPOSED

    def draft(self, row: Row) -> Drafted:
        """What the record says."""
        from defusedxml import DefusedXmlException, ElementTree

        try:
            element = ElementTree.fromstring(row.raw, forbid_dtd=True)
        except (ElementTree.ParseError, DefusedXmlException):
            return Drafted(row, (), (), (_no_element(row),))
        record = RecordDraft(row)
        name = " ".join(text for one in _NAMES if (text := _text(element, one)))
        key = _text(element, "REFERENCE_NUMBER") or _text(element, "DATAID")
        if record.placeholder("FIRST_NAME", name) or not name:
            return record.drafted()
        party = ListedParty(record, _RECORDS[_tag(element)], ("un_list", key or name), name)
        _names(party, element)
        _person(party, element)
        for one in _every(element, "_ADDRESS"):
            street, city, region, postal, country = (_text(one, part) for part in _PLACE)
            party.address(street, city, region, postal, country)
            party.note(_text(one, "NOTE"))
        programme = _text(element, "UN_LIST_TYPE")
        party.listed(["UN Security Council"], [programme], _text(element, "LISTED_ON")[:10])
        party.note(key, _text(element, "COMMENTS1"))
        party.note(*(f"updated {one}" for one in _values(element, "LAST_DAY_UPDATED")))
        party.finish()
        return record.drafted()


def _no_element(row: Row) -> Problem:
    words = N_("The entry is not whole; it is not imported.")
    return Problem(row.part, row.no, row.line, None, "malformed_entry", message(words), True, row.raw)


def _malformed(path: Path) -> Exception:
    words = N_("{file} is not well-formed XML. It is damaged or cut off.")
    return guard.refuse("malformed_xml", message(words, file=path.name), path)


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Any, name: str) -> str:
    """The trimmed text of a child; empty where there is none, or where it says "NA"."""
    for child in element:
        if _tag(child) == name:
            text = " ".join((child.text or "").split())
            return "" if text.casefold() in ("na", "n/a") else text
    return ""


def _values(element: Any, name: str) -> list[str]:
    """The VALUEs of a child."""
    found = [" ".join((value.text or "").split()) for child in element if _tag(child) == name for value in child]
    return [one for one in found if one and one.casefold() not in ("na", "n/a")]


def _every(element: Any, ending: str) -> Iterator[Any]:
    yield from (child for child in element if _tag(child) in (f"INDIVIDUAL{ending}", f"ENTITY{ending}"))


def _names(party: ListedParty, element: Any) -> None:
    """Other names by their quality, and the name in its own script."""
    good: list[str] = []
    weak: list[str] = []
    former: list[str] = []
    for one in _every(element, "_ALIAS"):
        name, quality = _text(one, "ALIAS_NAME"), _text(one, "QUALITY").casefold()
        (weak if quality == "low" else former if quality.startswith("f") else good).append(name)
        if _text(one, "DATE_OF_BIRTH"):
            party.born(_text(one, "DATE_OF_BIRTH"))
        party.note(_text(one, "NOTE"))
    own = _text(element, "NAME_ORIGINAL_SCRIPT")
    party.other_names([own, *good] if own else good)
    party.other_names(former, former=True)
    party.other_names(weak, weak=True)


def _person(party: ListedParty, element: Any) -> None:
    party.property("gender", _text(element, "GENDER"))
    for one in (*_values(element, "DESIGNATION"), *_values(element, "TITLE")):
        party.property("role", one)
    for one in _values(element, "NATIONALITY"):
        party.property("nationality", one)
    for one in _every(element, "_DATE_OF_BIRTH"):
        said, kind = _text(one, "DATE")[:10] or _text(one, "YEAR"), _text(one, "TYPE_OF_DATE").casefold()
        if _text(one, "FROM_YEAR"):
            said = f"{_text(one, 'FROM_YEAR')} to {_text(one, 'TO_YEAR')}"
        elif said and kind.startswith("approx"):
            said = f"circa {said}"
        party.born(said)
    for one in _every(element, "_PLACE_OF_BIRTH"):
        place = ", ".join(text for part in ("CITY", "STATE_PROVINCE", "COUNTRY") if (text := _text(one, part)))
        party.born_in(place)
    for one in _every(element, "_DOCUMENT"):
        what, number = _text(one, "TYPE_OF_DOCUMENT"), _text(one, "NUMBER")
        prop = next((prop for words, prop in _DOCUMENTS if words in what.casefold()), "")
        if prop and number:
            party.property(prop, number)
        rest = [what, number, _text(one, "ISSUING_COUNTRY"), _text(one, "DATE_OF_ISSUE"), _text(one, "NOTE")]
        party.note(", ".join(text for text in rest if text))


MEMBER = UnList()
