"""Which words name the indicator of a number: the noun before it, after it, or one said earlier.

In goes one sentence with its quantities, out comes a ``Term`` for each quantity that
measures something; the rest are for the caller to report.

    >>> from kg.extract.quantities import scan
    >>> text = "新增“四上”企业600家、规模工业企业200家以上"
    >>> [(t.indicator, t.quantity.value, t.code) for t in read(text, 0, len(text), scan(text).quantities).terms]
    [('新增“四上”企业数', '600', '='), ('新增规模以上工业企业数', '200', '>=')]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from kg import lexicon
from kg.extract.attributive import attributive
from kg.extract.clauses import Left, Right, begins_with_verb, ending_verb, read_right, whole_verbs
from kg.extract.coordination import split
from kg.extract.frame import JOIN, Clause, State, Term, bare_noun, keep, sound, topic
from kg.extract.quantities import Quantity
from kg.extract.ranks import against, duration, nth, rank, streak
from kg.extract.wording import abstract, worded

_LONGEST = 48  # an indicator longer than this is a clause that was not understood
#: Kinds of unit that count things and may stand before their noun: 600个市级重大项目.
_COUNTS = frozenset(
    ("count", "firm", "person", "household", "road", "flat", "visits", "bed", "parking", "seat", "times", "teu")
)
_SHORT = frozenset("人村县镇乡区市路桥厂")
_EXTENTS = frozenset(("area", "length", "mass", "volume", "power", "money", "energy"))


class Sentence(NamedTuple):
    """The terms of a sentence, and where the quantities begin that only describe or compare."""

    terms: list[Term]
    explained: frozenset[int]


def read(
    text: str, start: int, end: int, quantities: Sequence[Quantity], subjects: Mapping[int, int] | None = None,
    divisions: Collection[int] = (),
) -> Sentence:  # fmt: skip
    """Return the terms of one sentence.

    ``subjects`` maps starts of place names to their ends; a place of ``divisions`` at the head of
    the sentence stays its subject in later clauses, a river does not.
    """
    state = State()
    skipped = attributive(text, start, end, quantities)
    counted = [q for n, q in enumerate(quantities) if n not in skipped and not _circumstance(text, q)]
    previous = start
    for number, quantity in enumerate(counted):
        following = counted[number + 1].start if number + 1 < len(counted) else end
        clause = Clause.of(text, previous, quantity, following, subjects or {}, start)
        if clause.subject is not None and clause.carries and clause.subject in divisions:
            state.subject = clause.subject
        _read_one(clause, state, counted[number + 1 :])
        previous = quantity.end
        if state.terms and state.terms[-1].quantity is quantity:
            previous = max(previous, min(state.terms[-1].end, following))
    explained = frozenset(quantities[n].start for n in skipped) | state.baselines
    return Sentence([term for term in state.terms if len(term.indicator) <= _LONGEST], explained)


_TERM = re.compile(r"过渡期|期限|时限|寿命|年限|工期")


def _circumstance(text: str, quantity: Quantity) -> bool:
    """True for a span of time or an age that only places what is said: 五年累计, 60岁."""
    if quantity.kind not in ("years", "weeks", "age"):
        return False
    return not _TERM.search(text, max(0, quantity.start - 12), quantity.end + 8)


_EACH_PLACE = re.compile(r"每(?:个|座|村|镇|乡|县|区|户|家)(?!人)")
_SHIFT = re.compile(r"(?:前移|前进|提升|上升|跃升|进位|晋升|进)了?$")

# --- one quantity ---------------------------------------------------------------------------------


def _read_one(clause: Clause, state: State, coming: Sequence[Quantity]) -> None:
    quantity, left = clause.quantity, clause.left
    if left.baseline:
        state.baseline = bare_noun(clause) or state.baseline
        state.baselines.add(quantity.start)
        return
    if quantity.kind in ("rank", "strong"):
        rank(clause, state)
        return
    if quantity.kind == "nth":
        nth(clause, state)
        return
    if quantity.chinese and (quantity.value == "1" or quantity.unit.endswith("批")):
        return
    if _EACH_PLACE.search(clause.words) or (quantity.unit == "位" and _SHIFT.search(clause.words)):
        return
    if quantity.kind == "point" and against(clause, state):
        return
    if quantity.kind in ("hours", "days", "months") and duration(clause, state):
        return
    right = read_right(clause.after, not left.noun) if _looks_right(clause) else Right("", "", 0, False)
    if right.noun:
        _right(clause, state, right)
    else:
        _left(clause, state, coming)


def _looks_right(clause: Clause) -> bool:
    kind, left = clause.quantity.kind, clause.left
    if not clause.after or (left.change and (left.noun or kind not in _COUNTS)):
        return False
    if kind == "years":
        return True
    if kind in _COUNTS:
        return True
    if kind in _EXTENTS:
        bare = not left.noun and not left.bound
        verb_last = ending_verb(clause.words)[2]
        return (bare or verb_last) and not clause.after.startswith("的") and not begins_with_verb(clause.after)
    if kind == "percent":
        return not left.noun and not left.bound and not left.change and not left.verb
    return False


def _right(clause: Clause, state: State, right: Right) -> None:
    """Name the indicator by the noun after the number: 统筹推进600个市级重大项目."""
    quantity, left = clause.quantity, clause.left
    noun = _of(right.noun)
    verb, kept, found = ending_verb(clause.words)
    if found and not kept:
        verb = ""
    if not found:
        verb = left.verb
        if clause.listed and not left.verb and not left.dropped:
            verb = state.verb
    if left.change and not verb:
        verb = "新增" if left.change == "grow" else "减少"
    rhetoric = noun in abstract() or (not verb and (noun[-2:] in abstract() or noun[-1:] == "个"))
    if rhetoric or (len(noun) < 2 and noun not in _SHORT) or (quantity.chinese and not verb):
        return
    if quantity.kind in ("percent",):
        indicator = worded(noun, quantity.kind)
    else:
        alone = found or clause.words.endswith(("等", "和", "、", "及", "与"))
        owner = left.noun if not alone and len(left.noun) <= 8 else ""
        stage = right.stage if not verb else ""
        indicator = worded(stage + _owned(owner, noun), quantity.kind, verb)
    state.thing = noun
    keep(clause, state, indicator, (noun,), verb, clause.quantity.end + right.length, "noun-after")


def _owned(owner: str, noun: str) -> str:
    return "" + owner + noun if owner and not noun.startswith(owner) else noun


def _of(noun: str) -> str:
    """空置率30%—50%的“空心村” counts “空心村”; a threshold, 年产值10亿元以上的企业, makes a class and stays."""
    head, _, rest = noun.rpartition("的")
    if not head or len(rest) < 2 or not re.search(r"\d", head):
        return noun
    return head + rest if head.endswith(("以上", "以下")) else rest


def _left(clause: Clause, state: State, coming: Sequence[Quantity]) -> None:
    """Name the indicator by the noun before the number, or by what was said earlier."""
    quantity, left = clause.quantity, clause.left
    if quantity.kind == "streak":
        streak(clause, state)
        return
    if quantity.kind == "class" and not re.search("断面|河|江|湖|库|水", clause.words):
        return
    nouns = _nouns(clause, state, coming)
    if not nouns:
        return
    value_only = bool(JOIN.match(clause.gap)) and bool(state.terms)
    change = left.change or (state.change if value_only and quantity.kind == state.kind else "")
    verb = _governing(clause, state)
    if quantity.chinese and not (verb or left.bound or change):
        return
    if verb == "新增":
        change = ""
    chosen = _chosen(left, nouns, state, value_only)
    rule = "noun-before" if left.noun else "continued"
    for noun in chosen:
        indicator = worded(noun + left.adverb if change else noun, quantity.kind, verb, change)
        indicator = "水质类别" if quantity.kind == "class" else indicator
        keep(clause, state, indicator, nouns, verb, quantity.end, rule, change)
    if not left.change:
        state.history.extend(noun for noun in chosen if noun)
        if quantity.kind in _COUNTS and left.noun:
            state.thing = nouns[-1]


def _governing(clause: Clause, state: State) -> str:
    """The kept verb of a number: its own, or that of the list it continues (新增A 5家、B 3家)."""
    left = clause.left
    plain = clause.listed and not (left.change or left.dropped or left.bound)
    return left.verb or (state.verb if plain or left.among else "")


def _chosen(left: Left, nouns: tuple[str, ...], state: State, value_only: bool) -> tuple[str, ...]:
    """The nouns a value is for: all after 均, the next in order after 分别."""
    if len(nouns) < 2 or left.each:
        return nouns
    position = state.position if value_only or nouns == state.nouns else 0
    state.position = position + 1
    return (nouns[min(position, len(nouns) - 1)],)


def _nouns(clause: Clause, state: State, coming: Sequence[Quantity]) -> tuple[str, ...]:
    """Return what the number measures: one noun, or several that 分别 or 均 tells apart."""
    left = clause.left
    if left.noun:
        return _named(clause, state, coming)
    if state.baseline:
        noun, state.baseline = state.baseline, ""
        return (noun,)
    if left.verb:
        return _after_verb(clause, state)
    if JOIN.match(clause.gap) and state.nouns:
        return state.nouns
    values = 1 + _values_after(clause, coming)
    if left.pair and 1 < values <= len(state.history):
        state.position = 0
        return tuple(state.history[-values:])
    if clause.subject is not None and clause.quantity.kind == "money" and left.bound:
        return ("地区生产总值",)  # 支持江阴迈上5000亿元台阶
    return _said_before(clause, state) if left.change or left.bound else ()


def _named(clause: Clause, state: State, coming: Sequence[Quantity]) -> tuple[str, ...]:
    """The noun of the clause: split where 分别 says so, with its owner where it needs one."""
    left, noun = clause.left, clause.left.noun
    dependent = noun in _dependents()
    if dependent and clause.after.startswith("的"):
        owner = read_right(clause.after, alone=True).noun
        return (owner + ("总投资" if noun == "投资" else noun),) if owner else ()
    if left.pair or left.each:
        parts = split(noun.removesuffix("分别"), 1 + _values_after(clause, coming) if left.pair else 2)
        if parts:
            state.position = 0
            return parts
    if state.nouns and state.terms and (noun in ("占比", "比重") or noun.startswith("占")):
        return (state.nouns[-1] + noun,)
    if left.among and state.thing and len(noun) <= 4:
        return (f"{state.thing}中{noun}",)
    if dependent:
        owner = state.thing or topic(clause.before)
        owned = bool(state.thing) or owner.endswith(("项目", "工程", "企业", "园区", "产业"))
        return (owner + noun if owned else noun,)
    return (noun,) if sound(noun) else ()


def _after_verb(clause: Clause, state: State) -> tuple[str, ...]:
    """A verb alone, 基本建成2640套: what was counted before, unless the verb says it all (造林)."""
    if clause.left.verb in whole_verbs():
        return ("",)
    thing = state.thing if state.terms else topic(clause.before)
    if clause.quantity.kind == "money" and not clause.listed and len(clause.left.verb) > 2:
        return ("",)
    return (thing,) if thing else ()


def _said_before(clause: Clause, state: State) -> tuple[str, ...]:
    """增长10.2%, 达到25家: the noun of the number before, or the topic of the clause before."""
    if state.nouns and clause.left.change and not clause.before:
        if not clause.listed and state.position >= len(state.nouns):
            state.position = 0
        return state.nouns
    said = topic(clause.before)
    return (said,) if said else state.nouns


def _values_after(clause: Clause, coming: Sequence[Quantity]) -> int:
    number, at = 0, clause.quantity.end
    for quantity in coming:
        if not JOIN.match(clause.text[at : quantity.start]):
            break
        number, at = number + 1, quantity.end
    return number


def _dependents() -> frozenset[str]:
    return frozenset(lexicon.lines("measure_dependents"))
