"""E-mail addresses and web domains, in lower case, international names in their ASCII form."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number, Verdict, fail
from ewglink.names.clean import plain_width
from ewglink.text import N_, Message

_EMAIL = Message(N_("An e-mail address has a name, @ and a domain."))
_DOMAIN = Message(N_("A domain has labels of letters, digits and hyphens, separated by dots."))
_LABELS = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})")


def _ascii(domain: str) -> str | None:
    try:
        plain = domain.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return plain if len(plain) <= 253 and _LABELS.fullmatch(plain) else None


def _tidy_email(text: str) -> str:
    said = plain_width(text).strip().strip("<>").removeprefix("mailto:").removeprefix("MAILTO:")
    return said.lower()


def _tidy_domain(text: str) -> str:
    said = re.sub(r"^[a-z][a-z0-9+.-]*://", "", plain_width(text).strip().lower())
    return re.split(r"[/?#]", said)[0].split("@")[-1].split(":")[0].removeprefix("www.")


def _email(text: str, country: str | None) -> Verdict:
    name, _at, domain = text.rpartition("@")
    plain = _ascii(domain)
    return fail("domain", _DOMAIN) if plain is None else Verdict(detail={"domain": plain}, normalised=f"{name}@{plain}")


def _domain(text: str, country: str | None) -> Verdict:
    plain = _ascii(text)
    return fail("format", _DOMAIN) if plain is None else Verdict(normalised=plain)


MEMBERS = (
    Number("email", N_("E-mail address"), re.compile(r"[^\s@<>,;:\"()\[\]]{1,64}@[^\s@<>,;:]{1,253}"), _email,
           _tidy_email, certainty=2, form_message=_EMAIL),
    Number("domain", N_("Web domain"), re.compile(r"(?!\d+(?:\.\d+)*$)[^\s@.]+(?:\.[^\s@.]+)*\.[^\s@.\d]{2,63}\.?"),
           _domain, _tidy_domain, certainty=1, form_message=_DOMAIN),
)
