"""Local industry schemes and their members: “3+5+2”产业集群, 三大动力产业, “新四化”经济.

In: the reading. Out: mentions with label ``scheme`` and relations ``hasMember`` to industries. Members
stand before the scheme (A、B、C三大产业), after it (三大产业：A、B、C) or name it in a sentence of their own
(A是我市“3+3+2”产业体系重点打造的3大战略产业之一). A scheme of groups (3+5+2) has the members of its groups.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg import zh
from kg.extract import enumerations
from kg.extract.entities.industries import industry
from kg.extract.entities.industry_terms import known
from kg.extract.enumerations import Span
from kg.extract.reading import Found, Reading, Related
from kg.registry.places import places

_N = rf"[{zh.NUMERAL}\d]"
_PLUS = r"\d{1,2}(?:[+＋](?:\d{1,2}|[XxNn])){1,12}"
_KIND = (
    r"(?:战略性?新兴|战略性|战略|新兴|未来|传统|优势|特色|主导|支柱|先导|重点|首位|动力|千亿级?|百亿级?|万亿级?|标志性|先进|现代|高端|制造业?|工业|农业|服务业|富民|绿色"
    r"|核心|骨干|成长型|关键|基础|创新型?|硬核|地标|超?[千百万]亿元?级?|型|和|及|与|、|级|元)"
)
_SECTOR = r"(?:产业集群|产业布局|产业链群|产业链|产业体系|产业格局|产业板块|产业|集群)"
#: “3+5+2”产业集群, “633”现代产业体系, “1+4+X”现代制造业体系.
_UMBRELLA = re.compile(
    rf"[“\"]?(?P<code>{_PLUS})[”\"]?(?P<tail>[^，。；、：“”\s]{{0,10}}?(?:{_SECTOR}|(?:制造业|工业|农业|产业发展)体系))"
    rf"|[“\"](?P<digits>\d{{2,5}})[”\"](?P<tail2>{_KIND}{{0,6}}(?:{_SECTOR}))"
)
_BARE = re.compile(rf"(?<![\d+＋.]){_PLUS}(?![\d+＋%.])")
#: A code that stands for the whole scheme: 从“3+5+2”到“3+3+2”, not “1+N”政策文件.
_ALONE = re.compile(r"[”\"]?(?:$|[\s，。；、：！？,;到和与及等）)])")
#: 三大动力产业, 五大战略性新兴产业; 3个优势产业 only after a list of its members.
_GROUP = re.compile(
    rf"(?P<n>{_N}{{1,3}})(?P<unit>大|个|条|类)(?P<kind>{_KIND}{{0,6}})(?P<sector>(?!产业布局)(?:{_SECTOR}|服务业))(?!园|化|基地|项目|集聚区|工人"
    rf"|带头|扶贫|技术|联盟|基金)"
    rf"|(?P<batch>一批){_KIND}{{1,6}}产业"
)
#: 中国动力谷|十大产业: a name of a place of industry leads.
_VALLEY = re.compile(r"(?:中国)?[\u4e00-\u9fff]{2,3}谷$")
#: “新四化”经济, “一主一特”, “两个一批”.
_QUOTED = re.compile(
    rf"[“\"](?P<name>新?{_N}化)[”\"](?:经济|产业)|[“\"](?P<mains>{_N}主{_N}(?:特|新|优)(?:{_N}[\u4e00-\u9fff])?)[”\"]"
    rf"|[“\"](?P<batches>{_N}个一批)[”\"]"
)
_AFTER = re.compile(
    r"[”\"]?(?:发展格局|建设|发展)?(?:[:：（(]|——|，?(?:即|包括|包含|涵盖|分别(?:是|为)|主要(?:是|包括|有|指)|指的?是|是指|就是)[:：]?"
    r"|，(?:聚焦|围绕|重点发展|发展)|[:：]?[指是])"
)
_OF = re.compile(r"等$|为主的?$|为代表的?$|(?:则是|都是|则为)[^，。；、“”]{0,8}的$|的$|这$")
#: “4”是A、B、C、D: what a figure of a code stands for, told as a list.
_FIGURE = re.compile(r"[“\"](?P<n>\d{1,2})[”\"][，,]?(?:即|就是|分别是|是指|指的是|是|指|为|代表|包括)[:：]?")
_ONE_OF = re.compile(r"^(?P<head>[\u4e00-\u9fff]{2,10}?)(?:产业)?(?:是|作为)[^，。；]*(?:之一|产业|重点)")
_ITEM = re.compile(r"[\u4e00-\u9fffA-Za-z0-9“”]{2,14}")
_NO_MEMBER = re.compile(
    r"[一二两三四五六七八九十\d]+[个项家条大]|项目|企业|等$|^(?:我|其|该|这)|产值|增长|突破|亿元|收入|分别"
)


@dataclass(slots=True)
class _Scheme:
    found: Found
    size: int | None
    members: list[Span]
    groups: list[_Scheme] = field(default_factory=list)


def find(reading: Reading) -> Sequence[Found]:
    """Find schemes: A、B、C三大动力产业 gives 三大动力产业."""
    return [scheme.found for scheme in reading.cached(_shared)]


def find_members(reading: Reading) -> Sequence[Related]:
    """Find what schemes consist of: one relation for each scheme and industry."""
    out: list[Related] = []
    for scheme in reading.cached(_shared):
        if scheme.found.rule == "again":
            continue
        within = {span: group.found.name for group in scheme.groups for span in group.members}
        members: dict[str, tuple[Found, Span]] = {}
        for span in scheme.members:
            member = industry(reading.text, span, "member")
            members.setdefault(member.name, (member, span))
        complete = scheme.size == len(members) and not scheme.groups
        size = (("size", str(scheme.size)),) if complete else ()
        for member, span in members.values():
            through = (("through", within[span]),) if span in within else ()
            out.append(_related(reading, scheme.found, member, size + through))
    return out


def find_groups(reading: Reading) -> Sequence[Related]:
    """Find the groups of schemes: “3+5+2”产业集群 has 三大动力产业 as a group."""
    out: list[Related] = []
    for scheme in reading.cached(_shared):
        for group in scheme.groups:
            start, end = min(scheme.found.start, group.found.start), max(scheme.found.end, group.found.end)
            near = end - start < 600
            quote = (start, end) if near else (group.found.start, group.found.end)
            out.append(Related(*quote, "hasSubgroup", scheme.found, group.found, rule=scheme.found.rule))
    return out


def _shared(reading: Reading) -> list[_Scheme]:
    """All schemes of a document with their members, each with the place that tells it from namesakes."""
    schemes = _schemes(reading)
    _share(reading.text, schemes)
    for scheme in schemes:
        scheme.found = _placed(reading, scheme.found)
    placed = {(scheme.found.start, scheme.found.end): scheme for scheme in schemes}
    for scheme in schemes:
        scheme.groups = [placed.get((group.found.start, group.found.end), group) for group in scheme.groups]
    return schemes


_OURS = re.compile(r"(?:我|全|本)(?P<rank>省|市|州)[^，。；\n]{0,40}$")


def _placed(reading: Reading, found: Found) -> Found:
    """The scheme as that of its place: every city has its 三大主导产业. 3个 and 3大 are one wording."""
    code = reading.context.place
    line = reading.line_at(found.start)
    said = _OURS.search(reading.text, line.start, found.start)
    rank = said["rank"] if said else ""
    for place in (reading.context.home, *places().ancestors(code)) if rank and code else ():
        if place and (place.name.endswith(rank) or (rank == "省" and place.level == "province")):
            code = place.code
            break
    return replace(found, place=code, key=f"scheme/{code}/{_form(found)}")


_NUMBER_OF = re.compile(rf"({_N}{{1,3}})(?:大|个|条|类)")


def _form(found: Found) -> str:
    """What identifies a scheme in its place: the figures of “3+5+2”…, else its name with its number in digits.

    Texts that say and that do not say what is done to 一批传统产业 speak of one batch.
    """
    name = re.sub(r"^\(\w+\)", "", zh.fold(found.name))
    code = re.match(_PLUS, name)
    if code and found.rule in ("code", "bare", "again"):
        return code[0].replace("＋", "+")
    return _NUMBER_OF.sub(lambda match: f"{zh.number(match[1])}大", name, count=1)


def _related(reading: Reading, scheme: Found, member: Found, attributes: tuple[tuple[str, str], ...]) -> Related:
    """The quote is the sentence of the scheme; a member named elsewhere keeps its own offsets."""
    line = reading.line_at(scheme.start)
    return Related(line.start, max(line.end, scheme.end), "hasMember", scheme, member, attributes, scheme.rule)


def _schemes(reading: Reading) -> list[_Scheme]:
    text = reading.text
    out = [*_umbrellas(text), *_groups(text), *_quoted(text)]
    taken = [(scheme.found.start, scheme.found.end) for scheme in out]
    out += [scheme for scheme in _bare(reading, out) if not any(a <= scheme.found.start < b for a, b in taken)]
    out.sort(key=lambda scheme: scheme.found)
    _one_of(reading, out)
    return out


def _umbrellas(text: str) -> Iterator[_Scheme]:
    for match in _UMBRELLA.finditer(text):
        code = match["code"] or match["digits"]
        tail = match["tail"] or match["tail2"]
        members = _around(text, match.start(), match.end())
        found = Found(match.start(), match.end(), "scheme", f"“{_plain(code)}”{tail}", "code")
        yield _Scheme(found, _total(code), members if _any_known(text, members) else [])


def _any_known(text: str, spans: list[Span]) -> bool:
    """True when the table of industries has one of the members: else the list is of other things."""
    return any(text[span.start : span.end] in known() for span in spans)


def _plain(code: str) -> str:
    return code.replace("＋", "+")


def _total(code: str) -> int | None:
    parts = re.split(r"[+＋]", code)
    return sum(map(int, parts)) if len(parts) > 1 and all(part.isdigit() for part in parts) else None


def _groups(text: str, low: int = 0, high: int | None = None) -> Iterator[_Scheme]:
    for match in _GROUP.finditer(text, low, len(text) if high is None else high):
        members = _around(text, match.start(), match.end())
        start = match.start()
        number = zh.number(match["n"]) if match["n"] else None
        size = int(number) if number is not None and number == int(number) else None
        if size is not None and not (2 <= size <= 40):
            continue
        one = text.startswith("之一", match.end())
        if match["unit"] != "大" and len(members) < 2 and not one:
            continue
        if len(members) != size and not _any_known(text, members):
            if match["unit"] != "大" and not one:
                continue
            members = []
        if match["unit"] != "大" and not one and size is not None and size != len(members):
            continue
        valley = _VALLEY.search(text[max(0, start - 6) : start])
        if valley:
            start -= len(_after_verb(valley[0]))
        name = text[start : match.end()]
        done = (
            _DONE_TO.search(text[max(low, members[0].start - 8) : members[0].start])
            if match["batch"] and members
            else None
        )
        name = f"（{done['verb']}）{name}" if done else name
        yield _Scheme(Found(start, match.end(), "scheme", name, "group"), size, members)


#: 升级陶瓷、服饰等一批传统产业: what is done to a batch tells it from others.
_DONE_TO = re.compile(r"(?:^|[，,。；：:\s是要])(?P<verb>(?:(?![是要])[\u4e00-\u9fff]){2,4})$")


def _after_verb(words: str) -> str:
    span = enumerations.strip_verb(words, Span(0, len(words)))
    return words[span.start :]


def _quoted(text: str) -> Iterator[_Scheme]:
    for match in _QUOTED.finditer(text):
        whole = bool(match["name"])
        start, end = match.span() if whole else match.span("mains" if match["mains"] else "batches")
        members = _around(text, match.start(), match.end())
        size = None
        groups: list[_Scheme] = []
        if match["batches"]:
            size = int(zh.number(match["batches"][0]) or 0)
            members, groups = _batches(text, match.end(), size)
            if not members:
                continue
        name = text[start:end] if whole else f"“{text[start:end]}”"
        yield _Scheme(Found(start, end, "scheme", name, "quoted"), size, members, groups)


def _batches(text: str, start: int, size: int) -> tuple[list[Span], list[_Scheme]]:
    """Members and groups of 两个一批: 一是升级A、B等一批传统产业；二是布局C、D等一批新兴产业; none of other batches."""
    stop = text.find("\n", start)
    groups = [group for group in _groups(text, start, stop if stop >= 0 else len(text)) if group.size is None]
    groups = [group for group in groups if group.members][:size]
    return ([span for group in groups for span in group.members], groups) if len(groups) == size else ([], [])


def _bare(reading: Reading, schemes: list[_Scheme]) -> Iterator[_Scheme]:
    """A code alone: one the text names in full elsewhere (从“3+5+2”到“3+3+2”), or a heading whose figures it tells."""
    text = reading.text
    names = {_code(scheme): scheme.found.name for scheme in schemes if scheme.found.rule == "code"}
    told = bool(_FIGURE.search(text))
    for match in _BARE.finditer(text):
        code = _plain(match[0])
        if code in names and _ALONE.match(text, match.end()):
            yield _Scheme(Found(*match.span(), "scheme", names[code], "again"), None, [])
        elif told and _total(code) and text[match.end() : match.end() + 1] in ("", "\n"):
            yield _Scheme(Found(*match.span(), "scheme", f"“{code}”产业体系", "bare"), _total(code), [])


def _code(scheme: _Scheme) -> str:
    return scheme.found.name[1:].split("”")[0]


def _around(text: str, start: int, end: int) -> list[Span]:
    """Members in the list straight before (等) or straight after (：) a scheme."""
    head = start
    close = _OF.search(text[max(0, start - 14) : start].rstrip('“"'))
    if close:
        head = max(0, start - 14) + close.start()
    elif text[start - 1 : start] in '“"':
        head = start - 1
    spans = [_core(text, span) for span in enumerations.before(text, head, known()) if _is_member(text, span)]
    if len(spans) > 1:
        return spans
    match = _AFTER.match(text, end)
    if match:
        after = enumerations.after(text, match.end(), known())
        spans = [_core(text, span) for span in after if _is_member(text, span)]
        if len(spans) > 1:
            return spans
    return []


def _core(text: str, span: Span) -> Span:
    """Without a trailing 产业: 陶瓷产业 is 陶瓷."""
    words = text[span.start : span.end]
    return Span(span.start, span.end - 2) if words.endswith("产业") and len(words) > 4 else span


def _is_member(text: str, span: Span) -> bool:
    words = text[span.start : span.end]
    return bool(_ITEM.fullmatch(words)) and not _NO_MEMBER.search(words)


def _one_of(reading: Reading, schemes: list[_Scheme]) -> None:
    """高分子新材料是…“3+3+2”现代产业体系…3大战略产业之一: the subject is a member of both."""
    told: dict[int, list[_Scheme]] = {}
    for scheme in schemes:
        if scheme.members:
            continue
        line = reading.line_at(scheme.found.start)
        words = reading.text[line.start : line.end]
        match = _ONE_OF.match(words)
        if match and "之一" in words[match.end("head") :] and match["head"] in known():
            scheme.members = [Span(line.start, line.start + len(match["head"]))]
            told.setdefault(line.start, []).append(scheme)
    for together in told.values():
        for scheme in together:
            if scheme.found.rule == "code":
                scheme.groups = [group for group in together if group.found.rule == "group"]


def _share(text: str, schemes: list[_Scheme]) -> None:
    """Give a scheme of groups the members of its groups, and a namesake by number those of the scheme."""
    groups = [s for s in schemes if s.found.rule in ("group", "quoted") and len(s.members) > 1]
    codes = [s for s in schemes if s.found.rule in ("code", "bare")]
    parts: dict[str, list[_Scheme]] = {}
    for group in [*groups, *_figures(text)]:
        code = _owner(group, codes)
        if code:
            parts.setdefault(code.found.name, []).append(group)
    for scheme in codes:
        own = parts.get(scheme.found.name, [])
        pool = _distinct(text, [span for group in own for span in group.members])
        if len(pool) > len(scheme.members):
            scheme.members, scheme.groups = pool, [group for group in own if group.found.rule != "figure"]
    _fill(codes, codes, lambda scheme: scheme.found.name)
    _fill(schemes, [s for s in codes if s.size == len(s.members)], lambda scheme: str(scheme.size))


def _figures(text: str) -> Iterator[_Scheme]:
    """Lists that a figure stands for, as groups without a name: “4”是汽车、钛及新材料、石油装备、数控机床."""
    for match in _FIGURE.finditer(text):
        spans = [_core(text, span) for span in enumerations.after(text, match.end(), known())]
        size = int(match["n"])
        if len(spans) == size and all(_is_member(text, span) for span in spans) and _any_known(text, spans):
            yield _Scheme(Found(match.start(), match.end(), "scheme", match[0], "figure"), size, spans)


def _owner(group: _Scheme, codes: list[_Scheme]) -> _Scheme | None:
    """The code a group is part of: the last one before it that has its figure, else the first one after it."""
    near = [code for code in codes if _belongs(group, code)]
    before = [code for code in near if code.found.start <= group.found.start]
    return before[-1] if before else near[0] if near else None


def _fill(schemes: list[_Scheme], sources: list[_Scheme], key: Callable[[_Scheme], str]) -> None:
    """Give schemes without members those of a source with the same key."""
    table = {key(source): source for source in sources if source.members}
    for scheme in schemes:
        source = table.get(key(scheme))
        if source and not scheme.members:
            scheme.members, scheme.groups = source.members, source.groups


def _belongs(group: _Scheme, scheme: _Scheme) -> bool:
    """True when a group within a few paragraphs has the size of one of the figures of a code."""
    figures = {int(figure) for figure in re.findall(r"\d+", scheme.found.name)}
    return abs(group.found.start - scheme.found.start) < 600 and group.size in figures


def _distinct(text: str, spans: list[Span]) -> list[Span]:
    seen: dict[str, Span] = {}
    for span in spans:
        seen.setdefault(text[span.start : span.end], span)
    return sorted(seen.values())
