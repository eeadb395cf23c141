"""Policies: strategies, plans, programmes, campaigns, designations, documents and slogans by name.

In: the reading. Out: mentions with label ``policy``. Four sources: the national table
(``lexicon/policies.csv``), titles in 《》, quoted names (“三高四新”战略, 落实“双减”), and names built
with a policy noun after a verb of doing (实施农村客货邮融合发展行动). Quotation marks that wrap a whole
name are outside the span; marks inside a longer name stay inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import ahocorasick_rs

from kg.extract.anchors import Anchored
from kg.extract.entities import quoted
from kg.extract.reading import Found, Reading
from kg.registry.places import places

_HAN = r"[\u4e00-\u9fff]"
_DOCUMENT = re.compile(r"《(?P<title>[^》\n]{3,60})》")
_REPORT = Anchored(
    r"(?<!《)(?:(?:(?![从对向据在作听取是和与年月日初底的])[\u4e00-\u9fff]){1,5}[省市县区州旗盟]|[省市县区州])?(?:人民)?政府工作报告",
    ["政府工作报告"],
    before=8,
    after=0,
)
_NOUNS_NAMED = (
    r"攻坚战|保卫战|专项行动|提升行动|培育行动|建设行动|升级行动|攻坚行动|整治行动|三年行动|行动计划|行动方案|行动|工程|计划|振兴战略|战略|改革试点|综合改革|体制改革|制度改革"
    r"|改革|机制|制度|活动|规划|政策|奖补|试点"
)
_NAMED = re.compile(
    rf"(?:实施|开展|推进|启动|落实|打好|打赢|推行|制定|编制|出台|建立|健全|完善|执行|深化|争取|通过)(?:了|好|完成|新一轮|各项)*"
    rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9+]{{2,16}}?(?:{_NOUNS_NAMED}))(?=[，。；、！\n,;和及等与以为的：]|取得|成效|全面|深入|$|建设|落地)"
)
_NAMED_BAD = re.compile(
    r"^(?:各项|相关|有关|重大|重点|一批|一系列|这些|系列|年度|主题|整体|长效|工作|管理|体制|运行|协调|联动|激励|长效|考核|责任|会议|配套|优惠|惠企|财政|货币|积极"
    r"|稳健|具体|本|该|此|其|农村|全面|深化|改革|教育|建设|基础设施|水利|交通|产业|民生|安全|重点领域|关键环节)?"
    r"(?:机制|制度|政策|工程|规划|计划|改革|活动|试点|战略|行动|方案)$|[的了将使让被把等、]|项目|(?:科技|文化|宣传|教育|创新)活动$|建设(?:工程|规划|计划)$"
    r"|列入|纳入|[0-9]+[个项条部]|管理制度$|工作机制|长效机制|责任制度|各项|各类|有关|相关"
    # works, not programmes: 500千伏输变电工程, 幸福大道南延工程
    r"|(?:新建|扩建|改建|改扩建|迁建|重建|[东南西北]延|延伸|连接线|输变电|[一二三四]期|管道|管网|大桥|隧道|道路|公路|铁路|高速|航道|码头|水库|灌区|堤防"
    r"|泵站|电站|净水|供水|调水|引水|设施提质改造|设施改造|搬迁改造|整治提升改造)工程$"
    r"|^(?:并|和|与|及|这|更[多大深高好]|不断|具有|一整?套|所有|全部|其他|新增|本轮|上述)"
)
#: Activities that are held again and again are no programme: 开展冰雪旅游活动; what they are for makes them one.
_HELD = re.compile(
    r"(?<!创建)(?<!主题)(?<!专项)(?<!教育)(?<!实践)(?<!宣传)(?<!健身)(?<!竞赛)(?<!评选)(?<!帮扶)(?<!服务)(?<!系列)(?<!整治)(?<!执法)(?<!学习)"
    r"(?<![年月周日季进])(?<!行动)(?<!惠民)(?<!争创)(?<!共建)(?<!对接)(?<!缔造)(?<!阅读)(?<!提升)活动$"
)
#: 民营经济促进法和民营经济强省战略: a name behind another.
_BEHIND = re.compile(
    r"^.{2,12}(?:(?<![执司])法|条例|计划|行动|工程|战略|政策|制度|机制|方案|改革)[和与及](?=[\u4e00-\u9fff]{4,})"
)
#: Titles sought or held: 国家森林城市, 全国文明典范城市, 学前教育普及普惠示范区.
_TITLE = re.compile(
    rf"(?P<level>国家级?|全国|省级|国际|中国|世界|全省|自治区级?)(?P<name>(?:首[个批]|第[一二三四五六]批)?(?:(?!率先|通过|开展|列入|入选|获批|[和与及](?:国家|全国|省级|国际|中国)){_HAN}){{2,18}}?(?:示范城市|典范城市|试点城市|模范城市?|生态城市"
    rf"|文明城市|森林城市|园林城市|卫生城市|先进城市|百强县市?|百强区|百强市|百强城市?"
    rf"|优秀城市|样板市|样板区|样板县|示范步行街|重点村镇?|示范村镇|示范街区|示范单位|创新型[县市区](?:（市）)?|示范区|示范市|示范县|示范园区|示范基地|先行区|试验区|先进县|先进市|先进单位|优秀地市|强县|合格市|文明村镇|先进集体|示范点|示范带|示范村|公交都市|名城|之都|之乡"
    rf"|先进制造业集群|特色小镇|(?<=[展设革理享合用])试点|城市(?=称号|行列)))"
    rf"(?!管委会|管理委员会|建设领导)"
)
_HOME = (
    "数字|平安|健康|法治|智慧|美丽|幸福|信用|清廉|生态|活力|书香|海绵|质量|品质|善治|诚信|文明|绿色|开放|创新|文化"
    "|轨道上的|水运"
)
_HIGHLAND = re.compile(
    rf"(?:打造|建设|加快打造|建成|争创)(?P<name>{_HAN}{{4,18}}?(?:高地|桥头堡|先行区|样板区|引领区|副中心城市))"
)
_BATTLE = re.compile(
    r"(?:打好|打赢|坚决打好|深入打好)(?P<name>(?:“[^”\n]{2,12}”)?[\u4e00-\u9fff、]{0,14}?(?:攻坚战|保卫战|持久战))"
)
_VERBS = re.compile(
    r"(?:(?:实施|打赢|打好|成为|了|推进|推动|深化|落实|落细|融入|对接|加快|持续|开展|全面|深入|扎实|积极|主动|服务(?!业)|打造|建设|完善|健全|建立|制定|编制|出台|新一轮|各项|全省"
    r"|全市|强化|支持|促进|形成)(?:了|好)?)+"
)
#: A title that is sought without its level: 创建绿色出行示范城市.
_SOUGHT = re.compile(
    r"(?:创建|争创|获评|建成|荣获|创成|入选|获批(?:设立)?|列为)(?P<name>(?![为了成一全国省])(?:(?!创建|建设"
    r"|[的和、])[\u4e00-\u9fff]){3,14}?(?:示范城市|示范区|示范市|示范县|先行区|试验区|模范城|典范城市|十佳城市))(?!管委会)"
)
#: A zone for trying something out, named as what is being built: 加快|革命老区高质量发展示范区|建设.
_ZONE = re.compile(
    r"(?:加快|推进|推动|抓好|深化|加强)(?P<name>(?!国家|全国|省级)(?:(?!创建|建设|推进|推动|加快|[的和、等了])[\u4e00-\u9fff]){4,16}"
    r"(?:发展|改革|融合|文明|治理|创新)(?:示范区|先行区|试验区))(?=建设)"
)
#: 中国动力谷, 中国药谷: what a city calls itself.
_VALLEY = re.compile(r"(?P<name>中国[\u4e00-\u9fff]{1,3}谷)")
_UNITY = re.compile(
    rf"(?:推进|推动|融入|加快|促进|深化|服务)(?P<name>(?:(?!服务|管理|运营|办理|审批|结算|收费|监管|采购|生产|加工|种植|养殖|项目){_HAN}){{2,6}}(?:一体化|同城化|融合发展|协同发展))(?!建设项目|示范区|先行区|试验区|试点|行动|工程|战略|产业|项目|基地|园)"
)


def find(reading: Reading) -> Sequence[Found]:
    """Find policies: 落实“三高四新”战略 gives “三高四新”战略, 落实“双减” gives 双减."""
    text = reading.text
    found = [*_titled(reading), *quoted.find(text), *_named(reading), *_own(reading), *_listed(text)]
    settled = _settle(found)
    own = _city(reading)
    return [replace(item, place=own) if _COUNTED.fullmatch(item.name) else item for item in settled]


#: “七大工程”, “三年行动计划”, “28条”, 《纲要草案》: a number or nothing and a general noun, of which
#: every city has its own.
_COUNTED = re.compile(
    r"[“]?新?[一二三四五六七八九十百两\d]{1,3}(?:大|项|个|年|条|件)(?:专项|重点|民生|攻坚|升级|提升)?"
    r"(?:工程|行动|计划|行动计划|战略|机制|专项|任务|举措|实事|攻坚战|保卫战|提升|活动|示范|改革|体系|振兴|一批|攻坚)?[”]?(?:工程|行动|计划|改革|建设)?"
    r"|《(?:实施|行动|工作|若干|规划|总体)?(?:纲要|规划|建议|意见|方案|办法|条例|决定|报告|通知|计划|规定|措施|细则)(?:（?草案）?)?》"
)


def _city(reading: Reading) -> str:
    """Code of the city of a document, of the province for a province: districts speak of their city's programmes."""
    home = reading.context.home
    if home is None or home.level not in ("county", "town", "zone"):
        return reading.context.place
    return next((place.code for place in places().ancestors(home.code) if place.level == "prefecture"), home.code)


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    wrapped = re.compile(r"“[^“”]*”")
    forms = tuple(sorted(f for f in quoted.canonical() if len(f) > 1 and "（" not in f and not wrapped.fullmatch(f)))
    return ahocorasick_rs.AhoCorasick(forms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), forms


