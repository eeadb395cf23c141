"""What the networks show: the best connected, communities, similar places, and who spans structural holes.

The build measures the networks (``kg.derive.networks``) and writes the results into the derived graph; the questions
read them. Each row has the quote of one tie that it rests on. ``district-industries`` tells what texts state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from kg import ids
from kg.errors import QueryError
from kg.query.questions.names import Labels
from kg.query.questions.question import Asked, Parameter, Question, Row
from kg.query.questions.quotes import order, quotes

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
_ORDER = "SELECT iri, projection, kind, %s AS value FROM position WHERE value IS NOT NULL AND {where}"
_OF_PLACE = "SELECT subject AS thing FROM link WHERE predicate = 'lg:area' AND object = ?"
_POSITIONS = """SELECT position.*, label FROM position LEFT JOIN community ON community.iri = community WHERE {where}"""
_COMMUNITIES = "SELECT iri AS community, projection, size FROM community WHERE {where}"
_LEADING = """SELECT position.* FROM link JOIN position ON thing = object AND community = subject
  WHERE predicate = 'lg:leadingMember' AND {where}"""


def _positions(asked: Asked, measure: str, sign: int) -> list[dict[str, Any]]:
    """The first positions of each network and kind by a measure, as many as asked for."""
    place, kind = asked.get("place"), _one_of(asked, KINDS)
    things = [place, *(row["thing"] for row in asked.rows(_OF_PLACE, [place]))] if place else None
    found = asked.rows(_ORDER % measure, {"kind": kind, "thing": things})
    found.sort(key=lambda row: (row["projection"], row["kind"], sign * float(row["value"]), row["iri"]))
    kept = _first(asked, found, ("projection", "kind"))
    more = {row["iri"]: row for row in asked.rows(_POSITIONS, {"position.iri": [row["iri"] for row in kept]})}
    return [more[row["iri"]] for row in kept]


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
    kept = _positions(asked, "rank", -1)
    known = quotes(asked, (row["span"] for row in kept))
    for row in kept:
        told = (
            row["called"],
            int(row["degree"]),
            float(row["rank"]),
            float(row["betweenness"]),
            int(row["core"]),
        )
        yield Row((row["kind"], row["projection"], *told, row["label"], row["thing"]), (known.get(row["span"]),))


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
    kept = _positions(asked, "hole", 1)
    known = quotes(asked, (row["span"] for row in kept))
    for row in kept:
        told = (row["called"], float(row["hole"]), int(row["degree"]), float(row["betweenness"]))
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
    found = asked.rows(_COMMUNITIES, {"projection": projection})
    found.sort(key=lambda row: (row["projection"], -int(row["size"]), row["community"]))
    kept = _first(asked, found, ("projection",))
    members: dict[str, list[dict[str, Any]]] = {}
    for row in asked.rows(_LEADING, {"subject": [row["community"] for row in kept]}):
        members.setdefault(row["community"], []).append(row)
    for rows in members.values():
        rows.sort(key=lambda row: (-float(row["rank"]), row["thing"]))
    known = quotes(asked, (rows[0]["span"] for rows in members.values()))
    for row in kept:
        leading = members[row["community"]]
        told = "、".join(one["called"] or "" for one in leading)
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

_SIMILAR = """SELECT place, other, score, object AS shared, span, other_span
  FROM similarity JOIN link ON predicate = 'lg:sharedIndustry' AND subject = similarity.iri WHERE {where}"""


def _similar(asked: Asked) -> Iterator[Row]:
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in asked.rows(_SIMILAR, {"place": asked.get("place")}):
        groups.setdefault((row["place"], row["other"]), []).append(row)
    names = Labels(asked)
    known = quotes(asked, {span for rows in groups.values() for span in (rows[0]["span"], rows[0]["other_span"])})
    for (one, other), rows in sorted(
        groups.items(), key=lambda pair: (pair[0][0], -float(pair[1][0]["score"]), pair[0])
    ):
        shared = "、".join(sorted(names[row["shared"]] for row in rows))
        yield Row(
            (names[one], names[other], float(rows[0]["score"]), shared, one, other),
            (known.get(rows[0]["span"]), known.get(rows[0]["other_span"])),
        )


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

_STATED = """SELECT claim.subject AS place, claim.predicate AS role, claim.object AS industry, span FROM claim
  JOIN link ON link.predicate = '%s' AND link.subject = claim.subject AND link.object = claim.object
  WHERE {where}"""
_SCHEMES = """SELECT area.object AS place, claim.subject AS scheme, claim.object AS industry, span FROM claim
  JOIN link AS type ON type.predicate = 'rdf:type' AND type.subject = claim.subject
  JOIN link AS area ON area.predicate = 'lg:area' AND area.subject = claim.subject
  WHERE {where}
    AND EXISTS (SELECT 1 FROM link WHERE predicate = 'skos:inScheme' AND subject = claim.object)
    AND EXISTS (SELECT 1 FROM link WHERE predicate = 'skos:member' AND subject = claim.subject
      AND object = claim.object)"""
_SCHEME, _MEMBER = ids.expand("lg:IndustryScheme"), ids.expand("skos:member")
_WORDS = {"lg:keyIndustry": "leading", "lg:targetsIndustry": "courted"}


def _industries(asked: Asked) -> Iterator[Row]:
    place, industry = (asked.get(name) for name in ("place", "industry"))
    found = []
    for name, role in _WORDS.items():
        where = {"claim.predicate": ids.expand(name), "claim.subject": place, "claim.object": industry}
        rows = asked.rows(_STATED % name, where)
        found += [(row["place"], row["industry"], role, "", row["span"]) for row in rows]
    where = {"type.object": _SCHEME, "claim.predicate": _MEMBER, "area.object": place, "claim.object": industry}
    found += [
        (row["place"], row["industry"], "scheme", row["scheme"], row["span"]) for row in asked.rows(_SCHEMES, where)
    ]
    names = Labels(asked)
    known = quotes(asked, {row[-1] for row in found})
    for one, of, role, scheme, span in sorted(set(found), key=lambda row: (row[:4], order(row[4]))):
        quote = known.get(span)
        told = (names[one], names[of], role, names[scheme] if scheme else None, quote.date if quote else None)
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
