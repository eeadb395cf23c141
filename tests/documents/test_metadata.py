import re
from pathlib import Path

import pytest

from kg.documents import read, read_all
from kg.documents.metadata import Metadata, metadata
from kg.records import Document

SHARED = Path(__file__).parents[3] / "shared"
here = pytest.mark.skipif(not SHARED.is_dir(), reason="the reference documents are not here")

PAGE = """<html><head><title>关于印发规划的通知_某市人民政府</title>
<meta name="ArticleTitle" content="关于印发规划的通知"><meta name="PubDate" content="2021-03-05 10:00">
<meta content="某市发展改革委" name="ContentSource"><link rel="canonical" href="https://a.gov.cn/x.html"></head>
<body><h1>关于印发规划的通知</h1><p>各县市区：</p></body></html>"""


def test_front_matter() -> None:
    block = 'title: "题目"\ndate: 2021-12-31 07:55:44 +0800\nsource: https://a.cn/b\nauthor: 张三\npublisher: 某报'
    assert metadata(f"---\n{block}\n---\n正文。") == Metadata("题目", "2021-12-31", "某报", "https://a.cn/b", ("张三",))


def test_elements_of_a_page() -> None:
    assert metadata(PAGE, "html") == Metadata(
        "关于印发规划的通知", "2021-03-05", "某市发展改革委", "https://a.gov.cn/x.html"
    )


def test_title_element_without_the_name_of_the_site() -> None:
    assert metadata("<title>规划的通知_某市人民政府</title><p>正文。</p>", "html").title == "规划的通知"


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        (
            "政府工作报告\n\n——2021年2月19日在某市第五届人民代表大会第六次会议上\n\n各位代表：",
            "政府工作报告",
            "2021-02-19",
        ),
        ("**政府工作报告**\n**――二〇一九年一月九日在某市人民代表大会上**\n正文。", "政府工作报告", "2019-01-09"),
        ("# 2021:奋力开好局\n\n正文。", "2021:奋力开好局", "2021"),
        (
            "---\ntitle: 2019年政府工作报告\n---\n- ——19年2月24日在某市会议上\n正文。",
            "2019年政府工作报告",
            "2019-02-24",
        ),
        ("---\ntitle: 工作报告(2020年1月6日 张三）\n---\n正文。", "工作报告(2020年1月6日 张三）", "2020-01-06"),
        ("---\ntitle: 某市工作报告某市工作报告\n---\n正文。", "某市工作报告", None),
        ("通知\n\n各县：\n请执行。\n\n某市人民政府\n2021年3月5日", "通知", "2021-03-05"),
        ("某报\n2021年9月28日 星期二 责任编辑:盛荣\n正文。", "某报", "2021-09-28"),
        ("发展规划（2021—2025年）\n正文。", "发展规划（2021—2025年）", None),
        ("2021年3月5日，某市召开大会。会议指出，要抓好落实。", None, None),
    ],
)
def test_first_and_last_lines(text: str, title: str | None, date: str | None) -> None:
    found = metadata(text)
    assert (found.title, found.date) == (title, date)


def test_names_set_apart_lose_their_blank() -> None:
    assert metadata("题目\n责任编辑：左 骏　校对：张 武\n正文。").bylines == ("左骏", "张武")


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("题目\n正文。（文章来源：某某日报）", "某某日报"),
        ("题目\n来源：某市融媒体中心 作者：张三\n正文。", "某市融媒体中心"),
        ("题目\n某某日报·掌上某某记者/张三\n正文。", "某某日报"),
        ("题目\n正文。", None),
    ],
)
def test_publisher(text: str, publisher: str | None) -> None:
    assert metadata(text).publisher == publisher


def test_the_address_gives_a_date_only_when_nothing_else_does() -> None:
    text = "---\ntitle: 报告\nsource: https://a.gov.cn/t20190306_22.htm\n---\n正文。"
    assert metadata(text).date == "2019-03-06"
    assert metadata(text.replace("报告", "2018年报告")).date == "2018"


@here
def test_reference_documents() -> None:
    found = [document for document in read_all([SHARED / "seeds"]) if isinstance(document, Document)]
    assert [document.date for document in found] == ["2021-12-31", "2021", "2021-09-28", "2021-12-31", "2022-02-28"]
    assert {document.publisher for document in found} == {"株洲日报"}
    assert [document.bylines for document in found] == [
        ("邓伟勇",),
        ("邓伟勇", "王玺"),
        ("盛荣", "左骏", "张武", "邓伟勇"),
        ("罗欣", "王玺"),
        ("邹怡敏", "刘铁华"),
    ]
    assert all(document.title for document in found)
    assert [document.url is not None for document in found] == [True, False, False, True, True]
    assert all(document.stem.endswith(document.id) or len(document.id) == 16 for document in found)


@here
def test_work_reports_of_many_cities() -> None:
    reports = sorted((SHARED / "reports").glob("*/*.md"))[::9]
    for file in reports:
        document = read(file, root=SHARED / "reports")
        year = int(re.findall(r"\d{4}", file.stem)[-1])
        assert document.title, file.name
        # A report on the coming year is sometimes given in December.
        assert document.date, file.name
        assert document.date[:4] == str(year) or document.date[:7] == f"{year - 1}-12", file.name
        assert document.bylines == (), file.name
