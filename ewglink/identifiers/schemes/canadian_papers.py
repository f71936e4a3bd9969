"""Canadian numbers of papers and sites, whose forms differ by issuer: kept as they are."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number, trimmed
from ewglink.text import N_

_ANY = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9 ./\-]{2,29}")
# British Columbia prints BB 12345-6, and BC 123456-7 to come.
_DOCUMENT = re.compile(r"(?=.*\d)[A-Z]{0,4}[ -]?\d{5,7}(?:-?\d)?")
_BRITISH_COLUMBIA = re.compile(r"B[A-Z] ?\d{5,6}-\d", re.ASCII)
_OFFICE = re.compile(r"\d{3,4}", re.ASCII)

MEMBERS = (
    Number("ca_md_no", N_("Movement document no. (Canada)"), _DOCUMENT, tidy=trimmed, certainty=0, lenient=True,
           guess=_BRITISH_COLUMBIA),
    Number("ca_permit_no", N_("Permit no. (Canada)"), _ANY, tidy=trimmed, certainty=0, lenient=True),
    Number("ca_notice_ref", N_("CNMTS reference"), _ANY, tidy=trimmed, certainty=0, lenient=True),
    Number("ca_prov_id", N_("Provincial registration no. (Canada)"), _ANY, tidy=trimmed, certainty=0, lenient=True),
    Number("cbsa_office", N_("CBSA office code"), _OFFICE, certainty=0, show=lambda number: number.zfill(4)),
)
