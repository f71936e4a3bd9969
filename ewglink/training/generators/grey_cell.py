"""GREY CELL: spent lead-acid batteries from Texas and Michigan, a refused notice, and where the loads went instead."""

from __future__ import annotations

from ewglink.training.contract import WorkshopCase
from ewglink.training.generators._grey_cell_answers import answers
from ewglink.training.generators._grey_cell_movements import CONSENT_COLUMNS, CONSENTS, MOVEMENT_COLUMNS, movements
from ewglink.training.generators._grey_cell_parties import PARTY_COLUMNS, doubles, links, parties, people
from ewglink.training.numbers import Dice, table


class GreyCell:
    """The generator. All parties are fictional; numbers hold by their own rules except where an error is planted."""

    key = "grey-cell"

    def generate(self, seed: int = 1, messy: bool = True) -> WorkshopCase:
        """Five files and the answers."""
        dice = Dice(seed)
        loads = movements(dice)
        firms, persons, ties = parties(dice, messy), people(messy), links(messy)
        files = {
            "parties.csv": table(PARTY_COLUMNS, firms),
            "people.csv": table(("person_id", "name"), persons),
            "links.csv": table(("source", "target", "type"), ties),
            "consents.csv": table(CONSENT_COLUMNS, (consent.row() for consent in CONSENTS)),
            "movements.csv": table(MOVEMENT_COLUMNS, (load.row(key) for key, load in loads.items())),
        }
        return WorkshopCase(self.key, files, answers(seed, firms, ties, doubles(messy), loads))


MEMBER = GreyCell()
