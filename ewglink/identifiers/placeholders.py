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
无|未知|不详|不适用|暂无|待定|
""".replace("\n", "").split("|")) - {""}
_FILLER = re.compile(r"[0\s./\\\-_*?#x–—…]*|9{5,}|9[9\-]{5,}9"
                     r"|(?:to )?(?:the )?order(?: of.*)?|à l'ordre d.*|a la orden de.*")
_FIRST = frozenset("09-./\\_*?#x–—…toàa")


def is_placeholder(text: str) -> bool:
    """Whether `text` stands for no number: empty, "N/A", "NULL", "CHANGE ME", "TO THE ORDER OF …", all zeros, …"""
    said = text.strip().casefold()
    if said in _WORDS or not said:
        return True
    return said[0] in _FIRST and _FILLER.fullmatch(said) is not None
