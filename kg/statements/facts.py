"""Relations and measures as nodes with evidence: tenures, scheme members, stage reports, targets, outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg import ids, ontology, zh
from kg.records import Entity, Measure, Relation, Statement, Term
from kg.resolve import keys
from kg.statements import nodes, relations, things
from kg.statements.context import Context

_TYPE = ids.expand("rdf:type")
_LABEL = ids.expand("skos:prefLabel")

#: Words that a role carries for its mode, not for the post: 代市长 acts in the post 市长 (model.md section 4).
_MODE_PREFIXES = {"acting": ("代理", "代"), "former": ("原", "前", "时任"), "concurrent": ("兼任", "兼")}


def relation(context: Context, found: Relation) -> Iterator[Statement]:
    """Yield the statements of one relation."""
    if found.kind == "holdsPost":
        yield from _holds_post(context, found)
    elif found.kind == "hasMember" and found.object is not None:
        yield from _has_member(context, found)
    elif found.kind == "projectStage":
        yield from _stage(context, found)
    else:
        yield from relations.relation(context, found)


def _mentioned(context: Context, found: Relation) -> Iterator[Statement]:
    for mention in (found.subject, found.object):
        if mention is not None:
            yield from things.mention(context, mention)


def _has_member(context: Context, found: Relation) -> Iterator[Statement]:
    """Yield 装备制造 as a member of “3+3+2”."""
    yield from _mentioned(context, found)
    if found.object is None:
        return
    if found.attribute("through"):
        return  # a member by way of a group, which skos:member leads to
    scheme, member = context.of(found.subject).iri, nodes.iri(context.of(found.object).iri)
    yield from things.stated_triple(
        context, scheme, ids.expand("skos:member"), member, found.start, found.end, found.rule
    )
    size = found.attribute("size")
    if size:
        yield Statement(scheme, ids.expand("lg:declaredSize"), nodes.integer(int(size)), ids.DERIVED)


def _stage(context: Context, found: Relation) -> Iterator[Statement]:
    """Yield one stage report (推进智轨一期建设: in progress)."""
    yield from _mentioned(context, found)
    project = context.of(found.subject).iri
    stage, text = found.attribute("stage") or "", found.attribute("stage_text")
    node = ids.stated("stage", context.document.id, found.start, found.end, project, stage)
    concept = ontology.codes("stage").get(stage) or ids.concept("stage", ids.slug(stage))
    yield context.say(node, _TYPE, nodes.name("lg:StageReport"))
    yield context.say(node, ids.expand("lg:project"), nodes.iri(project))
    yield context.say(node, ids.expand("lg:stage"), nodes.iri(concept))
    if text:
        yield context.say(node, ids.expand("lg:stageText"), nodes.chinese(text))
    yield from _aim(context, node, found)
    yield from context.stated(node, found.start, found.end, found.rule)


def _aim(context: Context, node: str, found: Relation) -> Iterator[Statement]:
    """Yield the stage that a planned work is to reach, by when, and how firmly the text says so (确保…竣工)."""
    aim, year, modality = found.attribute("aim"), found.attribute("year"), _modality(found.text)
    if not aim:
        return
    yield context.say(node, ids.expand("lg:aimedStage"), nodes.iri(ontology.codes("stage")[aim]))
    if year:
        yield context.say(node, ids.expand("lg:aimedYear"), nodes.year(int(year)))
    if modality:
        yield context.say(node, ids.expand("lg:stageModality"), nodes.iri(modality))


def _holds_post(context: Context, found: Relation) -> Iterator[Statement]:
    """Yield person, post, tenure and attestation (市科技局局长李红)."""
    yield from _mentioned(context, found)
    person = context.of(found.subject)
    role, mode = found.attribute("post") or "", found.attribute("mode") or "substantive"
    body = _body(context, found)
    if body is not None:
        yield from things.describe(context, body)
    post = ids.post(body.iri if body is not None else context.graph, _bare(role, mode))
    tenure = ids.tenure(person.iri, post, mode)
    yield from _post(body, post, _bare(role, mode))
    yield from _tenure(tenure, person.iri, post, body, role, mode)
    node = ids.stated("attestation", context.document.id, found.start, found.end, tenure)
    yield context.say(tenure, ids.expand("lg:attestedBy"), nodes.iri(node))
    yield context.say(node, _TYPE, nodes.name("lg:Attestation"))
    day = context.shown_on(found.subject)
    attested = nodes.date(day) if day else None
    if attested is not None:
        yield context.say(node, ids.expand("lg:attestedOn"), attested)
    yield from context.stated(node, found.start, found.end, found.rule)


def _body(context: Context, found: Relation) -> Entity | None:
    if found.object is not None:
        return context.of(found.object)
    name = found.attribute("organisation")
    if not name:
        return None
    known = context.named("agency", name) or context.named("enterprise", name) or context.named("park", name)
    return known if known is not None else context.entity(keys.body_key(found), "agency", name)


def _bare(role: str, mode: str) -> str:
    for prefix in _MODE_PREFIXES.get(mode, ()):
        if role.startswith(prefix) and len(role) > len(prefix):
            return role[len(prefix) :]
    return role


def _post(body: Entity | None, post: str, role: str) -> Iterator[Statement]:
    yield Statement(post, _TYPE, nodes.name("org:Post"), ids.DERIVED)
    label = (body.name if body is not None else "") + role
    yield Statement(post, _LABEL, nodes.chinese(label), ids.DERIVED)
    if body is not None:
        yield Statement(post, ids.expand("org:postIn"), nodes.iri(body.iri), ids.DERIVED)


def _tenure(tenure: str, person: str, post: str, body: Entity | None, role: str, mode: str) -> Iterator[Statement]:
    concept = ontology.codes("tenure-mode").get(mode) or ids.concept("tenure-mode", ids.slug(mode))
    yield Statement(tenure, _TYPE, nodes.name("lg:Tenure"), ids.DERIVED)
    yield Statement(tenure, ids.expand("org:member"), nodes.iri(person), ids.DERIVED)
    yield Statement(tenure, ids.expand("lg:post"), nodes.iri(post), ids.DERIVED)
    yield Statement(tenure, ids.expand("lg:tenureMode"), nodes.iri(concept), ids.DERIVED)
    if role:
        yield Statement(tenure, ids.expand("lg:roleText"), nodes.chinese(role), ids.DERIVED)
    if body is not None:
        yield Statement(tenure, ids.expand("org:organization"), nodes.iri(body.iri), ids.DERIVED)


def measure(context: Context, found: Measure) -> Iterator[Statement]:
    """Yield one target or outcome (力争高新技术企业突破1000家)."""
    node, indicator, subject = measured(context, found)
    yield from things.describe(context, indicator)
    yield context.say(node, _TYPE, nodes.name("lg:Target" if found.kind == "target" else "lg:Outcome"))
    yield context.say(node, ids.expand("rdfs:label"), nodes.chinese(zh.unmarked(found.text)))
    yield context.say(node, ids.expand("lg:indicator"), nodes.iri(indicator.iri))
    if subject is not None:
        yield from things.describe(context, subject)
        yield from _joined(context, found, subject)
        yield context.say(node, ids.expand("lg:subject"), nodes.iri(subject.iri))
    for predicate, value in (*_amount(found), *_wording(found), *_period(found)):
        yield context.say(node, ids.expand(predicate), value)
    if found.attributed_to:
        yield from _speaker(context, node, found, found.attributed_to)
    yield from context.stated(node, found.start, found.end, found.rule)


def measured(context: Context, found: Measure) -> tuple[str, Entity, Entity | None]:
    """Return the IRI of a measure's node, its indicator, and what it is about."""
    indicator = context.entity(keys.indicator_key(found), "indicator", found.indicator)
    subject = _subject(context, found)
    identity = (found.indicator, found.value or "", found.comparator, str(found.year), subject.iri if subject else "")
    return ids.stated(found.kind, context.document.id, found.start, found.end, *identity), indicator, subject


