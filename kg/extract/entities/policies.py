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

from kg import lexicon
from kg.extract.anchors import Anchored
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
_DO = (
    r"(?:实施|开展|推进|推行|推动|落实|深化|打造|坚持|实现|启动|抓好|办好|打好|打赢|打响|创建|建设|加快|按照|围绕|聚焦|瞄准|把握|制定|出台|编制|建立|健全|完善|探索"
    r"|推广|执行|做好|开启|组织|荣获|获评|获批|获得|入选|争创|成功|用好|弘扬|践行|贯彻|强化|首创|叫响|擦亮|以|全域|培育|发布|构建|争取|列入|纳入|巩固|融入|对接|持续|实行|严控|兜牢|紧扣|释放|创新"
    r"|全面|深入|扎实|大力|新一轮)"
)
#: Words that may stand between a verb and the name.
_FILL = (
    r"(?:了|好|一批|更多|全国|新一轮|全省|全市|国家|省委|市委|省|市|县|区|中国|各项|全面|深入|扎实|大力|持续|加快|“)*"
)
_QUOTE_INNER = r"[^“”\n，。；：]{2,16}|[^“”\n，。；]{2,10}、[^“”\n。；，]{2,16}"
_QUOTED = re.compile(rf"“(?P<inner>{_QUOTE_INNER}(?:，[^“”\n。；，]{{2,8}})?)”")
_NOT_QUOTED = re.compile(
    r"^(?:[\d.%]+|[一二三四五六七八九十\d]+[个大]?|四上|规上|小巨人|最后一公里|顶梁柱|[A-Za-z]+|.{0,4}[了吗呢啊吧])$|四上企业|[！？?!]"
    r"|^[^\u4e00-\u9fff]+$"
)
#: What a quoted name is called, which no policy is: companies, ships, prizes of sport, figures of speech.
_AFTER_OTHER = re.compile(
    r"^(?:号|轮|公司|企业|商标|店|楼|桥|路|村|瓶颈|难题|短板|难|问题|现象|顽疾|乱象|关|病|漏洞|痛点|堵点|字|杯|之路|之声|之花|动能|引擎|红利|铁军|队伍|答卷|加速度|作风|氛围|姿态)"
)
_BEFORE_POLICY = re.compile(rf"(?:{_DO}{_FILL}|”、?|等)$")
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
    r"|[0-9]+[个项条部]|管理制度$|工作机制|长效机制|责任制度"
)
#: Titles sought or held: 国家森林城市, 全国文明典范城市, 学前教育普及普惠示范区.
_TITLE = re.compile(
    rf"(?P<level>国家级?|全国|省级|国际|中国|世界|全省|自治区级?)(?P<name>(?:首[个批]|第[一二三四五六]批)?(?:(?!率先|通过|开展|列入|入选|获批){_HAN}){{2,18}}?(?:示范城市|典范城市|试点城市|模范城市?|生态城市"
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
    r"|全市|强化|支持|促进)(?:了|好)?)+"
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
    rf"(?:推进|推动|融入|加快|促进|深化|服务)(?P<name>{_HAN}{{2,6}}(?:一体化|同城化|融合发展|协同发展))(?!建设项目)"
)


def find(reading: Reading) -> Sequence[Found]:
    """Find policies: 落实“三高四新”战略 gives “三高四新”战略, 落实“双减” gives 双减."""
    text = reading.text
    found = [*_titled(reading), *_quoted(text), *_named(text), *_own(reading), *_listed(text)]
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


def _policy(text: str, start: int, end: int, rule: str, name: str = "") -> Found:
    words = text[start:end]
    return Found(start, end, "policy", name or _canonical().get(words, words), rule)


@cache
def _canonical() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in lexicon.table("policies"):
        for form in (row["name"], *row["aliases"].split("|")):
            if form:
                table.setdefault(form, row["name"])
                table.setdefault(form.strip("“”") if form.count("“") == 1 and form.endswith("”") else form, row["name"])
    return table


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    wrapped = re.compile(r"“[^“”]*”")
    forms = tuple(sorted(f for f in _canonical() if len(f) > 1 and "（" not in f and not wrapped.fullmatch(f)))
    return ahocorasick_rs.AhoCorasick(forms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), forms


def _listed(text: str) -> Iterator[Found]:
    """Policies of the national table, by any of their names."""
    automaton, forms = _automaton()
    for number, start, end in automaton.find_matches_as_indexes(text):
        form = forms[number]
        if form in _SHORT and text[start - 1 : start] not in "“" and text[end : end + 1] != "”":
            continue
        longer = _PILOT.match(text, end)
        if longer and text[start : longer.end()] not in _canonical():
            yield _policy(text, start, longer.end(), "designation")
            continue
        yield Found(start, end, "policy", _canonical()[form], "listed")


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
            yield _policy(text, match.start(), match.end(), "report")


