"""The graph as analysts meet it in a notebook: things, answers, charts, the magic, and hostile text in all of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import altair
import networkx
import pandas
import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

import kg
from kg import extras
from kg.errors import EntityNotFound, KgError, QueryError
from kg.explore import chart
from kg.notebook import Answer, Network, magic
from kg.query.questions.question import Quote, Row
from kg.query.table import SHOWN, Table

LUKOU = "lukou-2022-report"


@pytest.fixture(scope="module")
def graph(built: Path) -> kg.Graph:
    return kg.open(built)


@pytest.fixture
def shell() -> InteractiveShell:
    found = InteractiveShell()
    found.run_line_magic("load_ext", "kg.notebook")
    return found


def source(built: Path, name: str) -> str:
    (file,) = (built.parent / "documents").glob(f"{name}.*")
    return file.read_text("utf-8")


# --- things ---------------------------------------------------------------------------------------------------


def test_an_entity_has_posts_facts_and_neighbours(graph: kg.Graph, built: Path) -> None:
    person = graph.entity("李红")
    assert (person.name, person.type) == ("李红", "官员")
    posts = list(person.posts)
    assert {post["kind"] for post in posts} == {"任职 post"}
    for post in posts:
        assert source(built, str(post["document"]))[post["start"] : post["end"]] == post["quote"]  # type: ignore[misc]
    assert len(person.facts) >= len(posts) > 0 < len(person.mentions)
    ties = {(row["kind"], row["way"], row["name"]) for row in person.neighbours}
    assert ("post", "→", "株洲市科学技术局") in ties
    assert repr(person).startswith("<Entity 李红: 官员, ")


def test_an_entity_shows_its_quotes_in_their_sentences(graph: kg.Graph, built: Path) -> None:
    shown = graph.entity("李红")._repr_html_()
    marked = {unescape(quote) for quote in re.findall(r"<mark>(.*?)</mark>", shown)}
    assert "市科技局局长李红" in marked
    assert "株洲市科学技术局" in shown.rpartition("相关 tied to")[2]
    assert all(passage.quote in source(built, passage.document) for passage in graph.entity("李红").passages())


def test_neighbours_are_those_of_the_whole_network(graph: kg.Graph) -> None:
    everything = graph.networkx()
    place = graph.entity("株洲市")
    near = set(networkx.all_neighbors(everything, place.iri))
    assert {row["iri"] for row in place.neighbours} >= near
    assert place.network(depth=1, limit=20).graph.number_of_nodes() == 20


def test_an_unknown_entity_gets_advice(graph: kg.Graph) -> None:
    with pytest.raises(EntityNotFound, match="did you mean 李红"):
        graph.entity("李虹红")


# --- passages -------------------------------------------------------------------------------------------------


def test_a_passage_is_the_sentence_around_a_quote(graph: kg.Graph, built: Path) -> None:
    text = source(built, LUKOU)
    start = text.index("亿元")
    passage = graph.passage(LUKOU, start, start + 2)
    assert passage.quote == text[start : start + 2]
    assert f"{passage.before}{passage.quote}{passage.after}" in text
    assert len(passage.before) > 0 < len(passage.after)
    assert f"<mark>{passage.quote}</mark>" in passage._repr_html_()
    assert f"[{start}:{start + 2}]" in str(passage)


@pytest.mark.parametrize(
    ("document", "start", "end", "error"),
    [
        (LUKOU, 5, 5, QueryError),
        (LUKOU, 5, 10**9, EntityNotFound),
        (LUKOU, -5, 5, EntityNotFound),
        ('no "such" document', 1, 2, EntityNotFound),
    ],
)
def test_no_passage(graph: kg.Graph, document: str, start: int, end: int, error: type[KgError]) -> None:
    with pytest.raises(error):
        graph.passage(document, start, end)


def test_long_sentences_are_cut_around_the_quote(graph: kg.Graph) -> None:
    passage = graph.passage(LUKOU, 200, 202)
    assert len(passage.before) <= 121
    assert len(passage.after) <= 121


# --- tables ---------------------------------------------------------------------------------------------------


def test_a_table_becomes_a_frame(graph: kg.Graph) -> None:
    frame = graph.sparql("SELECT ?v ?y ?u { ?m lg:value ?v ; lg:year ?y ; lg:unitText ?u } ORDER BY ?y ?v").to_pandas()
    assert list(frame.columns) == ["v", "y", "u"]
    assert pandas.api.types.is_numeric_dtype(frame["v"])
    assert pandas.api.types.is_integer_dtype(frame["y"])
    assert graph.sparql("ASK { ?s ?p ?o }").to_pandas()["answer"].tolist() == [True]


def test_an_answer_becomes_a_frame_with_its_quotes(graph: kg.Graph, built: Path) -> None:
    answer = graph.ask("series", indicator="规模工业增加值增速", place="渌口区")
    frame = answer.to_pandas()
    assert len(frame) == len(answer) > 0
    for row in frame.to_dict("records"):
        assert (
            source(built, row["evidence_document"])[row["evidence_start"] : row["evidence_end"]]
            == row["evidence_quote"]
        )


def test_without_pandas_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgError, match=r"pandas is not installed; .*lgkg\[notebook\]"):
        Table(("a",), ((1,),)).to_pandas()
    with pytest.raises(KgError, match=r"pip install 'lgkg\[other\]'"):
        extras.load("no_such_module", "other")


def test_opening_a_graph_loads_nothing_of_the_extra() -> None:
    heavy = {"pandas", "altair", "vl_convert"}
    code = f"import sys, kg; kg.open; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_long_table_says_how_many_rows_more() -> None:
    table = Table(("n",), tuple((number,) for number in range(SHOWN + 1234)))
    shown = table._repr_html_()
    assert shown.count("<tr>") == SHOWN + 1
    assert "1,234 more rows of 1,284" in shown
    assert "more rows" not in Table(("n",), table.rows[:SHOWN])._repr_html_()


def test_questions_are_listed(graph: kg.Graph) -> None:
    assert {"documents", "series"} <= {row["name"] for row in graph.questions()}


# --- text from documents is never markup ----------------------------------------------------------------------

EVIL = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"


def test_hostile_text_is_escaped_in_all_that_is_shown(graph: kg.Graph, built: Path) -> None:
    text = source(built, "hostile")
    start = text.index("<script>")
    answer = Answer(
        graph.ask("series", indicator="规模工业增加值增速").question,
        (Row((EVIL,) * 10, (Quote(text[start : start + 9], "hostile", start, start + 9),)),),
        built,
    )
    shown = [
        Table((EVIL,), ((EVIL,),))._repr_html_(),
        graph.passage("hostile", start, start + 20)._repr_html_(),
        answer._repr_html_(),
        graph.entity("李红")._repr_html_(),
    ]
    for html in shown:
        assert "<script>" not in html
        assert "<img" not in html
    drawn = chart.chart(measures(place=EVIL, quote=EVIL))
    for html in (drawn.svg, drawn.html.rpartition("vegaEmbed")[2]):
        assert "<script>alert" not in html
        assert "<img src=x" not in html


# --- charts ---------------------------------------------------------------------------------------------------


def measures(place: str = "株洲市", quote: str = "增长9%", values: tuple[float, float] = (9, 4)) -> Table:
    columns = ("place", "indicator", "kind", "from", "year", "comparator", "value", "unit", "plain_value", "plain_unit")
    source_columns = ("evidence_quote", "evidence_document", "evidence_start", "evidence_end")
    rows = [
        (place, "粮食产量", kind, None, 2021 + number, "=", value, unit, value * factor, "吨", quote, "a", 1, 5)
        for number in range(2)
        for kind, value, unit, factor in (
            ("target", values[0], "万吨", 10_000),
            ("outcome", values[1] * 10_000, "吨", 1),
            ("target", values[0], "万吨", 10_000),
        )
    ]
    return Table((*columns, *source_columns), tuple(rows))


def test_a_chart_is_valid_vega_lite(graph: kg.Graph) -> None:
    drawn = graph.chart(indicator="规模工业增加值增速", place="渌口区")
    altair.Chart.from_dict(drawn.spec, validate=True)
    kinds = {value["kind"] for value in drawn.spec["data"]["values"]}
    assert kinds <= {"目标 target", "实绩 outcome"}


def test_a_chart_carries_its_quotes_and_fetches_nothing(tmp_path: Path) -> None:
    drawn = chart.chart(measures())
    assert "“增长9%”" in "".join(re.findall(r"<title>(.*?)</title>", drawn.svg, re.S))
    assert drawn._repr_html_().startswith("<svg ")
    assert not re.search(r"(?:src|href)=[\"']https?:", drawn.svg + drawn.html)
    for suffix, start in (("svg", b"<svg"), ("png", b"\x89PNG"), ("html", b"<!DOCTYPE"), ("json", b"{")):
        drawn.save(tmp_path / f"c.{suffix}")
        assert (tmp_path / f"c.{suffix}").read_bytes().lstrip().startswith(start)
    with pytest.raises(KgError, match="no format of charts"):
        drawn.save(tmp_path / "c.pdf")


def test_values_are_drawn_in_the_unit_that_most_are_told_in() -> None:
    values = chart.chart(measures()).spec["data"]["values"]
    assert {(value["unit"], value["value"]) for value in values} == {("万吨", 9), ("万吨", 4)}


def test_several_places_are_small_multiples() -> None:
    tables = [measures(place=f"{number}市") for number in range(chart.PANELS + 3)]
    spec = chart.chart(Table(tables[0].columns, tuple(row for table in tables for row in table.rows))).spec
    assert spec["title"]["subtitle"].endswith("3 more panels are left out")
    assert len({value["panel"] for value in spec["data"]["values"]}) == chart.PANELS


def test_chinese_text_has_fonts_of_every_system() -> None:
    assert {"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei"} <= set(chart.FONTS.split(", "))
    assert chart.chart(measures()).spec["config"]["font"] == chart.FONTS


def test_an_answer_without_years_is_not_drawn(graph: kg.Graph) -> None:
    with pytest.raises(QueryError, match="nothing to draw"):
        graph.chart("documents")


# --- networks -------------------------------------------------------------------------------------------------


def test_a_network_is_a_graph_and_a_drawing(graph: kg.Graph, tmp_path: Path) -> None:
    found = graph.network(around="李红", depth=1)
    assert isinstance(found, Network)
    assert "李红" in {values["label"] for _, values in found.graph.nodes(data=True)}
    assert repr(found).startswith(f"<Network: {found.graph.number_of_nodes()} of ")
    found.save(tmp_path / "n.html")
    assert (tmp_path / "n.html").read_text("utf-8") == found.html


# --- the magic ------------------------------------------------------------------------------------------------

NAMES = "SELECT ?n WHERE { ?e a lg:Official ; skos:prefLabel ?n } ORDER BY ?n"


def test_the_magic_shows_the_rows(shell: InteractiveShell, graph: kg.Graph, built: Path) -> None:
    shell.user_ns["graph"] = graph
    expected = graph.sparql(NAMES)
    assert shell.run_cell_magic("sparql", "", NAMES) == expected
    assert shell.run_cell_magic("sparql", f"-g '{built}'", NAMES) == expected
    assert shell.run_cell_magic("sparql", "-g graph -o rows", NAMES) is None
    assert shell.user_ns["rows"] == expected


def test_the_magic_tells_errors_in_one_line(shell: InteractiveShell, graph: kg.Graph) -> None:
    shell.user_ns["graph"] = graph
    for line, cell, message in (
        ("", "SELEC", "the query is invalid"),
        ("", "SELECT * { SERVICE <http://a> { ?s ?p ?o } }", "SERVICE is refused"),
        ("-x 1", NAMES, "not understood"),
        ("-o", NAMES, "not understood"),
        ("-g 'x", NAMES, "write %%sparql"),
        ("-o 1x", NAMES, "no name of a variable"),
        ("-g nowhere", NAMES, "no such folder"),
    ):
        with pytest.raises(UsageError, match=re.escape(message)):
            shell.run_cell_magic("sparql", line, cell)


def test_which_graph_is_asked(graph: kg.Graph, tmp_path: Path) -> None:
    names: dict[str, Any] = {"mine": graph, "_1": graph}
    assert len(magic.ask(names, "", NAMES) or ()) > 0
    with pytest.raises(QueryError, match="0 graphs are open"):
        magic.ask({}, "", NAMES)
    other = object.__new__(kg.Graph)
    other.path = tmp_path
    with pytest.raises(QueryError, match="2 graphs are open"):
        magic.ask({"mine": graph, "other": other}, "", NAMES)
    assert magic.ask({"mine": other, "g": graph}, "", NAMES) == graph.sparql(NAMES)


def test_rows_can_be_written_as_json(graph: kg.Graph) -> None:
    assert json.dumps(list(graph.ask("documents")), ensure_ascii=False)
