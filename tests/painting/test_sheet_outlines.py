"""The sheets shown over a chart are those that the PDF has: same windows, same scale, same order."""

from __future__ import annotations

import numpy as np
import pytest

from ewglink.painting import pages
from ewglink.painting.page_setup import PageSetup
from ewglink.painting.sheet_outlines import sheet_outlines
from ewglink.painting.sheets import pages_of, plan_of
from tests.charts.made_up import spent_batteries

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("setup", [PageSetup(), PageSetup(page="a4"), PageSetup(page="a4", across=3, down=2),
                                   PageSetup(page="a3", scale=140.0, header="{case}")])
def test_the_printed_part_is_the_window_of_the_page(setup: PageSetup) -> None:
    scene = pages.scene_of(spent_batteries())
    found, made = sheet_outlines(scene, setup), pages_of(scene, setup)
    assert len(found) == len(made)
    for outline, page in zip(found, made, strict=True):
        assert outline.printed == pytest.approx(page.windows[0].source)
        if len(made) > 1:
            assert outline.name == page.name
        paper = np.array(outline.paper)
        wide = (paper[2:] - paper[:2]) * 0.25 * plan_of(scene, setup).scale
        assert wide == pytest.approx(page.paper)
        assert (paper[:2] <= np.array(outline.printed[:2]) + 1e-6).all()
        assert (paper[2:] >= np.array(outline.printed[2:]) - 1e-6).all()
