"""Shapes of names: what of a name tells things apart. A key goes in, a ``Shape`` comes out.

Documents call one thing 长株潭绿心中央公园 and 绿心中央公园, 城龙高速 and 城龙高速公路, 独墅湖第二通道 and
独墅湖第二通道工程. A shape keeps what these have in common, the *core*: determiners, the place that the thing
belongs to and words such as 工程 are taken off, short kinds are unified, numbers get one spelling. What numbers,
sections and phases a name has stays in the core, so 智轨一期 and 智轨二期 never meet.

Shapes are functions of the key alone (label, place, normal form): they depend on no other document.
The words are data: ``name_affixes.csv``, ``common_kinds.txt``, ``crossing_kinds.txt``, ``unique_kinds.txt``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from kg import lexicon
from kg.extract.projects import works
from kg.registry import tables
from kg.registry.places import places
from kg.registry.records import Place
from kg.resolve import keys


class Shape(NamedTuple):
    """What of a name tells things apart."""

    label: str
    place: str  #: adcode of the place that the thing belongs to: read in the name, else that of the mention
    core: str  #: the name without place and idle words
    named: str = ""  #: code of the place or region that the name itself begins with
    own: int = 0  #: characters of the core that are no generic words
    common: bool = False  #: whether many places have one of this name (人民路)
    crossing: bool = False  #: whether it crosses the borders of places (怀邵衡铁路); then the place is a province
    area: str = ""  #: adcode of the place to say of it: that of the text for what crosses borders

    @property
    def key(self) -> str:
        """Key of the thing: an entity's IRI is minted from this."""
        return f"{self.label}/{self.place}/{self.core}"

    @property
    def distinctive(self) -> bool:
        """Whether the core is enough of a name to mean one thing within a province."""
        return self.own >= 2 and not self.common


