"""The course of one project through the documents of one place: fate, and plans against what came of them.

What one place tells of one project goes in, in order of time (``kg.query.questions.showings``), with the documents of
that place; verdicts come out. Pure functions. Three things are kept apart: a later document tells it is not done
(*slipped*), later documents name it no more (*not-mentioned*), and there is no later document (*not-covered*).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from kg.query.questions.showings import Showing, Source, level

#: Stages whose plans can be answered: that a project shall be "built" or "pushed ahead" is never wrong.
AIMS = ("started", "completed", "in_operation")
_DONE = level("completed")

#: Verdicts of a plan, and what each says.
VERDICTS = {
    "reached": "told as reached by the first later document that covers the year, or before",
    "late": "told as reached, after a document that covers the year told it was not",
    "told-later": "told as reached, by a later document than the first that covers the year",
    "slipped": "a document that covers the year tells an earlier stage, or plans it anew",
    "named": "later documents name the project, and tell no stage",
    "not-mentioned": "later documents of the place cover the year, and do not name the project",
    "not-covered": "no later document of the place covers the year",
}
#: Fates of a project, and what each says.
FATES = {
    "done": "told as completed or in operation",
    "current": "named by the newest document of the place, not done",
    "vanished": "not done when last named, and not named by the later documents of the place",
}


class Plan(NamedTuple):
    """A stage that a project was to reach, and what later documents say of it."""

    plan: Showing
    verdict: str
    answer: Showing | None


class Course(NamedTuple):
    """One project as the documents of one place tell it."""

    told: tuple[Showing, ...]
    documents: tuple[Source, ...]  #: that tell a stage of it
    fate: str
    later: int  #: documents of the place after the last that names it

    @property
    def path(self) -> str:
        """Years and stages: ``2017 planned, 2018 in_operation``; a stage told twice in a row stands once."""
        steps: list[tuple[int, str]] = []
        for showing in self.told:
            stage = f"→{showing.aim}" if showing.aim else showing.stage
            if not steps or steps[-1][1] != stage:
                steps.append((showing.source.year, stage))
        return ", ".join(f"{year} {stage}" for year, stage in steps)


def course(told: Sequence[Showing], documents: Sequence[Source], named: Collection[str]) -> Course:
    """Return the course of one project; ``documents`` are the place's in order of time, ``named`` those naming it."""
    telling = tuple(dict.fromkeys(showing.source for showing in told))
    named_by = {source.iri for source in telling} | set(named)
    last = max(n for n, source in enumerate(documents) if source.iri in named_by)
    later = sum(source.date > documents[last].date for source in documents[last + 1 :])
    if any(showing.asserted and level(showing.stage) >= _DONE for showing in told):
        fate = "done"
    else:
        fate = "vanished" if later else "current"
    return Course(tuple(told), telling, fate, later)


def plans(told: Sequence[Showing], documents: Sequence[Source], named: Collection[str]) -> Iterator[Plan]:
    """Yield each stage that was planned, with its verdict; what one document says twice counts once."""
    seen = set()
    for showing in told:
        key = showing.source.iri, level(showing.aim), showing.due
        if showing.aim in AIMS and showing.due and key not in seen:
            seen.add(key)
            yield _judged(showing, told, documents, named)


def _judged(plan: Showing, told: Sequence[Showing], documents: Sequence[Source], named: Collection[str]) -> Plan:
    after = [showing for showing in told if showing.source.date > plan.source.date]
    covering = [d for d in documents if d.date > plan.source.date and d.last_reviewed >= plan.due]
    reached = next((s for s in after if s.asserted and level(s.stage) >= level(plan.aim)), None)
    until = covering[0].date if covering else "9"
    behind = [s for s in after if s.source.date >= until and _is_behind(s, plan)]
    if reached is not None:
        if reached.source.date <= until:
            return Plan(plan, "reached", reached)
        earlier = any(s.source.date < reached.source.date for s in behind)
        return Plan(plan, "late" if earlier else "told-later", reached)
    if behind:
        return Plan(plan, "slipped", behind[0])
    if not covering:
        return Plan(plan, "not-covered", None)
    return Plan(plan, "named" if any(d.iri in named for d in covering) else "not-mentioned", None)


def _is_behind(showing: Showing, plan: Showing) -> bool:
    """Whether a stage told after the year falls short of the plan, or the plan is made anew."""
    if showing.asserted:
        return level(showing.stage) < level(plan.aim)
    return showing.due > plan.due and level(showing.aim) >= level(plan.aim)