def _quoted(text: str) -> Iterator[Found]:
    for match in _QUOTED.finditer(text):
        inner = match["inner"]
        start, end = match.span()
        tail = _own_tail(text, end, inner)
        head = _head(text, start)
        if head and not tail and (re.fullmatch(r"\d+条|.*[条办破零区]$", inner)):
            yield _policy(text, start - len(head), end, "quoted")
            continue
        if tail and not (_NOT_QUOTED.search(inner) and not re.search(r"\d", inner)):
            yield _policy(text, start - len(head), tail.end(), "quoted")
            if not head and inner in _canonical():
                yield _policy(text, start + 1, end - 1, "inner")
        elif _is_policy(text, start, end, inner):
            yield _policy(text, start + 1, end - 1, "quoted", f"“{inner}”" if inner not in _canonical() else "")


def _own_tail(text: str, end: int, inner: str) -> re.Match[str] | None:
    """What follows a quoted name and belongs to it.

    A name that is known (“双减”全国试点) or counts its points (“五美”标准) is whole without what is said of it.
    """
    tail = _tail().match(text, end)
    if not tail:
        return None
    if not _SAID.search(tail[0]):
        return tail
    return None if inner in _canonical() or _COUNTING.match(inner) else tail


def _is_policy(text: str, start: int, end: int, inner: str) -> bool:
    """A quoted phrase without a policy noun after it: 落实“双减”, “三个高地”建设, “28条”."""
    if _NOT_QUOTED.search(inner) or _AFTER_OTHER.match(text[end : end + 4]):
        return False
    if inner in _canonical() or _OWN_NOUN.search(inner):
        return True
    before, after = text[max(0, start - 12) : start], text[end : end + 6]
    numbered = bool(_NUMBERED.search(inner))
    if numbered and _TASK.match(after):
        return True
    if not 2 <= len(inner) <= 12 or not (numbered or len(inner) >= 4) or _NO_POLICY.search(inner):
        return False
    return bool(_BEFORE_POLICY.search(before)) and (numbered or bool(_STANDS_ALONE.match(after)))


#: What may follow a quoted phrase that is a policy's whole name; before another noun it tells of what kind that is
#: (“公铁河海空”多式联运).
_STANDS_ALONE = re.compile(
    r"[^\u4e00-\u9fff]|$|等|和|与|及|以及|为|中|上|的|是|在|被|将|从|向|以|取得|成效|全面|全国|全省|全市|深入|落地|见效|试点|创建|建设|改革|战略|部署|要求|精神|工作"
    r"|目标|成果|责任|原则|方针|理念|模式|标准|机制|制度|体系|政策|措施|举措|任务|行动|计划|工程|活动|专项|攻坚|治理|整治|监管|服务|管理|布局|格局|发展|总体|思路|品牌|经验|做法"
)
#: A quoted phrase that ends with a policy noun of its own: “制造强市七大工程”.
_OWN_NOUN = re.compile(r"(?:试点|机制|制度|工程|计划|行动|战略|攻坚战|保卫战|行动计划|活动|年|\d条)$")
_NUMBERED = re.compile(r"[一二三四五六七八九十百千两双\d]")
_TASK = re.compile(r"建设|工作|任务|要求|加快|时期|期间|格局|创建|布局|举措|部署|思路|体系|支出|标准|服务|措施|系列")
#: Words of what a policy is carried out with; a name that counts its points does not end with them.
_SAID = re.compile(r"(?:标准|服务|模式|体系|试点|要求|经验)$")
_COUNTING = re.compile(r"[一二两三四五六七八九十][^一二两三四五六七八九十、]{1,3}$")
_NO_POLICY = re.compile(r"连[冠涨增]|新三板|网红|机$|店$|餐厅|小巨人|^新四化$|产业|人大|代表|第一|百强|\d强")


@cache
def _tail() -> re.Pattern[str]:
    """What may follow a quoted phrase and ends the policy's name: 战略, 三年行动, 财源建设“116”工程."""
    nouns = lexicon.alternatives("policy_nouns")
    return re.compile(
        rf"(?:(?:{_LINK}){{0,6}}?(?:“[^”\n]{{1,8}}”))?(?:{_LINK}){{0,6}}?(?:{nouns})(?:升级版|样板区)?(?!性|化|区[^域]|者)"
    )


#: Letters that may stand inside a name after its quoted part; 为, 等, 和 end it.
_LINK = r"(?![为等和与的是向在及将以居获被]|系列)[\u4e00-\u9fff]"


def _head(text: str, start: int) -> str:
    """A noun before the mark that belongs to the name: 园区“135”工程, 招商引资“28条”."""
    match = _heads().search(text[max(0, start - 12) : start])
    return match[0] if match else ""


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.alternatives('policy_heads')})$")


def _named(text: str) -> Iterator[Found]:
    for match in _NAMED.finditer(text):
        start, end = match.span("name")
        start += _strip(match["name"])
        if not _NAMED_BAD.search(text[start:end]) and end - start >= 5:
            yield _policy(text, start, end, "named")
    for match in _TITLE.finditer(text):
        yield _policy(text, *match.span(), "designation")
    for rule, pattern in (("positioning", _HIGHLAND), ("campaign", _BATTLE), ("strategy", _UNITY)):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            start += _strip(text[start:end])
            if end - start >= 4:
                yield _policy(text, start, end, rule)
    for pattern in (_SOUGHT, _ZONE, _VALLEY):
        for match in pattern.finditer(text):
            yield _policy(text, *match.span("name"), "positioning" if pattern is _VALLEY else "designation")


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
        yield _policy(reading.text, *match.span(), "slogan")


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
