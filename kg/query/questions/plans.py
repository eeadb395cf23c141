"""Plan against plan: what of one document's targets, projects, industries and policies the next one keeps.

Two documents, or each plan of a place and the next. ``dropped`` says that the later document does not repeat it, never
that it was given up; and it is said only of two documents that both plan a year of the place as a whole, as work
reports do: they set the targets for its economy. What an article leaves out is *not-comparable*, and told only of two
documents that are both named.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache

from kg import lexicon
from kg.errors import QueryError
from kg.query.questions import pages
from kg.query.questions.aims import Aim
from kg.query.questions.compared import COMPARED, Found, Plan, Reader
from kg.query.questions.names import Labels
from kg.query.questions.question import Asked, Parameter, Question, Row
from kg.query.questions.showings import Source, quoted, sources

ALL = "all"
KINDS = (*COMPARED, ALL)
CHANGES = (
    "kept", "raised", "lowered", "reworded", "done", "dropped", "not-repeated", "new", "not-comparable",
)  # fmt: skip
#: A document that sets so many targets for one year plans that year.
_ANNUAL = 5
_SIGNS = {"=": "", ">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "~": "约"}


def _answer(asked: Asked) -> Iterable[Row]:
    kind, change = asked.get("kind") or "target", asked.get("change")
    _known("kind", kind, KINDS)
    _known("change", change, CHANGES)
    narrowing = ("document", "against", "year", "change")
    limit = pages.most(asked, *narrowing, *([] if kind == ALL else ["place"]))
    pairs = _pairs(asked, targets=kind in (ALL, "target"), newest_first=limit is not None)
    return pages.first(_compared(asked, pairs, kind, change), limit)


def _compared(asked: Asked, pairs: Iterable[tuple[Plan, Plan]], kind: str, change: str | None) -> Iterator[Row]:
    both, read = asked.get("document") and asked.get("against"), Reader(asked)
    for before, after in pairs:
        for of_kind, compare in COMPARED.items():
            for found in compare(read, before, after) if kind in (ALL, of_kind) else ():
                told = both or found.change != "not-comparable" or (found.before and found.after)
                if told and change in (None, found.change):
                    yield _row(read.labels, before, after, found)


def _known(name: str, value: str | None, values: tuple[str, ...]) -> None:
    if value is not None and value not in values:
        raise QueryError(f"plan-vs-plan: --{name} {value} is none of {', '.join(values)}")


def _row(labels: Labels, before: Plan, after: Plan, found: Found) -> Row:
    values = (
        after.source.area or before.source.area or None, before.year or before.source.year or None,
        after.year or after.source.year or None, found.kind, labels[found.thing],
        labels[found.subject] if found.subject else None, found.change, found.earlier, found.later,
        found.how or None, found.effort or None, found.thing,
    )  # fmt: skip
    return Row(values, (found.before, found.after))


# --- which documents ----------------------------------------------------------------------------


#: Pairs that are read at once when the newest are looked for.
_PART = 2


def _pairs(asked: Asked, *, targets: bool, newest_first: bool) -> Iterator[tuple[Plan, Plan]]:
    known = sources(asked)
    document, against, place = asked.get("document"), asked.get("against"), asked.get("place")
    if document is None and against is None and place is None:
        raise QueryError("plan-vs-plan: needs --place, or --document and --against; see kg ask GRAPH documents")
    chosen = document or against
    place = known[chosen].place if chosen else place
    candidates = [source for source in known.values() if source.place == place or source.iri in (document, against)]
    dates = _Dates(asked, candidates)
    pairs = _chosen(asked, candidates, dates)
    if newest_first:
        pairs.reverse()
    size = _PART if newest_first else len(pairs)
    for start in range(0, len(pairs), size or 1):
        part = pairs[start : start + size]
        plans = _read(asked, tuple(dict.fromkeys(itertools.chain(*part))), dates, targets=targets)
        for before, after in part:
            if asked.get("year") in (None, plans[after.iri].year or after.year):
                yield plans[before.iri], plans[after.iri]


def _chosen(asked: Asked, candidates: list[Source], dates: _Dates) -> list[tuple[Source, Source]]:
    """The pairs of documents that are asked for, the earlier first."""
    document, against = asked.get("document"), asked.get("against")
    if document is not None and against is not None:
        both = [source for source in candidates if source.iri in (document, against)]
        both.sort(key=lambda source: _order(source, dates))
        return list(itertools.pairwise(both))
    series = _series(candidates, dates, document or against, asked.get("year"))
    return [
        (before, after)
        for before, after in itertools.pairwise(series)
        if document in (None, after.iri) and against in (None, before.iri)
    ]


def _order(source: Source, dates: _Dates) -> tuple[int, str, str]:
    return dates.planned[source.iri][0] or source.year, source.date, source.name


def _series(documents: list[Source], dates: _Dates, chosen: str | None, wanted: int | None) -> list[Source]:
    """The documents of a place that plan a year, one for each year: the one chosen, else that with most targets."""
    by_year: dict[int, list[Source]] = defaultdict(list)
    for source in documents:
        if dates.planned[source.iri][0]:
            by_year[dates.planned[source.iri][0]].append(source)
    best = {
        year: max(found, key=lambda source: (source.iri == chosen, dates.planned[source.iri][1], source.name))
        for year, found in by_year.items()
    }
    series = [best[year] for year in sorted(best)]
    if wanted is None:
        return series
    at = series.index(best[wanted]) if wanted in best else 0
    return series[max(at - 1, 0) : at + 1]


_YEARS = "SELECT iri, document, year, since FROM measure WHERE kind = 'target' AND {where}"
_INDICATORS = "SELECT DISTINCT document, indicator FROM measure WHERE kind = 'target' AND {where}"
_TARGETS = """SELECT measure.*, text FROM measure JOIN quote USING (span)
  WHERE kind = 'target' AND comparator IS NOT NULL AND {where} ORDER BY iri"""


class _Dates:
    """For which years documents set their targets, read once."""

    def __init__(self, asked: Asked, documents: Iterable[Source]) -> None:
        own = {source.iri: source.year for source in documents}
        rows = asked.rows(_YEARS, {"document": own})
        self.longer = {row["iri"] for row in rows if row["since"]}  #: targets of several years
        self.years = {row["iri"]: row["year"] for row in rows if row["year"]}
        found: dict[str, Counter[int]] = {iri: Counter() for iri in own}
        for row in rows:
            year = int(row["year"] or 0)
            if row["iri"] not in self.longer and own[row["document"]] <= year <= own[row["document"]] + 1:
                found[row["document"]][year] += 1
        #: The year that each document plans, 0 for none, and how many targets it sets for it.
        self.planned = {iri: _planned(years) for iri, years in found.items()}

    def annual(self, target: str, document: str) -> bool:
        """Tell whether a target is for the year that its document plans."""
        return target not in self.longer and self.years.get(target) == str(self.planned[document][0])


def _planned(years: Counter[int]) -> tuple[int, int]:
    year, number = max(years.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (year, number) if number >= _ANNUAL else (0, number)


# --- targets ------------------------------------------------------------------------------------


#: Kinds of units that count things: 2000个 and 2000座 of one indicator are of one unit.
_COUNTING = frozenset(("count", "firm", "flat", "household", "places", "road"))


@cache
def _counters() -> frozenset[str]:
    return frozenset(row["unit"] for row in lexicon.table("units") if row["kind"] in _COUNTING)


def _read(asked: Asked, documents: tuple[Source, ...], dates: _Dates, *, targets: bool) -> dict[str, Plan]:
    """Read the targets of documents, or only what they are of."""
    of = {source.iri: source for source in documents}
    read = _aims(asked, of, dates) if targets else {}
    indicators: dict[str, set[str]] = {iri: {aim.indicator for aim in read.get(iri, ())} for iri in of}
    for row in () if targets else asked.rows(_INDICATORS, {"document": of}):
        indicators[row["document"]].add(row["indicator"])
    return {
        iri: Plan(source, dates.planned[iri][0], tuple(read.get(iri, ())), frozenset(indicators[iri]))
        for iri, source in of.items()
    }


def _aims(asked: Asked, of: Mapping[str, Source], dates: _Dates) -> dict[str, list[Aim]]:
    read: dict[str, list[Aim]] = {iri: [] for iri in of}
    for row in asked.rows(_TARGETS, {"document": of}):
        target, document = row["iri"], row["document"]
        value, normal = (row["value"], row["normal"]) if row["value"] and row["normal"] else ("", "")
        unit, bare = (row["unit"], row["bare"]) if row["unit"] and row["bare"] else ("", "")
        comparator, modality = row["comparator"], row["modality"] or ""
        shown = f"{modality}{_SIGNS.get(comparator, comparator)}{value}{unit}" if value else row["words"]
        read[document].append(
            Aim(
                row["indicator"], row["subject"] or "",
                "annual" if dates.annual(target, document) else dates.years.get(target, ""),
                "" if not normal else "#" if bare in _counters() else bare, Decimal(normal) if normal else None,
                comparator, modality, shown or comparator, quoted(of[document], row["span"], row["text"]),
            )
        )  # fmt: skip
    return read


QUESTION = Question(
    name="plan-vs-plan",
    chinese="后一份计划对前一份的目标、项目、产业和政策有何保留、提高、降低、改写、不提与新增？",
    english="What of one plan does the next keep, raise, lower, reword, drop or add?",
    columns=(
        "place", "earlier_year", "later_year", "kind", "thing", "subject", "change", "earlier", "later", "how",
        "effort", "thing_iri",
    ),
    roles=("earlier", "later"),
    parameters=(
        Parameter("place", "place", "地区", "the place whose plans are compared, each with the next"),
        Parameter("document", "document", "文献", "the later document"),
        Parameter("against", "document", "对照文献", "the earlier document"),
        Parameter("year", "year", "年份", "the year that the later document plans"),
        Parameter("change", "text", "变化", "one of " + ", ".join(CHANGES)),
        Parameter("kind", "text", "类别", "target (the default), project, industry, policy or all"),
        pages.LIMIT,
    ),
    answer=_answer,
)  # fmt: skip
