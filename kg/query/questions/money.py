"""Groups of projects with their members, and money by project, place and industry.

Money is linked to projects by inference (``kg.derive.investments``); every row names the wording that it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from kg import ids
from kg.query.questions.names import Labels
from kg.query.questions.projects import PLACE, PROJECT
from kg.query.questions.question import Asked, Parameter, Question, Quote, Row
from kg.query.questions.showings import Source, quoted, sources

# --- groups -------------------------------------------------------------------------------------

_GROUPS = """SELECT named.thing AS "group", thing.name, count, document, named.span, text
  FROM thing CROSS JOIN named ON named.thing = thing.iri JOIN document ON document.iri = document
  LEFT JOIN quote ON quote.span = named.span
  WHERE count IS NOT NULL AND place IS NOT NULL AND {where}"""
_MEMBERS = """SELECT object AS "group", subject AS member, document, span, text
  FROM claim JOIN document ON document.iri = document JOIN quote USING (span)
  WHERE predicate = 'http://purl.org/dc/terms/isPartOf' AND place IS NOT NULL AND {where}"""


def _groups(asked: Asked) -> Iterator[Row]:
    known, labels, place, project = sources(asked), Labels(asked), asked.get("place"), asked.get("project")
    members: dict[tuple[str, str], dict[str, Quote]] = defaultdict(dict)
    for row in asked.rows(_MEMBERS, {"place": place, "object": project}):
        named, quote = members[row["group"], row["document"]], _quote(known, row)
        named[row["member"]] = min(named.get(row["member"], quote), quote)
    groups = asked.rows(_GROUPS, {"place": place, "named.thing": project})
    first = {(row["group"], row["document"]): _quote(known, row) for row in groups if row["span"]}
    counted = sorted((known[row["document"]], row["name"], row["group"], int(row["count"])) for row in groups)
    for source, name, group, count in sorted(counted, key=lambda row: (row[0].area, row[0].date, row[1:], row[0])):
        found = members.get((group, source.iri), {})
        for member in sorted(found, key=lambda iri: (labels[iri], iri)) or [""]:
            values = (
                name, source.area or None, source.date or None, count, len(found), labels[member] if member else None,
                group, member or None,
            )  # fmt: skip
            yield Row(values, (found.get(member) or first.get((group, source.iri)),))


def _quote(known: Mapping[str, Source], row: Mapping[str, str]) -> Quote:
    return quoted(known[row["document"]], row["span"], row["text"])


GROUPS = Question(
    name="project-groups",
    chinese="“等26个项目”这样的项目组各有多少项目，点名的是哪些？",
    english="How many projects has each group, and which of them are named?",
    columns=("group", "place", "date", "count", "named", "member", "group_iri", "member_iri"),
    parameters=(PLACE, PROJECT),
    answer=_groups,
)

# --- money --------------------------------------------------------------------------------------

_MONEY = """SELECT project, investment.called, rule, investment.document, value, unit, normal, year, kind, span, text
  FROM investment JOIN document ON document.iri = investment.document JOIN measure ON measure.iri = sum
  JOIN quote USING (span)
  WHERE place IS NOT NULL AND year IS NOT NULL AND normal IS NOT NULL AND unit IS NOT NULL AND {where}"""
_INDUSTRIES = """SELECT text AS word, iri AS industry FROM link JOIN name ON iri = subject
  WHERE predicate = 'skos:inScheme' AND object = ? AND language LIKE 'zh%' ORDER BY iri"""
_YI = Decimal(100_000_000)


class Sum(NamedTuple):
    """One sum of money for one project, as a document tells it."""

    project: str  #: name
    industry: str  #: name of the industry that the project's name says; empty when it says none
    source: Source
    amount: Decimal  #: in 亿元
    shown: str
    kind: str  #: total, yearly or completed
    told: str  #: target or outcome
    year: int
    rule: str
    quote: Quote
    iri: str
    industry_iri: str


def _sums(asked: Asked) -> list[Sum]:
    known, industries, found = sources(asked), _Industries(asked), []
    for row in asked.rows(_MONEY, {"place": asked.get("place"), "project": asked.get("project")}):
        industry, iri = industries.of(row["called"])
        source = known[row["document"]]
        found.append(
            Sum(
                row["called"], industry, source, Decimal(row["normal"]) / _YI, row["value"] + row["unit"],
                _kind(row["text"]), row["kind"], int(row["year"]), row["rule"],
                quoted(source, row["span"], row["text"]), row["project"], iri,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.source.area, one.project, one.source.date, one.quote, one.iri))


class _Industries:
    """The industry that a name says: the longest of its words that names one, 半导体 in 三安半导体项目."""

    def __init__(self, asked: Asked) -> None:
        rows = asked.rows(_INDUSTRIES, [ids.concept("industry", "").rstrip("/")])
        self._by_word = {row["word"]: row["industry"] for row in rows}
        self._longest = max((len(word) for word in self._by_word), default=0)
        self._labels = Labels(asked)

    def of(self, name: str) -> tuple[str, str]:
        """Return label and IRI; empty when the name says none."""
        for size in range(min(self._longest, len(name)), 1, -1):
            for start in range(len(name) - size + 1):
                iri = self._by_word.get(name[start : start + size])
                if iri:
                    return self._labels[iri], iri
        return "", ""


def _kind(quote: str) -> str:
    """What a sum is: of the whole work, of a year, or spent so far."""
    if "年度" in quote or "年投资" in quote:
        return "yearly"
    return "completed" if "完成" in quote or "累计" in quote else "total"


def _money(asked: Asked) -> Iterator[Row]:
    industry = asked.get("industry")
    for one in _sums(asked):
        if industry in (None, one.industry_iri):
            values = (
                one.project, one.source.area or None, one.industry or None, one.source.date or None, one.shown,
                _plain(one.amount), one.kind, one.told, one.year, one.rule.rpartition(":")[2], one.iri,
            )  # fmt: skip
            yield Row(values, (one.quote,))


def _plain(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


INDUSTRY = Parameter("industry", "entity", "产业", "an industry that the project's name says: 半导体")

MONEY = Question(
    name="project-money",
    chinese="各项目的投资是多少？",
    english="How much money is told for each project?",
    columns=(
        "project", "place", "industry", "date", "amount", "yi_yuan", "kind", "told", "year", "inferred_from",
        "project_iri",
    ),
    parameters=(PLACE, PROJECT, INDUSTRY),
    answer=_money,
)  # fmt: skip


def _totals(asked: Asked) -> Iterator[Row]:
    """Sum up the newest total of each project; a project told in five reports counts once."""
    newest: dict[tuple[str, str], Sum] = {}
    for one in _sums(asked):
        if one.kind == "total":
            newest[one.source.place, one.iri] = one  # sorted by date: the last stays
    groups: dict[tuple[str, str, str], list[Sum]] = defaultdict(list)
    for one in newest.values():
        groups[one.source.area, one.industry, one.industry_iri].append(one)
    for (area, industry, iri), found in sorted(groups.items()):
        largest = max(found, key=lambda one: (one.amount, one.project, one.iri))
        values = (
            area or None, industry or None, len(found), _plain(sum((one.amount for one in found), Decimal())),
            largest.project, _plain(largest.amount), iri or None,
        )  # fmt: skip
        yield Row(values, (largest.quote,))


TOTALS = Question(
    name="project-money-by-industry",
    chinese="各地各产业的项目总投资合计多少？",
    english="How much is to be invested by place and industry?",
    columns=("place", "industry", "projects", "yi_yuan", "largest", "largest_yi_yuan", "industry_iri"),
    parameters=(PLACE,),
    answer=_totals,
)

QUESTIONS = (GROUPS, MONEY, TOTALS)
