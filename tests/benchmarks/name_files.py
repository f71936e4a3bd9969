"""Generated names of organizations with known truth: variants of one name among names that only look alike."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

_BUSINESS = (
    "Recycling|Reciclajes|Recyclage", "Metals|Metales|Métaux", "Transport|Transportes|Transport",
    "Environmental Services|Servicios Ambientales|Services Environnementaux", "Logistics|Logística|Logistique",
    "Trading|Comercializadora|Commerce", "Batteries|Baterías|Batteries", "Refrigeration|Refrigeración|Réfrigération",
    "Chemicals|Química|Produits Chimiques", "Industries|Industrias|Industries", "Waste Management|Gestión de Residuos|"
    "Gestion des Déchets", "Imports|Importaciones|Importations", "Manufacturing|Manufacturas|Fabrication",
    "Oil|Aceites|Huiles", "Motors|Motores|Moteurs", "Timber|Maderas|Bois", "Fisheries|Pesquera|Pêcheries",
    "Electronics|Electrónica|Électronique", "Plastics|Plásticos|Plastiques", "Steel|Aceros|Aciers",
    "Carriers|Fletes|Messageries", "Customs Brokers|Agencia Aduanal|Courtiers en Douane", "Holdings|Grupo|Groupe",
    "Technologies|Tecnologías|Technologies", "Foods|Alimentos|Aliments", "Solutions|Soluciones|Solutions",
    "Consulting|Consultores|Conseil", "Engines|Máquinas|Machines", "Supply|Suministros|Fournitures",
    "Laboratories|Laboratorios|Laboratoires",
)
_PLACES = ("Monterrey", "Tijuana", "Laredo", "Houston", "Windsor", "Montréal", "Québec", "Vancouver", "Buffalo",
           "Detroit", "Nogales", "Ciudad Juárez", "Veracruz", "Manzanillo", "San Diego", "El Paso", "Toronto",
           "Calgary", "Saltillo", "Mexicali", "Hamilton", "Trois-Rivières", "Guadalajara", "Puebla", "Long Beach",
           "Norte", "Pacific", "Atlantic", "Nord", "del Golfo", "Great Lakes", "Laurentides", "Sonora", "Texas")
_FORMS = (
    ("Inc.", "Inc", "INC.", "Incorporated", "Incorporated", ""), ("Corp.", "Corporation", "CORP", ""),
    ("LLC", "L.L.C.", "Llc", "Limited Liability Company", ""), ("Ltd.", "Limited", "Ltd", "LTD.", ""),
    ("Ltée", "Limitée", "LTEE", "ltée", ""), ("Co., Ltd.", "Company Limited", "Co Ltd", "Co. Ltd.", "Co.,Ltd"),
    ("S.A. de C.V.", "SA de CV", "S A DE C V", "S.A. DE C.V", "Sociedad Anónima de Capital Variable", ""),
    ("S. de R.L. de C.V.", "S de RL de CV", "S DE RL DE CV", "S.de R.L. de C.V.", ""), ("S.C.", "SC", "S. C.", ""),
    ("GmbH", "GMBH", "Gesellschaft mit beschränkter Haftung", ""), ("S.A.", "SA", "S. A.", ""), ("LP", "L.P.", ""),
)
_FORM_KEYS = {"Ltée": "Ltd.", "Co., Ltd.": "Ltd."}
"""Forms that are one form in another language or another way to say it."""

_SYLLABLES = {
    "latin": ("al ar bel bor bra cal can car cor dal del dor el fal far fer fran gal gar gon her il is ka kel lan lar "
              "lem lo lun mar mel men mon mor nar nel nor or pal par pe pol que ra ri ro sal san sel sil sol tan tar "
              "ter tor tra ul val var vel ver vil vol wes win zan zar zel").split(),
    "end": "a as co da de do don do er es ez ia ian ic in io is land ler lo ma man na ne ner no o on os ra ri ro s sen "
           "son ta ti to ton va ville vo x za".split(),
}
_HAN = tuple("华鑫盛达宏泰兴隆金源海天永顺恒丰远东方中联新世纪康瑞祥和信诚通利德明"
             "辉龙凤山江河港城洋宇润嘉佳美科创博富贵强伟业")
_HAN_PLACES = (("深圳市", "Shenzhen"), ("上海", "Shanghai"),
               ("宁波", "Ningbo"), ("广州", "Guangzhou"),
               ("青岛", "Qingdao"), ("天津", "Tianjin"), ("厦门", "Xiamen"), ("义乌", "Yiwu"), ("东莞", "Dongguan"),
               ("温州", "Wenzhou"))
_HAN_BUSINESS = (("贸易", "Trading"), ("化工", "Chemical"), ("电子", "Electronics"), ("制冷", "Refrigeration"),
                 ("进出口", "Import & Export"), ("机械", "Machinery"), ("物流", "Logistics"), ("金属", "Metal"))
_CYRILLIC = str.maketrans({
    "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "e": "е", "z": "з", "i": "и", "k": "к", "l": "л", "m": "м",
    "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф", "c": "к", "q": "к", "w": "в",
    "x": "кс", "y": "ы", "h": "х", "j": "й"})

Name = tuple[tuple[str, ...], str, tuple[str, ...]]
"""The words that are a company's own, its business, and the ways to write its legal form."""


