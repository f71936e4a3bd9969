"""Places of entities and tracks of vessels: how exactly each is known, silences, and the 180th meridian."""

from __future__ import annotations

import numpy as np
import pytest

from ewglink.drawing.map_view import MERCATOR, PLATE, MapView, projected, unprojected
from ewglink.reference.code_lists import ports
from ewglink.reference.world_map import country_anchors, world_map
from ewglink.workspace.map_figure import gathered
from ewglink.workspace.places_of_items import Exactness, place_of
from ewglink.workspace.tracks_of_items import Track, runs, thinned


@pytest.mark.parametrize(("said", "exactness", "where"), [
    ({"latitude": 49.29, "longitude": -123.11, "country": "CA"}, Exactness.COORDINATES, (49.29, -123.11)),
    ({"latitude": 123.0, "longitude": 10.0, "unlocode": "US LRD"}, Exactness.PORT, "USLRD"),
    ({"country": "México", "address": "Av. Monterrey 2210, Nuevo Laredo, Tamps. 88260"}, Exactness.CITY, "MXNLD"),
    ({"flag": "PA"}, Exactness.COUNTRY, "PA"),
])
def test_the_most_exact_place_is_taken_and_said(said: dict[str, object], exactness: Exactness, where: object) -> None:
    """Coordinates, port, city, country; what no coordinates can be is not used."""
    found = place_of(7, said)
    assert found is not None and found.of == 7
    at = where if isinstance(where, tuple) else (
        (ports()[where].latitude, ports()[where].longitude) if len(str(where)) == 5 else country_anchors()[str(where)])
    assert found.exactness is exactness
    assert (found.latitude, found.longitude) == at


def test_a_province_in_an_address_is_no_city_of_that_name() -> None:
    """Québec after a town is the province, not the city."""
    found = place_of(1, {"country": "CA", "address": "1355, rue de l'Affinerie, Sainte-Catherine (Québec) J5C 1B7"})
    assert found is not None and found.exactness is Exactness.SUBDIVISION


def test_states_of_mexico_are_known_by_how_addresses_shorten_them() -> None:
    """N.L. is Nuevo León, among whose listed places it stands."""
    found = place_of(1, {"country": "MX", "address": "Carretera a García km 4.5, N.L. 66350"})
    assert found is not None and found.exactness is Exactness.SUBDIVISION
    listed = [port for port in ports().values() if port.code[:2] == "MX" and port.subdivision == found.said]
    assert min(one.latitude or 0 for one in listed) <= found.latitude <= max(one.latitude or 0 for one in listed)


def test_what_says_nothing_of_a_place_has_none() -> None:
    """No country, no place."""
    assert place_of(1, {"name": "Somebody", "address": "Main Street 5"}) is None


def test_the_map_holds_the_world_and_stays_on_it() -> None:
    """Land within ±180°, no line from one edge to the other, the countries where they are."""
    for scale in ("110m", "50m"):
        world = world_map(scale)  # type: ignore[arg-type]
        for lines in (world.land, world.coast, world.border):
            assert np.abs(lines.points[:, 0]).max() <= 180.001 and np.abs(lines.points[:, 1]).max() <= 90.001
        for lines in (world.coast, world.border):
            jumps = [np.abs(np.diff(lines.line(at)[:, 0])).max(initial=0) for at in range(len(lines))]
            assert max(jumps) < 180
        assert {"CA", "MX", "US", "CN", "RU", "FJ"} <= set(world.codes)
    latitude, longitude = country_anchors()["MX"]
    assert 18 < latitude < 30 and -110 < longitude < -95


@pytest.mark.parametrize("projection", [MERCATOR, PLATE])
def test_projections_and_windows_go_there_and_back(projection: str) -> None:
    """Degrees to the window and back; zooming keeps what is under the cursor."""
    points = np.array([[-123.1, 49.3], [0.0, 0.0], [114.1, 22.3], [-70.0, -55.0]])
    assert np.allclose(unprojected(projected(points, projection), projection), points)
    view = MapView(800, 500, projection=projection).fitted(points)
    at = view.to_window(points)
    assert (at >= 0).all() and (at <= (800, 500)).all()
    before = view.to_degrees((200.0, 100.0))
    assert view.zoomed(3.0, (200.0, 100.0)).to_degrees((200.0, 100.0)) == pytest.approx(before)


def test_the_scale_bar_is_true_at_the_equator() -> None:
    """A degree there is 111.19 km."""
    km, long = MapView(800, 500, scale=10.0).scale_bar()
    assert km in (1000.0, 500.0, 2000.0, 5000.0) and long == pytest.approx(km / 111.195 * 10, rel=1e-3)


def test_a_track_is_parted_by_silences_and_never_crosses_the_map() -> None:
    """Four positions, a silence, two more, then over the 180th meridian."""
    hours = np.array([0, 1, 2, 3, 40, 41, 42, 43], float) * 3600
    points = np.array([[170.0, 10], [171, 10], [172, 10], [173, 10], [177, 10], [179, 10], [-179, 10], [-178, 10]])
    silent = np.r_[False, np.diff(hours) >= 12 * 3600]
    track = Track(1, "vessel", points, hours, silent)
    assert runs(track) == [(0, 3, False), (3, 4, True), (4, 5, False), (6, 7, False)]


def test_thinning_keeps_ends_and_strays_little() -> None:
    """A thousand points of a circle become few, all near it."""
    angle = np.linspace(0, 6, 1000)
    points = np.column_stack([np.cos(angle), np.sin(angle)]) * 50
    rows = thinned(points, 2.0)
    assert rows[0] == 0 and rows[-1] == 999 and len(rows) < 250
    assert np.hypot(*np.diff(points[rows], axis=0).T).max() < 6


def test_clusters_take_every_point_once() -> None:
    """Whatever lies in view is in exactly one cluster."""
    at = np.random.default_rng(5).uniform(0, 400, (500, 2))
    found = gathered(at, np.ones(500, bool))
    assert sorted(row for rows in found for row in rows) == list(range(500)) and len(found) < 250


def test_circles_of_clusters_do_not_lie_over_each_other() -> None:
    from ewglink.workspace.map_figure import _radius, gathered, kept_apart

    at = np.random.default_rng(3).uniform(0, 600, (1500, 2))
    clusters = kept_apart(at, gathered(at, np.ones(len(at), bool)))
    assert sorted(row for rows in clusters for row in rows) == list(range(len(at)))
    middles = np.array([at[rows].mean(axis=0) for rows in clusters])
    radii = np.array([_radius(len(rows)) for rows in clusters])
    apart = np.hypot(*(middles[:, None] - middles[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert (apart >= radii[:, None] + radii[None]).all()
    assert len(clusters) > 50
