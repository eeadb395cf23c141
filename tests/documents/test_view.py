import html
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.view import View, view

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

PIECES = st.sampled_from(
    r"全市 55 个项目 。 ** __ * # ## - > | --- [返回首页](//a.cn) [ ]( ](/a) ](http://a.cn/b_(c)) ! <p> </p> <br/> <td>"  # noqa: SIM905 - clearer unquoted
    r""" <ax="x>y"> <b < &nbsp; &amp; &#8220; &#x20; &bogus; & <script> </script> <!-- --> <!DOCTYPE> <PPP> <o:p>"""
    r""" <http://a.cn> \ \* " ' 😀 = ~""".split(" ")
)
BLANKS = st.sampled_from(["\n", "\n# ", "\n- ", "\n> ", "\n| ", "\r\n", "\r", " ", "\t", "\u3000", '<a title="x>y">'])
MARKUP = st.one_of(st.lists(PIECES | BLANKS, max_size=30).map("".join), st.text(max_size=60))
FORMATS = st.sampled_from(["", "txt", "md", "html", "pdf"])


def check(viewed: View, text: str) -> None:
    """Every viewed character comes from its place in the source, and the places go up."""
    last = 0
    for index, character in enumerate(viewed.text):
        start, end = viewed.source(index, index + 1)
        piece = text[start:end]
        assert last <= start < end <= len(text)
        assert piece == character or html.unescape(piece) == character or (character in "\n\t" and piece[0] in "<|\r")
        assert viewed.view_offset(start) == index
        last = end


@given(MARKUP, FORMATS)
def test_every_character_maps_to_its_place(text: str, format: str) -> None:
    viewed = view(text, format)
    check(viewed, text)
    assert viewed.source(0, 0)[0] <= len(text)
    assert viewed.view_offset(len(text)) == len(viewed.text)


@given(MARKUP, st.data())
def test_a_span_views_as_itself(text: str, data: st.DataObject) -> None:
    viewed = view(text)
    start = data.draw(st.integers(0, len(viewed.text)))
    end = data.draw(st.integers(start, len(viewed.text)))
    first, last = viewed.source(start, end)
    assert first <= last
    if start < end:
        assert first == viewed.source(start, start + 1)[0]
        assert last == viewed.source(end - 1, end)[1]
        assert (viewed.view_offset(first), viewed.view_offset(last)) == (start, end)


@given(st.text(alphabet="全市新增55家以上，。：“”《》（）%- .\u3000\nabc·/℃".replace("-", ""), max_size=80))
def test_plain_text_is_its_own_view(text: str) -> None:
    viewed = view(text)
    assert viewed.text is text
    assert viewed.source(1, 3) == (1, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**55**个微亮化项目", "55个微亮化项目"),
        ("没有成对的**星号", "没有成对的星号"),
        ("# 2021:奋力开好局\n## 二级", "2021:奋力开好局\n二级"),
        ("- 一\n* 二\n> 三\n1. 四", "一\n二\n三\n1. 四"),
        ('见[规划纲要](http://a.cn/b.html "题")第三章', "见规划纲要第三章"),
        ("![图](a/b.png)正文", "正文"),
        ("增长8%[1](见附表)", "增长8%[1](见附表)"),
        ("正文\n\n[返回某报](//a.cn/b.html)｜[返回首页](//a.cn/)", "正文\n\n"),
        ("[返回首页](/)\n正文", "\n正文"),
        ("<http://a.cn/b?c=d>\n正文", "\n正文"),
        ("<p>甲&nbsp;乙&amp;丙</p>", "\n甲\xa0乙&丙\n"),
        ("<ul><li>甲<li>乙</ul>", "\n\n甲\n乙\n"),
        ("<head><title>题</title></head><body>文<!-- 注 --><script>x='<p>'</script></body>", "\n\n文\n\n"),
        ("<nav>首页</nav>文<footer>版权</footer>", "\n文\n"),
        ("<p>没有闭合<script>也不丢失", "\n没有闭合\n也不丢失"),
        ("<PPP>不是标签，a<5 b>3", "<PPP>不是标签，a<5 b>3"),
        ('<a title="x>y" href=#>甲</a>', "甲"),
        ("---\ntitle: 题\n---\n文", "文"),
        ("---\n不是前置数据", "\n不是前置数据"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("| 指标 | 值 |\n|---|:-:|\n| 产值 | 5 |\n甲|乙", "\t 指标 \t 值 \t\n\n\t 产值 \t 5 \t\n甲|乙"),
        (r"2021\. \*注", "2021. *注"),
        ("R&D；&bogus;", "R&D；&bogus;"),
    ],
)
def test_what_is_viewed(text: str, expected: str) -> None:
    viewed = view(text)
    assert viewed.text == expected
    check(viewed, text)


def test_markup_at_the_edges_is_outside_and_inside_is_inside() -> None:
    text = "**55**个**项目**"
    viewed = view(text)
    assert viewed.text == "55个项目"
    assert text[slice(*viewed.source(0, 2))] == "55"
    assert text[slice(*viewed.source(0, 3))] == "55**个"
    assert text[slice(*viewed.source(0, 5))] == "55**个**项目"


def test_an_entity_counts_as_a_whole() -> None:
    text = "甲&#8220;乙&#8221;"
    viewed = view(text)
    assert viewed.text == "甲“乙”"
    assert text[slice(*viewed.source(1, 2))] == "&#8220;"
    assert viewed.view_offset(4) == 2


def test_formats_look_past_their_own_markup_only() -> None:
    assert view("**甲**<b>乙</b>", "html").text == "**甲**乙"
    assert view("**甲**<b>乙</b>", "pdf").text == "**甲**<b>乙</b>"


@pytest.mark.parametrize("piece", ['<a "', "[", "[a", "](/", "<!--", "<script>", "|", "\n- ", "<p 'x", "![", "\r", "&"])
def test_unclosed_markup_takes_no_longer(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.perf_counter()
    assert view(text).view_offset(len(text)) == len(view(text).text)
    assert time.perf_counter() - began < 5


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the reference documents are not here")
def test_reference_documents_hold_no_markup_in_their_view() -> None:
    for file in sorted(SEEDS.glob("*.txt")):
        text = file.read_bytes().decode()
        viewed = view(text, "txt")
        assert not any(sign in viewed.text for sign in ("<p", "**", "layout:", "](//", "http")), file.name
        assert len(viewed.text) > 0.85 * len(text) or "layout:" in text
        first, last = viewed.source(0, len(viewed.text))
        assert 0 <= first < last <= len(text)
