"""A party of a sanctions or watch list on its way to a draft: person, organization, vessel or aircraft."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ewglink.importers import dates
from ewglink.importers.drafting import listed
from ewglink.importers.record_draft import PLAIN, REFERRED, RecordDraft, Stated
from ewglink.model.items import Precision
from ewglink.model.property_types import PropertyType
from ewglink.model.schema import EntityType, Schema

ADDRESSES = "listed_address"
"""The namespace of places: the same address, written the same, is one place."""

_ORGANIZED = frozenset(
    """ltd limited llc l.l.c inc incorporated corp corporation company co gmbh ag sa s.a s.a. srl s.r.l spa oao ooo
    zao pao ao jsc ojsc cjsc pjsc plc bv b.v nv n.v oy ab as a.s pte pty sdn bhd fze fzco fzc llp lp sarl kg est
    establishment bank trading trade group holding holdings industries industry industrial enterprise
    enterprises international intl institute university academy college laboratory laboratories center centre
    agency ministry department bureau office airlines airways aviation air airport shipping lines logistics
    cargo freight transport forwarders services service factory plant works technology technologies tech
    technical electronics engineering systems solutions organization organisation association foundation fund
    society committee council union party army forces brigade network regiment import export general equipment
    supply supplies manufacturing products materials energy oil gas petroleum petrochemical chemical chemicals
    metals mining steel power nuclear research scientific science development investment investments company's
    corporation's ventures partners partnership consulting consultants consultancy marketing commercial import-
    export construction contracting aerospace defense defence security communications telecom information
    computer software semiconductor machinery motors parts store club school hospital hotel airlift sons
    brothers bros cooling towers wings jet precision instruments instrument components compounds design designs
    exports imports co. corp. ltd. inc. llc. gmbh.
    technik industrie handel vertriebs computers s.l. s.l""".split()
)
_PROGRAMMES = PropertyType("sanction_programmes", "list", {
    "en": "Sanctions programmes", "fr": "Programmes de sanctions", "es": "Programas de sanciones", "zh": "制裁计划"})
_LISTS = PropertyType("sanction_lists", "list", {
    "en": "Sanctions lists", "fr": "Listes de sanctions", "es": "Listas de sanciones", "zh": "制裁名单"})
_BIRTH_PLACE = PropertyType("birth_place", "text", {
    "en": "Place of birth", "fr": "Lieu de naissance", "es": "Lugar de nacimiento", "zh": "出生地"})  # fmt: skip
PROPOSED = Schema({
    kind: EntityType(kind, properties=(_PROGRAMMES, _LISTS) + ((_BIRTH_PLACE,) if kind == "person" else ()))
    for kind in ("person", "organization", "vessel", "vehicle")
})  # fmt: skip
"""What lists say of parties beyond the built-in properties."""

_DOB = re.compile(r"^(?:circa |approximately |c\. ?)(.+)$", re.IGNORECASE)
_SPAN = re.compile(r"^(\d{4})\s*(?:to|-|–|and)\s*(\d{4})$")


def seems_organized(name: str) -> bool:
    """Whether a name has a word, a digit or a sign that persons' names do not have."""
    words = name.casefold().replace("(", " ").replace(")", " ").split()
    return (
        any(word in _ORGANIZED or word.strip(".,'") in _ORGANIZED for word in words)
        or any(char.isdigit() or char in "&/" for char in name)
        or len(words) == 1
        or len(words) > 5
    )


