import random

import pytest

from kg.documents.pdf import read_pdf
from kg.errors import DocumentError

SIZE, LEFT, TOP, LEADING = 16, 80, 760, 28
FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 880] /ItalicAngle 0"
    b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
)


def pdf(pages: list[list[tuple[int, str]]]) -> bytes:
    """Return a PDF of lines, each with its indent in characters, in one of the fonts every reader knows."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *FONT]
    kids = []
    for lines in pages:
        drawn = [
            b"BT /F1 %d Tf %d %d Td <%s> Tj ET"
            % (SIZE, LEFT + indent * SIZE, TOP - row * LEADING, text.encode("utf-16-be").hex().encode())
            for row, (indent, text) in enumerate(lines)
        ]
        stream = b"\n".join(drawn)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, b"".join(places))
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + table + trailer


REPORT = [
    [
        (8, "政府工作报告"),
        (2, "全市新增规模工业企业二百家以上，高新技术企业突"),
        (0, "破一千家，进出口总额突破三百亿元。"),
        (2, "统筹推进六百个市级重点项目建设，完成投资一千亿"),
        (0, "元以上，城市面貌焕然一新，群众生活得到明显改善"),
        (11, "— 1 —"),
    ],
    [(0, "并且不断巩固。"), (2, "谢谢大家！")],
]


def test_lines_are_joined_to_paragraphs_across_pages() -> None:
    content = read_pdf(pdf(REPORT))
    assert content.text.split("\n") == [
        "政府工作报告",
        "全市新增规模工业企业二百家以上，高新技术企业突破一千家，进出口总额突破三百亿元。",
        "统筹推进六百个市级重点项目建设，完成投资一千亿元以上，城市面貌焕然一新，群众生活得到明显改善并且不断巩固。",
        "谢谢大家！",
    ]
    assert (content.format, content.encoding) == ("pdf", "")


def test_short_lines_stay_lines() -> None:
    lines = ["责任编辑：盛荣", "校对：张武", "2021年9月28日"]
    assert read_pdf(pdf([[(0, line) for line in lines]])).text.split("\n") == lines


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"hello", "is not a PDF file"),
        (b"%PDF-1.4\nbroken", "is a damaged PDF file"),
        (pdf([[]]), "has no text layer"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_pdf(data)


def test_damage_never_escapes_as_a_foreign_error() -> None:
    whole = pdf(REPORT)
    chance = random.Random(7)
    refused = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 5, 50])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_pdf(bytes(data[: chance.randrange(len(data) // 2, len(data))]))
        except DocumentError:
            refused += 1
    assert refused > 0