_MINTED = re.compile(r"(?P<label>[a-z]+)/(?P<place>\d*)/(?P<name>.+)", re.DOTALL)
#: Labels whose names are identities as they stand: people by name and place, concepts by their wording.
_AS_THEY_ARE = frozenset(("official", "press", "indicator", "event", "scheme"))
#: Labels of things that lie where their document is about, unless the name says otherwise.
_LOCATED = frozenset(("project", "park", "place"))
#: A name keeps at least so many characters.
_LEAST = 3
_LEAST_OF = {"policy": 2, "industry": 2, "project": 2}
_ENUMERATOR = re.compile(r"^(?:[(（]\d+[)）]|[①-⑳]|\d+[.、](?=\D))+")
_DASH = re.compile(r"(?<=[\u4e00-\u9fff])(?:至|到|[-‐-―—－~～]+)(?=[\u4e00-\u9fff])")
_NUMBER = re.compile(r"(?P<first>第)?(?P<number>\d{1,2}|[ivx]{1,4})(?=期|段|标段|批|阶段|届|号线|工区)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
# “七个一”行动 and “七个一”政策: what is left is no name.
_FIGURES = re.compile(r"[\d一二三四五六七八九十百千两双个+n]+")
_DIGITS = "零一二三四五六七八九十"
# 苏州湾大道, 邵阳北站, 岳麓山实验室: what follows the place belongs to the name.
_GROWN_ON = re.compile(
    r"[-·、和与港湾路桥站镇乡村江河湖山岛口洲线段街]|大[道街桥]|[东南西北中]{1,2}(?:[站路街线环部郊城门岸]|大道)"
)
_BRACKETED = re.compile(r"中国[(（](?P<place>[\u4e00-\u9fff]{2,6})[)）]")
_RANKS = tuple("省市区县州盟旗")
_LONGEST_PLACE = 12


@lru_cache(maxsize=400_000)
def shape(key: str) -> Shape | None:
    """Return the shape of an entity key; ``None`` for registry keys and for names that are identities as they are.

    >>> shape("project/430200/长株潭绿心中央公园").core
    '绿心中央公园'
    """
    minted = _MINTED.fullmatch(key)
    if minted is None or minted["label"] in _AS_THEY_ARE:
        return None
    label, place, name = minted.group("label", "place", "name")
    bare = _bare(label, name)
    prefix = _leading_place(bare, place) if label not in ("policy", "industry") else None
    named = prefix[0].code if prefix else _bracketed(bare)
    rest = bare[prefix[1] :] if prefix else ""
    core = _without_tails(label, rest if _stands_alone(label, rest, bare, prefix, place) else bare)
    own = _own(label, core)
    common = bool(_kind("common_kinds").search(core))
    where = _where(label, place, named, core, own >= 2 and not common)
    if label in _LOCATED and own >= 2 and _kind("crossing_kinds").search(core):
        # Texts of each city on the way name one line: it is the province's, so that they meet.
        return Shape(label, (place, *above(place))[-1], core, named, own, common, True, place)
    return Shape(label, where, core, named, own, common, False, where)


def _bare(label: str, name: str) -> str:
    """The name without enumerators and determiners, with one spelling of dashes and numbers."""
    name = _ENUMERATOR.sub("", name) or name
    name = _full_enterprise().get(name, name) if label == "enterprise" else name
    if label in _LOCATED:
        name = _DASH.sub("-", name)
    if label != "policy":
        name = _NUMBER.sub(_chinese_number, name)
    lead = _leads(label).match(name)
    return name[lead.end() :] if lead and len(name) - lead.end() >= _LEAST else name


def _chinese_number(match: re.Match[str]) -> str:
    number = _ROMAN.get(match["number"]) or (int(match["number"]) if match["number"].isdigit() else 0)
    if not 0 < number < 20:
        return match[0]
    word = _DIGITS[number] if number <= 10 else "十" + _DIGITS[number - 10]
    return (match["first"] or "") + word


def _leading_place(name: str, place: str) -> tuple[Place, int] | None:
    """The place a name begins with, and where it ends; the deepest of a chain (湖南省邵阳市…)."""
    found: tuple[Place, int] | None = None
    start = 0
    while start < len(name):
        step = _place_at(name, start, found[0].code if found else place)
        if step is None or (found and not related(found[0].code, step[0].code)):
            break
        if _GROWN_ON.match(name, step[1]) and not name[start : step[1]].endswith(_RANKS):
            break
        found, start = step, step[1]
    return found


def _place_at(name: str, start: int, home: str) -> tuple[Place, int] | None:
    registry = places()
    forms = registry.forms()
    for end in range(min(len(name), start + _LONGEST_PLACE), start + 1, -1):
        form = name[start:end]
        if form not in forms:
            continue
        place = registry.resolve(form, home or None)
        if place is None or (registry.is_common(form) and place.name != form):
            continue
        if (place.is_division and place.level != "zone") or (place.level == "region" and place.members):
            return place, end
    return None


def _bracketed(name: str) -> str:
    """The province in 中国（湖南）自由贸易试验区."""
    match = _BRACKETED.match(name)
    found = places().resolve(match["place"]) if match else None
    return found.code if found is not None and found.is_division else ""


def _stands_alone(label: str, rest: str, bare: str, prefix: tuple[Place, int] | None, place: str) -> bool:
    """Whether a name may lose the place before it: the place is the thing's own and a name remains."""
    if prefix is None or len(rest) < _LEAST or _GROWN_ON.match(rest):
        return False
    lead, end = prefix
    full = bare[:end].endswith(_RANKS)
    if label == "agency" and not full and lead.code != place and _own(label, rest) < 2:
        return False  # 姑苏实验室 is named after a district, and is no other laboratory of the city
    if label == "agency" and _is_unique(bare):
        return False
    if not place:
        return lead.is_division and (full or _own(label, rest) >= 2)
    if lead.is_division:
        return related(lead.code, place)
    if _own(label, rest) < 2:
        return False  # 长三角自由贸易试验区 is no other place's
    return bool({place, *above(place)} & set(lead.members)) or _covers(lead, place)


def _covers(region: Place, place: str) -> bool:
    """Whether a region lies in a place (长株潭 in 湖南省)."""
    return all(related(member, place) and member != place for member in region.members)


def related(one: str, other: str) -> bool:
    """Tell whether two adcodes are of one place or of a place and one below it; the empty code fits nothing else."""
    if not one or not other:
        return one == other
    return one == other or is_above(one, other) or is_above(other, one)


@lru_cache(maxsize=100_000)
def is_above(upper: str, lower: str) -> bool:
    """Tell whether a division holds another one."""
    return any(place.code == upper for place in places().ancestors(lower))


def _without_tails(label: str, name: str) -> str:
    """Drop idle words at the end and unify short kinds: 312国道改造工程 -> 312国道改造, 城龙高速公路 -> 城龙高速."""
    tails = _tails(label)
    least = _LEAST_OF.get(label, _LEAST)
    changed = True
    while changed:
        changed = False
        for word, full in tails:
            kept = name.removesuffix(word) + full
            if name.endswith(word) and len(kept) >= least and not (label == "policy" and _FIGURES.fullmatch(kept)):
                name = kept
                changed = word not in full
                break
    return name


def _where(label: str, place: str, named: str, core: str, distinctive: bool) -> str:
    """The place that a thing belongs to."""
    if named and _BRACKETED.match(core):
        return named
    if label == "agency" and _is_unique(core):
        return ""
    if not named.isdigit():
        return place
    if label in _LOCATED:
        if is_above(place, named):
            return named
        return named if is_above(named, place) and not distinctive else place
    return named if label in ("agency", "enterprise") else place


def _is_unique(name: str) -> bool:
    """Whether an institution's name is the only one in the country: 江苏大学, and no 老年大学."""
    return bool(_kind("unique_kinds").search(name)) and not _kind("not_unique_kinds").search(name)


def _own(label: str, core: str) -> int:
    """How many characters of a core are no generic words, kinds and numbers."""
    head = _heads().search(core)
    word = works.own_words(core[: head.start()] if head else core)
    if label in ("enterprise", "agency"):
        word = _generic().sub("", word)
    if label == "agency":
        word = _functions().sub("", word)
    return len(re.sub(r"[\W\d_]|[一二三四五六七八九十第]+(?:期|段|届|号线)?", "", word))


# --- words --------------------------------------------------------------------------------------


@cache
def _leads(label: str) -> re.Pattern[str]:
    words = [row["word"] for row in lexicon.table("name_affixes") if row["label"] == label and row["where"] == "lead"]
    return re.compile("(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")+" if words else r"(?!)")


@cache
def _tails(label: str) -> tuple[tuple[str, str], ...]:
    rows = [row for row in lexicon.table("name_affixes") if row["label"] == label and row["where"] == "tail"]
    return tuple(sorted(((row["word"], row["full"]) for row in rows), key=lambda pair: (-len(pair[0]), pair)))


@cache
def _kind(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.alternatives(name)})$")


