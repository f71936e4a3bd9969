"""What people write where they have no number: it is kept, never taken for a number, and never joins two rows."""

from __future__ import annotations

import re

_WORDS = frozenset("""
n/a|na|n.a.|n.a|#n/a|n / a|null|(null)|none|nil|nan|nd|n.d.|n/d|s/d|s/n|s/n.|sn|tbd|t.b.d.|tba|tbc|unknown|unk|unkn|
pending|
change me|changeme|not applicable|not available|not assigned|notassigned|not known|not provided|no number|no data|same|
same as above|
as above|see above|see attached|see below|various|multiple|other|test|xx|xxx|to order|order|blank|empty|missing|void|
sans objet|s.o.|s/o|inconnu|inconnue|non disponible|non applicable|aucun|aucune|néant|neant|à déterminer|a determiner|
voir ci-joint|idem|en attente|no aplica|no disponible|no tiene|no identificado|sin numero|sin número|sin dato|sin datos|
desconocido|desconocida|ninguno|ninguna|pendiente|por definir|no proporcionado|se ignora|ver anexo|
无|未知|不详|不适用|暂无|待定|同上|待补充|测试|
unspecified|not specified|not given|none given|not stated|not listed|undisclosed|withheld|redacted|confidential|no name|
unnamed|bearer|to bearer|dummy|sample|example|same as consignee|same as shipper|same as exporter|same as importer|
same as notify party|as per attached|see manifest|see document|miscellaneous|misc|misc.|sundry|general public|
non spécifié|non spécifiée|non précisé|non précisée|non communiqué|sans nom|divers|diverses|plusieurs|au porteur|
confidentiel|exemple|essai|voir annexe|n.c.|n/c|
no especificado|no especificada|sin especificar|sin nombre|sin asignar|por asignar|en trámite|en tramite|varios|varias|
al portador|público en general|publico en general|cliente mostrador|confidencial|ejemplo|prueba|
undisclosed recipients|undisclosed-recipients|
""".replace("\n", "").split("|")) - {""}
_FILLER = re.compile(r"[0\s./\\\-_*?#x–—…]*|9{5,}|9[9\-]{5,}9"
                     r"|(?:to )?(?:the )?order(?: of.*)?|[aà] l['’]ordre (?:d.*)?|a la orden(?: de.*)?")
_GENERIC = frozenset(("xaxx010101000", "xexx010101000"))
"""Numbers that Mexico's tax authority gives for the general public and for foreigners: real in form, nobody's own."""
_FIRST = frozenset("09-./\\_*?#x–—…toàa")


def names_nobody(text: str) -> bool:
    """Whether `text` cannot tell one from another: a placeholder, or a number that stands for anybody."""
    if is_placeholder(text):
        return True
    return text.lstrip()[:1] in "xX" and "".join(text.casefold().replace("-", "").split()) in _GENERIC


def is_placeholder(text: str) -> bool:
    """Whether `text` stands for no number: empty, "N/A", "NULL", "CHANGE ME", "TO THE ORDER OF …", all zeros, …"""
    said = text.strip().casefold()
    if said in _WORDS or not said:
        return True
    return said[0] in _FIRST and _FILLER.fullmatch(said) is not None
