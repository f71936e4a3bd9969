"""The vocabulary of FollowTheMoney: its schemata, which of them are links, their properties, and our types for them.

Facts of the data model (followthemoney, MIT licence), written down anew as tables.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

NAMESPACE = "ftm"
"""Where entities are keyed: an id names the same thing in every file."""


class Edge(NamedTuple):
    """A schema that is a link: properties of its two ends, whether it is directed, our link type (empty: a type of its
    own), and whether ours runs the other way."""

    source: str
    target: str
    directed: bool = True
    ours: str = ""
    turned: bool = False
    label: str = ""


EDGES = {
    "Associate": Edge("person", "associate", False, "associate_of", label="associated with"),
    "ContractAward": Edge("contract", "supplier", label="awarded to"),
    "CourtCaseParty": Edge("party", "case", label="party to"),
    "Debt": Edge("debtor", "creditor", label="owes"),
    "Directorship": Edge("director", "organization", True, "director_of", label="director of"),
    "Documentation": Edge("document", "entity", False, "mentions", label="documented by"),
    "Employment": Edge("employee", "employer", True, "employee_of", label="employed by"),
    "Family": Edge("person", "relative", False, "family_of", label="family of"),
    "Membership": Edge("member", "organization", label="member of"),
    "Occupancy": Edge("holder", "post", label="holds the post"),
    "Ownership": Edge("owner", "asset", True, "owns", label="owns"),
    "Payment": Edge("payer", "beneficiary", True, "paid", label="paid"),
    "ProjectParticipant": Edge("participant", "project", label="participates in"),
    "Representation": Edge("agent", "client", True, "acts_for", label="represents"),
    "Similar": Edge("candidate", "match", False, "unknown_link", label="similar to"),
    "Succession": Edge("predecessor", "successor", True, "successor_of", True, label="precedes"),
    "UnknownLink": Edge("subject", "object", False, "unknown_link", label="linked to"),
}

_EXTENDS = """
Address Thing|Airplane Vehicle|Article Document|Assessment Thing|Asset Thing Value|Associate Interval|Audio Document|
BankAccount Asset|Call Interval|CallForTenders Interval Thing|Company Asset Organization|Contract Asset|
ContractAward Interest Value|CourtCase Thing|CourtCaseParty Interest|CryptoWallet Thing Value|Debt Interval Value|
Directorship Interest|Document Analyzable Thing|Documentation Interest|EconomicActivity Interval|
Email Folder HyperText PlainText|Employment Interest|Event Analyzable Interval Thing|Family Interval|Folder Document|
HyperText Document|Identification Interval|Image Document|Interest Interval|LegalEntity Thing|License Contract|
Membership Interest|Message Folder HyperText Interval PlainText|Note Analyzable Thing|Occupancy Interval|
Organization LegalEntity|Ownership Interest|Package Folder|Pages Document|Passport Identification|
Payment Interval Value|Person LegalEntity|PlainText Document|Position Thing|Post Interest|Project Interval Thing Value|
ProjectParticipant Interest|PublicBody Organization|RealEstate Asset|Representation Interest|Sanction Interval|
Security Asset|Succession Interest|Table Document|TaxRoll Interval|Trip Event|UnknownLink Interest|UserAccount Thing|
Vehicle Asset|Vessel Vehicle|Video Document|Workbook Folder
"""
EXTENDS: dict[str, tuple[str, ...]] = {
    words[0]: tuple(words[1:]) for words in (one.split() for one in _EXTENDS.replace("\n", "").split("|"))
}
"""Schema → those it extends."""

TYPES = {
    "Person": "person", "LegalEntity": "organization", "Address": "location", "RealEstate": "location",
    "Vessel": "vessel", "Vehicle": "vehicle", "BankAccount": "account", "CryptoWallet": "account",
    "UserAccount": "account", "Document": "document", "Assessment": "document", "Note": "document",
    "Identification": "document", "TaxRoll": "document", "Page": "document", "Event": "event", "Call": "event",
    "EconomicActivity": "movement", "License": "consent",
}
"""Schema → our entity type; a schema that is not here has the type of what it extends, or one of its own."""
KINDS = {
    "BankAccount": ("account_kind", "bank"), "CryptoWallet": ("account_kind", "wallet"),
    "UserAccount": ("account_kind", "social"), "RealEstate": ("location_kind", "Real estate"),
    "Call": ("event_kind", "Call"), "Trip": ("event_kind", "Trip"), "Airplane": ("kind", "Airplane"),
    "Passport": ("document_type", "Passport"), "Identification": ("document_type", "Identification"),
    "Email": ("document_type", "Email"), "Message": ("document_type", "Message"), "Image": ("document_type", "Image"),
    "Article": ("document_type", "Article"), "TaxRoll": ("document_type", "Tax roll"), "License": ("kind", "Licence"),
    "Note": ("document_type", "Note"), "Assessment": ("document_type", "Assessment"),
    "Company": ("legal_kind", "Company"), "PublicBody": ("legal_kind", "Public body"),
    "LegalEntity": ("legal_kind", "Legal entity"), "Organization": ("", ""), "Person": ("", ""),
}
"""Schema → the property and the words that keep what its type does not say."""

CAPTIONS = {
    "Address": "full summary city remarks", "Article": "title fileName", "BankAccount": "name iban accountNumber",
    "Call": "callerNumber receiverNumber", "CallForTenders": "title", "Contract": "title name procedureNumber",
    "CourtCase": "name caseNumber", "CryptoWallet": "publicKey name summary", "Document": "fileName title",
    "EconomicActivity": "summary goodsDescription ccdNumber", "Email": "subject threadTopic title name fileName",
    "Event": "name summary date", "HyperText": "title fileName", "Identification": "number",
    "LegalEntity": "name email phone registrationNumber", "Message": "subject title threadTopic fileName",
    "Note": "description", "Passport": "passportNumber number", "Person": "name lastName email phone",
    "Project": "name projectId", "RealEstate": "name address registrationNumber", "Sanction": "program",
    "Security": "name isin registrationNumber", "Table": "title name fileName", "Trip": "name startDate",
    "UserAccount": "username email service", "Vehicle": "name registrationNumber", "Vessel": "name imoNumber",
    "Thing": "name",
}
"""Schema → the properties its caption is made from, the first that is filled."""
STARTS, ENDS = ("startDate", "date", "declarationDate"), ("endDate",)
"""Properties that say when a link held."""

REFERENCES = {
    "addressEntity": "Address", "proof": "Document", "author": "LegalEntity", "bank": "Organization",
    "caller": "LegalEntity", "receiver": "LegalEntity", "authority": "LegalEntity", "onBehalfOf": "LegalEntity",
    "tenderers": "LegalEntity", "project": "Project", "contract": "Contract", "callForTenders": "CallForTenders",
    "holder": "LegalEntity", "parent": "Thing", "ancestors": "Folder", "bankAccount": "BankAccount",
    "bankForeign": "BankAccount", "bankRub": "BankAccount", "contractHolder": "LegalEntity",
    "declarant": "LegalEntity", "sender": "LegalEntity", "transport": "Vehicle", "emitters": "LegalEntity",
    "inReplyToEmail": "Email", "recipients": "LegalEntity", "involved": "LegalEntity", "organizer": "LegalEntity",
    "pictured": "Person", "document": "Document", "resolved": "LegalEntity", "inReplyToMessage": "Message",
    "recipientAccount": "UserAccount", "senderAccount": "UserAccount", "entity": "Thing",
    "beneficiaryAccount": "BankAccount", "payerAccount": "BankAccount", "organization": "Organization",
    "issuer": "LegalEntity", "taxee": "LegalEntity", "startLocation": "Address", "endLocation": "Address",
    "vehicle": "Vehicle", "owner": "LegalEntity", "operator": "LegalEntity",
}
"""Properties whose values are ids of other entities, with the schema they refer to; ends of links are in `EDGES`."""
_TEXTS = {("Document", "author"), ("Post", "organization"), ("Email", "sender"), ("Identification", "authority"),
          ("Sanction", "authority"), ("Assessment", "authority"), ("License", "area"), ("License", "reviewDate"),
          ("Sanction", "duration")}
"""Where a property of that name is a text after all."""

LINKS = {
    "addressEntity": ("located_at", False), "operator": ("operates", True), "involved": ("participated_in", True),
    "organizer": ("participated_in", True), "proof": ("documented_by", False), "pictured": ("mentions", False),
}
"""Property → our link type, and whether it runs towards the entity that has the property."""
LINKS_OF = {
    ("LegalEntity", "parent"): ("subsidiary_of", False), ("Vehicle", "owner"): ("owns", True),
    ("UserAccount", "owner"): ("has_account", True), ("CryptoWallet", "holder"): ("has_account", True),
}
"""The same where it depends on the schema."""

_DATES = """authoredAt awardNoticeDate awardingDate balanceDate birthDate buildDate clarificationDeadline closeDate
closingDate contractDate contractNoticeDate createDate createdAt creationDate date deathDate declarationDate
deregistrationDate dissolutionDate endDate fileDate inceptionDate incorporationDate issueDate listingDate maturityDate
maxBalanceDate modifiedAt nameChangeDate openingDate processedAt publicationDate publishDate publishedAt
registrationDate retrievedAt startDate submissionDeadline"""
_NUMBERS = """amount amountEur amountUsd area balance confidenceScore duration fileSize grossRegisteredTonnage height
index latitude longitude maxBalance maximumNumberOfLots numberOfLots numberOfSeats rowCount samplingRate tonnage
weight"""
KINDS_OF = {name: "date" for name in _DATES.split()} | {name: "number" for name in _NUMBERS.split()}
"""Properties whose values are dates or numbers; all others are texts."""
LONG_TEXTS = frozenset("bodyText bodyHtml translatedText indexText description summary notes reason purpose "
                       "goodsDescription decisionReason headers metadata".split())

PROPERTIES = {
    "alias": "aliases", "weakAlias": "aliases", "previousName": "aliases", "birthDate": "birth_date",
    "firstName": "given_names", "lastName": "family_names", "citizenship": "nationality", "position": "role",
    "legalForm": "legal_form", "incorporationDate": "formed", "dissolutionDate": "dissolved",
    "registrationNumber": "registry_no", "leiCode": "lei", "dunsCode": "duns", "uniqueEntityId": "uei",
    "cageCode": "cage", "taxNumber": "tax_id", "passportNumber": "passport", "idNumber": "national_id",
    "socialSecurityNumber": "national_id", "full": "address", "postalCode": "postal_code", "callSign": "callsign",
    "accountNumber": "number", "publicKey": "wallet", "username": "handle", "service": "platform",
    "publishedAt": "date", "authoredAt": "date", "publishDate": "date", "mimeType": "mime",
    "grossRegisteredTonnage": "gross_tonnage", "tonnage": "deadweight", "notes": "note", "summary": "description",
    "percentage": "percent", "relationship": "kind", "serialNumber": "serial", "goodsDescription": "declared",
    "startDate": "start", "endDate": "end", "location": "place", "sector": "activity", "transactionNumber": "reference",
    "description": "description", "contactName": "contact_name",
}
"""Property → ours, where the type has it; a property that is called alike needs no entry."""
PROPERTIES_OF = {
    ("Vessel", "previousName"): "former_names", ("Vessel", "imoNumber"): "imo_ship",
    ("Organization", "imoNumber"): "imo_company", ("Vehicle", "registrationNumber"): "plate",
    ("Vessel", "registrationNumber"): "official_no", ("Airplane", "registrationNumber"): "aircraft_reg",
    ("Vessel", "type"): "vessel_type", ("Vehicle", "type"): "kind", ("Directorship", "role"): "title",
    ("Employment", "role"): "title", ("Representation", "role"): "capacity_as", ("Ownership", "role"): "kind",
    ("UserAccount", "number"): "phone", ("Event", "date"): "start", ("Call", "date"): "start",
}

STATEMENT = ("entity_id", "prop", "schema", "value")
"""Fields that mark a JSON object as a statement about an entity; `canonical_id` may stand beside."""


@cache
def lineage(schema: str) -> tuple[str, ...]:
    """The schema and all it extends, nearest first."""
    found = [schema]
    for one in found:
        found.extend(parent for parent in EXTENDS.get(one, ()) if parent not in found)
    return tuple(found)


def is_a(schema: str, other: str) -> bool:
    """Whether a schema is another or extends it."""
    return other in lineage(schema)


@cache
def type_of(schema: str) -> str:
    """Our entity type for a schema; empty where it has none."""
    return next((TYPES[one] for one in lineage(schema) if one in TYPES), "")


@cache
def caption_of(schema: str) -> tuple[str, ...]:
    """The properties a schema's label is made from."""
    return tuple(next((CAPTIONS[one] for one in lineage(schema) if one in CAPTIONS), "name").split())


