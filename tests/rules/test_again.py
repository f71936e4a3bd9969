"""A re-run after any change says what a run of everything would: the same findings, dispositions and open questions."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.store.findings import findings
from ewglink.workspace.checking import Checked, check, judge
from ewglink.workspace.commands.findings import dispose
from ewglink.workspace.commands.importing import import_files
from ewglink.workspace.commands.items import add_entity, add_link, delete_items, set_property
from ewglink.workspace.commands.merging import merge, unmerge
from ewglink.workspace.demo import build_demo
from ewglink.workspace.import_plan import ImportRequest
from ewglink.workspace.workspace import Workspace

DAY = date(2025, 10, 31)
PARTIES = ("organization", "facility", "person")
VALUES: dict[str, dict[str, list[Any]]] = {
    "movement": {"ship_date": ["2024-07-01", "2024-09-15", "2025-03-02", "2025-07-01"], "mtn": ["000000001TRN", "12"],
                 "delivered_date": ["2024-07-09", "2025-03-09", "2024-01-01"], "receipt_date": ["2024-09-20"],
                 "hs": ["854911", "780200"], "rejection": [True, False], "transit_countries": ["GT"],
                 "declared": ["R-134a", "scrap"], "reference": ["M9"]},
    "movement_line": {"quantity": [1, 20_000, 600_000], "unit": ["kg", "lb", "L", "drum"], "un": ["UN2794", "UN3077"],
                      "us_consent_no": ["240117E00001", "240200E00001", "999999E00001"], "density": [1.2],
                      "epa_waste": [["D002", "D008"], ["D004"]], "quantity_received": [0, 17_000],
                      "op_code": ["R4", "D1"]},
    "consent_stream": {"quantity": [1_000, 900_000], "unit": ["kg", "lb"], "shipments": [1, 50], "un": ["UN2794"],
                       "valid_from": ["2024-07-01", "2025-01-01"], "valid_to": ["2025-06-30", "2026-12-31"],
                       "determination": ["CONSENTED", "OBJECTED"], "us_consent_no": ["240117E00001", "777777E00001"],
                       "quantity_actual": [5_000], "epa_waste": [["D002", "D008"], ["D008"]]},
    "notice": {"submitted": ["2024-01-01", "2024-06-25"], "country": ["US", "CA"]},
    "organization": {"country": ["US", "MX", "CA"], "roles": [["broker"], ["exporter", "generator"]],
                     "capacity_kg": [1_000, 500_000], "valid_to": ["2024-08-31"], "address": ["1 Main St, Laredo TX"]},
    "location": {"country": ["GT"], "unlocode": ["USELP"]},
}
REFRIGERANTS: dict[str, dict[str, list[Any]]] = {
    "movement": {"arrival": ["2025-02-03", "2025-06-20", "2026-01-01"], "filed": ["2025-01-20", "2025-06-15"],
                 "declared": ["R-134a", "CFC-12", "R-404A in transit", "reclaimed R-22", "parts"],
                 "lab_result": ["R-12", "HFC-134a", "inconclusive"], "cylinder": ["refillable", "DOT-39", "blue"],
                 "hs": ["290345", "382761", "841590"], "mode": ["sea", "road"]},
    "movement_line": {"quantity": [1, 20_000], "unit": ["kg", "lb", "drum"], "description": ["R-410A", "R-22"],
                      "container_type": ["non-refillable", "ISO tank"], "hs": ["290371"]},
    "organization": {"country": ["US", "MX", "CA"], "roles": [["free_zone_operator"], ["importer"]]},
    "allowance": {"allowance_mteve": [10, 900_000], "year": [2024, 2025]},
}
TIES = {"movement": ("exporter_of", "importer_of", "receiver_of", "carrier_of", "generator_of"),
        "consent_stream": ("authorises_exporter", "authorises_importer", "authorises_carrier",
                           "authorises_final_facility"), "party": ("owns", "operates", "acts_for")}


class Hand:
    """Somebody who changes a case at random, always the same for a seed."""

    values = VALUES

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace, self.chance, self.made = workspace, random.Random(seed), 0
        self.steps: list[Callable[[], None]] = [
            self.load, self.load, self.load, self.change, self.change, self.change, self.tie, self.tie, self.delete,
            self.merge, self.unmerge, self.undo, self.judge, self.consent, self.declare, self.hand_over, self.share,
            self.decide, self.drive]

    def ids(self, *types: str) -> list[int]:
        marks = ", ".join("?" * len(types))
        with self.workspace.case.reading() as connection:
            return [row[0] for row in connection.exec_driver_sql(
                f"SELECT id FROM item WHERE canonical_id IS NULL AND type IN ({marks}) ORDER BY id", types)]

    def one(self, *types: str) -> int:
        return self.chance.choice(self.ids(*types))

    def add(self, kind: str, **values: Any) -> int:
        self.made += 1
        changeset, item = add_entity(self.workspace.case, kind, f"{kind} {self.made}", values)
        self.workspace.do(changeset)
        return item

    def link(self, kind: str, a: int, b: int, start: str | None = None) -> int:
        changeset, item = add_link(self.workspace.case, kind, a, b, start=start)
        self.workspace.do(changeset)
        return item

    def day(self) -> str:
        return str(date(2024, 7, 1) + timedelta(days=self.chance.randrange(400)))

    # steps

    def load(self) -> None:
        """A new load, under a consent or not."""
        shipped = self.day()
        later = str(date.fromisoformat(shipped) + timedelta(days=4))
        load = self.add("movement", ship_date=shipped, delivered_date=later,
                        **self.chance.choice([{}, {"mtn": f"{self.made % 3:09}TRN"},
                                              {"hs": "290345", "declared": "R-22"}]))
        line = self.add("movement_line", quantity=self.chance.choice([1, 20_000]), unit="kg", un="UN2794",
                        epa_waste=["D002", "D008"], **self.chance.choice([{}, {"us_consent_no": "240117E00001"}]))
        self.link("contains", load, line)
        for kind in self.chance.sample(TIES["movement"], 3):
            self.link(kind, self.one(*PARTIES), load)
        streams = self.ids("consent_stream")
        if streams and self.chance.random() < 0.5:
            self.link("moved_under", line, self.chance.choice(streams))
        if self.chance.random() < 0.5:
            self.link("departed_from", load, self.one("location"))

    def change(self) -> None:
        """Another value of something."""
        kind = self.chance.choice([kind for kind in self.values if self.ids(kind)])
        key = self.chance.choice(sorted(self.values[kind]))
        self.workspace.do(set_property(self.workspace.case, self.one(kind), key,
                                       self.chance.choice(self.values[kind][key])))

    def tie(self) -> None:
        """One more link between what is there."""
        kind = self.chance.choice([kind for kind in TIES if kind == "party" or self.ids(kind)])
        other = self.one(*PARTIES) if kind == "party" else self.one(kind)
        ends = (other, self.one(*PARTIES)) if kind == "consent_stream" else (self.one(*PARTIES), other)
        self.link(self.chance.choice(TIES[kind]), *ends)

    def delete(self) -> None:
        """A link (or seldom a load) less."""
        kinds = [kind for kind in (*TIES["movement"], "moved_under", "contains", "carried_in") if self.ids(kind)]
        item = self.one(*kinds) if self.chance.random() < 0.9 else self.one("movement")
        self.workspace.do(delete_items(self.workspace.case, [item]))

    def merge(self) -> None:
        """Two firms made one."""
        firms = self.ids("organization")
        with suppress(Refusal):
            self.workspace.do(merge(self.workspace.case, self.workspace.schema, self.chance.sample(firms, 2)))

    def unmerge(self) -> None:
        """What was merged last, apart again."""
        with self.workspace.case.reading() as connection:
            row = connection.exec_driver_sql("SELECT constituent FROM merge ORDER BY id DESC LIMIT 1").first()
        if row is not None:
            self.workspace.do(unmerge(self.workspace.case, row[0]))

    def undo(self) -> None:
        """Steps back, and some of them forth."""
        for _ in range(self.chance.randrange(1, 4)):
            self.workspace.undo()
        if self.chance.random() < 0.3:
            self.workspace.redo()

    def judge(self) -> None:
        """A disposition."""
        every = findings(self.workspace.case)
        if every:
            self.workspace.do(dispose(self.workspace, [self.chance.choice(every).id],
                                      self.chance.choice(["confirmed", "explained", "false"]), "seen"))

    def consent(self) -> None:
        """A new consent."""
        number = self.chance.choice(["240117E00001", f"{self.made:06}E00001"])
        decided = self.chance.choice(["CONSENTED", "OBJECTED"])
        stream = self.add("consent_stream", us_consent_no=number, determination=decided, quantity=40_000,
                          unit="kg", shipments=3, valid_from="2024-07-01", valid_to="2025-06-30",
                          un="UN2794", epa_waste=["D002", "D008"])
        for kind in TIES["consent_stream"]:
            self.link(kind, stream, self.one("organization"))

    def declare(self) -> None:
        """A customs record, of a party or of nobody."""
        record = self.add("document", document_type="customs_declaration", hs="854911", date=self.day(), country="US",
                          net_kg=self.chance.choice([1, 20_000]), direction=self.chance.choice(["export", "import"]))
        if self.chance.random() < 0.8:
            self.link("exporter_of", self.one("organization"), record)
        if self.chance.random() < 0.3:
            self.link("declared_as", self.one("movement"), record)

    def hand_over(self) -> None:
        """A step of custody; it names the load in what it says."""
        step = self.link("handed_to", self.one("organization"), self.one("organization"))
        load = self.workspace.case.items.row("item", id=self.one("movement"))
        assert load is not None
        for key, value in (("movement", load["label"]), ("order", self.chance.randrange(3)),
                           ("signed_date", self.chance.choice(["2024-08-01T10:00", "2024-08-05T10:00"]))):
            self.workspace.do(set_property(self.workspace.case, step, key, value))

    def decide(self) -> None:
        """A decision of an authority, with a day or without."""
        kinds = [kind for kind in ("notice", "consent_stream", "consent") if self.ids(kind)]
        if kinds:
            self.link(self.chance.choice(["grants", "suspends", "revokes", "objects_to"]), self.one("organization"),
                      self.one(self.chance.choice(kinds)), self.chance.choice([None, self.day()]))

    def drive(self) -> None:
        """One driver on two loads, seen in two places far from each other."""
        driver = self.one("person") if self.ids("person") else self.add("person", driver_licence="NL-1")
        for latitude in (27.5, -33.0):
            load, place = self.one("movement"), self.add("location", latitude=latitude, longitude=-99.5)
            self.link("carrier_of", driver, load)
            self.link("arrived_at", load, place, self.chance.choice([None, f"{self.day()}T10:00"]))

    def share(self) -> None:
        """One container on two loads."""
        box = self.one("container") if self.ids("container") else self.add("container")
        for _ in range(2):
            self.link("carried_in", self.one("movement"), box)


class Importer(Hand):
    """The same with a case about refrigerants."""

    values = REFRIGERANTS

    def __init__(self, workspace: Workspace, seed: int) -> None:
        super().__init__(workspace, seed)
        self.steps = [self.shipment, self.shipment, self.change, self.change, self.change, self.tie, self.delete,
                      self.merge, self.unmerge, self.undo, self.judge, self.share, self.allow]

    def shipment(self) -> None:
        """A new load, declared as something."""
        came = self.day()
        load = self.add("movement", arrival=came, filed=str(date.fromisoformat(came) - timedelta(days=8)),
                        **{key: self.chance.choice(REFRIGERANTS["movement"][key]) for key in ("declared", "cylinder")})
        self.link("contains", load, self.add("movement_line", quantity=self.chance.choice([10, 9_000]), unit="kg"))
        for kind in ("importer_of", "exporter_of"):
            self.link(kind, self.one("organization"), load)

    def allow(self) -> None:
        """One more allowance."""
        self.link("holds", self.one("organization"), self.add("allowance", year=2025, allowance_mteve=5_000))


def checked(workspace: Workspace) -> Checked:
    done = finish(check(workspace, None, DAY))
    assert done is not None
    return done


def differences(workspace: Workspace) -> list[Any]:
    """What a run of everything would change; nothing, where the last run has left nothing out."""
    judged = finish(judge(workspace, None, DAY, whole=True))
    assert judged is not None
    return list(judged.changeset.changes)


@pytest.fixture(scope="module")
def cold_front(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo COLD FRONT with the rules run."""
    path = build_demo("cold-front", tmp_path_factory.mktemp("cold"), "en")
    with Workspace.open(path) as workspace:
        checked(workspace)
    return path


