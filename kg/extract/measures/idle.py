"""Numbers that measure nothing of the place: among how many a rank is, for whom a speech is, how many each has.

In goes a clause, out comes whether its number is such a one; the ledger lists it then.
"""

from __future__ import annotations

import re

from kg.extract.measures.frame import Clause

_EACH_PLACE = re.compile(r"每(?:个|座|村|镇|乡|县|区|户|家)(?!人)")
_SHIFT = re.compile(r"(?:前移|前进|提升|上升|跃升|进位|晋升|进)了?$")
# 在11个城市中保持第一, 3亿人民期盼着: among how many a rank is held, and whom a speech is for.
_AMONG_THEM = re.compile(
    r"[一-鿿（）、]{1,16}中(?:保持|位居|位列|居(?=全|第|首|前)|排名|排|列|名列|唯一|率先|综合|最|由|从|进入|脱颖|稳居|获)"
    r"|[^，。；]{0,12}(?:着我们|着|携手|同心)$|[^，。；]{0,16}(?:期盼|重托|信任|嘱托|心声|福祉|梦想)(?:$|与|和)"
)
# 543万人民的期盼: for whom a speech is.
_PEOPLE = re.compile(
    r"[^，。；]{0,6}(?:人民|群众|儿女|父老乡亲)(?:[^，。；]{0,4}(?:共同|团结|拼搏|奋斗|智慧|力量|支持|坚忍|众志|万众|砥砺|迎难|不屈|勠力|风雨)|$)"
)
# 覆盖90%县级医院和|50%乡镇卫生院, 两个|80%用于民生: what stands before is of another number.
_OF_LAST_NUMBER = re.compile(r"[一-鿿](?:[和及与、]|以及)$|^[个项条]$")
# 五县区各抓建2个特色小镇: how many each has.
_EACH_OF = re.compile(
    r"(?:县|市|区|镇|街道?|乡|村|园区|部门|学校|单位|[）)])(?:至少|要|都|均)?各(?:自)?(?![类级项种地界族行方])"
)


_EACH_COUNTY = re.compile(
    r"(?:各|绝大多数|多数|每个?)(?:县|市|区|旗|镇|街|乡|村|园区|地|部门|单位|学校|[）)])[^，。；]{0,24}$"
)
_RUNS = frozenset(("列", "班", "班列", "架次", "班次"))


def _of_last(clause: Clause) -> bool:
    """True for a percentage before which another number's noun stands: 90%县级医院和|50%乡镇卫生院."""
    if clause.quantity.kind != "percent" or not _OF_LAST_NUMBER.search(clause.words):
        return False
    return clause.gap == clause.words or (bool(clause.after) and clause.words.endswith(("和", "及", "与")))


def idle(clause: Clause) -> bool:
    """True for 第一批, 每个县2条, 前移3位, which count nothing of the whole place."""
    quantity = clause.quantity
    if quantity.chinese and (quantity.value == "1" or quantity.unit.endswith("批")):
        return True
    if quantity.unit in _RUNS and clause.left.verb and not clause.left.noun:
        return True  # 延伸至沿海城市，全年开行300列: of trains nobody named
    if _of_last(clause):
        return True
    if _EACH_COUNTY.search(clause.words) and quantity.value in ("1", "2", "3"):
        return True
    if _AMONG_THEM.match(clause.after) or (_EACH_OF.search(clause.words) and len(clause.subjects) < 2):
        return True
    if (quantity.kind == "person" or quantity.unit in ("万", "亿")) and _PEOPLE.match(clause.after):
        return True
    return bool(_EACH_PLACE.search(clause.words)) or (quantity.unit == "位" and bool(_SHIFT.search(clause.words)))
