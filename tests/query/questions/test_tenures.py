"""Holders on a date, runs and conflicts: what attestations allow to say, and nothing more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query.questions.tenures import FILLS, Held, Shown, conflicts, holders, role, runs

_BODY = "id/org/gov"


def _shown(who: str, on: str, mode: str = "substantive", post: str = "市长", start: int = 0) -> Shown:
    held = Held(
        f"{who}-{post}-{mode}", who, who, f"post-{post}", f"某市人民政府{post}", post, mode, _BODY, "某市人民政府"
    )
    return Shown(held, on, f"doc#char={start},{start + 9}")


def _ordered(*found: Shown) -> list[Shown]:
    return sorted(found, key=lambda item: item.key)


def _told(found: list[Shown], date: str) -> list[tuple[str, str | None, str]]:
    return [(item.status, item.by.held.who if item.by else None, item.reason) for item in holders(found, date)]


SLOT = _ordered(
    _shown("柏舟", "2020-01-10"),
    _shown("柏舟", "2021"),
    _shown("郁林深", "2021-12-30", "acting"),
    _shown("郁林深", "2023-01-05"),
)


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2019-06-01", [("unknown", None, "earlier")]),
        ("2020-01-10", [("attested", "柏舟", "")]),
        ("2020-06", [("inferred", "柏舟", "before-and-after")]),
        ("2021-06-30", [("inferred", "柏舟", "")]),
        ("2021", [("attested", "柏舟", ""), ("attested", "郁林深", "")]),
        ("2021-12-30", [("attested", "郁林深", "")]),
        ("2022-07-01", [("inferred", "郁林深", "before-and-after")]),
        ("2030", [("inferred", "郁林深", "")]),
    ],
)
def test_who_held_a_post(date: str, told: list[tuple[str, str | None, str]]) -> None:
    assert _told(SLOT, date) == told


def test_a_former_holder_is_no_holder_and_nobody_is_made_up() -> None:
    found = _ordered(_shown("柏舟", "2020-01-10"), _shown("柏舟", "2021-03-01", "former"))
    assert _told(found, "2020-12-31") == [("inferred", "柏舟", "")]
    assert _told(found, "2021-06-30") == [("unknown", "柏舟", "left")]


def test_a_nominee_does_not_fill_a_post() -> None:
    found = _ordered(_shown("柏舟", "2020-01-10"), _shown("郁林深", "2021-03-01", "nominated"))
    assert _told(found, "2021-06-30") == [("inferred", "柏舟", "")]


def test_a_document_without_a_date_shows_someone_but_not_when() -> None:
    assert _told([_shown("柏舟", "")], "2021") == [("unknown", "柏舟", "undated")]


def test_a_post_with_several_seats_has_several_holders() -> None:
    found = _ordered(_shown("柏舟", "2020-01-10", post="副市长"), _shown("郁林深", "2021-03-01", post="副市长"))
    assert _told(found, "2021-06-30") == [("inferred", "柏舟", ""), ("inferred", "郁林深", "")]


def test_runs_change_with_the_person_and_the_mode() -> None:
    assert [(run.held.who, run.held.mode, run.number) for run in runs(SLOT)] == [
        ("柏舟", "substantive", 2), ("郁林深", "acting", 1), ("郁林深", "substantive", 1),
    ]  # fmt: skip
    assert list(conflicts(list(runs(SLOT)))) == []


def test_two_holders_at_once_conflict_unless_one_acts() -> None:
    same_day = _ordered(_shown("柏舟", "2020-01-10"), _shown("郁林深", "2020-01-10", start=50))
    between = _ordered(_shown("柏舟", "2020-01-10"), _shown("郁林深", "2021-01-10"), _shown("柏舟", "2022-01-10"))
    acting = _ordered(_shown("柏舟", "2020-01-10"), _shown("郁林深", "2020-01-10", "acting", start=50))
    assert [(a.held.who, b.held.who) for a, b in conflicts(list(runs(same_day)))] == [("柏舟", "郁林深")]
    assert [(a.held.who, b.held.who) for a, b in conflicts(list(runs(between)))] == [("柏舟", "郁林深")]
    assert list(conflicts(list(runs(acting)))) == []


@pytest.mark.parametrize(
    ("title", "body", "bare"),
    [
        ("中共醴陵市委员会市委书记", "中共醴陵市委员会", "书记"),
        ("中共醴陵市委员会书记", "中共醴陵市委员会", "书记"),
        ("株洲市科学技术局党组书记", "株洲市科学技术局", "党组书记"),
        ("株洲市人民政府市长", "株洲市人民政府", "市长"),
        ("市长", "", "市长"),
    ],
)
def test_the_bare_post(title: str, body: str, bare: str) -> None:
    assert role(title, body) == bare


_DATES = st.sampled_from(["", "2019", "2020", "2020-03", "2020-03-05", "2021-01-01", "2021"])
_MODES = st.sampled_from([*FILLS, "former", "nominated"])


@given(st.lists(st.builds(_shown, st.sampled_from(["柏舟", "郁林深", "步云帆"]), _DATES, _MODES)), _DATES.filter(bool))
def test_an_answer_never_goes_beyond_the_evidence(found: list[Shown], date: str) -> None:
    ordered = _ordered(*found)
    for holder in holders(ordered, date):
        assert holder.status == "unknown" or (holder.by in found and holder.by is not None and bool(holder.by.on))
        assert holder.by is None or holder.by.held.mode in FILLS
        assert holder.until is None or holder.until.on > date