def _listed(text: str) -> Iterator[Found]:
    """Policies of the national table, by any of their names."""
    automaton, forms = _automaton()
    for number, start, end in automaton.find_matches_as_indexes(text):
        form = forms[number]
        if form in _SHORT and text[start - 1 : start] not in "“" and text[end : end + 1] != "”":
            continue
        longer = _PILOT.match(text, end)
        if longer and text[start : longer.end()] not in quoted.canonical():
            yield quoted.mention(text, start, longer.end(), "designation")
            continue
        yield Found(start, end, "policy", quoted.canonical()[form], "listed")


#: A listed name that a title or a strategy is built on: 市域社会治理现代化|试点城市, 新型工业化|核心战略.
_PILOT = re.compile(r"(?:试点|示范)(?:城市|[市县](?!域))|核心战略")
#: Words that are policies only in quotation marks (“两重”建设, not 两重).
_SHORT = frozenset({"两重", "两新", "双创", "四风", "六稳", "六保", "双减", "走出去", "引进来", "互联网+", "以旧换新"})


_WORK_OF_ART = re.compile(
    r"(?:剧|电影|歌曲|影片|纪录片|小说|专著|图书|栏目|节目|交响曲?|晚会|演出|画册|诗集|志书|大戏|作品|舞蹈|报告文学|综艺)[^，。；《》]{0,4}$"
)


