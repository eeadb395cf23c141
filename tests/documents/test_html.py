from kg.documents.html import read_html
from kg.documents.view import view


def test_the_source_is_the_text() -> None:
    page = '<meta charset="gb2312"><p>全市新增<b>55</b>家&nbsp;</p>'
    content = read_html(page.encode("gb18030"))
    assert (content.text, content.format, content.encoding) == (page, "html", "gb18030")
    assert view(content.text, content.format).text == "\n全市新增55家\xa0\n"
