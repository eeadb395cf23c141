"""Plans, schemes and projects over time: the rules one by one, and answers on the corpus written for this project."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kg import documents, resources
from kg.errors import QueryError
from kg.query.questions import aims, courses, registry, schemes, showings
from kg.query.questions.aims import Aim
from kg.query.questions.question import Answer, Quote
from kg.query.questions.showings import Showing, Source

PLACE = "https://w3id.org/lgkg/id/place/430200"


def aim(value: str | None, comparator: str = "=", *, horizon: str = "annual", unit: str = "#", at: int = 0) -> Aim:
    number = Decimal(value) if value is not None else None
    return Aim("i", "s", horizon, unit, number, comparator, "", value or "", Quote("q", "d", at, at + 1))


@pytest.mark.parametrize(
    ("before", "after", "change", "how"),
    [
        (aim("100", ">="), aim("120", ">="), "raised", ""),
        (aim("9"), aim("8"), "lowered", ""),
        (aim("8"), aim("8"), "kept", ""),
        (aim("8", "~"), aim("8", ">="), "reworded", "comparator"),
        (aim(None, "maintain"), aim(None, "maintain"), "kept", ""),
        (aim("8", unit="%"), aim("8", unit="CNY"), "not-comparable", ""),
    ],
)
def test_what_became_of_a_target(before: Aim, after: Aim, change: str, how: str) -> None:
    (found,) = aims.changes([before], [after], alike=True)
    assert (found.change, found.how) == (change, how)


def test_silence_says_something_only_between_two_plans_of_a_kind() -> None:
    assert [found.change for found in aims.changes([aim("8")], [], alike=True)] == ["dropped"]
    assert [found.change for found in aims.changes([aim("8")], [], alike=False)] == ["not-comparable"]
    assert [found.change for found in aims.changes([aim("8", horizon="2025")], [], alike=True)] == ["not-repeated"]
    assert [found.change for found in aims.changes([], [aim("8")], alike=True)] == ["new"]


def test_several_values_of_one_indicator_are_paired_when_equal_and_else_not_compared() -> None:
    found = list(aims.changes([aim("5"), aim("7", at=9)], [aim("7"), aim("9", at=9)], alike=True))
    assert [(item.change, item.before and item.before.value, item.after and item.after.value) for item in found] == [
        ("kept", 7, 7),
        ("not-comparable", 5, 9),
    ]


@pytest.mark.parametrize(
    ("change", "direction", "effort"),
    [("raised", "more", "harder"), ("raised", "less", "easier"), ("lowered", "less", "harder"), ("kept", "more", "")],
)
def test_whether_a_change_makes_it_harder(change: str, direction: str, effort: str) -> None:
    assert aims.effort(change, direction) == effort


def source(date: str) -> Source:
    return Source(f"doc/{date}", date, date, PLACE, "株洲市")


def told(date: str, stage: str, goal: str = "", due: int = 0) -> Showing:
    quote = Quote("青云大桥", date, 0, 4, date)
    return Showing("青云大桥", "id/bridge", source(date), stage, "", goal, due, "", quote)


YEARS = ("2020-01-10", "2021-01-12", "2022-01-11")


@pytest.mark.parametrize(
    ("later", "named", "verdict"),
    [
        ([told("2021-01-12", "completed")], (), "reached"),
        ([told("2021-01-12", "in_progress"), told("2022-01-11", "in_operation")], (), "late"),
        ([told("2022-01-11", "completed")], (), "told-later"),
        ([told("2021-01-12", "in_progress")], (), "slipped"),
        ([told("2021-01-12", "planned", "completed", 2021)], (), "slipped"),
        ([], ("doc/2021-01-12",), "named"),
        ([], (), "not-mentioned"),
    ],
)
def test_what_later_documents_say_of_a_plan(later: list[Showing], named: tuple[str, ...], verdict: str) -> None:
    plan = told(YEARS[0], "planned", "completed", 2020)
    (found, *_) = courses.plans([plan, *later], [source(date) for date in YEARS], named)
    assert found.verdict == verdict


def test_a_plan_that_no_document_covers() -> None:
    plan = told(YEARS[2], "planned", "started", 2022)
    (found,) = courses.plans([plan], [source(date) for date in YEARS], ())
    assert (found.verdict, found.answer) == ("not-covered", None)


def test_a_plan_for_five_years_is_not_late_after_one() -> None:
    plan = told(YEARS[0], "planned", "completed", 2025)
    (found,) = courses.plans([plan, told(YEARS[1], "in_progress")], [source(date) for date in YEARS], ())
    assert found.verdict == "not-covered"


@pytest.mark.parametrize(
    ("stages", "fate", "later"),
    [
        ([told(YEARS[0], "in_progress"), told(YEARS[1], "completed")], "done", 1),
        ([told(YEARS[0], "in_progress")], "vanished", 2),
        ([told(YEARS[0], "in_progress"), told(YEARS[2], "in_progress")], "current", 0),
    ],
)
def test_the_fate_of_a_project(stages: list[Showing], fate: str, later: int) -> None:
    found = courses.course(stages, [source(date) for date in YEARS], ())
    assert (found.fate, found.later) == (fate, later)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("青云大桥", True),
        ("3号线", True),
        ("污水处理厂", False),
        ("人民医院", False),
        ("新机场", False),
        ("民用机场", False),
        ("跨江大桥", False),
        ("智能机器人项目", False),
        ("株洲市55个微亮化项目（2021）", False),
    ],
)
def test_only_names_of_their_own_are_followed(name: str, own: bool) -> None:
    assert showings.is_own_name(name, PLACE) is own


def test_sizes_that_names_announce() -> None:
    assert schemes.declared("“9+9+10”现代化产业体系") == 28
    assert schemes.line("“3+5+2”产业集群") == schemes.line("“3+3+2”现代产业体系")
    assert schemes.line("五大支柱产业") != schemes.line("五大新兴产业")


# --- on the corpus ------------------------------------------------------------------------------


def values(answer: Answer, *columns: str) -> list[tuple[object, ...]]:
    at = [answer.question.columns.index(name) for name in columns]
    return [tuple(row.values[index] for index in at) for row in answer.rows]


def test_two_reports_of_one_city(corpus: Path) -> None:
    answer = registry.answer(corpus, "plan-vs-plan", place="衢州市")
    found = values(answer, "earlier_year", "later_year", "thing", "change", "earlier", "later", "effort")
    assert (2020, 2021, "地区生产总值增速", "raised", "目标≥6%", "目标约7.5%", "harder") in found
    assert (2020, 2021, "一般公共预算收入增速", "raised", "目标6%", "预期≥7%", "harder") in found
    assert (2020, 2021, "高新技术企业数", "dropped", "力争＞330家", None, None) in found
    assert {row[:2] for row in found} == {(2020, 2021)}  # the list of projects of 2023 plans no year of the city


def test_a_plan_needs_a_place_or_documents(corpus: Path) -> None:
    with pytest.raises(QueryError, match="needs --place"):
        registry.answer(corpus, "plan-vs-plan")
    with pytest.raises(QueryError, match="none of kept, raised"):
        registry.answer(corpus, "plan-vs-plan", place="衢州市", change="better")


def test_plans_of_works_and_what_came_of_them(corpus: Path) -> None:
    answer = registry.answer(corpus, "project-slippage", place="衢州市")
    found = values(answer, "project", "planned", "aim", "due", "verdict", "answered")
    assert ("衢丽铁路一期", "2020-04-28", "开工", 2020, "reached", "2021-02-24") in found
    assert ("浙西锂电正极材料二期", "2021-02-24", "投用", 2021, "reached", "2023-02-15") in found
    assert ("橘源光电柔性屏项目", "2023-02-15", "开工", 2023, "not-covered", None) in found


def test_the_course_of_a_railway(corpus: Path) -> None:
    (row,) = values(registry.answer(corpus, "project-history", project="衢丽铁路一期"), "documents", "course", "fate")
    assert row == (3, "2020 →started, 2021 started, 2023 in_progress", "current")


def test_a_year_to_come_is_a_plan(corpus: Path) -> None:
    answer = registry.answer(corpus, "projects", project="千河湿地公园")
    assert values(answer, "date", "kind", "aim", "due")[0] == ("2021-03-26", "planned", "建成", 2023)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("projects", {}),
        ("project-history", {}),
        ("project-slippage", {}),
        ("project-groups", {}),
        ("plan-vs-plan", {"place": "衢州市", "kind": "all"}),
        ("schemes", {}),
        ("scheme-changes", {}),
    ],
)
def test_every_quote_is_in_its_document(corpus: Path, name: str, asked: dict[str, str]) -> None:
    folder = resources.path("corpus", "documents")
    texts = {path.stem: documents.read(path, root=folder).text for path in folder.iterdir()}
    answer = registry.answer(corpus, name, **asked)
    assert len(answer) > 0
    for row in answer.rows:
        for quote in row.quotes:
            assert quote is None or quote.text == texts[quote.document][quote.start : quote.end]