_MEDIA = re.compile(r"(?:日报|晚报|周刊|周报|时报|月刊|杂志|学报|早报|快报|商报|新闻联播|自然|科学|细胞|柳叶刀)$")


def _titled(reading: Reading) -> Iterator[Found]:
    text = reading.text
    home = reading.context.home
    for match in _DOCUMENT.finditer(text):
        start, end = match.span("title")
        if _WORK_OF_ART.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        name = match["title"]
        if _MEDIA.search(name):
            continue
        if name == "政府工作报告" and home:
            name = f"{home.name}《政府工作报告》"
        yield Found(start, end, "policy", f"《{name}》" if name == match["title"] else name, "title")
    for match in _REPORT.finditer(text):
        if text[match.start() - 1 : match.start()] != "《":
            yield quoted.mention(text, match.start(), match.end(), "report")


def _named(reading: Reading) -> Iterator[Found]:
    text = reading.text
    for match in _NAMED.finditer(text):
        start, end = match.span("name")
        start += _strip(match["name"])
        behind = _BEHIND.match(text[start:end])
        start += behind.end() if behind else 0
        name = text[start:end]
        if (
            not _NAMED_BAD.search(name)
            and not _HELD.search(name)
            and end - start >= 5
            and not _is_work(reading, start, end)
        ):
            yield quoted.mention(text, start, end, "named")
    for match in _TITLE.finditer(text):
        if not _NO_TITLE.search(match["name"]):
            yield quoted.mention(text, *match.span(), "designation")
    for rule, pattern in (("positioning", _HIGHLAND), ("campaign", _BATTLE), ("strategy", _UNITY)):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            start += _strip(text[start:end])
            if end - start >= 4:
                yield quoted.mention(text, start, end, rule)
    for pattern in (_SOUGHT, _ZONE, _VALLEY):
        for match in pattern.finditer(text):
            yield quoted.mention(text, *match.span("name"), "positioning" if pattern is _VALLEY else "designation")