def _brand(chance: random.Random) -> str:
    middle = "".join(chance.choice(_SYLLABLES["latin"]) for _ in range(chance.choice((1, 2, 2))))
    return (middle + chance.choice(_SYLLABLES["end"])).capitalize()


def _fresh(chance: random.Random, brands: list[str]) -> Name:
    """A new company: brands are drawn unevenly, so that some are borne by hundreds and most by a few."""
    def brand() -> str:
        return brands[min(int(chance.paretovariate(0.55)) - 1, len(brands) - 1) if chance.random() < 0.45
                      else chance.randrange(len(brands))]

    form = chance.choice(_FORMS)
    tongue = chance.randrange(3)
    business = chance.choice(_BUSINESS).split("|")[tongue]
    shape = chance.random()
    if shape < 0.45:
        own: tuple[str, ...] = (brand(),)
    elif shape < 0.65:
        own = (brand(), chance.choice(_PLACES))
    elif shape < 0.85:
        own = (brand(), brand())
    else:
        own = (brand(), chance.choice(_PLACES), str(chance.randrange(2, 60)))
    return own, business, form


def _typed_wrong(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    letter = chance.choice("aeiorstnlc")
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1:]
    if kind == 1:
        return word[:at] + letter + word[at + 1:]
    if kind == 2:
        return word[:at] + letter + word[at:]
    return word[:at] + word[at + 1:at + 2] + word[at:at + 1] + word[at + 2:]


def _typos(chance: random.Random, text: str) -> str:
    words = text.split(" ")
    for _ in range(chance.choice((1, 1, 1, 2))):
        at = chance.randrange(len(words))
        if len(words[at]) > 3:
            words[at] = _typed_wrong(chance, words[at])
    return " ".join(words)


def _reordered(chance: random.Random, text: str) -> str:
    words = text.split(" ")
    return " ".join(words[1:] + words[:1]) if chance.random() < 0.6 else " ".join(reversed(words))


def _shortened(chance: random.Random, text: str) -> str:
    words = text.split(" ")
    return " ".join(words[:-1]) if len(words) > 2 and not any(map(str.isdigit, words)) else text


_ABBREVIATED = {"Services": "Svcs", "Industries": "Ind.", "Transportes": "Transp.", "Manufacturing": "Mfg",
                "Technologies": "Tech", "Environmental": "Env.", "Management": "Mgmt", "Logistics": "Log.",
                "Holdings": "Hldgs", "Química": "Quim.", "Importaciones": "Imp."}


def _abbreviated(chance: random.Random, text: str) -> str:
    return " ".join(_ABBREVIATED.get(word, word) for word in text.split(" "))


def _unaccented(_chance: random.Random, text: str) -> str:
    from unicodedata import combining, normalize

    return "".join(sign for sign in normalize("NFKD", text) if not combining(sign))


