"""DOT: its grammar as Graphviz reads it, what is wrong set aside, and the same graph as another writer wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers.contract import Problem
from ewglink.importers.formats.dot import MEMBER, DotOptions
from ewglink.importers.graph_file import Element, GraphEdge, GraphNode, GraphTitle
from ewglink.model.refusal import Refusal


def elements(tmp_path: Path, text: str) -> list[Element]:
    path = tmp_path / "g.dot"
    path.write_text(text, "utf-8", newline="")
    return list(MEMBER.elements(path, DotOptions()))


def nodes(found: list[Element]) -> dict[str, GraphNode]:
    return {one.id: one for one in found if isinstance(one, GraphNode)}


def ends(found: list[Element]) -> list[tuple[str, str]]:
    return [(one.source, one.target) for one in found if isinstance(one, GraphEdge)]


def edges(found: list[Element]) -> list[GraphEdge]:
    return [one for one in found if isinstance(one, GraphEdge)]


def problems(found: list[Element]) -> list[Problem]:
    return [one for one in found if isinstance(one, Problem)]


def test_names_of_every_kind(tmp_path: Path) -> None:
    text = 'plain; "two words"; "a \\"quote\\""; -1.5; .5; 7; Élan; "long\\\n name"; <html <b>id</b>>; "x"+"y"'
    assert list(nodes(elements(tmp_path, f"graph {{ {text} }}"))) == [
        "plain", "two words", 'a "quote"', "-1.5", ".5", "7", "Élan", "long name", "html <b>id</b>", "xy",
    ]  # fmt: skip


def test_chains_and_groups_make_every_pair(tmp_path: Path) -> None:
    found = elements(tmp_path, "digraph { a -> b -> {c d} -> e; subgraph s {x y} -> z }")
    assert ends(found) == [
        ("a", "b"), ("b", "c"), ("b", "d"), ("c", "e"), ("d", "e"), ("x", "z"), ("y", "z"),
    ]  # fmt: skip
    assert nodes(found)["x"].values == {"subgraph": "s"}


def test_defaults_hold_from_where_they_stand_and_inside_braces(tmp_path: Path) -> None:
    found = elements(tmp_path, """digraph {
        early; node [shape=box colour=red]; late
        { node [shape=circle]; inner; late }
        after; edge [weight=2]; early -> late; early -> after [weight=3, kind="x"]
    }""")
    assert {name: one.look.get("shape") for name, one in nodes(found).items()} == {
        "early": None, "late": "box", "inner": "circle", "after": "box"}  # fmt: skip
    assert [one.values for one in edges(found)] == [{"weight": 2}, {"weight": 3, "kind": "x"}]


def test_clusters_are_an_attribute_under_their_label(tmp_path: Path) -> None:
    found = elements(tmp_path, 'graph { subgraph cluster_0 { a; subgraph cluster_1 { b } label="The firm" } c }')
    assert {name: one.values.get("cluster") for name, one in nodes(found).items()} == {
        "a": "The firm", "b": ["The firm", "cluster_1"], "c": None}  # fmt: skip


def test_labels_places_colours_and_titles(tmp_path: Path) -> None:
    found = elements(tmp_path, """digraph "the name" { label="A title";
        a [label="First\\nline \\N", pos="10.5,20!", fillcolor="#ff000080", style=filled, width=0.5, height=1]
        b [label=<<b>Bold</b> &amp; <i>more</i>>, color=navy]
        a -> b [label="paid\\lto \\H", dir=back]; b -> a [dir=none]; a -> a [id="e1"]
    }""")
    a, b = nodes(found)["a"], nodes(found)["b"]
    assert (a.label, a.x, a.y) == ("First\nline a", 10.5, -20.0)
    assert a.look == {"colour": "#FF0000", "w": 36.0, "h": 72.0}
    assert (b.label, b.look["colour"]) == ("Bold & more", "#000080")
    assert [(one.source, one.target, one.label, one.directed, one.id) for one in edges(found)] == [
        ("b", "a", "paid\nto b", True, None), ("b", "a", None, False, None), ("a", "a", None, True, "e1")]  # fmt: skip
    assert [one.title for one in found if isinstance(one, GraphTitle)] == ["A title"]


def test_ports_are_kept(tmp_path: Path) -> None:
    (edge,) = edges(elements(tmp_path, "digraph { a:left:n -> b:s }"))
    assert (edge.source, edge.target, edge.values) == ("a", "b", {"tailport": "left:n", "headport": "s"})


def test_a_strict_graph_has_one_edge_between_two_nodes(tmp_path: Path) -> None:
    found = elements(tmp_path, "strict graph { a -- b; b -- a [w=1]; a -- b [v=2]; a -- a }")
    assert [(one.source, one.target, one.values) for one in edges(found)] == [
        ("a", "b", {"w": 1, "v": 2}), ("a", "a", {})]  # fmt: skip


def test_comments_keywords_in_any_case_and_own_text_with_its_line(tmp_path: Path) -> None:
    found = elements(tmp_path, """// first
