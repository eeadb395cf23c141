"""Relations of the genre: each kind in sentences of its own, and what must give none."""

from __future__ import annotations

import pytest

from kg.extract import components
from kg.extract.reading import Reading
from kg.records import RELATION_KINDS, Document

PLAN = "莆田市政府工作报告\n——2023年1月3日在莆田市第八届人民代表大会第二次会议上\n二、2023年工作安排\n"
REVIEW = "莆田市政府工作报告\n——2023年1月3日在莆田市第八届人民代表大会第二次会议上\n一、2022年工作回顾\n"


def read(body: str, head: str = PLAN, date: str = "2023-01-03") -> Reading:
    return Reading(Document("d", "莆田.txt", head + body, date=date, title="莆田市政府工作报告"), components.FINDERS)


def told(kind: str, body: str, head: str = PLAN, date: str = "2023-01-03") -> list[tuple[str, ...]]:
    """Subject, object and values of the relations of a kind that end in the body, in order of the text."""
    reading = read(body, head, date)
    found = [r for r in reading.relations(kind, components.RELATIONS[kind]) if r.end > len(head)]
    found.sort(key=lambda r: (r.object.start if r.object else r.subject.start, r.subject.start))
    return [
        (r.subject.name, *([r.object.name] if r.object else []), *(value for _, value in r.attributes)) for r in found
    ]


def test_every_kind_has_a_finder() -> None:
    assert tuple(components.RELATIONS) == RELATION_KINDS


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        (
            "hasComponent",
            "大力实施深化国企、质量提升、“走出去”等“开放强市四大工程”。",
            [
                ("“开放强市四大工程”", "深化国企"),
                ("“开放强市四大工程”", "质量提升"),
                ("“开放强市四大工程”", "“走出去”"),
            ],
        ),
        (
            "hasComponent",
            "开展疏堵提畅、市容增颜、脏乱整治“三大行动”。",
            [("“三大行动”", "疏堵提畅"), ("“三大行动”", "市容增颜"), ("“三大行动”", "脏乱整治")],
        ),
        ("hasComponent", "实现产量、产值“三个翻番”。", []),
        ("hasComponent", "推进产业、质量“四大工程”。", []),  # four without 等 are four
        ("implementsPolicy", "全面落实“招商引资18条”，加快发展。", [("莆田市", "“招商引资18条”")]),
        ("implementsPolicy", "龙头企业落实“双减”政策。", []),
        ("targetsIndustry", "重点招引新材料、电子信息等优势产业。", [("莆田市", "新材料"), ("莆田市", "电子信息")]),
        ("targetsIndustry", "引进新能源汽车50辆。", []),
        ("keyIndustry", "做强陶瓷、服饰等主导产业。", [("莆田市", "陶瓷"), ("莆田市", "服饰")]),
        ("keyIndustry", "三市共建以工程机械、轨道交通为主的产业集群。", []),
        ("establishes", "组建莆田市科技创新联盟。", [("莆田市", "莆田市科技创新联盟")]),
        ("establishes", "支持企业组建创新联合体。", []),
        (
            "hasProjectType",
            "打通东环北路、华强路、云峰大道等市际通道。",
            [("东环北路", "市际通道"), ("华强路", "市际通道"), ("云峰大道", "市际通道")],
        ),
        (
            "connects",
            "加快建设仙游至永泰高速公路。",
            [("仙游至永泰高速公路", "仙游县"), ("仙游至永泰高速公路", "永泰县")],
        ),
        ("seeksDesignation", "巩固国家卫生城市创建成果。", [("莆田市", "国家卫生城市")]),
        ("seeksDesignation", "学习国家森林城市创建经验。", []),
        ("transformsInto", "力争实现园区转型为省级高新区。", [("莆田市园区", "省级高新区")]),
        ("transformsInto", "推动园区管理向“投资机构”转型。", [("莆田市园区", "“投资机构”")]),
        ("transformsInto", "推动经济向高质量发展转型。", []),
    ],
)
def test_plans(kind: str, body: str, expected: list[tuple[str, ...]]) -> None:
    assert told(kind, body) == expected


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        (
            "obtainedDesignation",
            "成功创建国家森林城市、国家公交都市。",
            [("莆田市", "国家森林城市"), ("莆田市", "国家公交都市")],
        ),
        ("obtainedDesignation", "仙游县获评国家全域旅游示范区。", [("仙游县", "国家全域旅游示范区")]),
        ("obtainedDesignation", "国家创新型城市创建通过总结评估验收。", [("莆田市", "国家创新型城市")]),
        ("obtainedDesignation", "国家食品安全示范城市创建通过省级初评。", []),
        ("obtainedDesignation", "仙游县入选省全域旅游示范区。", []),  # the province's, not the country's
        ("seeksDesignation", "全国文明典范城市创建扎实推进。", [("莆田市", "全国文明典范城市")]),
        (
            "issuedPolicy",
            "11月10日，我市出台《莆田市进一步加强招商引资工作的若干措施》。",
            [("莆田市", "《莆田市进一步加强招商引资工作的若干措施》", "2022-11-10")],
        ),
        ("signed", "与永泰县签订产业共建合作协议。", [("永泰县", "产业共建合作协议"), ("莆田市", "产业共建合作协议")]),
        ("signed", "签订购房合同3份。", []),
    ],
)
def test_reviews(kind: str, body: str, expected: list[tuple[str, ...]]) -> None:
    assert told(kind, body, REVIEW) == expected


