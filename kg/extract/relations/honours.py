"""Honours and designations: what enterprises and places obtained, were nominated for or seek.

In: the reading. Out: relations ``receivedHonour``, ``nominatedFor``, ``obtainedDesignation``, ``seeksDesignation``.

>>> # 时代华先获中国轻工业联合会技术发明奖一等奖提名 -> nominatedFor
>>> # 成功创建国家森林城市 in a review -> obtainedDesignation; 创建国家森林城市 in a plan -> seeksDesignation
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.reading import Found, Reading, Related
from kg.extract.relations import actors

#: Verbs of having been given; 获 alone needs an honour right behind it.
_NAMED = "认定为|评为|授予|确定为|列为|命名为|评定为|遴选为|纳入"
_GIVEN = re.compile(
    rf"被(?:{_NAMED})|{_NAMED}|获评|获批|荣获|荣膺|斩获|摘得|捧得|捧回|入选|入围|上榜|跻身|荣登|获得|获(?=[国全省中世“《])"
)
_ADVERB = re.compile(
    r"(?:成功|正式|再次|首次|连续|第[一二三四五六七八九十]次|一举|均|还|也|新|全力|全面|加快|积极|力争|争取|确保|大力|深入|扎实|持续|奋力|着力)*$"
)
_HONOUR = re.compile(
    r"(?:了|为|“)?(?P<name>[^，,。；！\n]{3,40}?(?:称号|[一二三特金银铜]等?奖(?:项)?|大奖|冠军|\d+强|百强|十强|十佳|“小巨人”企业|小巨人企业|示范企业|领军企业|龙头企业"
    r"|重点企业|瞪羚企业|独角兽企业|试点企业|试点示范|示范园区|示范基地|示范区|试验区|试点城市|示范城市|技术中心|设计中心|创新中心|重点实验室|绿色工厂"
    r"|示范工厂|灯塔工厂|“[^”\n]{2,8}杯”|“[^”\n]{2,12}奖”|奖(?=提名|[，。；、]|$)))(?P<nominated>提名)?"
)
_TRIM = re.compile(r"(?:荣誉)?称号$|名单$")
#: A place's title: 国家森林城市, 全国文明典范城市, 学前教育普及普惠示范区.
_TITLE = re.compile(
    r"(?:城市|都市|名城|示范区|先行区|试验区|先导区|示范市|示范县|强县|强市|强区|百强县?市?区?|之都|之乡|模范城?|文明[县市区]|卫生[县市区]"
    r"|森林[县市]|园林[县市]|先进[县市区]|合格市|优秀地市"
    r"|示范城|县域|枢纽|样板区|平安[市县区]|生态[市县区]|百强)$"
)
_RANK = re.compile(r"国家|全国|中国|世界|国际|全球|联合国|省级|全省|亚洲")
_MAKE = re.compile(
    r"创建成为|创建为|创建|争创|创成|建成|获评|获批|获得|荣获|入选|荣膺|被评为|被列为|被授予|跻身|巩固|申创|申报|争取|蝉联"
)
_OBTAIN = frozenset(
    ["创成", "获评", "获批", "获得", "荣获", "入选", "荣膺", "被评为", "被列为", "被授予", "跻身", "蝉联"]
)
_PASSED = re.compile(
    r"创建(?P<how>(?:顺利|成功|高分)?(?:通过[^，,。；\n]{2,12}|成功|圆满完成)"
    r"|(?:工作)?(?:扎实|全面|加快|深入|有序|持续|强力|强势)(?:推进|开展))"
)
_HELD = re.compile(r"创建成果|成果")
_HEADS = re.compile(
    r"经验|做法|模式|案例|标准|要求|建设|活动|行动|指标|工作|条件|行列|步伐|为目标|热潮|基础|机制|动员|抓手|契机|成效"
)


def find(reading: Reading) -> Sequence[Related]:
    """Find honours and designations."""
    return [*_enterprises(reading), *_places(reading), *_created(reading)]


# --- enterprises --------------------------------------------------------------------------------


def _enterprises(reading: Reading) -> Iterator[Related]:
    """时代华鑫入围“创客中国”全国500强: an enterprise, a verb of being given, an honour."""
    text = reading.text
    for match in _GIVEN.finditer(text):
        honour = _HONOUR.match(text, match.end())
        if not honour:
            continue
        end = honour.end()
        who = actors.subjects(reading, match.start(), end, ("enterprise",))
        if not who:
            continue
        kind = "nominatedFor" if honour["nominated"] else "receivedHonour"
        if (
            kind == "receivedHonour"
            and reading.setting_at(match.start()).stance == "plan"
            and not _told(reading, match)
        ):
            continue
        item = _honour(reading, honour)
        for enterprise in (item for item in who if not item.name[0].isdigit()):
            yield Related(enterprise.start, end, kind, enterprise, item, rule="honours:given")


def _told(reading: Reading, match: re.Match[str]) -> bool:
    """In a plan only what nothing puts in the future counts: no 将, 力争, 支持 before it in its sentence."""
    line = reading.line_at(match.start())
    return not _AHEAD.search(reading.text, line.start, match.start())


_AHEAD = re.compile(
    r"将|力争|争取|确保|支持|推动|鼓励|推荐|培育|目标|计划|新增|帮助|指导|今年|加快|引导|助力|积极|申报"
)


def _honour(reading: Reading, match: re.Match[str]) -> Found:
    start, end = match.span("name")
    trim = _TRIM.search(reading.text, start, end)
    if trim and trim.end() == end:
        end = trim.start()
    if reading.text[start:end].count("“") > reading.text[start:end].count("”"):
        end += reading.text[end : end + 1] == "”"
    elif reading.text[start:end].count("“") < reading.text[start:end].count("”"):
        start -= reading.text[start - 1] == "“"
    for item in reading.within("policy", start, end):
        if item.start <= start + 1 and item.end >= end - 1:
            return item
    return Found(start, end, "policy", reading.text[start:end], "honour")


# --- places -------------------------------------------------------------------------------------


def _places(reading: Reading) -> Iterator[Related]:
    """成功创建全国水生态文明城市、国家森林城市: each title of the list, under the quote of the whole."""
    text = reading.text
    for match in _MAKE.finditer(text):
        titles = [item for item in actors.listed(reading, "policy", match.end()) if is_title(item)]
        if not titles:
            continue
        end = titles[-1].end + (text[titles[-1].end : titles[-1].end + 1] == "”")
        held = _HELD.match(text, end)
        end = held.end() if held else end
        if _HEADS.match(text, end) or (match[0] == "巩固" and not held):
            continue
        start = match.start() - len(_lead(text, match.start()))
        kind = _kind(reading, match)
        for place in actors.subjects(reading, match.start(), end, ("place", "park")):
            low = place.start if place.rule != actors.HOME else start
            for title in titles:
                yield Related(min(low, start), end, kind, place, title, rule="honours:title")


def _lead(text: str, start: int) -> str:
    match = _ADVERB.search(text, max(0, start - 8), start)
    return match[0] if match else ""


def _kind(reading: Reading, match: re.Match[str]) -> str:
    """Whether the clause says a title was obtained or is sought; what a review 建成 or 创建成功 is obtained."""
    before = reading.text[actors.clause_start(reading, match.start()) : match.start()]
    review = reading.setting_at(match.start()).stance == "review"
    if match[0] in ("巩固", "争创", "申创", "申报", "争取") or re.search("力争|争取|确保|积极|全力|加快", before):
        return "seeksDesignation"
    if review and (match[0] in _OBTAIN or match[0] == "建成" or re.search("成功|顺利", before)):
        return "obtainedDesignation"
    if match[0] in _OBTAIN and not _AHEAD.search(before) and re.search("成功|已", before):
        return "obtainedDesignation"
    return "seeksDesignation"


def _created(reading: Reading) -> Iterator[Related]:
    """国家创新型城市创建通过总结评估验收 is obtained, 全国文明典范城市创建扎实推进 is sought."""
    for match in _PASSED.finditer(reading.text):
        named = reading.within("policy", match.start() - 26, match.start())
        titles = [item for item in named if item.end == match.start() and is_title(item)]
        if not titles:
            continue
        passed = re.search("通过|成功|完成", match["how"]) and not re.search(
            "初评|初审|省级|中期|第三方|复评", match["how"]
        )
        kind = "obtainedDesignation" if passed else "seeksDesignation"
        for place in actors.subjects(reading, titles[-1].start, match.end()):
            yield Related(titles[-1].start, match.end(), kind, place, titles[-1], rule="honours:created")


def is_title(policy: Found) -> bool:
    """Tell a designation of places from other policies: 国家森林城市, 学前教育普及普惠示范区."""
    words = policy.name.strip("“”")
    return bool(_TITLE.search(words)) and (policy.rule == "designation" or bool(_RANK.search(words)))
