import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.bylines import bylines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("株洲日报·掌上株洲记者/邓伟勇", "记者 邓伟勇"),
        ("株洲日报记者 邓伟勇\n正文", "记者 邓伟勇"),
        ("某报记者·罗欣", "记者 罗欣"),
        ("通讯员/刘铁华", "通讯员 刘铁华"),
        ("2021年9月28日 星期二 责任编辑:盛荣 美术编辑:左骏 校对:张武", "责任编辑 盛荣、美术编辑 左骏、校对 张武"),
        ("电话:123 责任编辑:盛荣 电话:456", "责任编辑 盛荣"),
        ("本版制图/左骏", "制图 左骏"),
        ("制图/王玺 ", "制图 王玺"),
        ("记者 张三 李四", "记者 张三、记者 李四"),
        ("某报记者/张三 通讯员/李四 王五", "记者 张三、通讯员 李四、通讯员 王五"),
        ("某报讯（记者 王五 通讯员 李四）2月3日", "记者 王五、通讯员 李四"),
        ("（本报记者王五 通讯员李四）", "记者 王五、通讯员 李四"),
        ("1月1日电（记者张三、李小四）今天", "记者 张三、记者 李小四"),
        ("责任编辑：左 骏　校对：张 武", "责任编辑 左 骏、校对 张 武"),
        ("作者：阿迪力·买买提", "作者 阿迪力·买买提"),
        ("记者/邓伟勇 2月23日电", "记者 邓伟勇"),
        ("本报记者张三 报道", "记者 张三"),
        ("邹怡敏 刘铁华/文", "文 邹怡敏、文 刘铁华"),
        ("张三/文 李四/图", "文 张三、图 李四"),
        ("（张三 摄）", "摄 张三"),
    ],
)
def test_credited_names(text: str, expected: str) -> None:
    assert "、".join(f"{role} {text[start:end]}" for start, end, role in bylines(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "记者从区政府工作报告获悉，今年",
        "（记者从市政府获悉）",
        "据记者 了解，今年",
        "记者：您好，请问今年的目标是什么？",
        "记者：明白。",
        "记者 手记",
        "记者张三告诉我们",
        "推动设计/制造/服务一体化",
        "策划：市委宣传部",
        "主任 张三",
        "市科技局党组书记、局长李红：",
        "编辑 出版",
    ],
)
def test_running_text_credits_nobody(text: str) -> None:
    assert bylines(text) == []


@given(
    st.lists(
        st.sampled_from(
            ["记者", "责任编辑", "文", "/", "：", " ", "张三", "李小四", "（", "）", "、", "。", "\n", "报道"]
        ),
        max_size=20,
    )
)
def test_spans_are_sorted_apart_and_hold_names(pieces: list[str]) -> None:
    text = "".join(pieces)
    last = 0
    for start, end, role in bylines(text):
        assert last <= start < end <= len(text)
        assert role in text
        assert 2 <= len(text[start:end]) <= 5
        last = end
