"""Projects and their stages, on sentences written for the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.entities import places
from kg.extract.projects import projects, stages, works
from kg.extract.reading import Found, Reading
from kg.records import Document

HEAD = "# 株洲市政府工作报告（2022年1月5日）\n\n"
PLAN = HEAD + "## 今年工作安排\n\n"
REVIEW = HEAD + "## 去年工作回顾\n\n"


def read(sentence: str, head: str = PLAN) -> Reading:
    document = Document("0" * 16, "a.md", head + sentence + "\n", "md", title="株洲市政府工作报告", date="2022-01-05")
    return Reading(document, {"project": projects.find, "place": places.find})


def names(sentence: str) -> list[str]:
    reading = read(sentence)
    return [reading.text[item.start : item.end] for item in reading.found("project")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("推进青云大桥、湘水大道二期、铁南路等项目建设。", ["青云大桥", "湘水大道二期", "铁南路"]),
        ("打通东岭北路、红星路、云台大道等市际通道。", ["东岭北路", "红星路", "云台大道"]),
        ("加快建设甲水高速扩容工程及其连接线。", ["甲水高速扩容工程"]),
        ("青州湾风电并网发电，分布式光伏并网。", ["青州湾风电"]),
        ("市博物馆、规划馆建成开放。", ["市博物馆", "规划馆"]),
        ("推进县级文化馆、图书馆建设。", []),
        ("青柏大学国际校区一期建成开学。", ["青柏大学国际校区一期"]),
        ("青柏兰新能源、金柏新材料等项目早建成、早投产。", ["青柏兰新能源", "金柏新材料"]),
        ("青柏产业园主体结构封顶。", ["青柏产业园"]),
        ("落实一批青产业熔锻造“薄缺”项目、“三柏”设备等先进制造项目。", []),
        ("推动郊区新城和新市镇发展，加快重要支流航道建设。", []),
        # sentences that are a name and no more, when several stand together
        (
            "重点抓好十大项目：城市更新360万平方米。青水东路建设项目。白石康养综合体项目。青石高铁站片区开发项目。",
            ["青水东路建设项目", "白石康养综合体项目", "青石高铁站片区开发项目"],
        ),
        ("心无旁骛招引项目。加快发展。", []),
        ("推动青阳至红石、东邵、茶田等高速建设。", ["青阳至红石", "东邵", "茶田"]),
        ("完成解阳河、清水河综合整治。", ["解阳河、清水河综合整治"]),
        ("完成白鹤机场改扩建及配套设施工程。", ["白鹤机场改扩建及配套设施工程"]),
        ("推进凤栖科技300兆瓦、云岭能源400兆瓦储能电站项目。", ["凤栖科技300兆瓦", "云岭能源400兆瓦储能电站项目"]),
        ("建成通车铁井高铁和吉田高速。", ["铁井高铁", "吉田高速"]),
        ("青芜机场通航运营。", ["青芜机场"]),
        ("筹建青商博物馆。", ["青商博物馆"]),
        ("打造长河风光带。", ["长河风光带"]),
        ("加快建设石鼓至大岭段和5号线。", ["5号线"]),
        ("“城市大脑”上线试运行。", ["城市大脑"]),
        ("提质改造省道S330工程。", ["省道S330工程"]),
        ("推进地铁4号线二期、5号线建设。", ["地铁4号线二期", "5号线"]),
        ("白河西供水、青里污水处理厂等工程取得实质性进展。", ["白河西供水", "青里污水处理厂"]),
        ("青湖强排泵站改造接近尾声。", ["青湖强排泵站改造"]),
        ("停工14年的青石路三角地改造项目重新启动建设。", ["青石路三角地改造项目"]),
        ("总投资20亿元的青山康养项目、总投资3亿元的云岭铝材项目等开工建设。", ["青山康养项目", "云岭铝材项目"]),
        ("完成青石路等6条主干路综合整治及白河广场周边地区环境整治。", ["青石路", "白河广场周边地区环境整治"]),
        ("青安铁路、白鹤机场等一批重大基础设施和产业项目加快建设。", ["青安铁路", "白鹤机场"]),
        ("确保青发康养项目等104个已签约项目落地60%以上。", ["青发康养项目"]),
        ("实施青河流域国土绿化和湿地保护等项目54个。", ["青河流域国土绿化和湿地保护"]),
        ("推进云岭商用飞机、通用航空制造及运营等相关产业项目建设。", ["云岭商用飞机"]),
        ("完成青湖、红湖、白岛污水处理厂建设。", ["青湖", "红湖", "白岛污水处理厂"]),
        ("实施余青港、丁白港、五云港黑臭水体综合治理。", ["余青港、丁白港、五云港黑臭水体综合治理"]),
        ("实施青家湖、白网湖退田还湖工程。", ["青家湖、白网湖退田还湖工程"]),
        ("青石（云山）至白田（月谷）一级公路路基全线贯通。", ["青石（云山）至白田（月谷）一级公路"]),
        ("统筹推进国家健康旅游示范基地建设。", ["国家健康旅游示范基地"]),
        ("青宁铁路9月27日通车运营。", ["青宁铁路"]),
        ("青法高速完成路基工程。", ["青法高速"]),
        ("青衡高铁、青邵高速的前期工作也在做。", ["青衡高铁", "青邵高速"]),
        ("市中心医院新院区投用。", ["市中心医院新院区"]),
        ("建成通车青石至白田、云常两条高速。", ["青石至白田", "云常"]),
    ],
)
def test_names(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "实施乡村振兴战略。",
        "打好污染防治攻坚战。",
        "实施产业链供应链提升工程。",
        "大力实施“民心100”工程。",
        "实施“古城细胞解剖工程”。",
        "创建国家全域旅游示范区和大峡谷旅游度假区。",
        "建设海绵城市、韧性城市。",
        "加快园区、企业、项目和基础设施建设。",
        "推进教育、医疗、养老等项目建设。",
        "新建农村公路100公里。",
        "全年引进过亿元项目20个以上。",
        "实施污水处理、垃圾处理等重点工程。",
        "深度融入“一带一路”建设。",
        "拓宽增收门路，形成发展思路。",
        "培育现代农业产业园。",
        "二季度其余项目全部开工。",
        "推进加层等符合条件的技改项目。",
        "推出中医保健、养生体验和康复等服务项目。",
        "依托青建集团、云维铁塔等企业发展对外承包工程。",
        "113个在谈项目签约40%以上。",
        "建设一流国家级研发基地。",
    ],
)
def test_what_is_no_project(sentence: str) -> None:
    assert names(sentence) == []


def test_list_with_number_gives_members_and_group() -> None:
    reading = read("推进大唐青银煤电、雪峰二期等26个项目尽快开工。")
    found = reading.found("project")
    assert [reading.text[item.start : item.end] for item in found] == ["大唐青银煤电", "雪峰二期", "26个项目"]
    group = found[-1]
    assert group.count == 26
    assert group.name == "株洲市26个拟开工项目（2022）"
    assert found[0].name == "大唐青银煤电"
    assert {item.place for item in found} == {"430200"}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("推动青山医院迁建、白河中学扩建等19个项目按计划进行。", "株洲市19个在建项目（2022）"),
        ("确保青山医院迁建、白河中学扩建等16个项目竣工投用。", "株洲市16个竣工投用项目（2022）"),
        ("推进青山医院迁建、白河中学扩建等9个项目前期工作。", "株洲市9个前期项目（2022）"),
        ("推进青山医院迁建、白河中学扩建等7个交通项目建设。", "株洲市7个交通项目（2022）"),
    ],
)
def test_a_group_that_nothing_else_tells_apart_is_named_by_its_stage(sentence: str, name: str) -> None:
    assert read(sentence).found("project")[-1].name == name


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("依托“韶山—井冈山”铁路打造一批精品旅游线路。", [("“韶山—井冈山”铁路", "韶山至井冈山铁路")]),
        ("韶山至井冈山铁路沿途风光好。", [("韶山至井冈山铁路", "韶山至井冈山铁路")]),
        ("经济总量由第8位至第5位。", []),
        ("“研发—孵化”铁路式发展。", []),
        ("株洲-湘潭-长沙铁路风光好。", []),
        ("湖南至广东高速公路公司成立。", []),
    ],
)
def test_a_line_is_named_by_its_two_ends(sentence: str, expected: list[tuple[str, str]]) -> None:
    reading = read(sentence)
    assert [(reading.text[item.start : item.end], item.name) for item in reading.found("project")] == expected


def test_number_right_after_a_list() -> None:
    found = read("完成青山医院迁建、白河中学扩建2个项目建设。").found("project")
    assert [item.name for item in found] == ["青山医院迁建", "白河中学扩建", "株洲市2个建成项目（2022）"]


def test_generic_name_follows_a_proper_one_of_its_kind() -> None:
    assert names("共同建设青江湾智能制造产业走廊、科创走廊。") == ["青江湾智能制造产业走廊", "科创走廊"]
    assert names("建设科创走廊。") == []


def test_what_is_moved_to_an_aim_is_not_built() -> None:
    assert names("推动平岭古镇创建国家级夜间文旅消费集聚区。") == []


def test_number_alone_is_a_group_only_with_a_qualifier() -> None:
    assert [(item.name, item.count) for item in read("统筹推进600个市级重大项目建设。").found("project")] == [
        ("株洲市600个市级重大项目（2022）", 600)
    ]
    assert names("推进600个项目。") == []


def test_dead_end_roads_are_a_group_after_their_list() -> None:
    assert names("拉通南塘路、白云路等10条“断头路”。") == ["南塘路", "白云路", "10条“断头路”"]


def test_joined_name_has_members() -> None:
    (found,) = read("完成解阳河、清水河综合整治。").found("project")
    assert found.members == ("解阳河综合整治", "清水河综合整治")


def test_a_list_shares_what_is_done_or_what_is_built() -> None:
    road = read("完成青石路等6条主干路综合整治。").found("project")[0]
    assert road.name == "青石路综合整治"
    assert [item.name for item in read("完成青湖、白岛污水处理厂建设。").found("project")] == [
        "青湖污水处理厂",
        "白岛污水处理厂",
    ]
    (waters,) = read("实施余青港、五云港黑臭水体综合治理。").found("project")
    assert waters.members == ("余青港黑臭水体综合治理", "五云港黑臭水体综合治理")


def test_marks_of_emphasis_are_closed() -> None:
    reading = read("拉通青石路、白云路等**10**条“断头路”。")
    assert reading.mention(reading.found("project")[-1]).text == "**10**条“断头路”"
    reading = read("推进**青云大桥**建设。")
    assert reading.mention(reading.found("project")[0]).text == "青云大桥"


def test_city_opens_up_in_the_name() -> None:
    (found,) = read("建成市科技馆。").found("project")
    assert found.name == "株洲市科技馆"


def stage(sentence: str, head: str = PLAN) -> list[str | None]:
    reading = read(sentence, head)
    return [dict(item.attributes)["stage"] for item in reading.relations("projectStage", stages.find)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("谋划青云大桥。", "idea"),
        ("推动吉田高铁项目前期工作。", "preparatory"),
        ("推动青锡快线项目获批。", "preparatory"),
        ("规划建设青锡快线。", "planning"),
        ("打造长河风光带。", "planned"),
        ("建设青云大桥。", "planned"),
        ("建成青云大桥。", "planned"),
        ("推动青浦东路竣工通车。", "planned"),
        ("争取甲水高速扩容工程尽早开工。", "planned"),
        ("加快推动晋水特高压输电通道落地。", "planned"),
        ("加快建设青云大桥。", "in_progress"),
        ("推进青云大桥建设。", "in_progress"),
        ("加快拉通青枫大道。", "in_progress"),
    ],
)
def test_stage_in_a_plan(sentence: str, expected: str) -> None:
    assert stage(sentence) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("青黄高速建成通车。", "completed"),
        ("青云大桥开工建设。", "started"),
        ("青芜机场通航运营。", "in_operation"),
        ("青绩高铁加快建设。", "in_progress"),
        ("完成解阳河综合整治。", "completed"),
        ("青云大桥取得重大进展。", "in_progress"),
        ("青石路三角地改造项目重新启动建设。", "started"),
        ("青田公路路基全线贯通。", "in_progress"),
        ("青法高速完成路基工程。", "in_progress"),
        ("青云净水厂（一期）主体完工。", "in_progress"),
        ("青云大桥年底前建成。", "planned"),
        ("青云大桥年内竣工通车。", "planned"),
        ("青宁铁路通车运营。", "in_operation"),
        ("青湖公园建成开园。", "completed"),
    ],
)
def test_stage_in_a_review(sentence: str, expected: str) -> None:
    assert stage(sentence, REVIEW) == [expected]


@pytest.mark.parametrize(
    ("sentence", "aim"),
    [
        ("确保青云大桥竣工通车。", ("completed", "2022")),
        ("争取甲水高速扩容工程尽早开工。", ("started", "2022")),
        ("2024年底前建成青云大桥。", ("completed", "2024")),
        ("到2025年，建成青云大桥。", ("completed", "2025")),
        ("青云公园2024年建成。", ("completed", "2024")),
        ("加快建设青云大桥。", (None, None)),
    ],
)
def test_what_is_planned_has_an_aim_and_a_year(sentence: str, aim: tuple[str | None, str | None]) -> None:
    (item,) = read(sentence, PLAN).relations("projectStage", stages.find)
    told = dict(item.attributes)
    assert (told.get("aim"), told.get("year")) == aim


def test_what_is_done_aims_at_nothing() -> None:
    (item,) = read("青云大桥建成通车。", REVIEW).relations("projectStage", stages.find)
    assert set(dict(item.attributes)) == {"stage", "stage_text"}


def test_a_month_to_come() -> None:
    told = []
    for sentence in ("青云大桥8月开工。", "青云大桥3月开工。"):
        document = Document(
            "0" * 16, "a.md", f"株洲市见闻\n\n{sentence}\n", "md", title="株洲市见闻", date="2022-06-16"
        )
        reading = Reading(document, {"project": projects.find, "place": places.find})
        (item,) = reading.relations("projectStage", stages.find)
        told.append(dict(item.attributes)["stage"])
    assert told == ["planned", "started"]


def test_finished_before_a_plan_goes_on() -> None:
    reading = read("在安青、玉虎等6个项目建成投产基础上，重点推进斯芬医药中间体等8个项目。")
    told = {
        item.subject.name: dict(item.attributes)["stage"] for item in reading.relations("projectStage", stages.find)
    }
    assert told["安青项目"] == "completed"
    assert told["斯芬医药中间体项目"] == "in_progress"


def test_evidence_is_the_clause() -> None:
    reading = read("优化布局，加快建设青云大桥，提升能级。")
    (item,) = reading.relations("projectStage", stages.find)
    assert reading.text[item.start : item.end] == "加快建设青云大桥"
    assert dict(item.attributes)["stage_text"] == "加快建设"


@given(st.text(alphabet="加快建设推进青云大桥、和等26个项目路“”（）。，的高速\n", max_size=60))
def test_tokens_cover_the_clause_and_spans_lie_in_the_text(text: str) -> None:
    for start, end in works.clauses(text):
        tokens = works.tokens(text, start, end)
        assert "".join(token.word for token in tokens) == text[start:end]
    reading = Reading(Document("0" * 16, "a.txt", text), {"project": projects.find})
    for item in reading.found("project"):
        assert isinstance(item, Found)
        assert 0 <= item.start < item.end <= len(reading.text)


def test_seed_list_of_three_roads() -> None:
    path = Path(__file__).parents[2].parent / "shared" / "seeds" / "002_319fe351b6d8c39b.txt"
    if not path.exists():
        pytest.skip("the reference documents are not here")
    reading = Reading(
        Document("002", path.name, path.read_bytes().decode("utf-8")), {"project": projects.find, "place": places.find}
    )
    assert {"吉邵高速", "茶常高速"} <= {item.name for item in reading.found("project")}