#: 国家支持沿边重点开发开放试验区, 国际竞争力的先进制造业集群: what the state does, or a quality.
_NO_TITLE = re.compile(r"^(?:支持|在|层面|要求|重大|影响力|竞争力)|[的了]|唯一")


def _is_work(reading: Reading, start: int, end: int) -> bool:
    """Whether an 工程 is a work that is built somewhere: the finder of projects knows it by a site in its name."""
    if not reading.text.endswith("工程", start, end):
        return False
    known = any(item.end >= end and item.rule == _WORK for item in reading.within("project", start, end))
    return known and (bool(_BUILT.search(reading.text[start:end])) or bool(reading.within("place", start, end)))


_WORK = "projects:head:any"
_BUILT = re.compile(r"(?:建|改造|修复|整治|治理|配置|互通|供水|造林|围堰|疏浚|加固|[南北东西]延|[段期])工程$|\d")


def _strip(words: str) -> int:
    """Length of the verbs a name was taken with: 实施|产业链提升工程."""
    match = _VERBS.match(words)
    return match.end() if match and match.end() < len(words) - 3 else 0


def _own(reading: Reading) -> Iterator[Found]:
    """数字株洲, 平安株洲: an adjective and the short name of the document's own place."""
    home = reading.context.home
    if home is None or len(home.short) < 2:
        return
    pattern = re.compile(
        rf"(?:(?<!生态)(?:{_HOME})){re.escape(home.short)}(?![市县区]|日报|晚报)(?:\d+项)?(?:(?:专项)?行动(?:计划)?)?"
    )
    for match in pattern.finditer(reading.text):
        yield quoted.mention(reading.text, *match.span(), "slogan")


def _settle(found: Sequence[Found]) -> list[Found]:
    """One mention a span; of two that cross, the one that starts first; inner ones stay when listed."""
    out: dict[tuple[int, int], Found] = {}
    reach: list[Found] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end, f.rule)):
        if (item.start, item.end) in out:
            continue
        cover = next((other for other in reversed(reach[-3:]) if other.end > item.start), None)
        if cover and item.start == cover.start and item.rule == "listed" and "和" not in cover.name:
            continue
        if cover and not (item.end <= cover.end and item.rule in ("listed", "inner") and cover.rule != "listed"):
            continue
        out[item.start, item.end] = item
        reach.append(item)
    return list(out.values())
