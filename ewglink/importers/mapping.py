"""A specification made ready for one table: rows become drafts of entities and links."""

from __future__ import annotations

from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Part, Problem, Row
from ewglink.importers.entity_roles import Complaint, RoleMaker
from ewglink.importers.link_roles import LinkMaker
from ewglink.importers.specification import Specification
from ewglink.model.schema import Schema
from ewglink.text import N_, message


class Mapping:
    """A specification made ready for the table `part` of a case with `schema`; a `Refusal` where they do not fit."""

    def __init__(self, spec: Specification, part: Part, schema: Schema) -> None:
        spec.check(part.columns, schema)
        self.spec, self.part = spec, part
        self.roles = [(role.role, RoleMaker(spec, role, part, schema)) for role in spec.entities]
        self.links = [(LinkMaker(spec, link, part, schema), link.a, link.b) for link in spec.links]

    def remarks(self) -> list[Problem]:
        """What is to be said of the table as a whole: columns whose dates could be read two ways."""
        readers = [reader for _name, role in self.roles for reader in role.readers()]
        for link, _a, _b in self.links:
            readers += [reader for reader in (link.start, link.end) if reader is not None]
        columns = dict.fromkeys(one.value.column for one in readers if one.ambiguous and one.value.column)
        words = N_("No date in “{column}” tells day from month; they are read as month/day/year.")
        return [
            Problem(self.part.name, None, None, column, "ambiguous_dates", message(words, column=column))
            for column in columns
        ]

    def draft(self, row: Row) -> Drafted:
        """What the row says."""
        cells = row.cells
        complaints: list[Complaint] = []
        made: dict[str, tuple[EntityDraft, ...]] = {}
        entities: list[EntityDraft] = []
        for name, role in self.roles:
            drafts, complained = role.made(cells)
            made[name] = drafts
            if drafts:
                entities += drafts
            if complained:
                complaints += complained
        links: list[LinkDraft] = []
        for link, a, b in self.links:
            link.made(cells, made[a], made[b], links, complaints)
        if entities and not complaints:
            return Drafted(row, tuple(entities), tuple(links))
        return self._complained(row, entities, links, complaints)

    @staticmethod
    def _complained(
        row: Row, entities: list[EntityDraft], links: list[LinkDraft], complaints: list[Complaint]
    ) -> Drafted:
        rejected = any(rejects for *_rest, rejects in complaints)
        if not entities and not rejected:
            complaints.append((None, "nothing_in_row", message(N_("The row names nothing; it is not imported.")), True))
        problems = tuple(
            Problem(row.part, row.no, row.line, column, code, words, rejects, row.raw)
            for column, code, words, rejects in complaints
        )
        return Drafted(row, () if rejected else tuple(entities), () if rejected else tuple(links), problems)
