"""What an e-Manifest says of a site: its number, name, addresses and contacts, as properties."""

from __future__ import annotations

from typing import Any

from ewglink.identifiers.contract import Checked
from ewglink.importers.json_fields import Json, field, text


def value(
    said: Any, raw: Any = None, precision: int | None = None, validity: str | None = None, reason: str | None = None
) -> list[Any]:
    """A statement's list, trailing nulls left out."""
    parts = [said, raw if raw != said else None, None, None, precision, validity, reason]
    while len(parts) > 1 and parts[-1] is None:
        parts.pop()
    return parts


def site_properties(role: str, site: Json, checked: Checked) -> dict[str, list[Any]]:
    """Property → statement list of a site in a role of the manifest; `checked` is what its EPA ID is worth."""
    vals: dict[str, list[Any]] = {"roles": value([role])}
    if checked.raw:
        vals["epa_id"] = value(
            checked.normalised or checked.raw,
            checked.raw,
            validity=checked.status,
            reason=None if checked.status == "ok" else checked.code,
        )
    state, country = text(site, "siteAddress", "state", "code"), text(site, "siteAddress", "country", "code")
    contact = field(site, "contact")
    for key, said in (
        ("name", text(site, "name")),
        ("address", _address(field(site, "siteAddress"))),
        ("mailing_address", _address(field(site, "mailingAddress"))),
        ("city", text(site, "siteAddress", "city")),
        ("subdivision", f"{country or 'US'}-{state}" if state else ""),
        ("country", country),
        ("postal_code", text(site, "siteAddress", "zip")),
        ("registered", site.get("registered")),
        ("phone", phone_text(field(contact, "phone"))),
        ("emergency_phone", phone_text(site.get("emergencyPhone"))),
        ("email", text(contact, "email")),
        ("contact_name", " ".join(filter(None, (text(contact, "firstName"), text(contact, "lastName"))))),
    ):
        if said not in (None, ""):
            vals[key] = value(said)
    return vals


def phone_text(phone: Any) -> str:
    """A telephone as it would be written: number and extension."""
    number, extension = text(phone, "number"), text(phone, "extension")
    return f"{number} x{extension}" if number and extension else number


def _address(address: Any) -> str:
    street = " ".join(filter(None, (text(address, "streetNumber"), text(address, "address1"))))
    town = " ".join(filter(None, (text(address, "state", "code"), text(address, "zip"))))
    return ", ".join(
        filter(None, (street, text(address, "address2"), text(address, "city"), town, text(address, "country", "code")))
    )
