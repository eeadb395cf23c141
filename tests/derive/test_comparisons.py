"""Assessments, cascades and contradictions: pure functions of the rows of one group."""

from __future__ import annotations

from kg.derive.assessments import assess
from kg.derive.cascades import parts
from kg.derive.contradictions import pairs
from tests.derive.example import PLACE, observed


def _verdicts(*rows: object) -> list[tuple[str, str]]:
    covered = {(PLACE, 2021): observed("outcome", "8.5", 2021, indicator="def:gdp")}
    return [(found.verdict.code, found.verdict.reason) for found in assess(rows, covered)]  # type: ignore[arg-type]


def test_a_report_that_is_silent_is_no_evidence_and_no_report_is_not_covered() -> None:
    assert _verdicts(observed("target", "200", 2021)) == [("no-evidence", "")]
    assert _verdicts(observed("target", "200", 2022)) == [("not-covered", "")]


def test_a_document_of_the_middle_of_the_year_proves_nothing() -> None:
    told = observed("outcome", "210", 2021, date="2021-07-20")
    assert _verdicts(observed("target", "200", 2021), told) == [("no-evidence", "")]


def test_a_final_outcome_goes_before_an_estimate() -> None:
    estimate = observed("outcome", "200", 2021, date="2021-12-30", document="a", modality="预计")
    final = observed("outcome", "190", 2021, document="b")
    assert _verdicts(observed("target", "200", 2021), estimate, final) == [("missed", "")]
    assert _verdicts(observed("target", "200", 2021), estimate) == [("met", "")]


def test_several_values_of_one_document_are_left_open() -> None:
    told = [observed("outcome", value, 2021, start=start) for start, value in enumerate(("190", "205"))]
    assert _verdicts(observed("target", "200", 2021), *told) == [("not-comparable", "several")]


def test_a_sum_of_several_years_is_no_outcome_of_one() -> None:
    clause = observed("outcome", "600", 2021, years=True)
    period = observed("outcome", "600", 2021, period_start=2017)
    assert _verdicts(observed("target", "200", 2021), clause) == [("not-comparable", "period")]
    assert _verdicts(observed("target", "200", 2021), period) == [("not-comparable", "period")]


def test_a_range_is_one_target() -> None:
    ends = [observed("target", value, 2021, comparator=sign) for value, sign in (("250", "<="), ("200", ">="))]
    for told, verdict in (("190", "missed"), ("200", "met"), ("240", "met"), ("300", "exceeded")):
        assert _verdicts(*ends, observed("outcome", told, 2021)) == [(verdict, "")]
    fewer = [
        observed("target", value, 2021, comparator=sign, direction="less") for value, sign in (("4", ">="), ("5", "<="))
    ]
    assert _verdicts(*fewer, observed("outcome", "6", 2021)) == [("missed", "")]


def test_growth_aimed_and_a_level_told_are_of_two_kinds() -> None:
    growth = observed(
        "target", "8", 2021, unit="%", indicator="def:growth", name="规模以上工业企业增速", measure_kind="growth"
    )
    assert _verdicts(growth, observed("outcome", "300", 2021)) == [("not-comparable", "kind")]


def test_a_repeated_target_is_assessed_once() -> None:
    targets = [observed("target", "200", 2021, start=start) for start in (5, 90)]
    assert _verdicts(*targets, observed("outcome", "200", 2021)) == [("met", "")]


def test_an_increment_needs_what_is_left_shared_by_the_years_left() -> None:
    whole = observed("target", "1000", 2025, period_start=2021, date="2021-02-01", document="plan")
    first, second = observed("outcome", "100", 2021), observed("target", "225", 2022)
    found = {part.part.year: part for part in parts([whole, first, second])}
    assert (found[2021].verdict.code, found[2021].needed) == ("behind", 200)
    assert (found[2022].verdict.code, found[2022].needed, found[2022].share) == ("on-pace", 225, 32.5)


