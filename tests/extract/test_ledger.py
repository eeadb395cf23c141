"""The ledger: every number, quoted phrase and likely name in one class, what is in no fact with a reason."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import read
from kg.documents.view import view
from kg.extract import candidates, ledger, numerals
from kg.extract.ledger import Entry, Facts
from kg.extract.measures.quantities import scan
from kg.extract.pipeline import extract
from kg.extract.spans import Spans
from kg.records import Document, Extraction
from kg.sentences import split

NOTHING = Facts((), (), (), ())
SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))
DIGITS = re.compile(r"\d+")


def entries(text: str, facts: Facts = NOTHING) -> list[Entry]:
    """Return the entries of a bare text."""
    return ledger.entries(text, split(text), scan(text), facts)


def numbers(text: str) -> list[tuple[str, str]]:
    """Return (number, class) pairs of a text in which no fact was found."""
    return [(text[e.start : e.end], e.group) for e in entries(text) if e.kind == "number"]


def extracted(body: str) -> Extraction:
    """Return the extraction of a short report."""
    head = "莆田市政府工作报告\n——2023年1月3日在莆田市第八届人民代表大会第二次会议上\n"
    return extract(Document("d", "莆田.txt", head + body, date="2023-01-03", title="莆田市政府工作报告"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年12月30日上午9:30召开。", "time time time time time"),
        ("2016—2020年，1—11月完成。", "time time time time"),
        ("迎接建市40周年。", "time"),
        ("今后五年要走在前列。", "time"),
        ("获评2022中国活力城市。", "time"),
        ("准备\n1.修路；2.架桥。\n3、种树", "numbering numbering numbering"),
        ("推进“六稳”[4]工作【9】，落实（2）项。", "numbering numbering numbering"),
        ("第34个会员，第3批名单。", "numbering numbering"),
        ("实施5G、PM2.5、S330和2号线。", "name name name name"),
        ("构建“3+5+2”体系，拨打12345热线。", "name name name name"),
        ("工业4.0时代的500强企业。", "name name"),
        ("城乡二元结构与二次供水。", "name name"),
        ("编号 4711 甲。", "unlinked"),
        ("连续8年、历时六个月。", "unlinked unlinked"),
        ("三次产业比为5.2:50.3:44.5。", "name unlinked unlinked unlinked"),
    ],
)
def test_a_number_is_what_its_form_says(text: str, expected: str) -> None:
    """Dates, numberings and parts of names are no quantities; a streak of years and a ratio are."""
    assert " ".join(group for _, group in numbers(text)) == expected


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("就业率从81.5%提高到90%。", "81.5", "baseline"),
        ("产业结构为5.2:50.3:44.5。", "50.3", "ratio"),
        ("连续8年。", "8", "duration"),
        ("每人每月补助450元。", "450", "rate"),
        ("整治14类扬尘。", "14", "unit"),
        ("招引30亿元以上项目。", "30", "bound"),
        ("投资5亿元的项目。", "5", "attribute"),
        ("编号 4711 甲。", "4711", "bare"),
    ],
)
def test_an_unlinked_number_has_its_reason(text: str, number: str, reason: str) -> None:
    found = {text[e.start : e.end]: e.reason for e in entries(text) if e.group == ledger.UNLINKED}
    assert found[number] == numerals.REASONS[reason]


def test_facts_hold_their_numbers_and_dates_stay_dates() -> None:
    """The year in the quote of a measure is a time, not a number that was read."""
    text = "2021年新增企业20家"
    found = entries(text, Facts(((0, len(text)),), (), (), ()))
    assert [(e.group, text[e.start : e.end]) for e in found if e.kind == "number"] == [("time", "2021"), ("fact", "20")]


def test_a_counted_mention_is_a_fact_and_a_name_with_a_number_a_name() -> None:
    text = "甲桥等26个项目、年产3万吨钛材项目"
    found = entries(text, Facts((), ((0, 8),), ((9, 18),), ()))
    assert [e.group for e in found if e.kind == "number"] == ["fact", "name"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("话剧《甲乙丙》上演。", "work"),
        ("名词解释\n1.“甲乙丙”：指三件事。", "glossary"),
        ("坚持“一事一议，一心一意”。", "saying"),
        ("管理“甲乙”经费。", "kind"),
        ("做到“甲乙”。", "verb"),
        ("就是“甲乙”。", "wording"),
    ],
)
def test_a_quoted_phrase_in_no_fact_has_its_reason(text: str, reason: str) -> None:
    (found,) = [e for e in entries(text) if e.kind == "quote"]
    assert (found.group, found.reason) == (ledger.UNLINKED, ledger.QUOTE_REASONS[reason])


def test_a_quoted_phrase_in_a_mention_is_in_a_fact() -> None:
    text = "实施“双千”工程。"
    (found,) = [e for e in entries(text, Facts((), (), ((2, 8),), ())) if e.kind == "quote"]
    assert found.group == ledger.FACT


@pytest.mark.parametrize(
    ("text", "group", "reason"),
    [
        ("甲水新天地集团开工。", "unlinked", "unproved"),
        ("一批重点产业园。", "generic", "generic"),
        ("推进互联互通。", "generic", "generic"),
        ("支持上市公司。", "generic", "generic"),
    ],
)
def test_a_likely_name_is_listed_and_a_kind_of_thing_counted(text: str, group: str, reason: str) -> None:
    (found,) = [e for e in entries(text) if e.kind == "name"]
    assert (found.group, found.reason) == (group, candidates.REASONS[reason])


def test_a_place_before_a_kind_is_listed_as_such() -> None:
    text = "完成莆田大机场建设。"
    places = ((2, 4),)
    (found,) = [e for e in entries(text, Facts((), (), places, places)) if e.kind == "name"]
    assert (text[found.start : found.end], found.reason) == ("莆田大机场", candidates.REASONS["place"])


def test_a_name_that_is_a_mention_is_in_a_fact() -> None:
    text = "甲水集团开工。"
    (found,) = [e for e in entries(text, Facts((), (), ((0, 4),), ())) if e.kind == "name"]
    assert found.group == ledger.FACT


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet="0123456789.,%第年月日，。、“”《》（）()[]【】:：+-—强号家个亿元万人从到一二三十甲路G\n ", max_size=60
    )
)
def test_every_digit_is_in_exactly_one_number(text: str) -> None:
    """Whatever the text is, no number is left out, none is told twice, and all entries are in a known class."""
    found = [e for e in entries(text) if e.kind == "number"]
    for match in DIGITS.finditer(text):
        assert sum(e.start <= match.start() and match.end() <= e.end for e in found) == 1
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert {e.group for e in found} <= {"fact", "name", "time", "numbering", "unlinked"}
    assert all(bool(e.reason) == (e.group == ledger.UNLINKED) for e in found)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8))), st.integers(0, 40), st.integers(1, 5))
def test_touching_joined_spans_is_touching_any(pairs: list[tuple[int, int]], start: int, length: int) -> None:
    spans = [(low, low + size) for low, size in pairs if size]
    expected = any(low < start + length and start < high for low, high in spans)
    assert Spans(spans).touches(start, start + length) == expected


def test_what_is_unlinked_is_an_issue_at_its_source_offsets() -> None:
    """Markup stays in the source; the issue points at the characters there."""
    found = extracted("二、2023年工作安排\n完成编号 **4711** 甲。管理“甲乙”经费。")
    unlinked = {issue.kind: issue for issue in found.issues}
    assert (unlinked["unlinked-number"].text, unlinked["unlinked-quote"].text) == ("4711", "“甲乙”")
    for issue in found.issues:
        assert found.document.text[issue.start : issue.end] == issue.text
        assert issue.message


def test_the_counts_agree_with_the_issues() -> None:
    found = extracted("一、2022年工作回顾\n新增企业20家，编号 4711 甲，管理“甲乙”经费。")
    counts = {(tally.kind, tally.group): tally.number for tally in found.ledger}
    assert counts["number", "fact"] == 1
    for kind in ledger.KINDS:
        listed = sum(issue.kind == f"unlinked-{kind}" for issue in found.issues)
        assert counts.get((kind, ledger.UNLINKED), 0) == listed


@pytest.mark.skipif(not SEEDS, reason="the reference documents are not here")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_nothing_of_a_reference_document_is_unexplained(path: Path) -> None:
    """Each number of the view is counted once; each quote is in a fact or listed; records give the same ledger."""
    found = extract(read(path))
    seen, again = ledger.again(found)
    assert ledger.tallies(again) == found.ledger
    text = view(found.document.text, found.document.format).text
    assert seen.text == text
    spans = [(e.start, e.end) for e in again if e.kind == "number"]
    for match in DIGITS.finditer(text):
        assert sum(low <= match.start() and match.end() <= high for low, high in spans) == 1
    quotes = sum(e.kind == "quote" for e in again)
    assert quotes == len(re.findall(r"“[^“”\n]{1,200}”|《[^《》\n]{1,200}》", text))
    assert all(e.reason for e in again if e.group == ledger.UNLINKED)
