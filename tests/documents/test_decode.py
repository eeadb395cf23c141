import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.decode import decode
from kg.errors import DocumentError

SENTENCE = "我们将切实抓好产业创新服务，新增规模工业企业200家以上。"
CHINESE = st.text(
    alphabet="的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过，。、",
    min_size=8,
)


@given(st.text(min_size=1).filter(lambda text: "\x00" not in text and text.isprintable()))
def test_utf8_of_any_text_comes_back(text: str) -> None:
    if not text.startswith(("\ufeff", "%PDF-", "{\\rtf")):
        assert decode(text.encode()) == (text, "utf-8")


@given(st.text(min_size=1).filter(lambda text: text.isprintable() and not text.startswith("\ufeff")))
def test_marked_encodings_of_any_text_come_back(text: str) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decode(text.encode(encoding)) == (text, encoding)


@given(CHINESE)
def test_chinese_without_mark_comes_back(text: str) -> None:
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        data = f"{SENTENCE}\r\n{text}".encode(encoding)
        assert decode(data) == (f"{SENTENCE}\r\n{text}", encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_line_ends_are_kept(encoding: str) -> None:
    text = f"{SENTENCE}\r\n{SENTENCE}\n{SENTENCE}\r"
    assert decode(text.encode(encoding)) == (text, encoding)


def test_short_gb18030_without_a_line_break() -> None:
    assert decode("政府工作报告".encode("gb18030")) == ("政府工作报告", "gb18030")


def test_a_page_says_its_encoding() -> None:
    page = "<html><head><meta charset=gb2312></head><body>镕、喆、堃</body></html>"
    assert decode(page.encode("gb18030"), html=True) == (page, "gb18030")
    page = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>縣政府工作報告</p>'
    assert decode(page.encode("big5"), html=True) == (page, "big5")


def test_a_page_that_says_the_wrong_encoding_is_read_by_evidence() -> None:
    page = f"<meta charset=gbk><p>{SENTENCE}</p>"
    assert decode(page.encode(), html=True) == (page, "utf-8")
    page = f"<meta charset=utf-8><p>{SENTENCE}</p>"
    assert decode(page.encode("gb18030"), html=True) == (page, "gb18030")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty but for its byte order mark"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", "is binary data, not text: byte 8 is NUL"),
        (b"\x01\x02\x03\x04 text \x05\x06", "is binary data, not text"),
        (b"%PDF-1.4 ...", "is not text but a PDF file"),
        (b"PK\x03\x04....", "is not text but a ZIP container"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Office file"),
        (b"\xff\xfe\x00\xd8", "is damaged at byte"),
        (bytes(range(128, 256)), "has an unknown encoding: byte 0 is not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        decode(data)


@pytest.mark.parametrize("order", [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_mixed_encodings_are_refused_at_their_byte(order: tuple[str, str]) -> None:
    first, second = (SENTENCE.encode(name) for name in order)
    wrong = len(first) + 1 if order[0] == "utf-8" else 0
    with pytest.raises(DocumentError, match=rf"mixes encodings: byte {wrong} is not UTF-8"):
        decode(first + b"\n" + second)


def test_fifty_megabytes_in_one_line_take_seconds() -> None:
    began = time.perf_counter()
    text = decode(SENTENCE.encode() * (50_000_000 // len(SENTENCE.encode())))[0]
    assert len(text) > 17_000_000
    assert time.perf_counter() - began < 5