def test_the_next_five_years_begin_with_the_next_year() -> None:
    whole = observed("target", "1000", 2026, period_start=2021, date="2021-09-28", document="plan")
    (part,) = parts([whole, observed("target", "200", 2022)])
    assert (part.verdict.code, part.needed, part.share) == ("on-pace", 200, 20)


def test_a_stock_is_held_against_the_line_from_where_it_was() -> None:
    stock = {"measure_kind": "stock", "indicator": "def:stock", "name": "规模以上工业企业数"}
    whole = observed("target", "2000", 2025, date="2021-02-01", document="plan", **stock)
    base, later = observed("outcome", "1000", 2020, **stock), observed("outcome", "1200", 2023, **stock)
    found = [part for part in parts([whole, base, later]) if part.part.year == 2023]
    assert [(part.verdict.code, part.needed) for part in found] == [("behind", 1600)]


def test_a_district_has_a_share_of_its_city() -> None:
    district = observed("target", "50", 2022, subject="https://w3id.org/lgkg/id/place/430212", document="district")
    elsewhere = observed("target", "50", 2022, subject="https://w3id.org/lgkg/id/place/430300", document="other")
    (part,) = parts([observed("target", "600", 2022), district, elsewhere])
    assert (part.kind, part.verdict.code, round(part.share or 0, 1)) == ("place", "part", round(part.share or 0, 1))
    assert part.part.subject.endswith("430212")


def _causes(*rows: object) -> list[tuple[str, str]]:
    return [(pair.cause, pair.reason) for pair in pairs(rows)]  # type: ignore[arg-type]


def test_what_fits_one_value_is_no_contradiction() -> None:
    exact = observed("outcome", "1023", 2021, document="a")
    passed = observed("outcome", "1000", 2021, comparator=">", document="b")
    assert _causes(exact, passed) == []


def test_contradictions_are_typed() -> None:
    final = observed("outcome", "200", 2021, document="a")
    assert _causes(final, observed("outcome", "210", 2021, document="b")) == [("value", "order")]
    assert _causes(final, observed("outcome", "210", 2021, document="b", modality="预计")) == [("preliminary", "final")]
    assert _causes(final, observed("outcome", "250", 2021, document="b", partly=True)) == [("scope", "order")]
    assert _causes(final, observed("outcome", "500", 2021, document="b", years=True)) == [("period", "order")]
    assert _causes(final, observed("outcome", "21", 2021, document="b", authority=1)) == []
    assert _causes(final, observed("outcome", "210", 2021, document="b", authority=1)) == [("value", "source")]


def test_targets_of_one_value_may_differ_in_words() -> None:
    one, other = (
        observed("target", "200", 2021, text="200家"),
        observed("target", "200", 2021, comparator=">=", document="b", text="200家以上"),
    )
    assert _causes(one, other) == [("wording", "order")]


def test_within_one_document_only_words_of_one_target_differ() -> None:
    one = observed("target", "200", 2021, sentence=10, start=12, text="规上企业200家")
    other = observed("target", "200", 2021, comparator=">=", sentence=90, start=95, text="规上企业200家以上")
    reached = observed("target", "200", 2021, comparator=">=", sentence=90, start=95, text="规上企业达到200家")
    assert _causes(one, other) == [("wording", "order")]
    assert _causes(one, reached) == []  # 达到 may be meant as the value itself
    assert _causes(one, observed("target", "50", 2021, sentence=90, start=95)) == []


def test_what_another_document_says_anywhere_does_not_contradict_it() -> None:
    final = observed("outcome", "200", 2021, document="a")
    beside = observed("outcome", "40", 2021, document="a", start=50)
    assert _causes(final, beside, observed("outcome", "40", 2021, document="b")) == []
    assert _causes(final, beside, observed("outcome", "90", 2021, document="b")) == [("value", "order")]


def test_a_target_set_anew_in_another_year_is_no_contradiction() -> None:
    assert _causes(observed("target", "200", 2025, date="2021-01-10"), observed("target", "220", 2025)) == []