/* of
 two lines */ DiGraph {
# a line for the preprocessor
  NODE [shape=box]  // behind
  a [x = "y"] /* x */
  a ->
    b [k=1] ;
}""")
    assert nodes(found)["a"].line == 6
    assert nodes(found)["a"].raw == 'a [x = "y"]'
    assert [(one.line, one.raw) for one in edges(found)] == [(7, "a ->\n    b [k=1]")]
    assert problems(found) == []


def test_graphs_after_the_first_keep_their_nodes_apart(tmp_path: Path) -> None:
    found = elements(tmp_path, "graph { a -- b } graph { a -- c }")
    assert ends(found) == [("a", "b"), ("2:a", "2:c")]
    assert nodes(found)["2:a"].label == "a"


def test_what_cannot_stand_there_is_set_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    found = elements(tmp_path, "digraph {\n a -> b\n ! wrong here\n c -> ;\n d -> e [x=;\n f -> g\n}")
    assert ends(found) == [("a", "b"), ("f", "g")]
    assert [(one.line, one.code, one.rejected) for one in problems(found)] == [
        (3, "broken_dot", True), (4, "broken_dot", True), (5, "broken_dot", True)]  # fmt: skip
    assert problems(found)[0].raw == "! wrong here"


@pytest.mark.parametrize("wrong", ["{} = x", "subgraph s { } = x", "c -> d = x", "{ c } = x"])
def test_only_a_name_can_be_given_a_value(tmp_path: Path, wrong: str) -> None:
    found = elements(tmp_path, "digraph {\n a -> b\n " + wrong + "\n f -> g\n}")
    assert ends(found) == [("a", "b"), ("f", "g")]
    assert [(one.line, one.raw, one.rejected) for one in problems(found)] == [(3, wrong, True)]


@pytest.mark.parametrize("text", ["; c -> ", '; "never closed -> d }', "", "; <x <y> }", " /* never }"])
def test_what_breaks_off_gives_what_came_before(tmp_path: Path, text: str) -> None:
    found = elements(tmp_path, "digraph { a -> b" + text)
    assert ends(found) == [("a", "b")]
    assert problems(found)
    assert all(one.rejected for one in problems(found))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("digraph {" + "{" * 5_000, "nested_too_deep"),
        ("digraph { {" + " ".join(f"a{n}" for n in range(2000)) + "} -> {" + " ".join(f"b{n}" for n in range(2000))
         + "} }", "too_many_links"),
        ("nothing of the kind", "broken_dot"),
    ],
    ids=["deep", "pairs", "text"],
)  # fmt: skip
def test_what_does_harm_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        elements(tmp_path, text)
    assert refused.value.code == code


def test_hundred_braces_are_not_too_many(tmp_path: Path) -> None:
    assert list(nodes(elements(tmp_path, "graph " + "{" * 100 + "a" + "}" * 100))) == ["a"]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("digraph{}", True), ('/* x */ strict graph "a \\" b" {', True), ("// c\n# d\nGRAPH G\n{", True),
        ("graph [\n node [ id 1 ] ]", False), ("graphics {", False), ("graph a,b,c\n", False), ("<graph>", False),
        ("/**/" * 3_000 + "x", False), (" " * 8_000 + "x", False),
    ],
)  # fmt: skip
def test_it_is_known_by_its_opening(tmp_path: Path, text: str, known: bool) -> None:
    assert (MEMBER.recognise(tmp_path / "x", text.encode()).confidence > 0.5) == known


_words = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\\"), min_size=1, max_size=10)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


@given(
    st.lists(_words, min_size=1, max_size=7, unique=True),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), _words), max_size=12),
    st.booleans(),
)
def test_a_graph_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], links: list[tuple[int, int, str]], directed: bool
) -> None:
    arrow = "->" if directed else "--"
    lines = ["digraph {" if directed else "graph {"]
    lines += [f"{quoted(name)} [pos=\"{place},{2 * place}\" note={quoted(name)}];" for place, name in enumerate(names)]
    wanted = []
    for a, b, label in links:
        tail, head = names[a % len(names)], names[b % len(names)]
        wanted.append((tail, head, label, directed))
        lines.append(f"{quoted(tail)} {arrow} {quoted(head)} [kind={quoted(label)}]")
    found = elements(tmp_path_factory.mktemp("dot"), "\n".join([*lines, "}"]))
    assert [(one.id, one.label, one.x, one.y, str(one.values["note"])) for one in nodes(found).values()] == [
        (name, name.strip() or name, float(place), float(-2 * place), name)
        for place, name in enumerate(names)
    ]
    assert [(one.source, one.target, str(one.values["kind"]), one.directed) for one in edges(found)] == wanted
    assert problems(found) == []


@given(st.text(st.sampled_from('ab->{}[]=;,"<>\\/*# \n:+'), max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assert elements(tmp_path_factory.mktemp("dot"), "digraph {" + text) is not None


def test_a_refusal_quotes_little_and_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        elements(tmp_path, f'"x\ny{"z" * 1000}" graph {{ a }}')
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200
