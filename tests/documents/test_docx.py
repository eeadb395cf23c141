import io

import docx
import pytest
from docx.oxml import parse_xml

from kg.documents.docx import read_docx
from kg.errors import DocumentError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_paragraphs_and_tables_in_order() -> None:
    document = docx.Document()
    document.add_heading("政府工作报告", 0)
    document.add_paragraph("各位代表：")
    table = document.add_table(2, 2)
    for index, value in enumerate(["指标", "目标", "地区生产总值", "8.5%"]):
        table.cell(index // 2, index % 2).text = value
    table.cell(1, 1).add_paragraph("左右")
    document.add_paragraph("谢谢\t大家")
    content = read_docx(saved(document))
    assert content.text == "政府工作报告\n各位代表：\n指标\t目标\n地区生产总值\t8.5% 左右\n谢谢\t大家"
    assert (content.format, content.encoding) == ("docx", "")


def test_insertions_and_controls_are_text_and_deletions_are_not() -> None:
    document = docx.Document()
    runs = "<w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>减少</w:delText></w:r></w:del>"
    control = "<w:sdt><w:sdtContent><w:r><w:t>55家</w:t></w:r></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{runs}{control}</w:p>"))
    assert read_docx(saved(document)).text.startswith("新增55家")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0....", "is not a DOCX file"),
        (b"PK\x03\x04 broken", "is a damaged DOCX file"),
    ],
)
def test_what_is_no_docx_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_docx(data)


def test_a_docx_cut_off_is_refused() -> None:
    data = saved(docx.Document())
    with pytest.raises(DocumentError, match="damaged DOCX"):
        read_docx(data[: len(data) // 2])