def _subject(context: Context, found: Measure) -> Entity | None:
    if found.scope and not found.scope_key:
        for label in ("place", "park", "agency", "enterprise", "industry"):
            known = context.named(label, found.scope)
            if known is not None:
                return known
    key = keys.scope_key(found, context.extraction.place)
    return context.entity(key, "place", found.scope) if key else None


def _joined(context: Context, found: Measure, subject: Entity) -> Iterator[Statement]:
    """Yield what a joined subject consists of: 湘江株洲段、洣水 are two rivers under one value."""
    if "、" not in found.scope or found.scope_key:
        return
    members = [context.named("place", name) for name in found.scope.split("、")]
    if all(members):
        yield Statement(subject.iri, _TYPE, nodes.name("lg:Coordination"), ids.DERIVED)
        for member in members:
            if member is not None:
                yield Statement(subject.iri, ids.expand("skos:member"), nodes.iri(member.iri), ids.DERIVED)


def _speaker(context: Context, node: str, found: Measure, name: str) -> Iterator[Statement]:
    speaker = context.named("official", name)
    if speaker is None:
        speaker = context.entity(keys.key("official", "", name), "official", name)
        yield from things.describe(context, speaker)
        yield from things.named_here(context, speaker, found.start, found.end)
    yield context.say(node, ids.expand("lg:attributedTo"), nodes.iri(speaker.iri))


def _amount(found: Measure) -> Iterator[tuple[str, Term]]:
    yield "lg:quantitative", nodes.boolean(found.value is not None)
    if found.unit:
        yield "lg:unitText", nodes.string(found.unit)
    if found.value is None:
        return
    yield "lg:value", nodes.decimal(found.value)
    normalized = nodes.normalized(found.value, found.unit or "")
    if normalized is not None:
        yield "lg:normalizedValue", nodes.decimal(normalized[0])
        if normalized[1]:
            yield "lg:normalizedUnit", nodes.string(normalized[1])


def _wording(found: Measure) -> Iterator[tuple[str, Term]]:
    code = found.comparator
    yield (
        "lg:comparator",
        nodes.iri(ontology.codes("comparator").get(code) or ids.concept("comparator", ids.slug(code))),
    )
    if found.comparator_text:
        yield "lg:comparatorText", nodes.chinese(found.comparator_text)
    if found.modality:
        yield "lg:modalityText", nodes.chinese(found.modality)
        concept = _modality(found.modality)
        if concept:
            yield "lg:modality", nodes.iri(concept)


@lru_cache(maxsize=1000)
def _modality(text: str) -> str:
    wordings = ontology.wordings("modality")
    inside = sorted((word for word in wordings if word in text), key=lambda word: (-len(word), word))
    return wordings[inside[0]] if inside else ""


def _period(found: Measure) -> Iterator[tuple[str, Term]]:
    if found.year is not None:
        yield "lg:year", nodes.year(found.year)
        yield "lg:yearBasis", nodes.string(found.year_basis)
    if found.period_start is not None:
        yield "lg:periodStart", nodes.year(found.period_start)
