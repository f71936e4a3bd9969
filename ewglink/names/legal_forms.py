"""Legal forms of companies in Canada, Mexico, the United States, China and Europe, as written at the end of a name."""

from __future__ import annotations

from collections.abc import Sequence

_FORMS = {
    "inc": "inc|incorporated|incorporee|incorporada|corp|corporation|corporacion|corpn",
    "ltd": "ltd|limited|ltee|limitee|ltda|limitada|pty ltd|pte ltd|pvt ltd|private limited|proprietary limited|"
           "co ltd|company limited|cia ltda|cie ltee|co limited|ltd co|sdn bhd|compagnie limitee|ltd ltee",
    "plc": "plc|public limited company",
    "llc": "llc|limited liability company|lc|l l c|pllc",
    "ulc": "ulc|unlimited liability company|unlimited liability corporation",
    "lp": "lp|limited partnership|s en c|sec|societe en commandite|sociedad en comandita|senc|s en c por a",
    "llp": "llp|lllp|limited liability partnership|sencrl",
    "sa": "sa|sociedad anonima|societe anonyme",
    "sa_de_cv": "sa de cv|sadecv|sa cv|sociedad anonima de capital variable|s a de c v",
    "sapi": "sapi|sapi de cv|sociedad anonima promotora de inversion|"
            "sociedad anonima promotora de inversion de capital variable",
    "sab": "sab|sab de cv|sociedad anonima bursatil de capital variable",
    "srl": "s de rl|s de rl de cv|srl|srl de cv|s rl de cv|sociedad de responsabilidad limitada|s de rl mi|"
           "sociedad de responsabilidad limitada de capital variable|s de r l de c v|s de r l",
    "sas": "sas|sas de cv|sociedad por acciones simplificada|societe par actions simplifiee|sasu",
    "sc": "sc|sociedad civil|s c",
    "ac": "ac|asociacion civil|a c",
    "scl": "sc de rl|sc de rl de cv|scl|sociedad cooperativa|sociedad cooperativa de rl|coop|cooperative|cooperativa",
    "spr": "spr|spr de rl|sociedad de produccion rural|spr de rl de cv",
    "sarl": "sarl|societe a responsabilite limitee|eurl|sarlu",
    "gmbh": "gmbh|gesellschaft mit beschrankter haftung|mbh|ggmbh|ug",
    "gmbh_kg": "gmbh co kg|gmbh und co kg|gmbh and co kg|gmbh cokg",
    "ag": "ag|aktiengesellschaft",
    "kg": "kg|kommanditgesellschaft|ohg",
    "bv": "bv|b v|besloten vennootschap|bvba",
    "nv": "nv|n v|naamloze vennootschap",
    "spa": "spa|societa per azioni",
    "sl": "sl|sociedad limitada|slu",
    "oy": "oy|oyj",
    "ab": "ab|aktiebolag",
    "as": "as|aps|a s|sro|s r o|sp z o o|doo|kft|zrt|ood",
    "ooo": "ooo|zao|oao|pao|tov",
    "kk": "kk|kabushiki kaisha|godo kaisha",
    "reg": "enr|enrg|reg|regd|registered",
}
_HAN = {
    "股份有限公司": "plc", "有限责任公司": "ltd", "有限責任公司": "ltd", "集团有限公司": "ltd", "集團有限公司": "ltd",
    "有限公司": "ltd", "合伙企业": "lp", "株式会社": "kk", "有限会社": "ltd", "公司": "", "厂": "", "廠": "",
}
_LATIN_HAN = {"gufenyouxiangongsi": "plc", "youxianzerengongsi": "ltd", "jituanyouxiangongsi": "ltd",
              "youxiangongsi": "ltd"}
_EMPTY = frozenset(("co", "company", "cia", "compania", "cie", "compagnie", "companies", "gongsi", "the", "de", "del",
                    "y", "et", "and", "e"))
"""Words that say no form and may stand before one, or trail when one is cut off."""

_BY_WORDS: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): form for form, phrases in _FORMS.items() for phrase in phrases.split("|")}
_BY_LAST: dict[str, list[tuple[int, tuple[str, ...], str]]] = {}
for _words, _form in sorted(_BY_WORDS.items(), key=lambda one: -len(one[0])):
    _BY_LAST.setdefault(_words[-1], []).append((len(_words), _words, _form))
for _word in _EMPTY:
    _BY_LAST.setdefault(_word, []).append((1, (_word,), ""))
_ALIKE = ({"inc", "llc", "ltd"}, {"sa", "sa_de_cv"}, {"sapi", "sab", "sa_de_cv"}, {"ltd", "plc"}, {"ltd", "ulc"})
"""Forms that translations and carelessness often put for one another."""


def without_form(words: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The words of a name without the legal form at its end, and which form it is ("" where it names none).

    A name that is nothing but a form is left as it is.
    """
    whole = tuple(words)
    end, form = len(whole), ""
    while end > 1:
        for length, phrase, found in _BY_LAST.get(whole[end - 1], ()):
            if length < end and (length == 1 or whole[end - length:end] == phrase):
                end, form = end - length, form or found
                break
        else:
            break
    return whole[:end], form


def without_han_form(text: str) -> tuple[str, str]:
    """A name in Chinese characters without its legal form, and which form it is."""
    trimmed = text.strip()
    for ending, form in _HAN.items():
        if trimmed.endswith(ending) and len(trimmed) > len(ending):
            return trimmed[:-len(ending)].removesuffix("集团"), form
    return trimmed, ""


def without_pinyin_form(word: str) -> tuple[str, str]:
    """A word that holds a whole Chinese name in Latin letters, without the form it ends with."""
    for ending, form in _LATIN_HAN.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word[:-len(ending)], form
    return word, ""


def forms_differ(one: str, other: str) -> bool:
    """Whether two forms speak against one company: both are named, and they are not the same."""
    return bool(one) and bool(other) and one != other


def forms_alike(one: str, other: str) -> bool:
    """Whether two different forms are often put for one another."""
    return any(one in group and other in group for group in _ALIKE)
