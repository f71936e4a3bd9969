"""The life of a notice and of a consent: the states domain practice knows, and the words files use for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ewglink.names.clean import search_key

NOTICE_STATES = ("DRAFT", "SUBMITTED", "RETURNED_FOR_INFO", "FORWARDED", "ACKNOWLEDGED", "CONSENTED",
                 "CONSENTED_WITH_CONDITIONS", "TACIT_CONSENT", "OBJECTED", "WITHDRAWN", "LAPSED")
CONSENT_STATES = ("PENDING", "ACTIVE", "EXPIRED", "EXHAUSTED", "SUSPENDED", "REVOKED", "SUPERSEDED", "OBJECTED",
                  "WITHDRAWN", "LAPSED")
NOT_ACTIVE = frozenset({"PENDING", "OBJECTED", "WITHDRAWN", "LAPSED", "SUSPENDED", "REVOKED"})
"""States under which nothing may move (rule NC-03)."""

_WORDS: dict[str, str] = {}
for _state, _words in {
    "DRAFT": "draft|brouillon|borrador",
    "SUBMITTED": "submitted|soumis|soumise|presentado|presentada|received|recu|recue|recibido|recibida",
    "RETURNED_FOR_INFO": "returned for info|returned|info requested|renvoye|renvoyee|devuelto|devuelta",
    "FORWARDED": "forwarded|transmis|transmise|transmitido|transmitida",
    "ACKNOWLEDGED": "acknowledged|accuse de reception|acuse de recibo",
    "CONSENTED": "consented|consent|granted|approved|accorde|accordee|consenti|consentie|consentement|approuve|"
                 "approuvee|otorgado|otorgada|aprobado|aprobada|consentido|consentida|active|actif|active|activo|"
                 "valid|valide|vigente|issued|delivre|delivree|emitido|emitida",
    "CONSENTED_WITH_CONDITIONS": "consented with conditions|consent with conditions|conditional|conditional consent|"
                                 "avec conditions|con condiciones|partial consent",
    "TACIT_CONSENT": "tacit consent|tacit|consentement tacite|tacite|tacito|consentimiento tacito",
    "OBJECTED": "objected|objection|refused|denied|rejected|refuse|refusee|refus|rechazado|rechazada|negado|negada|"
                "objetado|objetada",
    "WITHDRAWN": "withdrawn|retire|retiree|retirado|retirada|cancelled|canceled|annule|annulee|cancelado|cancelada",
    "LAPSED": "lapsed|perime|perimee|caduco|caducado|caducada",
    "PENDING": "pending|en attente|en cours|pendiente|en tramite|under review",
    "EXPIRED": "expired|expire|expiree|vencido|vencida|expirado|expirada",
    "EXHAUSTED": "exhausted|epuise|epuisee|agotado|agotada",
    "SUSPENDED": "suspended|suspendu|suspendue|suspendido|suspendida",
    "REVOKED": "revoked|revoque|revoquee|revocado|revocada",
    "SUPERSEDED": "superseded|remplace|remplacee|sustituido|sustituida|replaced",
}.items():
    for _word in _words.split("|"):
        _WORDS.setdefault(search_key(_word), _state)
_CONSENTED = ("CONSENTED", "CONSENTED_WITH_CONDITIONS", "TACIT_CONSENT")


def state_of(text: Any) -> str:
    """The state a file's word stands for; empty for a word that is not known, or none."""
    key = search_key(str(text)) if text else ""
    return _WORDS.get(key, "") or (key.upper().replace(" ", "_") if key.upper().replace(" ", "_") in _WORDS.values()
                                   else "")


def notice_state(values: Mapping[str, Any]) -> str:
    """The state of a notice that shows these values; empty where nothing says."""
    return state_of(values.get("status")) or state_of(values.get("determination"))


def consent_state(values: Mapping[str, Any]) -> str:
    """The state of a consent (or stream) that shows these values; empty where nothing says. What was consented is
    ACTIVE as far as papers say; whether its window has passed is for rules to tell by dates."""
    found = state_of(values.get("status"))
    decided = state_of(values.get("determination"))
    if found in _CONSENTED or not found:
        found = decided or found
    return "ACTIVE" if found in _CONSENTED else found
