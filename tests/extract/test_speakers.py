"""The head of a work report: who gives it and in which post, however the site sets the line."""

from __future__ import annotations

import pytest

from kg.extract.pipeline import extract
from kg.records import Document, Relation

_HEAD = "政府工作报告\n\n——2022年1月9日在渌口区第二届人民代表大会第二次会议上\n\n"
_SALUTE = "\n\n各位代表：\n\n现在，我代表区人民政府，向大会报告工作，请予审议。\n"


def _relations(line: str, salute: str = _SALUTE) -> list[Relation]:
    text = f"{_HEAD}{line}{salute}"
    return list(extract(Document("0" * 16, "a.txt", text, title="渌口区政府工作报告", date="2022-01-09")).relations)


@pytest.mark.parametrize(
    ("line", "name", "post", "mode"),
    [
        ("区长\xa0\xa0 柏舟", "柏舟", "区长", "substantive"),
        ("区\u2002长\u2002郁林深", "郁林深", "区长", "substantive"),
        ("代区长：步云帆", "步云帆", "代区长", "acting"),
        ("区人民政府代理区长 步云帆", "步云帆", "代理区长", "acting"),
        ("渌口区人民政府区长\n\n秦望川", "秦望川", "区长", "substantive"),
        ("区长 麦 青 禾", "麦青禾", "区长", "substantive"),
        ("区长\u2002\u2002艾力·买买提", "艾力·买买提", "区长", "substantive"),
    ],
)
def test_the_line_of_the_speaker(line: str, name: str, post: str, mode: str) -> None:
    relations = _relations(line)
    held = [(r.subject.name, r.attribute("post"), r.attribute("mode")) for r in relations if r.kind == "holdsPost"]
    assert held == [(name, post, mode)]
    assert [r.subject.name for r in relations if r.kind == "presentedReport"] == [name]


def test_a_name_without_a_post_gives_the_report_and_no_post() -> None:
    relations = _relations("秦 望 川")
    assert [r.subject.name for r in relations if r.kind == "presentedReport"] == ["秦望川"]
    assert not [r for r in relations if r.kind == "holdsPost"]


def test_a_post_without_a_name_gives_nobody() -> None:
    assert not [r for r in _relations("渌口区人民政府区长") if r.kind in ("holdsPost", "presentedReport")]


def test_who_reports_on_behalf_of_another() -> None:
    salute = "\n\n各位代表：\n\n现在，我受区长柏舟同志委托，代表区人民政府向大会报告2021年政府工作。\n"
    relations = _relations("常务副区长 郁林深", salute)
    assert [r.subject.name for r in relations if r.kind == "presentedReport"] == ["郁林深"]
    assert {r.subject.name for r in relations if r.kind == "holdsPost"} == {"柏舟", "郁林深"}


def test_a_verb_after_the_general_secretary_is_no_name() -> None:
    relations = _relations("区长 柏舟", f"{_SALUTE}深入贯彻习近平总书记来福建、来三明考察重要讲话精神。\n")
    assert {r.subject.name for r in relations if r.kind == "holdsPost"} == {"柏舟", "习近平"}


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        ("原区长方砚秋在任期间，", "former"),
        ("时任渌口区区长方砚秋说，", "former"),
        ("原平市市长方砚秋说，", "substantive"),
    ],
)
def test_who_held_a_post_before(words: str, mode: str) -> None:
    held = [r for r in _relations("区长 柏舟", f"{_SALUTE}{words}各项工作稳步推进。\n") if r.subject.name == "方砚秋"]
    assert [r.attribute("mode") for r in held if r.kind == "holdsPost"] == [mode]
    assert all(r.text == words[: words.index("方砚秋") + 3] for r in held if mode == "former")


@pytest.mark.parametrize(
    "words",
    [
        "鄂州长江大桥完成总工程量70%以上。",
        "全面落实总书记来陕考察重要讲话精神。",
        "全面落实省委王晓晖书记来攀、书记吕梁调研时的要求。",
        "建设中国计量院长沙基地。",
        "实行驻村第一书记全覆盖。",
    ],
)
def test_words_that_run_on_are_no_names(words: str) -> None:
    held = {r.subject.name for r in _relations("区长 柏舟", f"{_SALUTE}{words}\n") if r.kind == "holdsPost"}
    assert held <= {"柏舟", "王晓晖"}


def test_a_speaker_may_have_a_rare_surname() -> None:
    assert {r.subject.name for r in _relations("区长 来舟") if r.kind == "holdsPost"} == {"来舟"}
