"""The vocabulary of Analyst's Notebook Exchange charts: elements, enumerations, units, and our types for theirs."""

from __future__ import annotations

import re
import unicodedata

NAMESPACE = "anx"
"""Where the items of charts that share their identities are keyed; other charts have it with their own hash."""

ROOT = "Chart"
TELLING = ("ChartItemCollection", "EntityTypeCollection", "LinkTypeCollection", "IdReferenceLinking", "Rigorous",
           "ApplicationVersion", "StrengthCollection", "AttributeClassCollection")
"""Words that mark a `Chart` as this one's; there are other XML files with such a root."""

UNITS_AN_INCH = 80.0
UNIT = 25.4 / UNITS_AN_INCH / 0.25
"""Chart units (0.25 mm) of a world unit."""

TAKEN = frozenset({
    "ApplicationVersion", "GradeOne", "GradeTwo", "GradeThree", "SourceHints", "StrengthCollection",
    "AttributeClassCollection", "EntityTypeCollection", "LinkTypeCollection", "Summary", "ChartItemCollection",
    "ConnectionCollection", "LegendDefinition", "CustomImageCollection", "GroupCollection",
})
"""Children of the root that an import understands."""
PASSED_OVER = frozenset({"JunctionCollection", "SnapshotCollection", "DatabaseProxyCollection"})
"""Children of the root that say something of the chart and have no counterpart; all others are a program's settings."""

REPRESENTATIONS = {"Icon": "icon", "Theme": "theme_line", "Event": "event_frame", "Box": "box", "Circle": "circle",
                   "TextBlock": "text_block", "OleItem": "box"}
"""The representation inside an entity → ours."""
PREFERRED = {"RepresentAsIcon": "icon", "RepresentAsBorder": "event_frame", "RepresentAsBox": "box",
             "RepresentAsCircle": "circle", "RepresentAsOLE": "box", "RepresentAsTextBlock": "text_block"}
ARROWS = {"ArrowNone": 0, "ArrowOnHead": 1, "ArrowOnTail": 2, "ArrowOnBoth": 3}
"""The arrowheads of a link as a direction; the head is at the second end."""
STRENGTHS = {"DotStyleSolid": 0, "DotStyleDashed": 1, "DotStyleDashDot": 1, "DotStyleDashDotDot": 2,
             "DotStyleDotted": 2}
"""How a strength is drawn → confirmed, unconfirmed, tentative."""
STRENGTH_NAMES = {"confirmed": 0, "default": 0, "definite": 0, "confirme": 0, "confirmado": 0, "unconfirmed": 1,
                  "probable": 1, "non confirme": 1, "no confirmado": 1, "tentative": 2, "possible": 2, "posible": 2,
                  "suspected": 2, "hypothetique": 2, "tentativo": 2}
"""Names of strengths that say how sure a link is, folded; the drawing decides where a name is not among them."""
ENLARGEMENTS = {"ICEnlargeHalf": 0.5, "ICEnlargeSingle": 1.0, "ICEnlargeDouble": 2.0, "ICEnlargeTriple": 3.0,
                "ICEnlargeQuadruple": 4.0}
ALIGNS = {"TextAlignLeft": "left", "TextAlignCentre": "centre", "TextAlignCenter": "centre", "TextAlignRight": "right"}
MULTIPLICITIES = {"MultiplicityMultiple": "multiple", "MultiplicityDirected": "directed",
                  "MultiplicitySingle": "single"}
WIRINGS = {"KeepsAtEventHeight": "keep", "ReturnsToThemeHeight": "return", "GoesToNextEventHeight": "next",
           "NoDiversion": "none"}
SUB_TEXTS = {"SubItemDescription": "description", "SubItemGrades": "grade", "SubItemDateTime": "date",
             "SubItemSourceReference": "source", "SubItemSourceType": "source", "SubItemPin": "pin"}
KINDS = {"AttText": "text", "AttNumber": "number", "AttFlag": "boolean", "AttTime": "date"}
"""Types of attribute class → kinds of property."""
SUMMARY = {"SummaryFieldTitle": "title", "SummaryFieldSubject": "subject", "SummaryFieldKeywords": "keywords",
           "SummaryFieldCategory": "category", "SummaryFieldAuthor": "author", "SummaryFieldComments": "comments",
           "SummaryFieldTemplate": "template"}

WHITE = "#FFFFFF"


def colour(said: str | None) -> str | None:
    """`#RRGGBB` of a COLORREF integer (R + 256 G + 65536 B); None where there is none."""
    try:
        number = int(said or "")
    except ValueError:
        return None
    if not 0 <= number <= 0xFFFFFF:
        return None
    return f"#{number & 255:02X}{number >> 8 & 255:02X}{number >> 16:02X}"


