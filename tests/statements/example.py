"""A small document with mentions, measures and relations, made by hand."""

from __future__ import annotations

from kg.records import Document, Entity, Extraction, Measure, Mention, Relation, Sentence
from kg.registry import Place

TEXT = (
    "关键词：创新\n"
    "市科技局局长李红说，今年力争高新技术企业突破1000家，力争园区总收入突破5000亿元。\n"
    "代市长陈恢清作报告，推进智轨一期建设，“3+3+2”产业体系包括轨道交通、陶瓷。\n"
    "株洲、湘潭住房公积金管理中心签约，智轨等26个项目开工，湘江水质达到Ⅱ类。\n"
    "记者 邓伟勇\n"
)
DOCUMENT = Document(
    "72034251162d5284", "news/000_example.txt", TEXT, sha256="7" * 64, title="重振“雄风”", date="2021-12-31",
    publisher="株洲日报", url="https://example.org/a?b=中 文", bylines=("邓伟勇",),
)  # fmt: skip


def at(phrase: str) -> tuple[int, int]:
    start = TEXT.index(phrase)
    return start, start + len(phrase)


def mention(label: str, text: str, name: str = "", **more: object) -> Mention:
    start, end = at(text)
    return Mention(DOCUMENT.id, start, end, label, text, name or text, "test.rule", **more)  # type: ignore[arg-type]


def relation(kind: str, quote: str, subject: Mention, target: Mention | None = None, **attributes: str) -> Relation:
    start, end = at(quote)
    pairs = tuple(sorted(attributes.items()))
    return Relation(DOCUMENT.id, start, end, kind, quote, subject, target, pairs, "test.rule")


def measure(quote: str, indicator: str, **more: object) -> Measure:
    start, end = at(quote)
    return Measure(DOCUMENT.id, start, end, "target", indicator, quote, rule="test.rule", **more)  # type: ignore[arg-type]


BUREAU = mention("agency", "市科技局", "株洲市科学技术局", place="430200")
LI_HONG = mention("official", "李红", place="430200")
CHEN = mention("official", "陈恢清", place="430200")
SCHEME = mention("scheme", "3+3+2", "“3+3+2”现代产业体系", place="430200")
RAIL = mention("industry", "轨道交通", key="industry/guidaojiaotong")
CERAMICS = mention("industry", "陶瓷")
TRAM = mention("project", "智轨一期", place="430200")
RIVER = mention("place", "湘江", key="place/river/xiangjiang")
CENTRES = mention(
    "agency", "株洲、湘潭住房公积金管理中心",
    members=("株洲市住房公积金管理中心", "湘潭市住房公积金管理中心"),
)  # fmt: skip
GROUP = mention("project", "智轨等26个项目", "26个项目", members=("智轨一期",), count=26, place="430200")

MENTIONS = (
    BUREAU, LI_HONG, CHEN, SCHEME, RAIL, CERAMICS, TRAM, RIVER, CENTRES, GROUP,
    mention("press", "邓伟勇"),
    mention("policy", "报告", "《政府工作报告》", place="430200"),
    mention("event", "签约"),
    mention("place", "株洲", "株洲市", key="place/430200"),
)  # fmt: skip

RELATIONS = (
    relation(
        "holdsPost",
        "市科技局局长李红",
        LI_HONG,
        BUREAU,
        post="局长",
        organisation="株洲市科学技术局",
        mode="substantive",
    ),
    relation("holdsPost", "代市长陈恢清", CHEN, post="代市长", organisation="株洲市人民政府", mode="acting"),
    relation("hasMember", "“3+3+2”产业体系包括轨道交通", SCHEME, RAIL),
    relation("hasMember", "“3+3+2”产业体系包括轨道交通、陶瓷", SCHEME, CERAMICS),
    relation("projectStage", "推进智轨一期建设", TRAM, stage="in_progress", stage_text="推进"),
)

MEASURES = (
    measure(
        "高新技术企业突破1000家", "高新技术企业数", value="1000", unit="家", comparator=">", comparator_text="突破",
        modality="力争", year=2022, scope="株洲市", scope_key="place/430200", attributed_to="李红",
    ),
    measure(
        "园区总收入突破5000亿元", "园区技工贸总收入", value="5000.0", unit="亿元", comparator=">", year=2022,
        scope="株洲市园区",
    ),
    measure("湘江水质达到Ⅱ类", "水质类别", value="2", unit="类", comparator="<=", year=2022, scope="湘江"),
)  # fmt: skip

SENTENCES = tuple(Sentence(DOCUMENT.id, *at(line), "text") for line in TEXT.splitlines() if not line.startswith("记者"))

EXTRACTION = Extraction(DOCUMENT, SENTENCES, MENTIONS, MEASURES, RELATIONS, (), "430200")

PLACES = {
    "430000": Place("430000", "湖南省", "湖南", "hunan", "province"),
    "430200": Place("430200", "株洲市", "株洲", "zhuzhou", "prefecture", "430000"),
    "430221": Place("430221", "株洲县", "株洲", "zhuzhou", "county", "430200", "", "2018", "430212"),
    "430212": Place("430212", "渌口区", "渌口", "lukou", "county", "430200", "2018"),
    "place/river/xiangjiang": Place("place/river/xiangjiang", "湘江", "湘江", level="river", english="Xiang River"),
}

ENTITIES: dict[str, Entity] = {}
