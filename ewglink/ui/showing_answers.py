"""The panels that answer questions by tables and pictures, made when they are first asked for."""

from __future__ import annotations

from typing import Any

from ewglink.ui.panels.panel import Panel


def answer_panel(name: str, window: Any) -> Panel:
    """The map, or the panel of association matrices, telephone toll, flow charts or hypotheses."""
    session = window.session
    if name == "map":
        from ewglink.ui.panels.map_panel import MapPanel

        return MapPanel(session, window.charts, window.filtering)
    if name == "association":
        from ewglink.ui.panels.association_panel import AssociationPanel

        return AssociationPanel(session)
    if name == "toll":
        from ewglink.ui.panels.toll_panel import TollPanel

        return TollPanel(session)
    if name == "flow":
        from ewglink.ui.panels.flow_panel import FlowPanel

        return FlowPanel(session)
    from ewglink.ui.panels.hypotheses_panel import HypothesesPanel

    return HypothesesPanel(session)
