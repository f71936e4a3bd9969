"""What an e-Manifest says: one movement, its sites, waste lines and custody legs, as drafts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ewglink.dialects import emanifest as words
from ewglink.identifiers.catalogue import check
from ewglink.identifiers.placeholders import names_nobody
from ewglink.importers import dates
from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Problem, Row
from ewglink.importers.json_fields import Json, field, objects, text
from ewglink.importers.manifest_lines import line_properties
from ewglink.importers.manifest_movement import (
    import_entities,
    manifest_numbers,
    movement_properties,
    other_signatories,
    signatory,
)
from ewglink.importers.manifest_sites import site_properties, value
from ewglink.model.items import Direction, Strength
from ewglink.text import N_, Message, message


def is_manifest(source: Any) -> bool:
    """Whether a JSON value is a manifest: an object with three of the telling fields."""
    return isinstance(source, dict) and sum(name in source for name in words.TELLING) >= 3


class ManifestDraft:
    """One manifest on its way to drafts. `key` is its value in the namespace `emanifest`."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.source: Json = json.loads(row.raw)
        self.problems: list[Problem] = []
        self.mtn = check("mtn", text(self.source, "manifestTrackingNumber"))
        canonical = json.dumps(self.source, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
        self.key = self.mtn.normalised if self.mtn.may_join else digest
        self.sites: dict[str, EntityDraft] = {}
        self.lines: set[str] = set()
        self.links: list[LinkDraft] = []

    def drafted(self) -> Drafted:
        """Everything the manifest says."""
        movement = self._movement()
        legs = [leg for leg in self._legs() if leg[1] is not None]
        for place, (role, ref, site, order) in enumerate(legs):
            when = self._signed(site) or self._date(field(self.source, _SIDE_DATES.get(role, "shippedDate")))
            vals: dict[str, list[Any]] = {"role_source": value(_SAID_AS.get(role, "e-Manifest"))}
            if order is not None:
                vals["order"] = value(order)
            self._link(_LINKS[role], ref or "", "movement", str(place), when, vals)
        self._handovers([leg for leg in legs if leg[0] in ("generator", "carrier", "receiver")])
        imported = import_entities(self.source, self.key)
        for kind, one in imported:
            end = ("movement", one.ref) if kind == "crossed_at" else (one.ref, "movement")
            self._link(kind, *end, one.ref, None, {} if kind == "crossed_at" else {"role_source": value("importInfo")})
        lines = [self._line(waste, place) for place, waste in enumerate(objects(self.source, "wastes"), 1)]
        entities = (movement, *self.sites.values(), *(one for _kind, one in imported), *lines)
        return Drafted(self.row, entities, tuple(self.links), tuple(self.problems))

    # -- the movement

    def _movement(self) -> EntityDraft:
        source, vals = self.source, self._said(self.source, words.MOVEMENT_FIELDS)
        number = text(source, "manifestTrackingNumber")
        other: tuple[tuple[str, str, str], ...] = ()
        if number:
            vals["mtn"] = value(
                self.mtn.normalised or number,
                number,
                validity=self.mtn.status,
                reason=None if self.mtn.status == "ok" else self.mtn.code,
            )
            if not self.mtn.may_join:
                self._problem("manifestTrackingNumber", self.mtn.code, self.mtn.message)
        if self.mtn.normalised and not self.mtn.placeholder:
            other = (("mtn", self.mtn.normalised, self.mtn.status),)
        for name, key in words.MOVEMENT_DATES.items():
            self._put_date(vals, key, field(source, name), name)
        for key, said in movement_properties(source, list(self._signatories())):
            if said not in (None, "", []):
                vals[key] = value(said)
        for name, found in manifest_numbers(source):
            self._numbers(vals, name, found)
        status = text(source, "status")
        if status and status not in words.STATUSES:
            told = N_("The status “{status}” is not one that e-Manifest is known to have; it is kept.")
            self._problem("status", "unknown_status", message(told, status=status))
        label = self.mtn.normalised if self.mtn.may_join else f"MTN ? {self.key[:8]}"
        return EntityDraft("movement", "movement", ((words.NAMESPACE, self.key),), other, label, 0, vals)

    def _signatories(self) -> Iterator[str]:
        for role, site, _order in self._roles():
            signed = (field(site, "paperSignatureInfo"), *objects(site, "electronicSignaturesInfo"))
            yield from (said for one in signed if (said := signatory(one, role)))
        yield from other_signatories(self.source)

    def _numbers(self, vals: dict[str, list[Any]], key: str, numbers: list[str]) -> None:
        """Tracking numbers of other manifests; placeholders are reported and left out, invalid ones kept."""
        kept = []
        for number in numbers:
            checked = check("mtn", number)
            if checked.status != "ok" or checked.placeholder:
                self._problem(key, checked.code, checked.message)
            if not checked.placeholder:
                kept.append(checked.normalised or number)
        if kept:
            vals[key] = value(kept)

    # -- sites and custody

    def _roles(self) -> Iterator[tuple[str, Json, int | None]]:
        """(role, site, order) in the order of custody."""
        source = self.source
        if isinstance(source.get("generator"), dict):
            yield "generator", source["generator"], None
        carriers = objects(source, "transporters")
        ordered = sorted(enumerate(carriers, 1), key=lambda pair: (_order(pair[1], pair[0]), pair[0]))
        for place, site in ordered:
            yield "carrier", site, _order(site, place)
        if isinstance(source.get("designatedFacility"), dict):
            yield "receiver", source["designatedFacility"], None
        if isinstance(source.get("broker"), dict):
            yield "broker", source["broker"], None
        alternate = field(source, "rejectionInfo", "alternateDesignatedFacility")
        if isinstance(alternate, dict):
            yield "alternate", alternate, None
        alternate = field(source, "additionalInfo", "pcbAlternateDesignatedFacility")
        if isinstance(alternate, dict):
            yield "pcb_alternate", alternate, None

    def _legs(self) -> Iterator[tuple[str, str | None, Json, int | None]]:
        for role, site, order in self._roles():
            yield role, self._site(role, site), site, order

    def _site(self, role: str, site: Json) -> str | None:
        """The ref of the facility that `site` is; the same number (or, without one, the same name) is the same
        facility."""
        number, name = text(site, "epaSiteId"), text(site, "name")
        if name and names_nobody(name):
            told = N_("“{text}” is a placeholder; nothing is made of it.")
            self._problem(f"{_FIELDS[role]}.name", "placeholder", message(told, text=name))
            site, name = site | {"name": ""}, ""
        checked = check("epa_id", number)
        if checked.may_join:
            key = ("epa_id", checked.normalised)
        elif name or number and not checked.placeholder:
            key = (words.NAMESPACE, f"{self.key}#site {(name or number).casefold()}")
        else:
            self._problem(
                _FIELDS[role],
                "site_without_name",
                message(N_("A site has neither an EPA ID nor a name; it is left out.")),
            )
            return None
        if number and not checked.may_join:
            self._problem(f"{_FIELDS[role]}.epaSiteId", checked.code, checked.message)
        ref = f"{key[0]}:{key[1]}"
        vals = site_properties(_ROLES[role], site, checked)
        before = self.sites.get(ref)
        if before is not None and isinstance(before.vals, dict):
            roles = [*before.vals["roles"][0], *(one for one in vals["roles"][0] if one not in before.vals["roles"][0])]
            vals = vals | before.vals | {"roles": value(roles)}
            name = name if before.label_rank < 2 else before.label
        other = (("epa_id", checked.normalised or number, checked.status),) if number and not checked.may_join else ()
        self.sites[ref] = EntityDraft(
            ref, "facility", (key,), other, name or checked.normalised or number, 2 if name else 0, vals
        )
        return ref

    def _handovers(self, legs: list[tuple[str, str | None, Json, int | None]]) -> None:
        for order, (giver, taker) in enumerate(pairwise(legs), 1):
            when = self._signed(taker[2]) or self._date(field(self.source, _SIDE_DATES.get(taker[0], "shippedDate")))
            self._link(
                "handed_to",
                giver[1] or "",
                taker[1] or "",
                str(order),
                when,
                {"order": value(order), "movement": value(self.key)},
            )

    # -- waste lines

    def _line(self, waste: Json, place: int) -> EntityDraft:
        number = waste.get("lineNumber")
        number = number if isinstance(number, int) else place
        ref, n = f"line {number}", 1
        while ref in self.lines:
            n += 1
            ref = f"line {number} ({n})"
        self.lines.add(ref)
        vals, other = self._said(waste, words.LINE_FIELDS), []
        vals["line_no"] = value(number)
        described = text(waste, "wasteDescription") or text(waste, "dotInformation", "printedDotInformation")
        for scheme, said in (
            ("un", text(waste, "dotInformation", "idNumber", "code")),
            ("us_consent_no", text(waste, "additionalInfo", "consentNumber")),
        ):
            if said:
                checked = check(scheme, said)
                vals[scheme] = value(
                    checked.normalised or said,
                    said,
                    validity=checked.status,
                    reason=None if checked.status == "ok" else checked.code,
                )
                if checked.status != "ok":
                    self._problem(f"wastes[{place - 1}].{scheme}", checked.code, checked.message)
                if not checked.placeholder:
                    other.append((scheme, checked.normalised, checked.status))
        amount = self._amount(waste, vals, place)
        for key, answer in line_properties(waste, described):
            if answer not in (None, "", []):
                vals[key] = value(answer)
        self._link("contains", "movement", ref, ref, None, {"line_no": value(number)} | amount)
        return EntityDraft(
            ref,
            "movement_line",
            ((words.NAMESPACE, f"{self.key}#{ref}"),),
            tuple(other),
            described or str(number),
            2 if described else 1,
            vals,
        )

    def _amount(self, waste: Json, vals: dict[str, list[Any]], place: int) -> dict[str, list[Any]]:
        """The quantity as written, and its kilograms beside where they can be known."""
        quantity, code = field(waste, "quantity", "quantity"), text(waste, "quantity", "unitOfMeasurement", "code")
        if not isinstance(quantity, (int, float)) or isinstance(quantity, bool):
            return {}
        unit = words.UNITS.get(code)
        if unit is None:
            self._problem(
                f"wastes[{place - 1}].quantity",
                "unknown_unit",
                message(N_("The unit “{unit}” is not known; the quantity is kept as written."), unit=code),
            )
        amount = {"quantity": value(quantity), "unit": value(unit.symbol if unit else code, code)}
        density = field(waste, "brInfo", "density")
        density = density if isinstance(density, (int, float)) and not isinstance(density, bool) else None
        mass = words.kilograms(quantity, code, density, text(waste, "brInfo", "densityUnitOfMeasurement", "code"))
        vals.update(amount)
        if mass is not None:
            vals["quantity_kg"] = value(mass, reason="by_density" if unit and unit.kg is None else None)
        return amount

    # -- what all need

    def _said(self, source: Json, names: dict[str, str]) -> dict[str, list[Any]]:
        return {
            key: value(source[name]) for name, key in names.items() if isinstance(source.get(name), (str, bool, int))
        }

    def _date(self, said: Any) -> dates.DateValue | None:
        return dates.parse(said.strip()) if isinstance(said, str) else None

    def _signed(self, site: Json) -> dates.DateValue | None:
        signed = [
            field(site, "paperSignatureInfo", "signatureDate"),
            *(one.get("signatureDate") for one in objects(site, "electronicSignaturesInfo")),
        ]
        return next((found for one in signed if (found := self._date(one))), None)

    def _put_date(self, vals: dict[str, list[Any]], key: str, said: Any, name: str) -> None:
        if not isinstance(said, str) or not said.strip():
            return
        found = self._date(said)
        if found is None:
            vals[key] = value(said.strip(), validity="warn", reason="not_a_date")
            self._problem(name, "not_a_date", message(N_("“{text}” is not a date; it is kept as text."), text=said))
        else:
            vals[key] = value(found.iso, said, int(found.precision))

    def _link(
        self, kind: str, a: str, b: str, ordinal: str, when: dates.DateValue | None, vals: dict[str, list[Any]]
    ) -> None:
        if kind != "contains" and when is not None:
            vals = vals | {"signed_date": value(when.iso, when.raw, int(when.precision))}
        self.links.append(
            LinkDraft(
                kind,
                a,
                b,
                (words.NAMESPACE, f"{self.key}#{kind} {ordinal}"),
                Direction.FORWARD,
                Strength.CONFIRMED,
                when.iso if when else None,
                None,
                int(when.precision) if when else None,
                vals,
            )
        )

    def _problem(self, name: str, code: str, words_: Message) -> None:
        self.problems.append(Problem(self.row.part, self.row.no, self.row.line, name, code, words_))


_LINKS = {
    "generator": "generator_of",
    "carrier": "carrier_of",
    "receiver": "receiver_of",
    "broker": "broker_of",
    "alternate": "receiver_of",
    "pcb_alternate": "receiver_of",
}
_ROLES = {
    "generator": "Generator",
    "carrier": "Transporter",
    "receiver": "Tsdf",
    "broker": "Broker",
    "alternate": "Tsdf",
    "pcb_alternate": "Tsdf",
}
_FIELDS = {
    "generator": "generator",
    "carrier": "transporters",
    "receiver": "designatedFacility",
    "broker": "broker",
    "alternate": "rejectionInfo.alternateDesignatedFacility",
    "pcb_alternate": "additionalInfo.pcbAlternateDesignatedFacility",
}
_SIDE_DATES = {"receiver": "receivedDate", "alternate": "", "pcb_alternate": ""}
_SAID_AS = {"alternate": "e-Manifest, rejectionInfo", "pcb_alternate": "e-Manifest, additionalInfo"}


def _order(site: Json, otherwise: int) -> int:
    order = site.get("order")
    return int(order) if isinstance(order, (int, float)) and not isinstance(order, bool) else otherwise
