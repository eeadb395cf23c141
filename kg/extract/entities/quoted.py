"""Policies in quotation marks: “三高四新”战略, 落实“双减”, 农村“三变”改革.

Strings in, mentions out. A quoted phrase is a policy when a noun of policies belongs to it or when it is known; without
either, when a verb of doing stands before it and nothing after it says that it names something else: a loan, a road, a
scene, what kind of thing is built. Used by the finder of policies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import lexicon
from kg.extract.reading import Found
from kg.registry.places import places

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
    r"|^[^\u4e00-\u9fff]+$|\d+[·.]\d+$"
)
#: What a quoted name is called, which no policy is: companies, ships, prizes of sport, figures of speech.
_AFTER_OTHER = re.compile(
    r"^(?:号|轮|公司|企业|商标|店|楼|桥|路|村|瓶颈|难题|短板|难|问题|现象|顽疾|乱象|关|病|漏洞|痛点|堵点|字|杯|之路|之声|之花|动能|引擎|红利|铁军|队|牌|答卷|加速度|作风|氛围|姿态|卫星|机型|系列产品)"
)
_BEFORE_POLICY = re.compile(rf"(?:{_DO}{_FILL}|”、?|等)$")


def mention(text: str, start: int, end: int, rule: str, name: str = "") -> Found:
    """Return the mention of a stretch, under the name the national table has for it."""
    words = text[start:end]
    return Found(start, end, "policy", name or canonical().get(words, words), rule)


@cache
def canonical() -> dict[str, str]:
    """Return the names of the national table by every form of them."""
    table: dict[str, str] = {}
    for row in lexicon.table("policies"):
        for form in (row["name"], *row["aliases"].split("|")):
            if form:
                table.setdefault(form, row["name"])
                table.setdefault(form.strip("“”") if form.count("“") == 1 and form.endswith("”") else form, row["name"])
    return table


def find(text: str) -> Iterator[Found]:
    """Yield the policies that stand in quotation marks."""
    for match in _QUOTED.finditer(text):
        inner = match["inner"]
        start, end = match.span()
        tail = _own_tail(text, end, inner)
        head = _head(text, start)
        if head and not tail and (re.fullmatch(r"\d+条|.*[条办破零区]$", inner)):
            yield mention(text, start - len(head), end, "quoted")
            continue
        if tail and not (_NOT_QUOTED.search(inner) and not re.search(r"\d", inner)):
            yield mention(text, start - len(head), tail.end(), "quoted")
            if not head and inner in canonical():
                yield mention(text, start + 1, end - 1, "inner")
        elif _is_policy(text, start, end, inner):
            yield mention(text, start + 1, end - 1, "quoted", f"“{inner}”" if inner not in canonical() else "")


def _own_tail(text: str, end: int, inner: str) -> re.Match[str] | None:
    """What follows a quoted name and belongs to it.

    A name that is known (“双减”全国试点) or counts its points (“五美”标准) is whole without what is said of it.
    """
    tail = _tail().match(text, end)
    if tail and _MAY_GO_ON.search(tail[0]):
        tail = _longer().match(text, end) or tail
    if not tail or _OF_INDUSTRY.search(tail[0]):
        return None
    if not _SAID.search(tail[0]):
        return tail
    return None if inner in canonical() or _COUNTING.match(inner) else tail


#: “千企面对面”科技服务|行动: these nouns stand before another that ends the name.
_MAY_GO_ON = re.compile(r"(?:服务|专项|标准|目标|政策|品牌|责任制|治理|整治|改革|规划|教育)$")


@cache
def _longer() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_LINK}){{0,6}}?(?:服务|专项|标准|目标|政策|品牌|责任制|治理|整治|改革|规划|教育)"
        r"(?:专项行动|攻坚行动|行动计划|行动|工程|计划|活动|机制|试点|治理|整治|体系|模式)(?!性|化|方案)"
    )


#: “541”产业体系: a scheme of industry.
_OF_INDUSTRY = re.compile("产业[\u4e00-\u9fff]{0,2}体系$|制造业体系$|产品体系$")


def _is_policy(text: str, start: int, end: int, inner: str) -> bool:
    """A quoted phrase without a policy noun after it: 落实“双减”, “三个高地”建设, “28条”."""
    if _NOT_QUOTED.search(inner) or _AFTER_OTHER.match(text[end : end + 4]):
        return False
    if inner in canonical() or _OWN_NOUN.search(inner):
        return True
    before, after = text[max(0, start - 12) : start], text[end : end + 6]
    if _OTHER_THING.search(inner) or _OF_THINGS.match(text, end):
        return False
    if _WITH.search(inner) and not _CARRIED.search(before):
        return False
    numbered = bool(_NUMBERED.search(inner))
    if numbered and _TASK.match(after):
        return True
    if not 2 <= len(inner) <= 12 or not (numbered or len(inner) >= 4) or _NO_POLICY.search(inner):
        return False
    if _RESULT.search(inner) or places().forms().get(inner):
        return False
    alone = not _KIND_AFTER.match(after) if numbered else bool(_STANDS_ALONE.match(after))
    return alone and bool(_BEFORE_POLICY.search(before))


#: 实现“扫一遍”, “双下降”: a state that is reached, no name.
_RESULT = re.compile(
    r"连[冠涨增丰]|(?:双增|双降|双升|下降|提升|突破|增长|翻番|遍|归零|达标|不断|变样|大变|全覆盖|有一助一)$"
)
#: “五型”国家物流枢纽, “三环五射”高速公路网: a quoted phrase that tells of what kind something built is.
_KIND_AFTER = re.compile(
    r"(?:国家|全国|省级|区域|高速|铁路|公路|路网|骨干|交通|物流|枢纽|基础设施|空间|城市名片|高品质|生态名片|沿线|场所|企业|车辆|船舶|政府|客运|航运|水系|绿道|医疗|功能|意识|产品|组合拳)"
)


#: What may follow a quoted phrase that is a policy's whole name; before another noun it tells of what kind that is
#: (“公铁河海空”多式联运).
_STANDS_ALONE = re.compile(
    r"[^\u4e00-\u9fff]|$|等|和|与|及|以及|为|中(?![华国医心小高部央型外试欧])|上|的|是|在|被|将|从|向|以|取得|成效|全面|全国|全省|全市|深入|落地|见效|试点|创建|建设|改革|战略|部署|要求|精神|工作"
    r"|目标|成果|责任|原则|方针|理念|模式|标准|机制|制度|体系|政策|措施|举措|任务|行动|计划|工程|活动|专项|攻坚|治理|整治|监管|服务|管理|布局|格局|发展|总体|思路|品牌|经验|做法"
)
#: Quoted phrases that name other things: loans, clusters of industry, roads and bridges, a growth, a date, a scene.
_OTHER_THING = re.compile(
    r"(?:贷|险|券|票|债|产业集群|产业链|不夜城|夜市|双增长|双提升|双下降|稳增长|(?:旅游|文化|艺术|美食|购物|音乐|啤酒|采摘)节|论坛|大赛|博览会|峰会|马拉松|晚会)$|^\d{4}年(?!度)|^(?:[一二三四五六七八九十\d][路桥馆校院厂河湖库场园街镇村站港线])+$"
)
#: “低空+物流” of a list of scenes; what is carried out under such a name (推进“中医药+旅游”) is a policy.
_WITH = re.compile(r"[\u4e00-\u9fff]\+[\u4e00-\u9fff]")
_CARRIED = re.compile(r"(?:推进|推行|推广|实施|建立|构建|完善|深化|开展)$")
#: What things a quoted phrase names: 支出 (三公), 等金融产品, 项目.
_OF_THINGS = re.compile(
    r"(?:支出|经费|项目(?!化|长)|工程项目|产品|游径|景区|公园|大桥|隧道|机场|班列|专列|航线)|等[^，。；“”]{0,8}(?:产品|品牌|景区|项目|公园|班列|菜品|美食|剧目|节目|作品|楼盘|街区|商圈)"
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
        r"制(?![度造作定成])|(?:专项|综合|集中|环境综合)?(?:治理|整治)(?!机制|体系|平台|模式|能力|水平|提升|项目|创新)"
        rf"|(?:(?:{_LINK}){{0,6}}?(?:“[^”\n]{{1,8}}”))?(?:{_LINK}){{0,6}}?(?:{nouns})(?:升级版|样板区)?(?!性|化|区[^域]|者|系统|网络|热线|平台)"
    )


#: Letters that may stand inside a name after its quoted part; 为, 等, 和 end it.
_LINK = r"(?![为等和与的是向在及将以居获被]|系列|平台|热线)[\u4e00-\u9fff]"


def _head(text: str, start: int) -> str:
    """A noun before the mark that belongs to the name: 园区“135”工程, 招商引资“28条”."""
    match = _heads().search(text[max(0, start - 12) : start])
    return match[0] if match else ""


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.alternatives('policy_heads')})$")
