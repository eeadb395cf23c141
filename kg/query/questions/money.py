"""Groups of projects with their members, and money by project, place and industry.

Money is linked to projects by inference (``kg.derive.investments``); every row names the wording that it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from kg import ids
from kg.query.questions import nodes
from kg.query.questions.projects import PLACE, PROJECT
from kg.query.questions.question import Asked, Parameter, Question, Quote, Row
from kg.query.questions.showings import Source, node, quoted, sources

# --- groups -------------------------------------------------------------------------------------

_GROUPS = """SELECT ?group ?name ?count ?document WHERE {
  VALUES ?place { UNDEF } VALUES ?group { UNDEF }
  ?group lg:memberCount ?count ; skos:prefLabel ?name ; lg:mentionedIn ?document . ?document lg:area ?place }"""
_SPANS = """SELECT ?group ?document ?span ?quote WHERE {
  VALUES ?place { UNDEF } VALUES ?group { UNDEF }
  ?group lg:memberCount ?count .
  GRAPH ?document { ?group lg:evidence ?span . ?span nif:anchorOf ?quote } ?document lg:area ?place }"""
_MEMBERS = """SELECT ?group ?member ?document ?span ?quote WHERE {
  VALUES ?place { UNDEF } VALUES ?group { UNDEF }
  ?document lg:area ?place .
  GRAPH ?document { ?statement rdf:predicate dcterms:isPartOf ; rdf:object ?group ; rdf:subject ?member ;
    lg:evidence ?span . ?span nif:anchorOf ?quote } }"""


def _groups(asked: Asked) -> Iterator[Row]:
    known, labels = sources(asked), nodes.Labels(asked.store)
    bound = {"place": node(asked.get("place")), "group": node(asked.get("project"))}
    members: dict[tuple[str, str], dict[str, Quote]] = defaultdict(dict)
    for row in asked.select(_MEMBERS, **bound):
        members[row["group"], row["document"]][row["member"]] = _quote(known, row)
    first: dict[tuple[str, str], Quote] = {}
    for row in asked.select(_SPANS, **bound):
        key, quote = (row["group"], row["document"]), _quote(known, row)
        first[key] = min(first.get(key, quote), quote, key=lambda one: (one.start, one.end))
    counted = sorted(
        (known[row["document"]], row["name"], row["group"], int(row["count"])) for row in asked.select(_GROUPS, **bound)
    )
    for source, name, group, count in sorted(counted, key=lambda row: (row[0].area, row[0].date, row[1:], row[0])):
        found = members.get((group, source.iri), {})
        for member in sorted(found, key=lambda iri: (labels[iri], iri)) or [""]:
            values = (
                name, source.area or None, source.date or None, count, len(found), labels[member] if member else None,
                group, member or None,
            )  # fmt: skip
            yield Row(values, (found.get(member) or first.get((group, source.iri)),))


def _quote(known: Mapping[str, Source], row: Mapping[str, str]) -> Quote:
    return quoted(known[row["document"]], row["span"], row["quote"])


GROUPS = Question(
    name="project-groups",
    chinese="“等26个项目”这样的项目组各有多少项目，点名的是哪些？",
    english="How many projects has each group, and which of them are named?",
    columns=("group", "place", "date", "count", "named", "member", "group_iri", "member_iri"),
    parameters=(PLACE, PROJECT),
    answer=_groups,
)

# --- money --------------------------------------------------------------------------------------

_MONEY = """SELECT ?project ?sum ?rule ?document ?value ?unit ?normal ?year ?type ?span ?quote WHERE {
  VALUES ?place { UNDEF } VALUES ?project { UNDEF }
  ?document lg:area ?place .
  ?investment lg:statedIn ?document ; a lg:Investment ; lg:investedIn ?project ; lg:sum ?sum ; lg:rule ?rule .
  GRAPH ?document { ?sum a ?type ; lg:value ?value ; lg:unitText ?unit ; lg:normalizedValue ?normal ;
    lg:year ?year ; lg:evidence ?span . ?span nif:anchorOf ?quote } }"""
_INDUSTRIES = """SELECT DISTINCT ?industry ?word WHERE {
  ?industry skos:inScheme %s ; skos:prefLabel|skos:altLabel ?word FILTER(LANGMATCHES(LANG(?word), "zh")) }"""
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
    known, labels, industries = sources(asked), nodes.Labels(asked.store), _Industries(asked)
    found = []
    for row in asked.select(_MONEY, place=node(asked.get("place")), project=node(asked.get("project"))):
        industry, iri = industries.of(labels[row["project"]])
        source = known[row["document"]]
        found.append(
            Sum(
                labels[row["project"]], industry, source, Decimal(row["normal"]) / _YI, row["value"] + row["unit"],
                _kind(row["quote"]), row["type"].rpartition("#")[2].lower(), int(row["year"]), row["rule"],
                quoted(source, row["span"], row["quote"]), row["project"], iri,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.source.area, one.project, one.source.date, one.quote, one.iri))


class _Industries:
    """The industry that a name says: the longest of its words that names one, 半导体 in 三安半导体项目."""

    def __init__(self, asked: Asked) -> None:
        scheme = f"<{ids.concept('industry', '').rstrip('/')}>"
        rows = asked.select(_INDUSTRIES % scheme)
        self._by_word = {row["word"]: row["industry"] for row in sorted(rows, key=lambda row: row["industry"])}
        self._longest = max((len(word) for word in self._by_word), default=0)
        self._labels = nodes.Labels(asked.store)

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