def _cyrillic(_chance: random.Random, text: str) -> str:
    return _unaccented(_chance, text).lower().translate(_CYRILLIC).title()


_CHANGES: tuple[tuple[float, Callable[[random.Random, str], str]], ...] = (
    (0.45, _typos), (0.20, _reordered), (0.15, _abbreviated), (0.30, _unaccented), (0.08, _shortened),
    (0.03, _cyrillic))


def _written(chance: random.Random, name: Name, changed: bool) -> str:
    own, business, forms = name
    text = " ".join((*own, business)) if own[-1].isdigit() is False else " ".join((*own[:-1], business, own[-1]))
    if changed:
        for share, change in _CHANGES:
            if chance.random() < share:
                text = change(chance, text)
        if chance.random() < 0.25:
            text = text.upper()
    form = chance.choice(forms) if changed else forms[0]
    return f"{text}{',' if form and chance.random() < 0.2 else ''} {form}".strip()


def _chinese(chance: random.Random, used: set[str]) -> tuple[str, str]:
    """A company's name in Chinese, and as its papers for abroad write it."""
    from anyascii import anyascii

    while True:
        han = "".join(chance.choice(_HAN) for _ in range(3))
        place, business = chance.choice(_HAN_PLACES), chance.choice(_HAN_BUSINESS)
        if (key := han + place[0] + business[0]) not in used:
            break
    used.add(key)
    shown = anyascii(han).capitalize()
    return (f"{place[0]}{han}{business[0]}有限公司", f"{place[1]} {shown} {business[1]} Co., Ltd.")


def _siblings(chance: random.Random, name: Name, number: int) -> Name:
    """A company that only looks like another: other business, other legal form, other number or other place."""
    own, business, form = name
    kind = number % 4
    if kind == 0:
        return own, chance.choice(_BUSINESS).split("|")[0], form
    if kind == 1:
        return own, business, chance.choice(_FORMS)
    if kind == 2:
        return (*[part for part in own if not part.isdigit()], str(chance.randrange(2, 99))), business, form
    return (own[0], chance.choice(_PLACES)), business, form


def _trade(business: str) -> str:
    """One word for a business in three languages: a name translated is no other company."""
    return next(three.split("|")[0] for three in _BUSINESS if business in three.split("|"))


def _companies(chance: random.Random) -> Iterator[Name]:
    brands = list(dict.fromkeys(_brand(chance) for _ in range(14_000)))
    seen: set[str] = set()
    last: Name | None = None
    number = 0
    while True:
        number += 1
        like = last is not None and chance.random() < 0.12
        name = _siblings(chance, last, number) if like and last is not None else _fresh(chance, brands)
        key = " ".join((*sorted(name[0]), _trade(name[1]), _FORM_KEYS.get(name[2][0], name[2][0]))).casefold()
        if key not in seen:
            seen.add(key)
            last = name
            yield name


def generate(count: int = 100_000, seed: int = 5) -> tuple[list[str], list[int]]:
    """`count` names and, for each, the number of the company that bears it; about three pairs in ten names."""
    chance = random.Random(seed)
    rows: list[tuple[str, int]] = []
    used: set[str] = set()
    for company, name in enumerate(_companies(chance)):
        if len(rows) >= count:
            break
        if chance.random() < 0.04:
            han, latin = _chinese(chance, used)
            rows.append((han, company))
            if chance.random() < 0.4:
                rows.append((latin if chance.random() < 0.7 else latin.upper(), company))
            continue
        rows.append((_written(chance, name, False), company))
        for _ in range(chance.choices((0, 1, 2, 3), (78, 17, 4, 1))[0]):
            rows.append((_written(chance, name, True), company))
    rows = rows[:count]
    chance.shuffle(rows)
    return [name for name, _company in rows], [company for _name, company in rows]


def true_pairs(companies: list[int]) -> set[tuple[int, int]]:
    """The pairs of rows that name one company."""
    by_company: dict[int, list[int]] = {}
    for row, company in enumerate(companies):
        by_company.setdefault(company, []).append(row)
    return {(a, b) for rows in by_company.values() for at, a in enumerate(rows) for b in rows[at + 1:]}
