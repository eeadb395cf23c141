from kg.documents.plain import front_matter, read_markdown, read_text

TEXT = "---\r\ntitle: \"题目\"\r\nTags: '甲'\r\n---\r\n正文"


def test_front_matter_stays_in_the_text() -> None:
    content = read_markdown(TEXT.encode())
    assert (content.text, content.format, content.encoding) == (TEXT, "md", "utf-8")


def test_front_matter_fields_and_end() -> None:
    block = front_matter(TEXT)
    assert block.fields == {"title": "题目", "tags": "甲"}
    assert TEXT[block.end :] == "正文"


def test_a_rule_is_no_front_matter() -> None:
    assert front_matter("---\n正文一句。\n---\n").end == 0
    assert front_matter("正文\n---\ntitle: x\n---\n").end == 0
    assert front_matter("---\ntitle: 没有结束\n").end == 0


def test_text_in_gb18030() -> None:
    content = read_text("政府工作报告\r\n各位代表：".encode("gb18030"))
    assert (content.text, content.format, content.encoding) == ("政府工作报告\r\n各位代表：", "txt", "gb18030")
