"""Names of organizations made comparable: words without legal form, filler and abbreviation, and the form apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ewglink.names.chinese import spell_out
from ewglink.names.latin import has_han, word_lines
from ewglink.names.legal_forms import without_form, without_han_form, without_pinyin_form

_FILLER = frozenset("the of de del la las los el le les l d du des da do dos e y et and und for a an co company cia "
                    "compania cie compagnie gongsi n con en".split())
_SHORT = {
    word: full for full, words in {
        "international": "intl int internacional internationale internationales internationals",
        "industries": "ind inds industrias industrie industrial industriales industrielle industria industry",
        "transport": "transp transportes transports transporte transportation trans transportacion transportadora",
        "services": "svc svcs serv servicios service servicio",
        "manufacturing": "mfg manuf manufacturas manufactura",
        "environmental": "env environ ambiental ambientales environnement environnemental environnementale environment "
                         "environnementaux medioambientales",
        "technologies": "tech technology tecnologias tecnologia techno technologie",
        "recycling": "recyc recyclage reciclaje reciclajes recycle recyclers recicladora recicladoras recycleurs "
                     "recicladores recyclers",
        "metals": "metal metales metaux metallurgical",
        "batteries": "battery bateria baterias batterie",
        "group": "grp grupo groupe gruppe groep",
        "brothers": "bros hermanos hnos freres",
        "associates": "assoc asociados associes assocs",
        "management": "mgmt mgt gestion",
        "logistics": "logistica logistique logistic log logisticas",
        "products": "prod prods productos produits product",
        "chemicals": "chem chemical quimica quimicos chimique chimiques chimie quimicas",
        "refrigeration": "refrig refrigeracion refrigerants refrigerantes",
        "trading": "trade comercializadora comercial comercio commerce commercial",
        "import": "imports importacion importaciones importadora importations importers",
        "export": "exports exportacion exportaciones exportadora exportations exporters",
        "north": "nord norte n", "south": "sud sur", "east": "est este oriente", "west": "ouest oeste poniente",
        "waste": "residuos dechets wastes desechos", "oil": "oils aceites huiles aceite huile",
        "mexico": "mex mexicana mexicano mexicanos mexique", "america": "american americana americas amerique",
        "canada": "cdn canadian canadienne canadiense canadien", "china": "chinese chinoise zhongguo",
        "saint": "st ste sainte san santa santo", "national": "natl nacional nationale",
        "university": "univ universidad universite", "associated": "asociada associes",
        "brand": "marca marque", "holdings": "holding hldgs", "enterprises": "ent enterprise empresas entreprises "
        "entreprise empresa", "distribution": "dist distribuidora distributors distributeurs distrib distribuciones",
    }.items() for word in words.split()}

_LONG = 7
COMMON = frozenset(_SHORT.values())
"""Words of trade, which many organizations have in their names."""

_PLAIN_WORDS = {word: word for word in COMMON} | _SHORT | dict.fromkeys(_FILLER, "")
_SLIPS = {word[:at] + word[at + 1:]: full for word, full in _PLAIN_WORDS.items() if len(word) >= _LONG
          for at in range(1, len(word) - 1)}


class _Plainer(dict[str, str]):
    """Word → the word it is compared as, "" for filler: its own, that of a word of trade it is short for, or of one
    that it is a slip for (one letter within a long word)."""

    def __missing__(self, word: str) -> str:
        found = word
        if len(word) >= _LONG - 1 and not word.isdigit():
            tries = (word, *(word[:at] + word[at + 1:] for at in range(1, len(word) - 1)))
            found = next((full for text in tries if (full := _SLIPS.get(text) or _PLAIN_WORDS.get(text))
                          and text[0] == word[0]), word)
        self[word] = found
        return found


_ALONE = re.compile(r"(?:^| )[a-z] [a-z](?: |$)")


class CompanyNames(NamedTuple):
    """Names as they are compared, one entry each: `words` in their order, `forms` the legal form's key or ""."""

    words: list[tuple[str, ...]]
    forms: list[str]


def _joined_letters(words: list[str]) -> list[str]:
    """Letters that stand alone one after another are one abbreviation: "S A de C V", "A B C Metals"."""
    found: list[str] = []
    run = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            found.append(run)
            run = ""
        found.append(word)
    return [*found, run] if run else found


def _cleaned(words: Sequence[str], plainer: _Plainer) -> tuple[str, ...]:
    kept = tuple([full for word in words if (full := plainer[word])])
    return kept or tuple(words)


def prepare_companies(names: Sequence[str]) -> CompanyNames:
    """The words and legal forms of many names at once (about 8 µs each); empty names have no words."""
    texts, han, plainer = list(names), {}, _Plainer(_PLAIN_WORDS)
    for at, name in enumerate(texts):
        if not name.isascii() and has_han(name):
            own, han[at] = without_han_form(name)
            texts[at] = spell_out(own)
    words: list[tuple[str, ...]] = []
    forms: list[str] = []
    for at, line in enumerate(word_lines(texts)):
        parts = line.split()
        if _ALONE.search(line):
            parts = _joined_letters(parts)
        if at in han:
            kept, form = tuple(parts), han[at]
        else:
            kept, form = without_form(parts)
            if not form and kept and len(kept[-1]) > 12:
                last, form = without_pinyin_form(kept[-1])
                kept = (*kept[:-1], last)
        words.append(_cleaned(kept, plainer))
        forms.append(form)
    return CompanyNames(words, forms)
