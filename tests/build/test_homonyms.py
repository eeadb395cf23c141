"""Two officials of one name in one city, from the texts to the graph, its questions and people's answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.build import build
from kg.query.facts import facts
from kg.query.review import Question, review

TEXT = "株洲市{year}年工作会议召开\n\n{year}年3月5日，株洲市{body}局长李红说，全市新增企业55家。\n"
KEY = "official/430200/李红"


def built(folder: Path, *told: tuple[str, int], decisions: list[dict[str, str]] | None = None) -> dict[str, str]:
    """Build a graph of a text a pair of department and year; returns the IRI of 李红 by document."""
    (folder / "in").mkdir(exist_ok=True)
    for number, (body, year) in enumerate(told):
        (folder / "in" / f"{number}.txt").write_text(TEXT.format(body=body, year=year), "utf-8")
    file = folder / "decisions.jsonl"
    lines = [json.dumps(decision, ensure_ascii=False) for decision in decisions or []]
    file.write_text("\n".join(lines), "utf-8")
    build([folder / "in"], folder / "G", workers=1, decisions=file)
    found = [fact for fact in facts(folder / "G") if fact["type"] == "official"]
    return {str(fact["doc"]): str(fact["iri"]) for fact in found}


def questions(folder: Path) -> list[Question]:
    return list(review(folder / "G"))


def test_two_heads_of_one_year_are_two_people(tmp_path: Path) -> None:
    iris = built(tmp_path, ("教育局", 2021), ("水利局", 2021))
    assert iris["0"] != iris["1"]
    assert "li-hong-jiao-yu-ju" in iris["0"]
    (question,) = questions(tmp_path)
    assert question.pair.kind == "homonym"
    assert "教育局" in question.left[0].text
    assert "水利局" in question.right[0].text


def test_two_heads_of_different_years_are_one_until_a_person_says_two(tmp_path: Path) -> None:
    told = ("教育局", 2019), ("水利局", 2021)
    assert len(set(built(tmp_path, *told).values())) == 1
    (question,) = questions(tmp_path)
    assert question.pair.kind == "career"
    assert "教育局" in question.left[0].text
    assert "水利局" in question.right[0].text
    answer = json.loads(question.line()) | {"action": "split", "who": "张三", "when": "2024-05-01"}
    iris = built(tmp_path, *told, decisions=[answer])
    assert iris["0"] != iris["1"]
    assert not questions(tmp_path)


@pytest.mark.parametrize(("by", "people"), [("body", 2), ("document", 3)])
def test_a_name_is_split_by_body_or_document(by: str, people: int, tmp_path: Path) -> None:
    told = ("教育局", 2019), ("水利局", 2021), ("教育局", 2020)
    decision = {"action": "split", "left": KEY, "by": by, "who": "张三", "when": "2024-05-01"}
    iris = built(tmp_path, *told, decisions=[decision])
    assert len(set(iris.values())) == people
    assert not questions(tmp_path)
