"""SHA-256: the 64 hexadecimal digits that name a file's content."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number
from ewglink.text import N_, Message

_FORM = Message(N_("A SHA-256 has 64 hexadecimal digits."))

MEMBER = Number("sha256", N_("SHA-256"), re.compile(r"[0-9a-f]{64}"), tidy=lambda text: "".join(text.split()).lower(),
                certainty=3, form_message=_FORM)
