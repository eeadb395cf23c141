"""Events under their full names."""

from __future__ import annotations

import pytest

from kg.extract import components
from kg.extract.entities.events import find
from kg.extract.reading import Reading
from kg.records import Document

HEAD = "在株洲市第十六届人民代表大会第一次会议上的报告\n"


def events(text: str, head: str = HEAD) -> list[tuple[str, str, str]]:
    """Text, name and place of the events after the head."""
    reading = Reading(Document("d", "d.txt", head + text), components.FINDERS)
    return [
        (reading.text[item.start : item.end], item.name, item.place)
        for item in find(reading)
        if item.start >= len(head)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市十六届人大一次会议开幕。", ("市十六届人大一次会议", "株洲市第十六届人民代表大会第一次会议", "430200")),
        ("在市第十三次党代会上。", ("市第十三次党代会", "中国共产党株洲市第十三次代表大会", "430200")),
        (
            "1月23日在市第十六届人民代表大会第二次会议上。",
            ("市第十六届人民代表大会第二次会议", "株洲市第十六届人民代表大会第二次会议", "430200"),
        ),
        (
            "在株洲市**\n\n**第十六届人民代表大会第二次会议上。",
            ("株洲市\n\n第十六届人民代表大会第二次会议", "株洲市第十六届人民代表大会第二次会议", "430200"),
        ),
        ("学习党的二十大精神。", ("党的二十大", "中国共产党第二十次全国代表大会", "")),
        (
            "省委十四届十二次全会部署。",
            ("省委十四届十二次全会", "中国共产党湖南省第十四届委员会第十二次全体会议", "430000"),
        ),
        ("落实中央经济工作会议精神。", ("中央经济工作会议", "中央经济工作会议", "")),
        ("落实省委经济工作会议精神。", ("省委经济工作会议", "湖南省委经济工作会议", "430000")),
        ("市政协十届二次会议召开。", ("市政协十届二次会议", "政协株洲市第十届委员会第二次全体会议", "430200")),
        ("成功举办国际轨博会。", ("国际轨博会", "国际轨博会", "")),
        ("办好“神农文化旅游节”。", ("神农文化旅游节", "神农文化旅游节", "430200")),
        ("贯彻习近平总书记视察湖南重要讲话精神。", ("习近平总书记视察湖南", "习近平总书记视察湖南", "")),
        ("迎接建党100周年。", ("建党100周年", "中国共产党成立100周年", "")),
    ],
)
def test_finds_events(text: str, expected: tuple[str, str, str]) -> None:
    assert events(text) == [expected]


def test_session_with_its_place_written_out() -> None:
    found = events("政协株洲市渌口区第二届委员会第二次全体会议、渌口区第二届人民代表大会第二次会议分别开幕。")
    assert [name for _, name, _ in found] == [
        "政协株洲市渌口区第二届委员会第二次全体会议",
        "渌口区第二届人民代表大会第二次会议",
    ]
    assert {place for _, _, place in found} == {"430212"}


def test_plenums_in_one_span() -> None:
    reading = Reading(Document("d", "d.txt", "贯彻十九届二中、三中、四中、五中全会精神。"), components.FINDERS)
    (item,) = find(reading)
    assert item.name == "中国共产党第十九届中央委员会第二次、第三次、第四次、第五次全体会议"
    assert item.members == ("十九届二中全会", "十九届三中全会", "十九届四中全会", "十九届五中全会")


def test_dated_acts() -> None:
    assert events("9月15日，湘粤班列正式开通运营。")[0][0] == "湘粤班列正式开通运营"
    assert events("班列运营良好。") == []


@pytest.mark.parametrize(
    "text", ["举办各类论坛和大赛。", "开好动员大会。", "全市上下召开大会。", "加强疫情防控。", "出台《若干措施》。"]
)
def test_leaves_other_words(text: str) -> None:
    assert events(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "成功举办第五届东西高铁经济带合作联席会、“三会一节”[3]等系列重大活动。",
            ["第五届东西高铁经济带合作联席会", "三会一节"],
        ),
        ("办好智博会、漫博会等展会，参加第七届进博会。", ["智博会", "漫博会", "第七届进博会"]),
        ("港务局与社交会展。", []),
        (
            "承办中国—东盟新闻部长会议和第八届中国—东盟青年会议。",
            ["中国—东盟新闻部长会议", "第八届中国—东盟青年会议"],
        ),
        ("承办强县建设论坛暨中国—东盟体育旅游活力月。", ["强县建设论坛", "中国—东盟体育旅游活力月"]),
        ("承办中国—东盟可持续发展创新国际论坛。", ["中国—东盟可持续发展创新国际论坛"]),
        ("承办联合国“绿色发展”国际培训班。", ["联合国“绿色发展”国际培训班"]),
        ("办好第五届中俄博览会和第三十届哈洽会。", ["第五届中俄博览会", "第三十届哈洽会"]),
        ("全省乡村建设现场推进会在我市召开。", ["全省乡村建设现场推进会"]),
        ("在国务院第五次大督查中被通报表扬。", ["国务院第五次大督查"]),
        ("举办系列群众体育活动。", []),
        ("召开新闻发布会12场。", []),
        ("召开企业座谈会，举办各类招聘会。", []),
    ],
)
def test_gatherings_that_are_held(text: str, names: list[str]) -> None:
    reading = Reading(Document("d", "d.txt", text), components.FINDERS)
    assert [text[item.start : item.end] for item in reading.found("event")] == names


def test_offices_named_together_share_the_meeting() -> None:
    text = "株洲市人民政府工作报告\n落实中央和省委、市委经济工作会议精神，省、市委十二届五次全会精神。"
    reading = Reading(Document("d", "d.txt", text), components.FINDERS)
    found = {text[item.start : item.end]: item.members for item in reading.found("event")}
    assert found["中央和省委、市委经济工作会议"] == (
        "中央经济工作会议",
        "湖南省委经济工作会议",
        "株洲市委经济工作会议",
    )
    assert found["省、市委十二届五次全会"] == (
        "中国共产党湖南省第十二届委员会第五次全体会议",
        "中国共产党株洲市第十二届委员会第五次全体会议",
    )


def test_a_line_break_inside_the_name_of_a_session() -> None:
    text = "在株洲市第十四届人民代表大会\n\n第六次会议上"
    reading = Reading(Document("d", "d.txt", text), components.FINDERS)
    assert [item.name for item in reading.found("event")] == ["株洲市第十四届人民代表大会第六次会议"]


def test_numbered_sessions_of_a_government() -> None:
    text = "5月20日株洲市人民政府第8次常务会议研究决定。"
    reading = Reading(Document("d", "d.txt", text), components.FINDERS)
    assert [item.name for item in reading.found("event")] == ["株洲市人民政府第8次常务会议"]
