"""What the networks show: the best connected, communities, similar places, and who spans structural holes.

The build measures the networks (``kg.derive.networks``) and writes the results into the derived graph; the questions
read them. Each row has the quote of one tie that it rests on. ``district-industries`` tells what texts state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph

from kg import ids
from kg.errors import QueryError
from kg.query.questions.question import Asked, Parameter, Question, Row
from kg.query.questions.quotes import order, quotes, values

KINDS = ("person", "body", "place", "industry", "project")
PROJECTIONS = ("people-bodies", "places-industries", "projects-places")
#: Rows of each kind when no limit is given.
MOST = 20

KIND = Parameter("kind", "text", "种类", f"the kind of thing: {', '.join(KINDS)}")
NETWORK = Parameter("kind", "text", "网络", f"the network: {', '.join(PROJECTIONS)}")
PLACE = Parameter("place", "place", "地区", "the place: 株洲市, 渌口区 or an IRI")
LIMIT = Parameter("limit", "number", "行数", f"how many rows of each network; {MOST} when not given")
INDUSTRY = Parameter("industry", "entity", "产业", "the industry: 陶瓷, 电子信息 or an IRI")

#: First what decides the order, then the rest of those that are told: most positions are never looked at.
_ORDER = """SELECT ?position ?projection ?kind ?value WHERE { %s
  VALUES ?kind { UNDEF }
  ?position %s ?value ; lg:nodeKind ?kind ; lg:projection ?projection }"""
_OF_PLACE = "{ VALUES ?thing { <%s> } } UNION { ?thing lg:area <%s> } ?position lg:positionOf ?thing ."
_POSITIONS = """SELECT ?position ?thing ?degree ?rank ?between ?core ?constraint ?community ?span WHERE {
  VALUES ?position { %s }
  ?position lg:positionOf ?thing ; lg:degree ?degree ; lg:pageRank ?rank ; lg:betweenness ?between ;
    lg:coreNumber ?core ; lg:evidence ?span .
  OPTIONAL { ?position lg:constraint ?constraint } OPTIONAL { ?position lg:inCommunity/rdfs:label ?community } }"""
_COMMUNITIES = """SELECT ?community ?projection ?size WHERE {
  VALUES ?projection { UNDEF }
  ?community lg:communitySize ?size ; lg:projection ?projection }"""
_LEADING = """SELECT ?community ?thing ?rank ?span WHERE { VALUES ?community { %s }
  ?community lg:leadingMember ?thing . ?position lg:positionOf ?thing ; lg:inCommunity ?community ; lg:pageRank ?rank ;
    lg:evidence ?span }"""
_NAMES = """SELECT ?thing ?name WHERE { VALUES ?thing { %s }
  ?thing skos:prefLabel ?name FILTER(LANGMATCHES(LANG(?name), "zh")) }"""


def _positions(asked: Asked, measure: str, sign: int) -> list[dict[str, Any]]:
    """The first positions of each network and kind by a measure, as many as asked for."""
    place, kind = asked.get("place"), _one_of(asked, KINDS)
    query = _ORDER % (_OF_PLACE % (place, place) if place else "", measure)
    found = list(asked.select(query, kind=pyoxigraph.Literal(kind) if kind else None))
    found.sort(key=lambda row: (row["projection"], row["kind"], sign * float(row["value"]), row["position"]))
    kept = _first(asked, found, ("projection", "kind"))
    more = {row["position"]: row for row in values(asked, _POSITIONS, {row["position"] for row in kept})}
    return [row | more[row["position"]] for row in kept]


def _named(asked: Asked, things: Iterable[str]) -> dict[str, str]:
    return {row["thing"]: row["name"] for row in values(asked, _NAMES, set(things))}


def _one_of(asked: Asked, known: tuple[str, ...]) -> str | None:
    kind = asked.get("kind")
    if kind and kind not in known:
        raise QueryError(f"--kind {kind}: is none of {', '.join(known)}")
    return str(kind) if kind else None


def _first(asked: Asked, found: Iterable[dict[str, Any]], by: tuple[str, ...]) -> list[dict[str, Any]]:
    """The first rows of each network and kind."""
    limit, seen, kept = asked.get("limit") or MOST, Counter[tuple[str, ...]](), []
    for row in found:
        group = tuple(row[name] for name in by)
        seen[group] += 1
        if seen[group] <= limit:
            kept.append(row)
    return kept


def _most_connected(asked: Asked) -> Iterator[Row]:
    kept = _positions(asked, "lg:pageRank", -1)
    names = _named(asked, (row["thing"] for row in kept))
    known = quotes(asked, (row["span"] for row in kept))
    for row in kept:
        told = (
            names.get(row["thing"]),
            int(row["degree"]),
            float(row["rank"]),
            float(row["between"]),
            int(row["core"]),
        )
        yield Row((row["kind"], row["projection"], *told, row["community"], row["thing"]), (known.get(row["span"]),))


MOST_CONNECTED = Question(
    name="most-connected",
    chinese="网络中联系最广的是谁？",
    english="What is best connected in the networks of people, places, industries and projects?",
    columns=(
        "kind", "network", "name", "degree", "page_rank", "betweenness", "core", "community", "thing_iri",
    ),
    roles=("tie",),
    parameters=(KIND, PLACE, LIMIT),
    answer=_most_connected,
)  # fmt: skip


def _holes(asked: Asked) -> Iterator[Row]:
    kept = _positions(asked, "lg:constraint", 1)
    names = _named(asked, (row["thing"] for row in kept))
    known = quotes(asked, (row["span"] for row in kept))
    for row in kept:
        told = (names.get(row["thing"]), float(row["constraint"]), int(row["degree"]), float(row["between"]))
        yield Row((row["kind"], row["projection"], *told, row["thing"]), (known.get(row["span"]),))


STRUCTURAL_HOLES = Question(
    name="structural-holes",
    chinese="谁跨越结构洞、连接互不相连的各方？",
    english="Who spans structural holes, between others that are not tied?",
    columns=("kind", "network", "name", "constraint", "degree", "betweenness", "thing_iri"),
    roles=("tie",),
    parameters=(KIND, PLACE, LIMIT),
    answer=_holes,
)


def _communities(asked: Asked) -> Iterator[Row]:
    projection = _one_of(asked, PROJECTIONS)
    found = list(asked.select(_COMMUNITIES, projection=pyoxigraph.Literal(projection) if projection else None))
    found.sort(key=lambda row: (row["projection"], -int(row["size"]), row["community"]))
    kept = _first(asked, found, ("projection",))
    members: dict[str, list[dict[str, str]]] = {}
    for row in values(asked, _LEADING, {row["community"] for row in kept}):
        members.setdefault(row["community"], []).append(row)
    for rows in members.values():
        rows.sort(key=lambda row: (-float(row["rank"]), row["thing"]))
    names = _named(asked, (row["thing"] for rows in members.values() for row in rows))
    known = quotes(asked, (rows[0]["span"] for rows in members.values()))
    for row in kept:
        leading = members[row["community"]]
        told = "、".join(names.get(one["thing"], "") for one in leading)
        yield Row((row["projection"], int(row["size"]), told, row["community"]), (known.get(leading[0]["span"]),))


COMMUNITIES = Question(
    name="communities",
    chinese="网络中有哪些社群？",
    english="Which communities do the networks have?",
    columns=("network", "size", "members", "community_iri"),
    roles=("tie",),
    parameters=(NETWORK, LIMIT),
    answer=_communities,
)

_SIMILAR = """SELECT ?place ?other ?score ?shared ?own ?theirs WHERE {
  VALUES ?place { UNDEF }
  ?s lg:compares ?place ; lg:similarTo ?other ; lg:score ?score ; lg:sharedIndustry ?shared ;
    lg:evidence ?own ; lg:counterEvidence ?theirs }"""


def _similar(asked: Asked) -> Iterator[Row]:
    place = asked.get("place")
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in asked.select(_SIMILAR, place=pyoxigraph.NamedNode(place) if place else None):
        groups.setdefault((row["place"], row["other"]), []).append(row)
    names = _named(asked, {thing for row in _flat(groups) for thing in (row["place"], row["other"], row["shared"])})
    known = quotes(asked, {span for rows in groups.values() for span in (rows[0]["own"], rows[0]["theirs"])})
    for (one, other), rows in sorted(
        groups.items(), key=lambda pair: (pair[0][0], -float(pair[1][0]["score"]), pair[0])
    ):
        shared = "、".join(sorted(names.get(row["shared"], "") for row in rows))
        yield Row(
            (names.get(one), names.get(other), float(rows[0]["score"]), shared, one, other),
            (known.get(rows[0]["own"]), known.get(rows[0]["theirs"])),
        )


def _flat(groups: dict[tuple[str, str], list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    return (row for rows in groups.values() for row in rows)


SIMILAR_DISTRICTS = Question(
    name="similar-districts",
    chinese="哪些地方的产业构成相近？",
    english="Which places have similar profiles of industries?",
    columns=("place", "similar_to", "score", "shared_industries", "place_iri", "similar_to_iri"),
    roles=("place", "similar_to"),
    parameters=(PLACE,),
    answer=_similar,
)

# --- what texts state ---------------------------------------------------------------------------------------------

_STATED = """SELECT ?place ?role ?industry ?span WHERE {
  VALUES ?place { UNDEF }
  VALUES ?industry { UNDEF }
  VALUES ?role { lg:keyIndustry lg:targetsIndustry }
  ?place ?role ?industry .
  ?s rdf:object ?industry ; rdf:predicate ?role ; rdf:subject ?place ; lg:evidence ?span }"""
_SCHEMES = """SELECT ?place ?scheme ?industry ?span WHERE {
  VALUES ?place { UNDEF }
  VALUES ?industry { UNDEF }
  ?scheme a lg:IndustryScheme ; lg:area ?place ; skos:member ?industry .
  ?industry skos:inScheme ?of .
  ?s rdf:object ?industry ; rdf:predicate skos:member ; rdf:subject ?scheme ; lg:evidence ?span }"""
_WORDS = {ids.expand("lg:keyIndustry"): "leading", ids.expand("lg:targetsIndustry"): "courted"}


def _industries(asked: Asked) -> Iterator[Row]:
    place, industry = (asked.get(name) for name in ("place", "industry"))
    bound = {
        "place": pyoxigraph.NamedNode(place) if place else None,
        "industry": pyoxigraph.NamedNode(industry) if industry else None,
    }
    found = [
        (row["place"], row["industry"], _WORDS[row["role"]], "", row["span"]) for row in asked.select(_STATED, **bound)
    ]
    found += [
        (row["place"], row["industry"], "scheme", row["scheme"], row["span"]) for row in asked.select(_SCHEMES, **bound)
    ]
    names = _named(asked, {thing for row in found for thing in (row[0], row[1], row[3]) if thing})
    known = quotes(asked, {row[-1] for row in found})
    for one, of, role, scheme, span in sorted(set(found), key=lambda row: (row[:4], order(row[4]))):
        quote = known.get(span)
        told = (names.get(one), names.get(of), role, names.get(scheme) or None, quote.date if quote else None)
        yield Row((*told, one, of), (quote,))


DISTRICT_INDUSTRIES = Question(
    name="district-industries",
    chinese="各地以哪些产业为主导、招引哪些产业？",
    english="Which industries does each place back: leading, courted, or in its industry scheme?",
    columns=("place", "industry", "role", "scheme", "date", "place_iri", "industry_iri"),
    parameters=(PLACE, INDUSTRY),
    answer=_industries,
)

QUESTIONS = (MOST_CONNECTED, COMMUNITIES, SIMILAR_DISTRICTS, STRUCTURAL_HOLES, DISTRICT_INDUSTRIES)
