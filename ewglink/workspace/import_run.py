"""An import as the writer runs it: rows read, mapped, matched and written in one transaction, one step."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ewglink.importers.contract import FORMATS, Drafted, Part, Problem
from ewglink.importers.flat_matching import FlatMatcher
from ewglink.importers.mapping import Mapping
from ewglink.importers.matching import Matcher
from ewglink.importers.reader_process import SourceReader
from ewglink.importers.specification import Specification
from ewglink.importers.wire_drafts import Batch
from ewglink.model.changes import Change, Changeset
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.store.bulk import BulkWriter
from ewglink.store.case_file import CaseFile
from ewglink.store.journal import actor, now
from ewglink.store.loading import Loading
from ewglink.text import N_, counted, message
from ewglink.workspace.import_dangling import dangling
from ewglink.workspace.import_pictures import BroughtCharts
from ewglink.workspace.import_plan import SPACE, Along, ImportRequest, Plan, Table
from ewglink.workspace.import_report import ImportReport, SourceReport
from ewglink.workspace.import_together import plans as planned
from ewglink.workspace.import_types import ProposedTypes

_ROW_BYTES = 80
_PUT_OFF_FROM = 20_000
"""Fewer rows than this are never worth building indexes anew."""


class Importing:
    """One import command: plans, then one bulk add."""

    def __init__(
        self, case: CaseFile, schema: Schema, reader: SourceReader, *, dry_run: bool = False, strict: bool = False
    ) -> None:
        self.case, self.schema, self.reader = case, schema, reader
        self.dry_run, self.strict = dry_run, strict
        self.report = ImportReport(dry_run=dry_run)
        self._specs: dict[str, int] = {}
        self._changes: list[Change] = []
        self._references: list[tuple[SourceReport, Specification, Part, int]] = []

    def run(self, requests: Sequence[ImportRequest]) -> Job[ImportReport]:
        """Import; the last progress carries the report. Leaving it early leaves the case as it was."""
        yield Progress(None, message(N_("Looking at the files")))
        plans = planned(requests, self.reader, self.schema, self._spaces_before)
        self._types = ProposedTypes(self.case, self.schema)
        total = sum(one.size for one in plans) or 1
        with self.case.bulk() as writer:
            loading = Loading(writer.connection)
            self._writer = writer
            matcher = FlatMatcher(writer, self.schema, loading)
            self._charts = BroughtCharts(self.case, loading)
            if self._large(loading, total):
                loading.put_off_indexes()
            done = 0
            for one in plans:
                yield from self._file(one, matcher, loading, done / total, one.size / total)
                done += one.size
            self.reader.close()  # its memory is free for the indexes
            self._judge()
            for report, spec, part, import_id in self._references:
                for problem in dangling(spec, part, import_id, writer):
                    report.add(problem)
            for report in self.report.sources:
                report.close()
            yield Progress(0.96, message(N_("Building indexes")))
            if not self.dry_run:
                yield from self._finish(writer, matcher, loading)
        yield Progress(1.0, message(N_("Done")), self.report)

    @staticmethod
    def _large(loading: Loading, size: int) -> bool:
        """Whether more comes in than there is."""
        there = loading.first("SELECT coalesce(max(id), 0) FROM statement")[0]
        return bool(size / _ROW_BYTES > max(there, _PUT_OFF_FROM))

    def _finish(
        self, writer: BulkWriter, matcher: Matcher, loading: Loading
    ) -> Iterator[Progress[ImportReport]]:
        added = matcher.added()
        loading.build_indexes()
        yield Progress(0.97, message(N_("Making it searchable")))
        changes = (*self._changes, *self._types.changes(), *matcher.changes(), *self._charts.changes)
        if added:
            files = [source.file for source in self.report.sources if not source.known and source.format]
            moves = tuple(self._charts.moves)
            self.report.seq = writer.finish(Changeset("imported", {"files": files}, changes, moves, added))
            yield Progress(0.99, message(N_("Saving")))

    def _judge(self) -> None:
        if self.strict and self.report.rejected:
            first = self.report.rejected[0]
            source = next(one for one in self.report.sources if one.rejected)
            raise Refusal(
                "rejected_rows",
                counted(
                    "{n} row would be rejected, row {row} of {file}: {reason} Nothing was imported.",
                    "{n} rows would be rejected, the first is row {row} of {file}: {reason} Nothing was imported.",
                    len(self.report.rejected),
                    row=first.row,
                    file=source.file,
                    reason=first.message,
                ),
                file=source.file,
                row=first.row,
                field=first.field,
            )

    # one file

    def _file(
        self, one: Plan, matcher: FlatMatcher, loading: Loading, done: float, share: float
    ) -> Iterator[Progress[ImportReport]]:
        report = SourceReport(one.name, one.sha256, one.format, columns=one.columns,
                              along_with=one.with_file)  # fmt: skip
        self.report.sources.append(report)
        if one.refusal is not None:
            report.not_read(one.refusal)
            return
        tables = [table for table in one.tables if not self._known(loading, one, table)]
        self.report.sources += [SourceReport(other.name, other.sha256, one.format, known=not tables,
                                             along_with=one.name) for other in one.along]  # fmt: skip
        if not tables:
            report.known = bool(one.tables)
            return
        for problem in one.remarks:
            report.add(problem)
        self.schema = self._types.take(one.schema)
        source = self._source(one, matcher, loading)
        others = [self._source(other, matcher, loading) for other in one.along]
        matcher.begin_file()
        read = 0
        for table in tables:
            for other in others:
                self._import(one, table, other, matcher, loading)
            import_id = self._import(one, table, source, matcher, loading)
            if table.spec is not None and table.spec.reports_dangling:
                self._references.append((report, table.spec, table.part, import_id))
            report.spec = table.spec.name if table.spec else None
            for problem in Mapping(table.spec, table.part, self.schema).remarks() if table.spec else ():
                report.add(problem)
            for batch in self.reader.drafts(one.path, one.format, one.options, table.part, table.spec, self.schema):
                read += self._take(batch, matcher, report)
                self._take_problems(matcher, report)
                yield Progress(
                    0.95 * (done + share * min(read / (one.size * 1.4 + 1), 1.0)),
                    counted("{file}: {n} row", "{file}: {n} rows", report.rows, file=one.name),
                )
        if one.pictures and not self.dry_run:
            yield Progress(0.95 * (done + share), message(N_("{file}: pictures"), file=one.name))
            self._pictures(one, tables, report)
        counts = matcher.counts
        report.entities_new, report.entities_known = counts.entities_new, counts.entities_known
        report.links_new, report.links_known = counts.links_new, counts.links_known
        report.merged = counts.merged

    def _pictures(self, one: Plan, tables: Sequence[Table], report: SourceReport) -> None:
        """The charts that the file holds, with the step."""
        namespace = next((table.spec.namespace for table in tables if table.spec), "")
        for picture in self.reader.pictures(one.path, one.format, one.options):
            for problem in self._charts.take(picture, namespace, one.chart):
                report.add(problem)

    def _known(self, loading: Loading, one: Plan, table: Table) -> bool:
        """Whether the file, and all that it takes along, came in under this specification before, in an earlier command
        or in this one."""
        spec = table.spec.sha256 if table.spec else None
        words = (
            "SELECT 1 FROM source o JOIN import m ON m.source_id = o.id LEFT JOIN spec p ON p.id = m.spec_id "
            "WHERE o.sha256 = ? AND NOT o.withdrawn AND p.sha256 IS ? LIMIT 1"
        )
        files = [one.sha256, *(other.sha256 for other in one.along)]
        return all(loading.first(words, (file, spec)) is not None for file in files)

    def _spaces_before(self, sha256: str) -> list[str]:
        """The namespaces under which a graph came in before, where no specification named them."""
        words = ("SELECT p.body FROM source o JOIN import m ON m.source_id = o.id JOIN spec p ON p.id = m.spec_id "
                 "WHERE o.sha256 = ? AND NOT o.withdrawn ORDER BY m.id")  # fmt: skip
        with self.case.reading() as connection:
            rows = connection.exec_driver_sql(words, (sha256,)).fetchall()
        spaces = (str(json.loads(body).get("namespace", "")) for (body,) in rows)
        return [space for space in spaces if space.startswith(SPACE)]

    def _source(self, one: Plan | Along, matcher: Matcher, loading: Loading) -> int:
        """The source's row; a withdrawn one stands again."""
        known = loading.first("SELECT id, sha256, name, size, withdrawn FROM source WHERE sha256 = ?", (one.sha256,))
        if known is None:
            source = matcher.new_id("source")
            matcher.insert("source", [(source, one.sha256, one.name, one.size, False)])
            return source
        if known[4]:
            before = {"id": known[0], "sha256": known[1], "name": known[2], "size": known[3], "withdrawn": known[4]}
            self._change(Change("source", before, before | {"withdrawn": False}))
        return int(known[0])

    def _import(self, one: Plan, table: Table, source: int, matcher: Matcher, loading: Loading) -> int:
        """Begin what a table brings of a source; its id."""
        import_id, basis = matcher.new_id("import"), matcher.new_id("basis")
        seq = loading.first("SELECT coalesce(max(seq), 0) + 1 FROM journal")[0]
        in_cells = table.spec is not None and FORMATS.get(one.format).kind == "table"
        columns = json.dumps(list(table.part.columns), ensure_ascii=False) if in_cells else None
        spec = self._spec(table.spec, loading)
        matcher.insert("import", [(import_id, source, spec, one.format, seq, columns)])
        matcher.insert("basis", [(basis, import_id, None, None, None, actor(), now())])
        matcher.begin_part(import_id, basis)
        return import_id

    def _spec(self, spec: Specification | None, loading: Loading) -> int | None:
        """The id of a specification in the case; one that is new is put there with the step."""
        if spec is None:
            return None
        if spec.sha256 not in self._specs:
            known = loading.first("SELECT id FROM spec WHERE sha256 = ?", (spec.sha256,))
            if known is not None:
                self._specs[spec.sha256] = int(known[0])
            else:
                version = loading.first("SELECT coalesce(max(version), 0) + 1 FROM spec WHERE name = ?", (spec.name,))[
                    0
                ]
                new = loading.first("SELECT coalesce(max(id), 0) + 1 FROM spec")[0]
                self._change(
                    Change(
                        "spec",
                        None,
                        {"id": new, "name": spec.name, "version": version, "body": spec.text, "sha256": spec.sha256},
                    )
                )
                self._specs[spec.sha256] = new
        return self._specs[spec.sha256]

    def _change(self, change: Change) -> None:
        """Change a row that the rows to come refer to."""
        self._writer.change(change)
        self._changes.append(change)

    def _take(self, batch: Batch, matcher: FlatMatcher, report: SourceReport) -> int:
        """Match a batch and write it; how many characters its rows have."""
        if batch.flat is not None:
            report.rows += batch.flat.rows
            for problem in batch.flat.problems:
                report.add(problem)
            matcher.take_flat(batch.flat)
            return sum(map(len, batch.flat.raws))
        drafted = self._drafted(batch.drafts, report)
        matcher.take(drafted, batch.keys)
        return sum(len(draft.row.raw) for draft in drafted)

    @staticmethod
    def _drafted(batch: list[Drafted | Problem], report: SourceReport) -> list[Drafted]:
        found: list[Drafted] = []
        for one in batch:
            if isinstance(one, Drafted):
                found.append(one)
                for problem in one.problems:
                    report.add(problem)
                report.rows += 1
            else:
                report.add(one)
                report.rows += one.rejected
        return found

    @staticmethod
    def _take_problems(matcher: Matcher, report: SourceReport) -> None:
        for problem in matcher.problems:
            report.add(problem)
        matcher.problems.clear()