@cache
def _heads() -> re.Pattern[str]:
    words = {row["word"] for row in lexicon.table("project_heads")} | {
        row["word"] for row in lexicon.table("park_kinds")
    }
    words |= {row["full"] for row in lexicon.table("park_kinds")}
    words |= {row["suffix"] for row in lexicon.table("body_suffixes") if row["needs"] == "name"}
    words |= set(lexicon.lines("common_kinds"))
    return re.compile("(?:" + "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))) + ")$")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("enterprise_generic"))


@cache
def _functions() -> re.Pattern[str]:
    """Words of which every place has a body: functions (科学技术), and bodies as such (人民政府)."""
    words = {row[column] for row in lexicon.table("body_functions") for column in ("short", "full")}
    words |= {row["suffix"] for row in lexicon.table("body_suffixes") if row["needs"] == "place"}
    words |= {"人民代表大会", "常务委员会", "委员会", "人民政府", "中共", "中国人民政治协商会议", "办公室", "管理"}
    return re.compile(
        "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))) + "|[局厅委部院所会]$"
    )


@cache
def _full_enterprise() -> dict[str, str]:
    rows = lexicon.table("enterprise_short_names")
    return {keys.normal(row["short"]): keys.normal(row["full"]) for row in rows}


@cache
def province_characters() -> frozenset[str]:
    """Return the one-character names of provinces: a line named after one (京港澳高速) is known everywhere."""
    return frozenset(tables.abbreviations())


def headless(core: str) -> bool:
    """Tell a name that lacks its kind (吉邵 for 吉邵高速)."""
    return _heads().search(core) is None


def without_kind(core: str) -> str:
    """Return a core without the kind it ends with (吉邵 of 吉邵高速); empty when nothing else is there."""
    head = _heads().search(core)
    return core[: head.start()] if head else ""


@lru_cache(maxsize=100_000)
def above(code: str) -> tuple[str, ...]:
    """Return the adcodes of the divisions above one, nearest first."""
    return tuple(place.code for place in places().ancestors(code))


_IDLE = re.compile(r"(?:项目|工程|建设)$")


_OPENING = frozenset('“《‘"')


def rank(label: str, name: str) -> tuple[bool, int, bool, int, str]:
    """Order of the names that a thing may be called by: official, without idle words, longest, not in quotation marks.

    Marks around a whole name are none of its own (gold/README.md); those inside a longer one are: 招商引资“28条”.
    """
    normal = keys.normal(name)
    idle = bool(_IDLE.search(normal) or _leads(label).match(normal) or _ENUMERATOR.match(normal))
    return idle, -len(normal), name[:1] in _OPENING, len(name), name


def is_crossing(kind: str) -> bool:
    """Tell a kind of work that crosses the borders of places: 高速, 铁路."""
    return _kind("crossing_kinds").fullmatch(kind) is not None
