"""Keys: under which name mentions of one thing meet. Mentions go in, strings come out.

Normal forms are the identity of everything that no registry knows, so they are the same in
every document and depend on nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.extract.measures import wording
from kg.records import Measure, Mention, Relation

#: Quotation marks, title marks and white space: 《政府工作报告》 and 政府工作报告 are one name.
_IGNORED = re.compile(r"[\s\"'‘’“”„‟＂＇《》〈〉「」『』﹁﹂﹃﹄〝〞*]+")


@lru_cache(maxsize=200_000)
def normal(name: str) -> str:
    """Return the normal form of a name: NFKC, without spaces and quotation marks, case folded.

    “四上”企业 becomes 四上企业. A name of nothing but marks stays as it is.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _IGNORED.sub("", folded) or folded


def key(label: str, place: str, name: str) -> str:
    """Return the key of a thing without a registry entry: label, adcode or nothing, normal form."""
    return f"{label}/{place}/{normal(name)}"


def entity_key(mention: Mention) -> str:
    """Return the entity key of a mention: its registry key if it has one."""
    return mention.key or key(mention.label, mention.place, mention.name)


def member_key(mention: Mention, name: str) -> str:
    """Return the key of one of the names that a mention joins (省直、长沙…住房公积金管理中心)."""
    return key(mention.label, mention.place, name)


def indicator_key(measure: Measure) -> str:
    """Return the key of the indicator of a measure; the registry's for any form that it knows (GDP增速)."""
    known = wording.concept(measure.indicator)
    return f"indicator/{known.key}" if known is not None else key("indicator", "", measure.indicator)


def body_key(relation: Relation) -> str:
    """Return the key of a body that a relation names without a mention (市长: 株洲市人民政府); empty without one."""
    name = relation.attribute("organisation")
    return key("agency", relation.attribute("organisation_place") or "", name) if name else ""


def scope_key(measure: Measure, place: str = "") -> str:
    """Return the key of what a measure is about; its registry key if it has one.

    ``place`` is the document's jurisdiction, the answer when the measure names no scope.
    """
    if measure.scope_key:
        return measure.scope_key
    if not measure.scope:
        return f"place/{place}" if place else ""
    return key("place", place, measure.scope)
