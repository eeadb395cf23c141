"""Every competency question is a valid query in terms that exist; the graph of the reference documents answers it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pyoxigraph
import pytest
from rdflib.plugins.sparql import prepareQuery

from kg import ids, ontology, resources
from kg.build import build
from kg.query import sparql

QUERIES = sorted(resources.path("ontology", "competency").glob("cq*.rq"))
OWN = ids.PREFIXES["lg"]


def test_there_are_forty_questions() -> None:
    assert [file.stem for file in QUERIES] == [f"cq{number:02d}" for number in range(1, 41)]


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_a_question_is_told_in_both_languages_and_parses(file: Path) -> None:
    text = file.read_text("utf-8")
    chinese, english, *_ = text.splitlines()
    assert re.match(rf"# {file.stem.upper()} \[\w+\] .*[？。]$", chinese)
    assert re.match(r"# [A-Z0-9].*[a-z].*[?.]$", english)
    prepareQuery(text)
    pyoxigraph.Store().query(text, use_default_graph_as_union=True)


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_a_question_uses_own_terms_that_exist(file: Path) -> None:
    terms = {statement.subject for statement in ontology.statements()}
    used = re.findall(r"\blg:(\w+)", file.read_text("utf-8"))
    assert [name for name in used if OWN + name not in terms] == []


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_a_question_names_concepts_that_exist(file: Path) -> None:
    concepts = {statement.subject for statement in ontology.statements()}
    used = re.findall(r"<(https://w3id.org/lgkg/def/[^>]+)>", file.read_text("utf-8"))
    assert [iri for iri in used if iri not in concepts] == []


# --- answers -----------------------------------------------------------------------------------------------------

SHARED = Path(__file__).parents[3] / "shared"
EXPECTED = SHARED / "design" / "competency" / "expected.json"
needs_seeds = pytest.mark.skipif(not EXPECTED.is_file(), reason="the reference documents are not beside this checkout")


class Fault(NamedTuple):
    """A row that the expected answer has otherwise than the documents; told with its source in competency/README.md."""

    question: str
    theirs: tuple[str, ...]  #: empty when the row is missing there
    ours: tuple[str, ...]
    document: str
    start: int
    quote: str


FAULTS = (
    Fault("cq13", (), ("株洲市园区", "“泛投资机构”"), "000", 1607, "推动园区管理向“泛投资机构”转型"),
    # The brackets hold a remark of the annotator, no part of the name.
    Fault(
        "cq13", ("渌口区园区", "“泛投资机构”（园区转型）"), ("渌口区园区", "“泛投资机构”"),
        "004", 851, "推动园区管理由行政机构向“泛投资机构”转变",
    ),
    Fault("cq35", (), ("创建绿色出行示范城市", "在创建/目标", "000"), "000", 879, "创建绿色出行示范城市"),
    Fault(
        "cq35", (), ("全国文明典范城市创建扎实推进", "在创建/目标", "003"),
        "003", 1571, "全国文明典范城市创建扎实推进",
    ),
)  # fmt: skip


def plain(value: object) -> str:
    """A value as text: no trailing zeros of numbers, percent-encoded words decoded; all else as it stands."""
    text = unquote(str(value if value is not None else ""))
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", text) else text


def rows(values: Iterable[Sequence[object]]) -> list[tuple[str, ...]]:
    return sorted(tuple(map(plain, row)) for row in values)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds") / "graph"
    build([SHARED / "seeds"], folder, workers=1)
    return folder


def questions() -> list[dict[str, Any]]:
    return json.loads(EXPECTED.read_text("utf-8")) if EXPECTED.is_file() else []


def answer(name: str, graph: Path) -> list[tuple[str, ...]]:
    text = resources.path("ontology", "competency", f"{name}.rq").read_text("utf-8")
    return rows(sparql.query(graph, text).table().rows)


FAULTY = frozenset(fault.question for fault in FAULTS)
SOUND = [question for question in questions() if question["id"].lower() not in FAULTY]


@needs_seeds
@pytest.mark.parametrize("question", SOUND, ids=lambda question: question["id"].lower())
def test_a_question_is_answered_as_expected(question: dict[str, Any], graph: Path) -> None:
    """Row by row and character by character, each row as often as expected."""
    assert answer(question["id"].lower(), graph) == rows(question["rows"])


@needs_seeds
@pytest.mark.parametrize("name", sorted(FAULTY))
def test_where_the_expected_answer_is_wrong_all_else_is_as_expected(name: str, graph: Path) -> None:
    (question,) = (question for question in questions() if question["id"].lower() == name)
    expected = rows(question["rows"])
    for fault in FAULTS:
        if fault.question == name:
            if fault.theirs:
                expected.remove(fault.theirs)
            expected.append(fault.ours)
    assert answer(name, graph) == sorted(expected)


@needs_seeds
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.question}-{fault.document}-{fault.start}")
def test_the_source_of_a_fault_stands_where_we_say(fault: Fault) -> None:
    (path,) = (SHARED / "seeds").glob(f"{fault.document}_*")
    text = path.read_bytes().decode("utf-8")
    assert text[fault.start : fault.start + len(fault.quote)] == fault.quote
    told = resources.path("ontology", "competency", "README.md").read_text("utf-8")
    assert f"{fault.document}, {fault.start}–{fault.start + len(fault.quote)}" in told and fault.quote in told
