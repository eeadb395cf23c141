"""Targets against outcomes, cascades and contradictions: golden rows of the reference documents, and of the corpus."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg import resources
from kg.build import build
from kg.errors import QueryError
from kg.query.questions import registry
from kg.query.table import Table
from kg.store.folder import open_graph
from kg.store.shapes import validate

GOLDEN = Path(__file__).parent / "golden"
SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
ASKED: dict[str, dict[str, object]] = {
    "targets-vs-outcomes": {"place": "株洲市", "year": 2021},
    "silent-misses": {},
    "target-cascade": {},
    "contradictions": {},
}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not SEEDS.is_dir():
        pytest.skip("the reference documents are not beside this checkout")
    graph = tmp_path_factory.mktemp("seeds") / "graph"
    build([SEEDS], graph, workers=1)
    return graph


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    graph = tmp_path_factory.mktemp("corpus") / "graph"
    build([resources.path("corpus", "documents")], graph, workers=1)
    return graph


def dicts(table: Table) -> list[dict[str, str]]:
    """Return the rows as a CSV file gives them back, without the IRIs."""
    kept = [(index, name) for index, name in enumerate(table.columns) if not name.endswith("_iri")]
    return [{name: "" if row[at] is None else str(row[at]) for at, name in kept} for row in table.rows]


@pytest.mark.parametrize("name", ASKED)
def test_the_reference_documents_give_the_golden_rows(seeds: Path, name: str) -> None:
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert dicts(registry.answer(seeds, name, **ASKED[name]).table()) == expected


def test_every_quote_is_in_its_document(seeds: Path) -> None:
    texts = {file.stem: file.read_text("utf-8") for file in SEEDS.glob("*.txt")}
    for name in ASKED:
        for row in registry.answer(seeds, name).rows:
            for quote in filter(None, row.quotes):
                assert texts[quote.document][quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("indicator", "verdict"),
    [
        ("地区生产总值增速", "met"),
        ("规模以上工业增加值增速", "exceeded"),
        ("固定资产投资增速", "missed"),
        ("社会消费品零售总额增速", "exceeded"),
        ("一般公共预算收入增速", "no-evidence"),
    ],
)
def test_the_pairs_of_two_years(corpus: Path, indicator: str, verdict: str) -> None:
    rows = dicts(registry.answer(corpus, "targets-vs-outcomes", place="株洲市", indicator=indicator, year=2021).table())
    assert [row["verdict"] for row in rows] == [verdict]


def test_no_evidence_names_the_document_and_not_covered_none(corpus: Path) -> None:
    rows = dicts(registry.answer(corpus, "targets-vs-outcomes").table())
    assert all(row["covered_by"] for row in rows if row["verdict"] == "no-evidence")
    assert not any(row["covered_by"] or row["outcome_quote"] for row in rows if row["verdict"] == "not-covered")
    assert all(row["outcome_quote"] for row in rows if row["verdict"] in {"met", "exceeded", "missed"})


def test_a_five_year_target_and_its_first_year(corpus: Path) -> None:
    rows = dicts(registry.answer(corpus, "target-cascade", place="株洲市", kind="time").table())
    assert {(row["indicator"], row["share"], row["verdict"]) for row in rows} >= {
        ("新增规模以上工业企业数", "20.0", "on-pace"),
        ("新增国家级“小巨人”企业数", "20.0", "on-pace"),
    }


def test_a_district_and_its_city(corpus: Path) -> None:
    rows = dicts(registry.answer(corpus, "target-cascade", place="渌口区", kind="place").table())
    told = [(row["place"], row["part_place"], row["share"], row["verdict"]) for row in rows]
    assert ("株洲市", "渌口区", "8.3", "part") in told


def test_misses_that_nobody_speaks_of(corpus: Path) -> None:
    rows = dicts(registry.answer(corpus, "silent-misses", place="株洲市").table())
    assert {(row["indicator"], row["kind"]) for row in rows} == {
        ("一般公共预算收入增速", "not reported"),
        ("固定资产投资增速", "miss not said"),
    }


def test_an_unknown_verdict(corpus: Path) -> None:
    with pytest.raises(QueryError, match="is no verdict; there are ahead"):
        registry.answer(corpus, "targets-vs-outcomes", verdict="reached")


def test_findings_conform_to_the_shapes(corpus: Path) -> None:
    assert validate(open_graph(corpus)).conforms