@pytest.fixture
def importer(cold_front: Path, tmp_path: Path) -> Iterator[Callable[[int], Hand]]:
    opened = []

    def start(seed: int) -> Hand:
        opened.append(Workspace.open(shutil.copy(cold_front, tmp_path / f"cold{seed}.ewg")))
        return Importer(opened[-1], seed)

    yield start
    for workspace in opened:
        workspace.close()


@pytest.fixture
def hand(grey_cell: Path, tmp_path: Path) -> Iterator[Callable[[int], Hand]]:
    opened = []

    def start(seed: int) -> Hand:
        path = shutil.copy(grey_cell, tmp_path / f"case{seed}.ewg")
        opened.append(Workspace.open(path))
        return Hand(opened[-1], seed)

    yield start
    for workspace in opened:
        workspace.close()


def follow(hand: Hand, steps: int) -> int:
    """Change the case so many times, checking now and then; how many re-runs left something out."""
    spared = 0
    for no in range(steps):
        step = hand.chance.choice(hand.steps)
        step()
        if no % hand.chance.choice([1, 1, 2]) == 0:
            spared += not checked(hand.workspace).whole
            assert differences(hand.workspace) == [], f"step {no}: {step.__name__}"
    return spared


@pytest.mark.parametrize("seed", [1, 2])
def test_a_re_run_says_what_a_whole_run_would(hand: Callable[[int], Hand], seed: int) -> None:
    assert follow(hand(seed), 25) > 8


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3, 40))
def test_a_re_run_says_what_a_whole_run_would_after_many_changes(hand: Callable[[int], Hand], seed: int) -> None:
    follow(hand(seed), 60)


@pytest.mark.parametrize("seed", [1])
def test_so_it_does_of_refrigerants(importer: Callable[[int], Hand], seed: int) -> None:
    assert follow(importer(seed), 20) > 5


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 16))
def test_so_it_does_of_refrigerants_after_many_changes(importer: Callable[[int], Hand], seed: int) -> None:
    follow(importer(seed), 50)


def test_the_same_files_again_change_no_finding(grey_cell: Path, tmp_path: Path) -> None:
    """Neither by the re-run after the import nor by a run of everything: objects, values, inputs and dispositions."""
    paths = sorted(path for path in (grey_cell.parent / "files").iterdir() if path.suffix in (".csv", ".json", ".xlsx"))
    with Workspace.open(Path(shutil.copy(grey_cell, tmp_path / "twice.ewg"))) as workspace:
        workspace.do(dispose(workspace, [findings(workspace.case)[0].id], "explained", "seen"))
        before = findings(workspace.case)
        assert len(before) > 50
        for _ in range(2):
            finish(import_files(workspace, [ImportRequest(path) for path in paths]))
            checked(workspace)
            assert findings(workspace.case) == before
            assert differences(workspace) == []
