"""The tables of a case file."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = 1
"""The version of these tables, kept in the file as `user_version`."""

APPLICATION_ID = 0x4557474C
"""`EWGL`, kept in the file as `application_id`: what tells a case from any other SQLite file."""

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _ref(name: str, target: str, *, nullable: bool = False, primary_key: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(target), nullable=nullable, primary_key=primary_key)


meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
spec = Table(
    "spec",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
)
source = Table(
    "source",
    metadata,
    _id(),
    Column("sha256", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("withdrawn", Boolean, nullable=False, default=False),
)
import_ = Table(
    "import",
    metadata,
    _id(),
    _ref("source_id", "source.id"),
    _ref("spec_id", "spec.id", nullable=True),
    Column("importer", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("columns", Text),
)
"""One table of a source as it came in; `columns` its headings as a JSON list, NULL where it has none."""

record = Table(
    "record",
    metadata,
    _id(),
    _ref("import_id", "import.id"),
    Column("part", Text, nullable=False),
    Column("no", Integer, nullable=False),
    Column("raw", Text, nullable=False),
    Index("record_by_import", "import_id", "no"),
)
basis = Table(
    "basis",
    metadata,
    _id(),
    _ref("import_id", "import.id", nullable=True),
    Column("note", Text),
    Column("grade", Text),
    Column("handling", Text),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
)
item = Table(
    "item",
    metadata,
    _id(),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("label_rank", Integer, nullable=False, default=2),
    _ref("canonical_id", "item.id", nullable=True),
    Index("item_by_type", "kind", "type"),
    Index("item_by_canonical", "canonical_id", sqlite_where=Column("canonical_id", Integer).isnot(None)),
)
identity = Table(
    "identity",
    metadata,
    _id(),
    Column("ns", Text, nullable=False),
    Column("value", Text, nullable=False),
    _ref("item_id", "item.id"),
    Column("joins", Boolean, nullable=False),
    Column("validity", Text, nullable=False),
    Index("identity_by_item", "item_id"),
    Index("identity_by_value", "ns", "value"),
)
Index("identity_joins", identity.c.ns, identity.c.value, unique=True, sqlite_where=identity.c.joins)
link = Table(
    "link",
    metadata,
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    _ref("a", "item.id"),
    _ref("b", "item.id"),
    Column("direction", Integer, nullable=False),
    Column("strength", Integer, nullable=False),
    Column("start", Text),
    Column("end", Text),
    Column("precision", Integer),
    Index("link_ab", "a", "b"),
    Index("link_ba", "b", "a"),
)
statement = Table(
    "statement",
    metadata,
    _id(),
    _ref("item_id", "item.id"),
    _ref("record_id", "record.id", nullable=True),
    _ref("basis_id", "basis.id"),
    Column("vals", Text, nullable=False),
    Index("statement_by_item", "item_id"),
    Index("statement_by_record", "record_id"),
)
choice = Table(
    "choice",
    metadata,
    _ref("item_id", "item.id", primary_key=True),
    Column("property", Text, primary_key=True),
    _ref("statement_id", "statement.id"),
    sqlite_with_rowid=False,
)
merge = Table(
    "merge",
    metadata,
    _id(),
    _ref("survivor", "item.id"),
    _ref("constituent", "item.id"),
    Column("reason", Text),
    Column("seq", Integer, nullable=False),
)
decision = Table(
    "decision",
    metadata,
    _ref("a", "item.id", primary_key=True),
    _ref("b", "item.id", primary_key=True),
    Column("kind", Text, primary_key=True),
    sqlite_with_rowid=False,
)
chart = Table(
    "chart",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("settings", Text, nullable=False),
)
style = Table("style", metadata, _id(), Column("body", Text, nullable=False))
placement = Table(
    "placement",
    metadata,
    _ref("chart_id", "chart.id", primary_key=True),
    _ref("item_id", "item.id", primary_key=True),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    Column("flags", Integer, nullable=False, default=0),
    Column("representation", Text),
    _ref("style_id", "style.id", nullable=True),
    Index("placement_by_item", "item_id"),
    sqlite_with_rowid=False,
)
annotation = Table(
    "annotation",
    metadata,
    _id(),
    _ref("chart_id", "chart.id"),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
)
finding = Table(
    "finding",
    metadata,
    _id(),
    Column("rule", Text, nullable=False),
    Column("rule_version", Text, nullable=False),
    Column("objects_hash", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("vals", Text, nullable=False),
    Column("inputs_hash", Text, nullable=False),
    Column("state", Text, nullable=False),
    UniqueConstraint("rule", "objects_hash"),
)
finding_object = Table(
    "finding_object",
    metadata,
    _ref("finding_id", "finding.id", primary_key=True),
    _ref("item_id", "item.id", primary_key=True),
    sqlite_with_rowid=False,
)
journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("of_seq", Integer),
    Column("label_key", Text, nullable=False),
    Column("label_args", Text, nullable=False),
    Column("payload", LargeBinary),
    Column("payload_sha256", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
journal_part = Table(
    "journal_part",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("table", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""The rows that an undone bulk add has left, packed in parts, so that redo needs no file."""

WORDS = "content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', detail=none, prefix='1 2 3 4'"
"""How an index of words is kept: no places of words, and lists of its own for every beginning of up to four letters."""

SEARCH_NAME = f"CREATE VIRTUAL TABLE search_name USING fts5(body, {WORDS})"
"""The words of labels and identifiers by themselves: what is found there comes first."""

SEARCH = (
    f"CREATE VIRTUAL TABLE search USING fts5(label, identity, body, {WORDS})",
    SEARCH_NAME,
    "CREATE VIRTUAL TABLE search_part USING fts5(body, content='', contentless_delete=1, "
    "tokenize='trigram remove_diacritics 1')",
)

BULK_ORDER = ("source", "import", "basis", "record", "item", "link", "identity", "statement")
"""Tables a bulk add may add to, parents first."""

BULK_KEYS = {name: "item_id" if name == "link" else "id" for name in BULK_ORDER}
"""The column whose contiguous range an entry keeps, a table."""
