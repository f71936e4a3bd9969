"""Made-up charts that tests and benchmarks draw."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from ewglink.drawing.content import ChartContent, When
from ewglink.reference.schema_files import builtin_schema

_ENTITIES = [
    ("organization", "Northgate Battery Recovery Ltd.", 0, 0),
    ("organization", "Cascadia Metals Brokerage Inc.", 300, -40),
    ("organization", "Fundidora del Norte S.A. de C.V.", 620, 20),
    ("person", "María Fernanda Ortega-Villaseñor", 300, 190),
    ("person", "J. Tremblay", -230, -110),
    ("facility", "Northgate yard, Surrey BC (ON0001234567)", -230, 110),
    ("facility", "Planta Monterrey", 820, -110),
    ("movement", "Movement ZZ 10231-4: 21 400 kg spent lead-acid batteries", 300, -230),
    ("movement", "Movement ZZ 10232-2", 480, -230),
    ("container", "CSQU3054383", 120, -240),
    ("vessel", "MV Grey Heron (ex Star Pacific)", 640, -260),
    ("vehicle", "Truck 4T-881", 60, 210),
    ("waste", "Spent lead-acid batteries, drained", 470, 330),
    ("consent", "Consent 123456E00001", 0, -230),
    ("manifest", "123456789ELC", -150, -290),
    ("account", "+52 686 555 0301", 560, 190),
    ("account", "maria@example.invalid", 140, 300),
    ("location", "Port of Manzanillo", 800, 130),
    ("event", "Inspection at Pacific Highway crossing, 14 March 2025", -90, 310),
    ("document", "Weighbridge tickets 2025-Q1", -330, 270),
]
_LINKS = [
    (4, 0, "director_of", 1, 0), (0, 5, "operates", 1, 0), (0, 1, "acts_for", 1, 1), (1, 0, "paid", 1, 0),
    (0, 1, "called", 3, 0), (1, 2, "acts_for", 1, 2), (3, 1, "officer_of", 1, 0), (3, 2, "employee_of", 1, 1),
    (2, 6, "operates", 1, 0), (7, 9, "carried_in", 1, 0), (9, 10, "carried_by", 1, 0), (0, 7, "exporter_of", 1, 0),
    (2, 7, "receiver_of", 1, 0), (2, 8, "receiver_of", 1, 2), (8, 10, "carried_by", 1, 1), (7, 13, "moved_under", 1, 0),
    (14, 13, "mentions", 1, 0), (3, 15, "uses_phone", 1, 0), (3, 16, "has_account", 1, 1), (15, 15, "called", 1, 0),
    (10, 17, "arrived_at", 1, 0), (11, 5, "located_at", 0, 0), (0, 18, "participated_in", 0, 0),
    (19, 18, "mentions", 1, 0), (3, 12, "associate_of", 0, 2),
]


def _names(language: str) -> tuple[dict[str, str], dict[str, str]]:
    schema = builtin_schema()
    return ({key: one.label(language) for key, one in schema.entity_types.items()},
            {key: one.phrase(language) for key, one in schema.link_types.items()})


def spent_batteries(language: str = "en", marking: str = "TRAINING – made-up data") -> ChartContent:
    """A made-up chart of 20 entities, with parallel links, a self-link and every strength."""
    keys = tuple(dict.fromkeys(key for key, *_rest in _ENTITIES))
    link_keys = tuple(dict.fromkeys(link[2] for link in _LINKS))
    names, link_names = _names(language)
    ends = np.array([(a, b) for a, b, *_rest in _LINKS], np.int32)
    return ChartContent(
        np.arange(1, len(_ENTITIES) + 1, dtype=np.int64), np.array([keys.index(one[0]) for one in _ENTITIES], np.int32),
        keys, [one[1] for one in _ENTITIES], np.array([(x, y) for *_rest, x, y in _ENTITIES], float),
        np.zeros(len(_ENTITIES), np.uint8), np.arange(1001, 1001 + len(_LINKS), dtype=np.int64), ends,
        np.array([link_keys.index(one[2]) for one in _LINKS], np.int32), link_keys,
        np.array([one[3] for one in _LINKS], np.int8), np.array([one[4] for one in _LINKS], np.int8),
        ["" for _one in _LINKS], type_names=names, link_type_names=link_names, title="Spent batteries: who moved what",
        case_title="GREY CELL", subtitle="Movements between January and March 2025", marking=marking,
        facts=(("Prepared by", "Training unit"), ("Case file", "grey-cell.ewg")), language=language)


def random_network(entities: int, links: int, seed: int = 1, spread: float = 110.0) -> ChartContent:
    """A made-up network of any size: clusters on a plane, links mostly near by."""
    rng = np.random.default_rng(seed)
    schema = builtin_schema()
    keys = tuple(schema.entity_types)
    link_keys = tuple(schema.link_types)[:12]
    side = int(np.ceil(np.sqrt(entities)))
    grid = np.stack(np.divmod(np.arange(entities), side), axis=1)[:, ::-1]
    xy = (grid + rng.uniform(-0.28, 0.28, (entities, 2))) * np.array([spread * 1.6, spread])
    a = rng.integers(0, entities, links)
    step = rng.integers(1, 3, links) + side * rng.integers(0, 3, links)
    b = np.minimum(entities - 1, a + step)
    a = np.where(a == b, np.maximum(0, a - 1), a)
    words = ("Metals", "Northern", "Recovery", "Logística", "Transport", "Pacific", "Trading", "Fundidora", "Export")
    labels = [f"{words[i % 9]} {words[(i * 7 + 3) % 9]} {i}" for i in range(entities)]
    names, link_names = _names("en")
    return ChartContent(
        np.arange(1, entities + 1, dtype=np.int64), rng.integers(0, len(keys), entities).astype(np.int32), keys, labels,
        xy, np.zeros(entities, np.uint8), np.arange(links, dtype=np.int64) + 10**7,
        np.stack([a, b], axis=1).astype(np.int32), rng.integers(0, len(link_keys), links).astype(np.int32), link_keys,
        rng.choice(np.array([0, 1, 1, 1], np.int8), links), rng.choice(np.array([0, 0, 0, 1, 2], np.int8), links),
        [""] * links, type_names=names, link_type_names=link_names, title=f"{entities} entities", case_title="Made up")


_THEMES = ["María Fernanda Ortega-Villaseñor", "J. Tremblay", "Northgate Battery Recovery Ltd.", "Cascadia Metals Inc.",
           "Fundidora del Norte S.A. de C.V.", "MV Grey Heron", "+52 686 555 0301", "Truck 4T-881", "CSQU3054383",
           "R. Delacroix"]
_THEME_TYPES = ["person", "person", "organization", "organization", "organization", "vessel", "account", "vehicle",
                "container", "person"]
_HAPPENED = ["Meeting at the yard", "Container loaded", "Departure from Surrey BC", "Inspection at the crossing",
             "Arrival at Manzanillo", "Seizure of 14 drums", "Notice sent", "Weighing"]


def timeline(language: str = "en", events: int = 25, seed: int = 3, **options: object) -> ChartContent:
    """A made-up timeline: ten subjects, dated events in which two to four take part, and a dozen dated calls."""
    rng = np.random.default_rng(seed)
    names, link_names = _names(language)
    keys = tuple(dict.fromkeys([*_THEME_TYPES, "event", "movement"]))
    types = [keys.index(key) for key in _THEME_TYPES]
    types += [keys.index("movement" if number % 4 == 0 else "event") for number in range(events)]
    labels = _THEMES + [f"{_HAPPENED[number % len(_HAPPENED)]} ({number + 1})" for number in range(events)]
    begin = datetime(2025, 1, 6, 8, 0)
    days = np.sort(rng.integers(0, 170, events))
    ends, link_types, when = [], [], {}
    for number in range(events):
        when[10 + number] = When(begin + timedelta(days=int(days[number]), hours=int(rng.integers(0, 10))),
                                 precision=4 if number % 3 else 3)
        for theme in sorted(rng.choice(10, int(rng.integers(2, 5)), replace=False).tolist()):
            ends.append((theme, 10 + number))
            link_types.append(0)
    link_when = {}
    for _call in range(12):
        a, b = rng.choice(10, 2, replace=False).tolist()
        link_when[len(ends)] = When(begin + timedelta(days=int(rng.integers(0, 170))), precision=3)
        ends.append((a, b))
        link_types.append(1)
    count, size = len(ends), 10 + events
    return ChartContent(
        np.arange(1, size + 1, dtype=np.int64), np.array(types, np.int32), keys, labels, rng.uniform(0, 900, (size, 2)),
        np.zeros(size, np.uint8), np.arange(1001, 1001 + count, dtype=np.int64), np.array(ends, np.int32),
        np.array(link_types, np.int32), ("participated_in", "called"), np.ones(count, np.int8),
        np.zeros(count, np.int8), [""] * count, type_names=names, link_type_names=link_names, language=language,
        title="Who met when", case_title="GREY CELL", when=when, link_when=link_when,
        settings={"kind": "timeline", "timeline": options})