def flag(said: str | None, otherwise: bool = False) -> bool:
    """A boolean as XML writes it; `otherwise` where nothing, or nonsense, stands."""
    word = (said or "").strip().lower()
    return True if word in ("true", "1") else False if word in ("false", "0") else otherwise


def folded(name: str) -> str:
    """A name as it is compared: no case, no accents, one space between its words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[_\-/.,;:()]+", " ", kept).split())


def _table(words: dict[str, str]) -> dict[str, str]:
    return {folded(name): key for key, names in words.items() for name in names.split("|")}


ENTITY_TYPES = _table({
    "person": "person|man|woman|adult|male|female|child|boy|girl|individual|suspect|victim|witness|offender|subject|"
              "officer|personne|homme|femme|persona|hombre|mujer|informant|civilian",
    "organization": "organisation|organization|company|business|corporation|firm|agency|enterprise|gang|group|bank|"
                    "shell company|trading company|société|entreprise|empresa|organización|compañía|sociedad",
    "facility": "facility|factory|plant|warehouse|site|installation|landfill|recycler|usine|instalación|planta",
    "vehicle": "vehicle|car|truck|van|lorry|motorcycle|motorbike|bus|trailer|suv|véhicule|voiture|camion|vehículo|"
               "coche|auto|camión",
    "vessel": "vessel|ship|boat|yacht|navire|bateau|buque|barco|embarcación",
    "container": "container|shipping container|conteneur|contenedor",
    "location": "location|address|place|house|building|city|town|port|airport|country|border crossing|premises|office|"
                "lieu|adresse|lugar|dirección|ubicación",
    "account": "account|bank account|phone|telephone|mobile|mobile phone|cell phone|cellphone|telephone number|"
               "phone number|email|e mail|email address|e mail account|sim|sim card|website|web site|domain|"
               "social media account|wallet|crypto wallet|compte|compte bancaire|téléphone|cuenta|cuenta bancaria|"
               "teléfono",
    "document": "document|report|statement|invoice|passport|paper|file|bill of lading|documento|rapport|informe",
    "event": "event|meeting|incident|offence|crime|seizure|arrest|journey|trip|departure|arrival|inspection|"
             "surveillance|événement|évènement|réunion|evento|reunión|incidente",
    "movement": "movement|shipment|consignment|envoi|envío|embarque|mouvement|movimiento",
    "waste": "waste|commodity|goods|déchet|residuo|mercancía",
    "substance": "substance|chemical|refrigerant|sustancia|réfrigérant|refrigerante",
    "species": "species|espèce|especie",
})
"""Folded name of an entity type → ours."""

ACCOUNT_KINDS = _table({
    "phone": "phone|telephone|mobile|mobile phone|cell phone|cellphone|telephone number|phone number|téléphone|"
             "teléfono",
    "bank": "bank account|compte bancaire|cuenta bancaria",
    "email": "email|e mail|email address|e mail account", "sim": "sim|sim card", "domain": "website|web site|domain",
    "social": "social media account", "wallet": "wallet|crypto wallet",
})
KIND_PROPERTIES = {"event": "event_kind", "location": "location_kind", "document": "document_type", "vehicle": "kind",
                   "container": "kind", "vessel": "vessel_type", "account": "account_kind", "waste": "stream_type"}
"""Where a type of ours says which kind of it a thing is."""

LINK_TYPES = _table({
    "owns": "owns|owner of|is owner of|possède|posee|owner",
    "controls": "controls|contrôle|controla",
    "director_of": "director of|is director of|administrateur de|consejero de",
    "officer_of": "officer of",
    "employee_of": "employee of|employed by|is employed by|works for|employé de|empleado de",
    "legal_representative_of": "legal representative of", "family_of": "family of|relative of|related to|family",
    "associate_of": "associate of|associate|associated with|knows|friend of|friends with|friend",
    "subsidiary_of": "subsidiary of", "branch_of": "branch of", "acts_for": "acts for|agent of|represents",
    "operates": "operates|operator of", "manages": "manages|manager of",
    "located_at": "located at|located in|lives at|resides at|at address|address of",
    "registered_at": "registered at", "has_account": "has account|account holder|holds account|account of",
    "uses_phone": "uses phone|user of phone|subscriber of", "called": "calls|called|telephone call|phone call|call",
    "messaged": "messaged|text message|sms", "emailed": "emailed|e mailed|email",
    "paid": "paid|pays|payment|payment to|transfers money|money transfer|transaction|transfer|funds transfer",
    "handed_to": "shipped to|ships to|handed to|delivered to", "met_with": "met with|met|meeting",
    "travelled_with": "travelled with|traveled with", "seen_with": "seen with",
    "participated_in": "participated in|involved in|took part in|attended|present at|at event",
    "unknown_link": "link|linked to|connected to|unknown|related",
})
"""Folded name of a link type → ours, where its ends fit."""

ATTRIBUTES = _table({
    "phone": "phone number|telephone number|telephone|phone|mobile number|numéro de téléphone|teléfono",
    "email": "email|email address|e mail|e mail address|correo electrónico|courriel",
    "address": "address|street address|home address|adresse|dirección|domicilio",
    "birth_date": "date of birth|dob|birth date|date de naissance|fecha de nacimiento",
    "nationality": "nationality|nationalité|nacionalidad", "gender": "gender|sex|sexe|sexo",
    "aliases": "alias|aliases|also known as|aka|nickname",
    "given_names": "first name|given name|given names|forename|prénom|nombre",
    "family_names": "last name|surname|family name|nom|apellido|apellidos",
    "passport": "passport|passport number|passport no|passeport|pasaporte",
    "driver_licence": "driver licence|driver license|driving licence|driving license",
    "national_id": "national id|national identity number|ssn|social security number",
    "plate": "license plate|licence plate|registration|registration number|plate|plate number|vrm|matrícula|placas",
    "vin": "vin|chassis number", "make": "make", "model": "model", "colour": "colour|color",
    "number": "account id|account number|account no|number|numéro de compte|número de cuenta",
    "iban": "iban", "clabe": "clabe", "imei": "imei", "imsi": "imsi", "imo_ship": "imo|imo number|imo no",
    "mmsi": "mmsi", "callsign": "call sign|callsign", "flag": "flag|flag state|pavillon|bandera",
    "epa_id": "epa id|epa site id|epa id number|rcra id", "rfc": "rfc", "curp": "curp", "lei": "lei", "duns": "duns",
    "us_ein": "ein", "ca_bn9": "business number", "registry_no": "company number|company registration number",
    "city": "city|town|ville|ciudad", "country": "country|pays|país",
    "postal_code": "postal code|postcode|zip|zip code",
    "latitude": "latitude|lat", "longitude": "longitude|long|lon|lng", "website": "website|web site|url",
    "title": "title", "quantity_kg": "quantity kg|quantity (kg)", "amount": "amount|montant|importe",
    "currency": "currency|devise|moneda", "percent": "percent|percentage|share|shareholding", "status": "status",
    "duration_s": "duration s|duration (s)", "iso6346": "container number|container no", "hs": "hs|hs code",
    "mtn": "mtn|manifest tracking number", "author": "author", "language": "language",
})
"""Folded name of an attribute class → our property, where the type has it and the kinds agree."""

SEMANTIC_TYPES = {
    "guid8a586959-9837-47de-8dbf-bc7031f01545": "person", "guidcd3db3db-55f6-440a-9bb8-3f3ee4db4d52": "location",
    "guid6c7d9311-d676-47cb-9546-68a34badb498": "document", "guid1409abe3-fb08-4dfa-b25a-bb0d141e3fbf": "event",
    "guid18e7d3ef-0694-4db7-8aa7-4bcef634391e": "located_at",
    "guid3c07bd39-5f65-4fb0-b87f-5b633bcf9b04": "associate_of",
}
"""Semantic type (lower case) → our entity or link type, asked where a name says nothing."""

ICONS = _table({
    "person": "person|man|woman|adult|male|female|child|anonymous|victim|suspect|officer|businessman|businesswoman",
    "organization": "building|company|business|office|bank|organisation|organization|corporation",
    "facility": "factory|warehouse|plant|industry|refinery",
    "vehicle": "car|truck|van|lorry|vehicle|motorcycle|suv|bus",
    "vessel": "ship|boat|vessel|yacht|freighter", "location": "house|place|location|airport|port|city|globe|flag|map",
    "account_phone": "phone|telephone|mobile|cellphone|mobile phone|fax", "account_bank": "cash|account|money|cheque",
    "account_email": "email|e mail|mail|letter|at", "account_domain": "internet|website|computer|web|laptop",
    "document": "document|report|file|passport|card|note|folder|paper|book",
    "event": "meeting|event|calendar|clock|gun",
    "container": "container|crate|package|parcel|drugs", "waste": "barrel|drum|waste", "substance": "flask|chemical",
    "species": "animal|bird|fish|elephant", "account": "chip|credit card",
})
"""Folded name of an icon file → our pictogram; others are the sign of something unknown."""
