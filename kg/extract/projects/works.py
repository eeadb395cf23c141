"""Clauses about works: where names stand between verbs, and what the verbs say. Strings in, tokens out.

A clause such as 加快建设醴娄高速扩容工程及其连接线 is cut into verbs (加快建设), marks that join
names (、和及), words that belong to no name (将, 确保, 的) and what is left between them, the
phrases that may be names. Used by the finders of projects and of their stages; the words are
data in ``kg/lexicon/work_words.csv`` and ``work_frame.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import ahocorasick_rs

from kg import lexicon
from kg.extract import enterprise_names

#: Kinds of words that take a work before or after them; ``soft`` ones take much else too.
GOVERN, SOFT, TAIL = "govern", "soft", "tail"
#: Kinds of tokens that are no verbs. ``name`` is what is left between the words of the lexicon.
NAME, SEP, STOP, ETC, END = "name", "sep", "stop", "etc", "end"


class Token(NamedTuple):
    """A stretch of a clause; ``kind`` is a kind of verb or of mark, ``word`` its text."""

    start: int
    end: int
    kind: str
    word: str


class Verb(NamedTuple):
    """What a verb of works says: the stage when it is done and when it is still to come."""

    kind: str
    done: str
    ahead: str


# A clause ends at punctuation; quotes and brackets are read as one stretch with what they hold.
_CLAUSE = re.compile(r"(?:[^，,。；;！!？?：:\n\t“（(]++|“[^”\n]{1,30}”|（[^）\n]{1,20}）|\([^)\n]{1,20}\)|[（(])+")
# 总投资35亿元的甲项目, 停工14年的乙项目: how large or how old it is, before the name.
_SIZED = (
    r"(?:(?:计划|预计|概算)?总?投资(?:额)?(?:高?达|超|约|超过|近)?[\d.]+[多余]?[百千万]?[万亿]美?元(?:以上)?"
    r"|(?:停工|停建|历时|停滞|搁置|闲置)(?:长?达|近|超过)?[\d.]+[多余]?个?[年月天](?:之久)?"
    r"|(?:全|总)?长(?:达|约|近)?[\d.]+(?:公里|千米|米)|占地(?:面积)?(?:达|约|近)?[\d.]+(?:亩|公顷|平方公里|平方米)"
    r")的"
)
_QUOTED = re.compile(r"“[^”\n]{1,30}”|《[^》\n]{1,40}》|（[^）\n]{1,20}）|\([^)\n]{1,20}\)|【\d+】|\[\d+\]")
_ATOM = re.compile(
    rf"{_SIZED}|{_QUOTED.pattern}"
    r"|\d{4}年(?:\d{1,2}月(?:底|份|\d{1,2}日)?|底)?(?=[^，。]{2})"
    r"|\d{1,2}月(?:\d{1,2}日|底前?|份|初|[上中下]旬)?(?=[^，。]{2})"
)
_DIGIT = re.compile(r"\d")


@cache
def verbs() -> dict[str, Verb]:
    """Return the verbs of works by word."""
    rows = lexicon.table("work_words")
    return {row["word"]: Verb(row["kind"], row["done"], row["ahead"]) for row in rows}


@cache
def _frame() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in lexicon.table("work_frame")}


@cache
def _words() -> ahocorasick_rs.AhoCorasick:
    words = sorted({*verbs(), *_frame(), *enterprise_names.known()})
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


@lru_cache(maxsize=4)
def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """Return the bounds of the clauses of a text."""
    return tuple(match.span() for match in _CLAUSE.finditer(text))


@lru_cache(maxsize=4096)
def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Cut a clause into tokens that cover it.

    >>> [(t.word, t.kind) for t in tokens("加快建设甲乙高速", 0, 8)]
    [('加快建设', 'govern'), ('甲乙高速', 'name')]
    """
    out: list[Token] = []
    gap = start
    for low, high, atom in _marks(text, start, end):
        if low < gap:
            continue
        word = text[low:high]
        kind = _atom_kind(word) if atom else _kind(word, fresh=low == gap)
        if kind == NAME or (is_noun(out, kind, low == gap) and text[high : high + 1] in "、等"):
            continue
        if low > gap:
            out.append(Token(gap, low, NAME, text[gap:low]))
        if atom and word[-1] == "的" and out and out[-1].kind == SEP:
            out[-1] = out[-1]._replace(end=high, word=out[-1].word + word)
        else:
            out.append(Token(low, high, kind, word))
        gap = high
    if gap < end:
        out.append(Token(gap, end, NAME, text[gap:end]))
    return tuple(out)


def _atom_kind(word: str) -> str:
    return STOP if word[0] in "【[《0123456789" or word[-1] == "的" else NAME


def is_noun(before: Sequence[Token], kind: str, fresh: bool) -> bool:
    """Whether a verb closes a pair of nouns in a list: 通用航空制造及运营、无人机制造."""
    verb = kind in (GOVERN, SOFT, TAIL)
    return verb and fresh and len(before) > 1 and before[-1].word in _PAIRS and before[-2].kind == NAME


_PAIRS = frozenset(("及", "和", "与"))


