"""A demo case: generated records, imported like anybody's files, charted, and written out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ewglink import places, text
from ewglink.exporters.contract import EXPORTS
from ewglink.exporters.file_names import safe_file_name
from ewglink.graph.neighbours import around
from ewglink.model.progress import Job, Progress, finish
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message
from ewglink.training.contract import GENERATORS
from ewglink.workspace.charting import make_chart
from ewglink.workspace.checking import check
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.commands.items import set_handling
from ewglink.workspace.exporting import export
from ewglink.workspace.item_query import entities_asked
from ewglink.workspace.own_files import OwnFiles
from ewglink.workspace.workspace import Workspace

PICTURES = ("png", "svg", "pdf")
ANSWERS = "answers.json"
"""The answer key, beside the case where the demo is written for a trainer."""
SEED = 1


@dataclass(frozen=True)
class Demo:
    """A demo as it was built: its case, the names of its charts, and all files written."""

    case: Path
    charts: tuple[str, ...]
    files: tuple[Path, ...] = field(default=())


def demo_names() -> list[str]:
    """The demos there are: generators with a storyline."""
    return [member.key for member in GENERATORS if places.resources("demo", f"{member.key}.yaml").is_file()]


def storyline(name: str) -> dict[str, Any]:
    """What the demo says and shows, from `resources/demo`; a `Refusal` that lists the demos where there is none."""
    if name not in demo_names():
        raise Refusal("no_demo", message(N_("There is no demo named “{name}”; there are: {names}."), name=name,
                                         names=", ".join(demo_names())))
    import yaml

    with places.resources("demo", f"{name}.yaml").open(encoding="utf-8") as stream:
        story: dict[str, Any] = yaml.safe_load(stream)
    return story


def build_demo_job(name: str, folder: Path, language: str | None = None) -> Job[Demo]:
    """Build the case `<name>.ewg` in `folder`, its records beside it in `files/`; the last progress carries the demo.

    Files that an earlier run wrote are replaced, or kept under another name where they were changed since; a file of
    anybody else is a `Refusal`, and nothing is touched.
    """
    spoken = language or text.language()
    story = storyline(name)
    own = _prepared(folder, name, story, spoken, pictures=False)
    yield from _built(name, folder, spoken, story)
    case, files = folder / f"{name}.ewg", (folder / f"{name}.ewg", *_records(name, folder))
    own.wrote(files)
    yield Progress(1.0, None, Demo(case, tuple(_chart_names(story, spoken)), files))


def build_demo(name: str, folder: Path, language: str | None = None) -> Path:
    """`build_demo_job`, run to its end; the path of the case."""
    return _finished(build_demo_job(name, folder, language)).case


def write_demo_job(name: str, folder: Path, language: str | None = None) -> Job[Demo]:
    """Build the demo in `folder`; each chart as PNG, SVG and PDF goes to `charts/`, the tables to `tables.xlsx`, the
    answer key to `answers.json`."""
    spoken = language or text.language()
    story = storyline(name)
    own = _prepared(folder, name, story, spoken, pictures=True)
    for step in _built(name, folder, spoken, story):
        yield Progress(None if step.done is None else step.done * 0.5, step.message)
    case = folder / f"{name}.ewg"
    (folder / "charts").mkdir(exist_ok=True)
    names = _chart_names(story, spoken)
    files = [case, *_records(name, folder)]
    with Workspace.open(case) as workspace:
        targets = [(chart, folder / "charts" / f"{safe_file_name(chart)}.{suffix}")
                   for chart in names for suffix in PICTURES]
        for number, (chart, path) in enumerate(targets):
            yield Progress(0.5 + 0.45 * number / len(targets), message(N_("Writing {file}"), file=path.name))
            files += [file.path for file in export(workspace, path, chart=chart, language_wanted=spoken).files]
        named = EXPORTS.get("xlsx").options(headings="names")
        written = export(workspace, folder / "tables.xlsx", options=named, language_wanted=spoken)
        files += [file.path for file in written.files]
    files.append(_answers(name, folder))
    own.wrote(files)
    yield Progress(1.0, None, Demo(case, tuple(names), tuple(files)))


def _finished(job: Job[Demo]) -> Demo:
    demo = finish(job)
    assert demo is not None
    return demo


def _chart_names(story: dict[str, Any], language: str) -> list[str]:
    return [str(_in(chart["name"], language)) for chart in story["charts"]]


def _records(name: str, folder: Path) -> list[Path]:
    return [folder / "files" / file for file in GENERATORS.get(name).generate(SEED).files]


def _answers(name: str, folder: Path) -> Path:
    path = folder / ANSWERS
    key = GENERATORS.get(name).generate(SEED).answers
    path.write_text(json.dumps(key, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts["en"]


def _prepared(folder: Path, name: str, story: dict[str, Any], language: str, *, pictures: bool) -> OwnFiles:
    """The folder made ready: nothing in it that will be written is anybody else's."""
    if folder.exists() and not folder.is_dir():
        raise Refusal("not_a_folder", message(N_("{file} is a file; name a folder to write to."), file=str(folder)),
                      file=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "files").mkdir(exist_ok=True)
    except OSError as error:
        raise Refusal("cannot_write", message(N_("{file} cannot be written: {reason}."), file=str(folder),
                                              reason=error.strerror or str(error)), file=str(folder)) from error
    wanted = [f"{name}.ewg", *(f"files/{file}" for file in GENERATORS.get(name).generate(SEED).files)]
    if pictures:
        stems = [safe_file_name(chart) for chart in _chart_names(story, language)]
        wanted += [f"charts/{stem}.{suffix}" for stem in stems for suffix in PICTURES] + ["tables.xlsx", ANSWERS]
    own = OwnFiles(folder)
    own.make_way(wanted)
    return own


def _built(name: str, folder: Path, language: str, story: dict[str, Any]) -> Iterator[Progress[Any]]:
    made = GENERATORS.get(name).generate(SEED)
    try:
        paths = made.write(folder / "files")
    except OSError as error:
        raise Refusal("cannot_write", message(N_("{file} cannot be written: {reason}."), file=str(folder),
                                              reason=error.strerror or str(error)), file=str(folder)) from error
    with Workspace.create(folder / f"{name}.ewg", _in(story["title"], language)) as workspace:
        workspace.do(lambda opened: set_handling(opened.case, story["handling"]))
        for step in import_files(workspace, [ImportRequest(path) for path in paths]):
            yield Progress(None if step.done is None else step.done * 0.4, step.message)
        for found in check(workspace, as_of=date.fromisoformat(made.answers["as_of"])):
            yield Progress(None if found.done is None else 0.4 + 0.1 * found.done, found.message)
        for number, chart in enumerate(story["charts"]):
            yield Progress(0.5 + 0.5 * number / len(story["charts"]), message(N_("Arranging the charts")))
            finish(make_chart(workspace, _in(chart["name"], language), _items(workspace, chart), layout=chart["layout"],
                              settings={"language": language}))


def _items(workspace: Workspace, chart: dict[str, Any]) -> list[int]:
    asked = sorted({item for query in chart["items"] for item in entities_asked(workspace, query)})
    if not chart.get("hops"):
        return asked
    near: list[int] = around(workspace.network(types=chart["types"]), asked, chart["hops"]).tolist()
    return near


def describe(demo: Demo, folder: Path) -> dict[str, Any]:
    """The demo as a script reads it."""
    return {"folder": str(folder), "case": str(demo.case), "charts": list(demo.charts),
            "files": [str(path) for path in demo.files]}
