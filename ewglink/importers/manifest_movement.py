"""What an e-Manifest says of the movement as a whole: rejection, residue, import, corrections, who signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ewglink.dialects import emanifest as words
from ewglink.identifiers.placeholders import is_placeholder
from ewglink.importers.contract import EntityDraft
from ewglink.importers.json_fields import Json, field, objects, text, texts
from ewglink.importers.manifest_lines import comments
from ewglink.importers.manifest_sites import phone_text, value


def movement_properties(source: Json, signatories: list[str]) -> Iterator[tuple[str, Any]]:
    """(property, value) pairs; empty ones are to be passed over."""
    rejected = field(source, "rejectionInfo")
    if "rejection" in source:
        yield "rejection", text(rejected, "rejectionType") or source["rejection"]
    yield "rejection_comments", text(rejected, "rejectionComments")
    yield "rejection_transporter_on_site", field(rejected, "transporterOnSite")
    yield "rejection_alternate_type", text(rejected, "alternateDesignatedFacilityType")
    yield "direction", "import" if source.get("import") is True else None
    yield "import_generator", abroad(source)
    generator = field(source, "importInfo", "importGenerator")
    yield "import_generator_country", text(generator, "country", "code") or text(generator, "country", "name")
    yield "entry_port", entry_port(source)
    yield "printed_document", text(source, "printedDocument", "name")
    yield "form_document", text(source, "formDocument", "name")
    yield "emergency_phone", phone_text(field(source, "generator", "emergencyPhone"))
    yield "comments", [*comments(source), *_remarks(source)]
    yield "signatories", signatories
    yield "correction_version", _version(source)


def manifest_numbers(source: Json) -> Iterator[tuple[str, list[str]]]:
    """(property, numbers) of the manifests that this one names."""
    yield "new_manifest_numbers", texts(field(source, "rejectionInfo", "newManifestTrackingNumbers"))
    yield "residue_manifest_numbers", texts(field(source, "residueNewManifestTrackingNumbers"))
    yield "original_manifest_numbers", texts(field(source, "additionalInfo", "originalManifestTrackingNumbers"))


def abroad(source: Json) -> str | None:
    """The foreign generator of an import as one line."""
    generator = field(source, "importInfo", "importGenerator")
    parts = (text(generator, one) for one in ("name", "address", "city", "province", "postalCode"))
    return ", ".join(filter(None, parts)) or None


def entry_port(source: Json) -> str:
    """The port of entry of an import: city and state."""
    port = field(source, "importInfo", "portOfEntry")
    return ", ".join(filter(None, (text(port, "cityPort"), text(port, "state", "code"))))


def import_entities(source: Json, key: str) -> list[tuple[str, EntityDraft]]:
    """The foreign generator and the port of entry, each with the link between it and the movement."""
    found = []
    generator = field(source, "importInfo", "importGenerator")
    name = text(generator, "name")
    if name and not is_placeholder(name):
        vals = {"name": value(name), "roles": value(["ImportGenerator"]), "address": value(abroad(source))}
        country = text(generator, "country", "code") or text(generator, "country", "name")
        if country:
            vals["country"] = value(country)
        keys = ((words.NAMESPACE, f"{key}#site {name.casefold()}"),)
        draft = EntityDraft("foreign generator", "organization", keys, (), name, 2, vals)
        found.append(("generator_of", draft))
    port = entry_port(source)
    if port and not is_placeholder(port):
        vals = {"name": value(port), "location_kind": value("port"), "country": value("US")}
        keys = ((words.NAMESPACE, f"#port {port.casefold()}"),)
        found.append(("crossed_at", EntityDraft("port of entry", "location", keys, (), port, 2, vals)))
    return found


def signatory(signature: Any, role: str) -> str:
    """Who signed, as what, on which day; empty where nobody did."""
    signer = field(signature, "signer")
    name = text(signature, "printedName") or _name(signer)
    return ", ".join(filter(None, (name, role, text(signature, "signatureDate")[:10]))) if name else ""


def other_signatories(source: Json) -> Iterator[str]:
    """Who signed a rejection, certified or corrected the manifest."""
    rejected = field(source, "rejectionInfo")
    for name in ("generatorPaperSignature", "generatorElectronicSignature"):
        if said := signatory(field(rejected, name), "rejection"):
            yield said
    if said := signatory(field(source, "correctionInfo", "electronicSignatureInfo"), "correction"):
        yield said
    certified = _name(field(source, "certifiedBy"))
    if certified:
        yield ", ".join(filter(None, (certified, "certified", text(source, "certifiedDate")[:10])))


def _name(signer: Any) -> str:
    return " ".join(filter(None, (text(signer, one) for one in ("firstName", "middleInitial", "lastName"))))


def _version(source: Json) -> str | None:
    """The version of a correction, and who asked for it and made it."""
    said = field(source, "correctionInfo")
    number = field(said, "versionNumber")
    if number is None:
        return None
    roles = [f"{name} {text(said, key)}" for key, name in (("initiatorRole", "from"), ("updateRole", "by"))
             if text(said, key)]  # fmt: skip
    active = [] if field(said, "active") is not False else ["not in force"]
    return ", ".join([str(number), *roles, *active])


def _remarks(source: Json) -> Iterator[str]:
    """What there is no property for: where a new manifest leads, requests to correct, a number that was misread."""
    destination = text(source, "additionalInfo", "newManifestDestination")
    if destination:
        yield f"newManifestDestination: {destination}"
    for one in objects(source, "correctionRequests"):
        parts = [text(one, "correctionRequestStatus"), text(one, "correctionRequestDate")[:10]]
        parts.append(text(one, "initiatorState", "code"))
        parts += [f"{text(part, 'sectionNumber')}: {text(part, 'comments')}" for part in objects(one, "sections")]
        yield "correctionRequest: " + ", ".join(filter(None, parts))
    read = field(source, "mtnValidationInfo")
    if field(read, "mtnsMatch") is False:
        yield f"mtnValidationInfo: the printed number was read as {text(read, 'pdfMtn') or '?'}"
