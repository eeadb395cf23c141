"""Two people of one name in one place: told apart by their posts, by people's decisions, never in silence."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from kg.records import Document, Extraction, Mention, Relation
from kg.resolve import homonyms
from kg.resolve.decisions import Decision
from kg.resolve.keys import entity_key
from kg.resolve.namings import Naming, namings
from kg.resolve.people import settle
from tests.resolve import linking
from tests.resolve.linking import Linked

NAME = "official/430200/李红"
EDUCATION, WATER, SPORT = "株洲市教育局", "株洲市水利局", "株洲市体育局"


def post(start: int, body: str, mode: str = "substantive", place: str = "430200", name: str = "李红") -> Relation:
    """Return a post told at a position; the body is named without a mention."""
    person = Mention("", start, start + 2, "official", name, name, place=place)
    attributes = (("mode", mode), ("organisation", body), ("organisation_place", place), ("role", "director"))
    return Relation("", start, start + 2, "holdsPost", name, person, None, attributes)


def text(number: int, year: str, *posts: Relation, also: Sequence[int] = ()) -> Extraction:
    """Return a document of a year with posts, and further positions where the name stands alone."""
    document = Document(f"{number:016x}", f"{number}.txt", "", date=f"{year}-05-01" if year else None)
    named = [item.subject for item in posts]
    named += [Mention("", start, start + 2, "official", "李红", "李红", place="430200") for start in also]
    return settle(Extraction(document, (), tuple(named), (), posts, (), "430200"))


def linked(*texts: Extraction, decisions: Sequence[Decision] = ()) -> Linked:
    found: dict[str, set[Naming]] = {item.document.id: namings(item) for item in texts}
    years = {item.document.id: (item.document.date or "")[:4] for item in texts}
    return linking.link_documents(found, decisions, years)


def people(result: Linked) -> list[str]:
    return [entity.key.rpartition("/")[2] for entity in result.distinct if entity.label == "official"]


def test_heads_of_two_departments_in_one_year_are_two() -> None:
    result = linked(text(1, "2021", post(0, EDUCATION)), text(2, "2021", post(0, WATER)))
    assert people(result) == ["李红@教育局", "李红@水利局"]
    assert len({entity.iri for entity in result.distinct}) == len(result.distinct)
    (pair,) = result.pairs
    assert (pair.left, pair.right, pair.kind) == (f"{NAME}@教育局", f"{NAME}@水利局", "homonym")
    assert "heads of 教育局 and 水利局 at one time" in pair.reasons


def test_one_text_tells_of_two_and_each_naming_is_of_the_nearest() -> None:
    found = text(1, "", post(10, EDUCATION), post(50, WATER), also=(0, 30, 70))
    keys = [entity_key(mention) for mention in sorted(found.mentions, key=lambda mention: mention.start)]
    assert [homonyms.body_of(key) for key in keys] == ["教育局", "教育局", "教育局", "水利局", "水利局"]
    assert people(linked(found)) == ["李红@教育局", "李红@水利局"]


def test_posts_of_different_years_are_one_career_and_asked() -> None:
    texts = text(1, "2019", post(0, EDUCATION)), text(2, "2021", post(0, WATER))
    result = linked(*texts)
    assert people(result) == ["李红"]
    (pair,) = result.pairs
    assert (pair.left, pair.right, pair.kind) == (f"{NAME}@教育局", f"{NAME}@水利局", "career")
    one = linked(*texts, decisions=[Decision("merge", pair.left, pair.right)])
    assert (people(one), one.pairs) == (["李红"], ())
    two = linked(*texts, decisions=[Decision("split", pair.left, pair.right)])
    assert (people(two), two.pairs) == (["李红", "李红@水利局"], ())


ONE_PERSON = {
    "two posts of one naming": [text(1, "2021", post(0, EDUCATION), post(0, WATER)), text(2, "2021", post(0, WATER))],
    "a former post": [text(1, "2021", post(0, EDUCATION, "former")), text(2, "2021", post(0, WATER))],
    "a concurrent post": [text(1, "2021", post(0, EDUCATION, "concurrent")), text(2, "2021", post(0, WATER))],
    "a deputy mayor": [text(1, "2021", post(0, "株洲市人民政府")), text(2, "2021", post(0, WATER))],
    "public security": [text(1, "2021", post(0, "株洲市公安局")), text(2, "2021", post(0, WATER))],
    "a party committee": [text(1, "2021", post(0, "中共株洲市委员会")), text(2, "2021", post(0, WATER))],
    "a part of a body": [text(1, "2021", post(0, EDUCATION)), text(2, "2021", post(0, EDUCATION + "考试局"))],
    "a reform": [text(1, "2018", post(0, "株洲市国土资源局")), text(2, "2018", post(0, "株洲市自然资源局"))],
    "a text without posts": [text(1, "2021", post(0, EDUCATION)), text(2, "2021", also=(0,))],
}


@pytest.mark.parametrize("texts", ONE_PERSON.values(), ids=ONE_PERSON)
def test_what_does_not_tell_two_apart_leaves_one(texts: list[Extraction]) -> None:
    result = linked(*texts)
    assert people(result) == ["李红"]
    assert not result.pairs


def test_who_heads_two_bodies_together_stays_one_beside_a_namesake() -> None:
    both = text(1, "2021", post(0, EDUCATION), post(0, SPORT))
    result = linked(both, text(2, "2022", post(0, SPORT)), text(3, "2021", post(0, WATER)), text(4, "2021", also=(0,)))
    assert people(result) == ["李红", "李红@体育局", "李红@水利局"]


def test_a_person_says_that_two_are_one() -> None:
    texts = text(1, "2021", post(0, EDUCATION)), text(2, "2021", post(0, WATER))
    result = linked(*texts, decisions=[Decision("merge", f"{NAME}@水利局", f"{NAME}@教育局")])
    assert len(people(result)) == 1
    assert not result.pairs


def test_the_order_of_documents_does_not_matter() -> None:
    texts = [
        text(1, "2021", post(0, EDUCATION), post(0, SPORT)),
        text(2, "2020", post(0, WATER)),
        text(3, "2021", post(5, WATER), also=(0,)),
        text(4, "", also=(0,)),
    ]
    results = {repr(linked(*order)) for order in itertools.permutations(texts)}
    assert len(results) == 1


# --- decisions ----------------------------------------------------------------------------------

CAREER = text(1, "2019", post(0, EDUCATION)), text(2, "2021", post(0, WATER)), text(3, "2022", also=(0,))


def test_a_split_by_body() -> None:
    decision = Decision("split", NAME, "", "张三", "2024-05-01", "两人", "body")
    result = linked(*CAREER, decisions=[decision])
    assert people(result) == ["李红", "李红@教育局", "李红@水利局"]
    assert not result.pairs
    assert not result.issues
    influenced = {s.subject for s in result.statements if s.predicate.endswith("wasInfluencedBy")}
    assert influenced == {entity.iri for entity in result.distinct if entity.label == "official"}


def test_a_split_by_document() -> None:
    decision = Decision("split", NAME, "", "张三", "2024-05-01", "三人", "document")
    result = linked(*CAREER, decisions=[decision])
    assert people(result) == [f"李红@{number:016x}" for number in (1, 2, 3)]
    assert {entity.keys for entity in result.distinct if entity.label == "official"} == {
        (f"{NAME}@教育局@{1:016x}",),
        (f"{NAME}@水利局@{2:016x}",),
        (f"{NAME}@{3:016x}",),
    }
    assert not result.pairs


@pytest.mark.parametrize(
    ("key", "by", "kind"),
    [
        ("official/430200/王某", "body", "unknown-key"),
        ("agency/430200/株洲市教育局", "body", "unusable-decision"),
    ],
)
def test_a_split_that_finds_nothing_is_an_issue(key: str, by: str, kind: str) -> None:
    result = linked(*CAREER, decisions=[Decision("split", key, "", by=by)])
    assert [issue.kind for issue in result.issues] == [kind]
    assert not result.judged
