"""Nouns and indicators without the words around them that name nothing.

In go the words before a number, or an indicator; out they come without marks passed (突破万亿元大关), records set
(创历史新高), adverbs and verbs left at the end (稳步提升, 分别), which tell how a thing went and not what it is.

    >>> bare("外贸进出口额创历史新高"), bare("农民人均纯收入突破万元大关"), polished("绿色经济分别占地区生产总值比重")
    ('外贸进出口额', '农民人均纯收入', '绿色经济占地区生产总值比重')
"""

from __future__ import annotations

import re

_HAN = r"(?<=[一-鿿]{3})"
_AMOUNT = (
    r"[一二两三四五六七八九十百千万亿]+(?:元|美元|人次|人|吨|标箱|户|家)?(?:大关|新?大?台阶|关口|门槛)"
    r"|[一二两三四五六七八九十百千万亿]+(?:元|美元|人次|吨|标箱)"
)
# 纯收入突破万元大关，达10365元, 支出在上年基础上再压减10%: a mark passed and what is built upon name nothing.
_PASSED = re.compile(
    rf"{_HAN}(?:预计|成功|首次|历史性|连续|先后|均|分别|双双|顺利|一举|已|再次|接连)*"
    rf"(?:突破|跨越|跨过|迈上|跨上|站上|迈过|超过|跃上|登上|迈入|连跨|连破|连上|连续跨越|连续突破)了?"
    rf"(?:[一二两三四五六七八九十几]个)?(?:{_AMOUNT})$"
    r"|(?<=[一-鿿]{3})(?:将|均|都|继续|要)*在(?:去年|上年|上一年|20\d\d年|现有|原有|上年度)?的?基础上(?:再|又|分别|继续|实现)*$"
)
# 外贸进出口额创历史新高、达到41.47亿元: the record is told beside the sum.
_RECORD = re.compile(
    rf"{_HAN}(?:再|又|均|双双|屡|也|继续|连续|连年|[、和])*(?:创下?了?|创造了?|达到|取得|刷新|再创|创出|迎来|为)"
    r"(?:了)?(?:历史|同期|历年|近年|近[\d一二三四五六七八九十]+年|有史以来|有记录以来|历史同期|建市以来|五年|20\d\d年|[“”十一二三四五]+以来|新|下)*"
    r"(?:来|以来|内|的)?(?:以来)?(?:同期)?(?:的)?(?:新高|最高|最好|最低|最优|新低|最佳|最大|最快|纪录|记录|最高值|最好水平)(?:水平|成绩|纪录|记录|值|增幅|增速)?$"
)
_RECORD_ENDS = frozenset("高好低优佳大快录平绩值幅速")
# 投资增速连续|24个月, 粮食产量实现|“十三连增”: adverbs and verbs left at the end.
_HANGING = re.compile(
    rf"{_HAN}(?:连续|继续|仍然?|始终|一直|实现|保持|明显|逆势|强势|大幅|显著|稳步|快速|较快|迅速|再次|同步|双双|相继|陆续|先后|累计|(?<![人户年月亩村日地平生次])均|止跌|止降"
    r"|稳中有[升进增]|由[负降]转[正升增]|扭[负降]为[正升增]|转正|较大|平稳|动态|(?:跃|迈|再|登|站)上了?新的?大?台阶)+$"
    r"|(?<=[一-鿿]{2})(?:到|至)?20\d\d年(?:底|末)?$"
    r"|(?<=[数量额值模])首$"
    rf"|{_HAN}(?:实现|再|比20\d\d年|较20\d\d年)*(?:翻(?:了)?(?:[一两三]?番(?:多|半)?|倍)|倍增)$"
    rf"|{_HAN}(?:提高|增加|上调|提升|调整|增长|达)(?:到|至)?(?:月人均|每人每月|每人每年|人均|每月|户均)$"
)


def bare(noun: str) -> str:
    """The noun without the mark it has passed, the record it has set and what it is built upon."""
    for _ in range(3):
        shorter = _RECORD.sub("", noun) if noun[-1:] in _RECORD_ENDS else noun
        if "基础上" in noun or "万" in noun or "亿" in noun:
            shorter = _PASSED.sub("", shorter)
        shorter = _HANGING.sub("", shorter).rstrip("、，的")
        if shorter == noun:
            break
        noun = shorter
    return noun


_MANNER = re.compile(r"(?<=.)我[市省区县州](?=.)|分别|(?<!.[省市县国区])双双|逆势|首次(?=.{2,})")
_JOINT = re.compile("^(?:和(?![田谐平美县龙顺])|及(?!时)|与(?!会)|以及)(?=.{3,})")
# 青仓港完成集装箱吞吐量: a verb between the thing and its measure.
_DONE = re.compile(
    "(?<=[一-鿿]{2})(?<!未)(?:累计|预计|全年)*完成(?=[一-鿿]{2,10}(?:量|额|产值|增加值|投资|里程|面积)$)"
)
# 签约青友钛合金等5亿元以上项目: names given as examples.
_EXAMPLES = re.compile(r"(?<=签约|引进|开工|建成|实施|竣工|投产|落地|新建)[^，。]{2,40}等(?=[\d.]+[万亿]元以上)")
# 国际友好港新增16个: a verb behind its thing.
_VERB_LAST = re.compile(r"(?P<thing>.{2,}?[^、较比年再又])(?:分别|各|又|再|累计|共|总计)*(?P<verb>新增|净增)")


def turned(noun: str) -> tuple[str, str]:
    """Return the verb and the thing of a noun that ends with its verb: 国际友好港新增.

    >>> turned("国际友好港新增"), turned("高新技术企业")
    (('新增', '国际友好港'), ('', '高新技术企业'))
    """
    match = _VERB_LAST.fullmatch(noun)
    if not match or _AGAINST.search(noun):
        return "", noun
    return match["verb"], match["thing"]


_AGAINST = re.compile(r"较|比(?!例|重|率)")


def polished(indicator: str) -> str:
    """The indicator without words that tell how several numbers are told apart."""
    plain = _MANNER.sub("", indicator) if len(indicator) > 4 else indicator
    plain = _EXAMPLES.sub("", _DONE.sub("", _JOINT.sub("", plain)))
    return plain.replace("占占比", "占比").replace("增速年均增速", "年均增速")