def _marks(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Words of the lexicon in a clause, and quotes, brackets and dates, which are read whole."""
    clause = text[start:end]
    words = [(start + low, start + high, False) for _, low, high in _words().find_matches_as_indexes(clause)]
    whole = _ATOM if _DIGIT.search(clause) else _QUOTED
    atoms = [(*match.span(), True) for match in whole.finditer(text, start, end)]
    if not atoms:
        return words
    outside = [word for word in words if not any(low < word[1] and word[0] < high for low, high, _ in atoms)]
    return sorted(outside + atoms)


# 改造甲水路 says what is done, 甲水路改造 names it.
_NOUNS_TOO = {"works": GOVERN, "lift": SOFT}


def _kind(word: str, fresh: bool) -> str:
    """The kind of one word; ``fresh`` when no name stands directly before it."""
    verb = verbs().get(word)
    if verb is None:
        frame = _frame().get(word, "keep")
        return NAME if frame == "keep" else frame
    if verb.kind in _NOUNS_TOO:
        return _NOUNS_TOO[verb.kind] if fresh else NAME
    return verb.kind


def is_verb(token: Token) -> bool:
    """Whether a token is a verb that takes a work before or after it."""
    return token.kind in (GOVERN, SOFT)


#: Verbs that take an object: followed by another name they say nothing of the name before them (某公司建设某项目).
_TAKES_OBJECT = frozenset(("in_progress", "planned", "idea"))
_ALSO = frozenset(("完成", "启动", "获批", "打通", "开通", "新开工", "建成", "列入", "纳入"))


def says_of_before(items: Sequence[Token], index: int) -> bool:
    """Whether the verb at ``index`` tells of the name before it: 高铁建成通车, but not 学校完成搬迁."""
    token = items[index]
    verb = verbs().get(token.word)
    if verb is None:
        return False
    if verb.kind == TAIL:
        return not (token.word == "获批" and index + 1 < len(items) and _TITLE.match(items[index + 1].word))
    index += 1
    while index < len(items) and items[index].kind == STOP and items[index].word != "的":
        index += 1
    follows = items[index].kind if index < len(items) else ""
    if follows == NAME and (_SHARE.match(items[index].word) or PARTS.match(items[index].word)):
        return True
    return not (follows == NAME and (verb.done in _TAKES_OBJECT or token.word in _ALSO))


# 产业园获批国家级外贸基地: a title it was given, no step of its works.
_TITLE = re.compile("国家|全国|省|自治区|首批|成为|为|[^，。]{2,}(?:区|园|园区|城市|基地|试点|称号|企业|市|县)$")
#: Parts of a work and steps on the way: 甲高速完成路基工程 tells of the road.
PARTS = re.compile("路基|主体|桩基|土建|铺轨|架梁|征地|征迁|拆迁|可研|初步设计|初设|环评|勘察|总?工程量|控制性工程")
# 等104个已签约项目落地60%以上: the share of them, no object.
_SHARE = re.compile(r"\d+(?:\.\d+)?%")


def runs(items: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) token indices of each list of names: names joined by 、和及与, and 等 with its class word."""
    index = 0
    while index < len(items):
        if items[index].kind != NAME:
            index += 1
            continue
        last = index
        while last + 2 < len(items) and items[last + 1].kind == SEP and items[last + 2].kind == NAME:
            last += 2
        if last + 1 < len(items) and items[last + 1].kind == ETC:
            last = _class_end(items, last + 2)
        yield index, last
        index = last + 1


def _class_end(items: Sequence[Token], index: int) -> int:
    """Index of the last token of the class after 等: 等一批重大基础设施和产业项目, 等104个已签约项目."""
    if index >= len(items) or items[index].kind not in (NAME, STOP):
        return index - 1
    if items[index].kind == NAME and _BODIES.search(items[index].word):
        return index
    at = index
    while at < min(len(items), index + 6) and (items[at].kind in (NAME, SEP) or items[at].word in _IN_CLASS):
        if items[at].kind == NAME and _CLASS.search(items[at].word):
            return at
        at += 1
    return index if items[index].kind == NAME else index - 1


_CLASS = re.compile(r"(?:项目|工程)(?:[\d.]+[个项余多]+)?$")
_BODIES = re.compile("企业|公司|单位|地区|国家|城市|行业|领域|方面")
_IN_CLASS = frozenset(("的", "已", "正在", "为民", "保障"))


def chained(items: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """Yield (first, last, lead) of each list, lead where its chain begins: 完成甲路等工程及乙桥改造."""
    before = (-9, -9, -9)
    for first, last in runs(items):
        joined = first - before[1] == 2 and items[first - 1].kind == SEP
        before = (first, last, before[2] if joined else first)
        yield before


def class_word(items: Sequence[Token], first: int, last: int) -> tuple[list[Token], Token | None, bool]:
    """Return the names of a list, the words of its class and whether it has a 等."""
    at = next((index for index in range(first, last + 1) if items[index].kind == ETC), None)
    names = [token for token in items[first : (last if at is None else at) + 1] if token.kind == NAME]
    if at is None or at == last:
        return names, None, at is not None
    word = "".join(token.word for token in items[at + 1 : last + 1])
    return names, Token(items[at + 1].start, items[last].end, NAME, word), True


def own_words(word: str, strict: bool = False) -> str:
    """Return what remains of a name without generic words: 王十万现代农业 leaves 王十万.

    ``strict`` takes away goods and functions too, which projects of many cities are named by: 动力电池 leaves nothing.
    """
    kept = []
    last = 0
    for _, start, end in (_common() if strict else _generic()).find_matches_as_indexes(word):
        kept.append(word[last:start])
        last = end
    return "".join((*kept, word[last:]))


@cache
def _generic() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        list(lexicon.lines("work_generic")), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


@cache
def _common() -> ahocorasick_rs.AhoCorasick:
    words = sorted({*lexicon.lines("work_generic"), *lexicon.lines("work_common")})
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
