"""Association matrices: signs, counts, triangles, two modes, and the sources of each cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewglink.model.progress import finish
from ewglink.store.ties import Tie
from ewglink.workspace.association import AssociationOptions, counted_links, matrix
from ewglink.workspace.association_sheet import associate, association_sheet
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.commands.merging import merge
from ewglink.workspace.workspace import Workspace

LABELS = {1: "Ana", 2: "Boris", 3: "Carla", 4: "Dan", 10: "Acme", 20: "+1 212 555 0101", 21: "+1 212 555 0102"}


def tie(link: int, kind: str, a: int, b: int, strength: int = 0, start: str | None = None) -> Tie:
    """A link as the store gives it."""
    return Tie(link, kind, a, b, 1, strength, start, None, None)


TIES = [
    tie(100, "family_of", 1, 2), tie(101, "associate_of", 2, 3, 1), tie(102, "director_of", 1, 10),
    tie(103, "employee_of", 4, 10), tie(104, "called", 20, 21, start="2025-05-01T10:00:00Z"),
    tie(105, "called", 20, 21, start="2025-06-01T10:00:00Z"), tie(106, "associate_of", 1, 2, 2, "2024-01-01")]
OWNERS = {20: (1,), 21: (3,)}


def signs(options: AssociationOptions, columns: list[int] | None = None) -> dict[tuple[int, int], str]:
    """The signs of the cells, the lower entity first."""
    made = matrix(counted_links(TIES, options, OWNERS), [1, 2, 3, 4], columns, options, LABELS)
    return {(min(key), max(key)): cell.sign for key, cell in made.cells.items()}


def test_signs_tell_confirmed_from_unconfirmed_from_shared() -> None:
    """Ana and Boris are family; Boris and Carla only perhaps; Ana and Dan share Acme; Ana's number called Carla's."""
    assert signs(AssociationOptions()) == {(1, 2): "●", (2, 3): "○", (1, 4): "+", (1, 3): "●"}


def test_counts_count_links_of_their_accounts_too() -> None:
    """Two calls between the numbers of Ana and Carla; without their accounts there is nothing."""
    options = AssociationOptions(shows="counts")
    assert signs(options) == {(1, 2): "2", (2, 3): "1", (1, 3): "2"}
    assert (1, 3) not in signs(AssociationOptions(shows="counts", through=False))


def test_filters_by_type_strength_and_date() -> None:
    """Each leaves out what it should; a link without a date may have held at any time."""
    assert signs(AssociationOptions(links="family_of")) == {(1, 2): "●"}
    assert (2, 3) not in signs(AssociationOptions(strength="confirmed"))
    later = AssociationOptions(shows="counts", start="2025-05-15", end="2025-12-31")
    assert signs(later)[1, 3] == "1" and signs(later)[1, 2] == "1"


def test_two_modes_hold_what_links_rows_to_columns() -> None:
    """Persons against the organization."""
    assert signs(AssociationOptions(), [10]) == {(1, 10): "●", (4, 10): "●"}


def test_a_triangle_holds_each_pair_once_below_the_diagonal() -> None:
    """In every order of the axis."""
    for order in ("links", "label", "together"):
        options = AssociationOptions(order=order)
        made = matrix(counted_links(TIES, options, OWNERS), [1, 2, 3, 4], None, options, LABELS)
        place = {item: at for at, item in enumerate(made.rows)}
        assert made.rows == made.columns and all(place[row] > place[column] for row, column in made.cells)
        assert made.cell(1, 2) is made.cell(2, 1)


def test_parties_of_one_load_are_in_contact() -> None:
    """An exporter and a receiver of the same movement, unless loads are left out."""
    loads = [tie(1, "exporter_of", 5, 50), tie(2, "receiver_of", 6, 50)]
    options = AssociationOptions()
    assert set(matrix(counted_links(loads, options, {}), [5, 6], None, options, {}).cells) == {(6, 5)}
    without = AssociationOptions(loads=False)
    assert not matrix(counted_links(loads, without, {}), [5, 6], None, without, {}).cells


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two companies and their directors."""
    source = tmp_path / "directors.csv"
    source.write_text("Company;Director\nAcme;Jane Doe\nBeta;Jane Doe\nBeta;Juan Pérez\n", encoding="utf-8")
    spec = {"ewglink_spec": 1, "name": "d", "namespace": "case", "entities": {
        "company": {"type": "organization", "key": "Company"}, "director": {"type": "person", "key": "Director"}},
        "links": [{"type": "director_of", "from": "director", "to": "company"}]}
    made = Workspace.create(tmp_path / "case.ewg", "Directors")
    finish(import_files(made, [ImportRequest(source, spec=spec)], in_process=True))
    yield made  # type: ignore[misc]
    made.close()


def test_evidence_names_the_file_and_row(workspace: Workspace) -> None:
    """Each link of a cell says where it was read."""
    sheet = association_sheet(workspace, AssociationOptions(rows="person", columns="organization"))
    found = {(row[1], row[2]): row[6] for row in sheet.tables[2].rows}
    assert found == {("Jane Doe", "Acme"): "directors.csv:2", ("Jane Doe", "Beta"): "directors.csv:3",
                     ("Juan Pérez", "Beta"): "directors.csv:4"}


def test_merged_entities_stand_once(workspace: Workspace) -> None:
    """After a merge the survivor has the links of both."""
    jane, juan = (workspace.case.items.named(name)[0].id for name in ("Jane Doe", "Juan Pérez"))
    workspace.do(merge(workspace.case, workspace.schema, [jane, juan], jane))
    found = associate(workspace, AssociationOptions(rows="person", columns="organization"))
    assert found.matrix.rows == (jane,)