def test_enterprises_and_their_honours() -> None:
    text = "时代华鑫入围“创客中国”全国500强，时代华先获中国轻工业联合会技术发明奖一等奖提名。"
    assert told("receivedHonour", text, REVIEW) == [("时代华鑫", "“创客中国”全国500强")]
    assert told("nominatedFor", text, REVIEW) == [("时代华先", "中国轻工业联合会技术发明奖一等奖")]


def test_short_names_stand_for_titles() -> None:
    text = (
        "出台《关于进一步加强招商引资工作的若干措施》，被称为招商引资“18条”。“18条”涵盖产业招商、基金招商等12个方面。"
    )
    title = "《关于进一步加强招商引资工作的若干措施》"
    assert told("hasAlias", text, REVIEW) == [(title, "招商引资“18条”")]
    assert told("hasComponentCount", text, REVIEW) == [(title, "12", "方面")]
    assert told("hasComponent", text, REVIEW) == [(title, "产业招商"), (title, "基金招商")]


def test_named_members_of_a_counted_group() -> None:
    members = told("memberOfGroup", "推进大唐煤电、雪宝二期等26个项目尽快开工。")
    assert [name for name, _ in members][-1] == "雪宝二期"
    assert {group for _, group in members} == {"莆田市26个拟开工项目（2023）"}


def test_who_gave_which_report_where() -> None:
    """The speaker stands on a line above; the meeting and its day in the lines before."""
    head = "——2023年1月3日在莆田市第八届人民代表大会第二次会议上\n\n市长 林旭阳\n\n各位代表：\n\n"
    text = "现在，我代表市人民政府，向大会报告工作，请予审议。\n"
    report, meeting = "莆田市2023年《政府工作报告》", "莆田市第八届人民代表大会第二次会议"
    assert told("presentedReport", text, head) == [("林旭阳", report)]
    assert told("presentedAt", text, head) == [(report, meeting)]
    assert told("onBehalfOf", text, head) == [(report, "莆田市人民政府")]
    reading = read(text, head)
    (began,) = reading.relations("occurredOn", components.RELATIONS["occurredOn"])
    assert (began.subject.name, began.attributes) == (meeting, (("date", "2023-01-03"),))


def test_a_report_of_a_newspaper() -> None:
    text = "12月30日，市八届人大一次会议隆重开幕。代市长陈恢清代表市人民政府向大会作《政府工作报告》。"
    report = "莆田市《政府工作报告》（2021-12-30）"
    assert told("presentedReport", text, "", "2021-12-31") == [("陈恢清", report)]
    said = "莆田市2022年《政府工作报告》"
    assert told("presentedReport", text + "2022年的目标已经明确。", "", "2021-12-31") == [("陈恢清", said)]
    assert told("occurredOn", text, "", "2021-12-31") == [("莆田市第八届人民代表大会第一次会议", "2021-12-30")]
    assert told("presentedAt", text, "", "2021-12-31") == [(report, "莆田市第八届人民代表大会第一次会议")]


def test_dates_are_given_out_in_order() -> None:
    text = "2月23日、2月24日，政协莆田市第二届委员会第二次全体会议、莆田市第二届人民代表大会第二次会议分别开幕。"
    assert [values[-1] for values in told("occurredOn", text, "", "2022-02-28")] == ["2022-02-23", "2022-02-24"]


def test_a_day_later_in_the_year_was_last_year() -> None:
    """12月10日 in a review of February is of the year before."""
    text = "回顾过去一年。\n12月10日，湘粤非铁海联运班列正式开通运营。"
    assert told("occurredOn", text, "", "2022-02-28") == [("湘粤非铁海联运班列开通运营", "2021-12-10")]


def test_products_and_what_is_said_of_them_later() -> None:
    text = (
        "5月31日，我国首列出口欧洲的双层动车组在中车株洲电力机车有限公司下线。"
        "该动车组交付后，将在奥地利、德国等五个国家的铁路线上运行。"
    )
    assert told("producedBy", text, REVIEW) == [("出口欧洲双层动车组", "中车株洲电力机车有限公司")]
    assert [place for _, place in told("willOperateIn", text, REVIEW)] == ["奥地利", "德国"]


def test_groups_of_a_scheme() -> None:
    text = "加快“2+2”产业集群发展，优先发展轨道交通、航空航天两大动力产业，升级服饰、陶瓷两大传统产业。"
    assert [group for _, group in told("hasSubgroup", text)] == ["两大动力产业", "两大传统产业"]


def test_every_city_has_its_own_schemes() -> None:
    """The key of a scheme tells 三大产业 of one city from those of another; 3个 and 三大 are one wording."""
    keys = {item.key for item in read("做强陶瓷、服饰、钢铁三大产业。\n陶瓷、服饰、钢铁等3个产业。").found("scheme")}
    assert keys == {"scheme/350300/3大产业"}


def test_quotes_close_their_marks() -> None:
    reading = read("全面落实“招商引资18条”。")
    (found,) = reading.relations("implementsPolicy", components.RELATIONS["implementsPolicy"])
    assert reading.text[found.start : found.end] == "落实“招商引资18条”"