class ListedParty:
    """One party, its names, dates, numbers and addresses; what its type has no property for goes into the note."""

    def __init__(self, record: RecordDraft, kind: str, key: tuple[str, str], name: str, rank: int = 2) -> None:
        self.record, self.kind = record, kind
        self.key = key
        self.stated = record.entity(kind, "party").key(*key).named(name.strip(), rank)
        self._notes: list[str] = []
        self._more = 0
        if rank >= 0:
            self.stated.text("name", name)

    def again(self) -> Stated:
        """The same party once more, for a further statement about a property."""
        self._more += 1
        found = self.record.entity(self.kind, f"party, statement {self._more + 1}").key(*self.key)
        return found.named(self.stated.label, REFERRED)

    def other_names(self, names: Iterable[str], *, former: bool = False, weak: bool = False) -> None:
        """Aliases; of a vessel the former names. Weak ones are a statement of their own that says so."""
        found = list(dict.fromkeys(text for one in names if (text := one.strip()) and text != self.stated.label))
        if not found:
            return
        prop = {"vessel": "former_names", "vehicle": ""}.get(self.kind, "aliases")
        if not prop or (self.kind == "vessel" and not former):
            self.note(*(f"a.k.a. {one}" for one in found))
        elif weak or prop in self.stated.vals:
            reason = ("warn", "weak_alias") if weak else (None, None)
            self.again().vals[prop] = listed(found, validity=reason[0], reason=reason[1])
        else:
            self.stated.vals[prop] = listed(found)

    def born(self, raw: str) -> None:
        """A date of birth, as exact as it is written; a further one is a further statement."""
        text = raw.strip().rstrip(".")
        if not text:
            return
        if self.kind != "person":
            self.note(f"DOB {text}")
            return
        about = _DOB.match(text)
        span = _SPAN.match(text)
        found = dates.parse(about[1].strip() if about else span[1] if span else text)
        if found is None:
            self.note(f"DOB {text}")
            return
        to = self.stated if "birth_date" not in self.stated.vals else self.again()
        doubt = "approximate" if about else "between" if span else None
        precision = int(Precision.YEAR if about or span else found.precision)
        shown = found.iso[:4] if precision == Precision.YEAR else found.iso
        to.vals["birth_date"] = listed(
            shown,
            text if text != shown else None,
            precision=precision,
            validity="warn" if doubt else None,
            reason=doubt,
        )

    def property(self, prop: str, raw: str, label: str = "") -> None:
        """A property where the type has it; a second value is a further statement; else a line of the note."""
        text = raw.strip()
        if not text:
            return
        if not self.has(prop):
            self.note(f"{label} {text}".strip())
            return
        to = self.stated if prop not in self.stated.vals else self.again()
        if prop == "formed":
            to.date(prop, text)
        else:
            to.identifier(prop, text)

    def has(self, prop: str) -> bool:
        """Whether its type has the property."""
        from ewglink.reference.schema_files import builtin_schema

        types = (builtin_schema().entity_types[self.kind], PROPOSED.entity_types[self.kind])
        return any(one.property(prop) is not None for one in types)

    def address(
        self, street: str, city: str = "", region: str = "", postal: str = "", country: str = "", key: str = ""
    ) -> None:
        """Where it is said to be: a place of its own, unless only a country is known."""
        parts = [text for one in (street, city, region, postal, country) if (text := " ".join(one.split()))]
        if not parts:
            return
        whole = ", ".join(parts)
        if not any(one.strip() for one in (street, city, postal)):
            self.property("country" if self.has("country") else "address", whole)
            return
        if "address" not in self.stated.vals and self.has("address"):
            self.stated.text("address", whole)
        if self.has("country") and "country" not in self.stated.vals:
            self.stated.text("country", country)
        namespace, value = ("ofac", key) if key else (ADDRESSES, whole.casefold())
        ref = f"place {value}"
        if self.record.known(ref) is not None:
            return
        place = self.record.entity("location", ref).key(namespace, value).named(whole, 1)
        place.vals["location_kind"] = listed("address")
        place.text("address", whole).text("city", city).text("postal_code", postal).text("country", country)
        self.record.link("located_at", self.stated, place)

    def born_in(self, place: str) -> None:
        """A place of birth; a further one is a further statement."""
        self.property("birth_place", place.strip().rstrip("."), "POB")

    def listed(self, lists: Iterable[str], programmes: Iterable[str], start: str = "", end: str = "",
               style: dates.DateStyle = PLAIN) -> None:  # fmt: skip
        """On which lists it is, under which programmes, and from when to when."""
        since, until = dates.parse(start.strip(), style), dates.parse(end.strip(), style)
        dated = since or until
        for prop, given in (("sanction_lists", lists), ("sanction_programmes", programmes)):
            found = list(dict.fromkeys(text for one in given if (text := one.strip())))
            if found:
                self.stated.vals[prop] = listed(
                    found, None, since.iso if since else None, until.iso if until else None,
                    int(dated.precision) if dated else None,
                )  # fmt: skip

    def note(self, *lines: str) -> None:
        """Lines that are kept as they are."""
        self._notes += [text for one in lines if (text := one.strip()) and text not in self._notes]

    def finish(self) -> None:
        """Write the note."""
        if self._notes:
            self.stated.vals["note"] = listed("; ".join(self._notes))