@cache
def reference(schema: str, name: str) -> str:
    """The schema that a property refers to, empty where it holds values."""
    edge = EDGES.get(schema)
    if edge is not None and name in (edge.source, edge.target):
        return "Thing"
    if name not in REFERENCES or any((one, name) in _TEXTS for one in lineage(schema)):
        return ""
    return "Document" if name == "parent" and is_a(schema, "Document") else (
        "LegalEntity" if name == "parent" and is_a(schema, "LegalEntity") else REFERENCES[name])


@cache
def value_kind(schema: str, name: str) -> str:
    """`date`, `number` or `text`."""
    return "text" if any((one, name) in _TEXTS for one in lineage(schema)) else KINDS_OF.get(name, "text")


@cache
def our_property(schema: str, name: str) -> str:
    """What a property would be called here."""
    for one in lineage(schema):
        if (one, name) in PROPERTIES_OF:
            return PROPERTIES_OF[one, name]
    return PROPERTIES.get(name, snake(name))


@cache
def link_of(schema: str, name: str) -> tuple[str, bool]:
    """The link that a reference makes, and whether it runs towards the entity that has it."""
    for one in lineage(schema):
        if (one, name) in LINKS_OF:
            return LINKS_OF[one, name]
    return LINKS.get(name, ("unknown_link", False))


def snake(name: str) -> str:
    """`birthDate` as `birth_date`."""
    return re.sub(r"\W+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)).strip("_").lower()[:60] or "thing"


def words(name: str) -> str:
    """`birthDate` as “Birth date”."""
    plain = snake(name).replace("_", " ")
    return plain[:1].upper() + plain[1:]
