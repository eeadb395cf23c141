"""What people decided about entities: a file of judgements goes in, constraints of linking come out.

The file has one JSON object a line; lines that are empty or begin with ``#`` are skipped. It is kept with the
documents under version control, and nothing but a person ever writes to it::

    {"action": "merge", "left": "project/430200/甲桥", "right": "project/430200/甲大桥",
     "who": "…", "when": "2024-05-01", "why": "…"}

(on one line).

``merge`` joins two entities, ``split`` takes apart what the rules joined, ``reject`` answers a doubtful pair with no.
One key can be split as well, ``by`` the body or the document::

    {"action": "split", "left": "official/430200/李红", "by": "body", "who": "…", "when": "2024-05-01", "why": "…"}

``body`` makes one person of each department that people of this name head (departments that texts say one person heads
together stay together; texts that tell none speak of one more); ``document`` makes one thing of each document that
names it. A fact can be called wrong (the explorer writes such lines: "report as wrong"); it stays in the graph, as the
text is what it is, and says who called it wrong::

    {"action": "wrong", "left": "target/14f1a0de2365ee7c/1012-1023-bb7f57",
     "who": "…", "when": "2024-05-01", "why": "…"}

``left`` and ``right`` are keys of entities or linking keys (``kg review`` prints them). Of two judgements
of one pair the later one counts. What cannot be applied is an ``Issue``, so a correction that lost its object is seen,
not lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import SettingsError
from kg.records import Issue, Record
from kg.resolve.homonyms import base

WRONG = "wrong"
ACTIONS = ("merge", "split", "reject", WRONG)
#: What one key may be split by.
SPLITS = ("body", "document")
#: What ``kg review`` writes for a person to replace.
UNDECIDED = "?"
#: The key of a fact: its kind, its document, its place and a hash.
_FACT = re.compile(r"(?:target|outcome|measure|stage|statement|attestation)/(?P<document>[0-9a-f]{16})/[0-9a-f-]+")


@dataclass(frozen=True, slots=True, order=True)
class Decision(Record):
    """One judgement of a person."""

    action: str  #: merge, split, reject or wrong
    left: str  #: key of an entity, a linking key, or the key of a fact
    right: str
    who: str = ""
    when: str = ""  #: ISO 8601 date
    why: str = ""
    by: str = ""  #: body or document, when one key is split; then there is no ``right``

    @property
    def pair(self) -> tuple[str, str]:
        """The two keys in order: a judgement has no direction."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)

    @property
    def document(self) -> str:
        """The document of a fact that was called wrong; empty when the judgement is about entities."""
        found = _FACT.fullmatch(self.left) if self.action == WRONG else None
        return found["document"] if found else ""


@dataclass(frozen=True, slots=True, order=True)
class Judged:
    """A decision that took effect, with the keys of the things it is about."""

    decision: Decision
    left: str
    right: str
    split: tuple[str, ...] = ()  #: what a split by body or document made of one key


@dataclass(slots=True)
class Judgement:
    """All decisions as linking needs them; keys are those of shapes."""

    merges: list[tuple[str, str]] = field(default_factory=list)
    forbidden: list[tuple[str, str]] = field(default_factory=list)
    apart: dict[str, str] = field(default_factory=dict)  #: linking key -> key of the thing it now is
    by_body: set[str] = field(default_factory=set)
    by_document: set[str] = field(default_factory=set)
    effective: tuple[Judged, ...] = ()
    issues: tuple[Issue, ...] = ()


def read(file: Path) -> tuple[list[Decision], list[Issue]]:
    """Return the decisions of a file in its order, and an issue for each line that is none.

    Raises ``SettingsError`` when the file cannot be read.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: the decisions cannot be read: {error}") from error
    decisions, issues = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        decision, problem = _parse(line)
        if decision is not None:
            decisions.append(decision)
        else:
            issues.append(_issue("unusable-decision", f"{file.name}, line {number}: {problem}; mend the line", line))
    return decisions, issues


def _parse(line: str) -> tuple[Decision | None, str]:
    try:
        values: Any = json.loads(line)
    except ValueError as error:
        return None, f"is no JSON ({error})"
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        return None, "is no JSON object of strings"
    kept = {name: value for name, value in values.items() if name in Decision.__dataclass_fields__}
    if kept.get("action") == UNDECIDED:
        return None, "is undecided"
    if kept.get("action") not in ACTIONS:
        return None, f"needs an action of {', '.join(ACTIONS)}"
    if kept["action"] == WRONG:
        return _parse_wrong(kept)
    if kept.get("by"):
        return _parse_split(kept)
    if not kept.get("left") or not kept.get("right"):
        return None, "needs the keys left and right"
    return Decision.from_dict(kept), ""


def _parse_split(kept: dict[str, Any]) -> tuple[Decision | None, str]:
    if kept["by"] not in SPLITS or kept["action"] != "split":
        return None, f"by goes with the action split and is one of {', '.join(SPLITS)}"
    if not kept.get("left") or kept.get("right"):
        return None, "needs the key left, and no right, to be split by body or document"
    return Decision.from_dict({"right": "", **kept}), ""


def _parse_wrong(kept: dict[str, Any]) -> tuple[Decision | None, str]:
    decision = Decision.from_dict({"right": "", **kept})
    if decision.right or decision.by or not decision.document:
        return None, "needs the key left, that of a fact, and no right, to call it wrong"
    return decision, ""


def parted(decisions: Iterable[Decision]) -> tuple[list[Decision], dict[str, list[Decision]]]:
    """Part what was decided about entities from the facts that were called wrong, these by document."""
    about_entities: list[Decision] = []
    wrong: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.document:
            wrong.setdefault(decision.document, []).append(decision)
        else:
            about_entities.append(decision)
    return about_entities, {document: _latest(found) for document, found in wrong.items()}


def lost(decisions: Iterable[Decision]) -> list[Issue]:
    """Return an issue for each fact that was called wrong and that the build no longer finds."""
    return [
        _issue("unknown-key", f"{one.left}: no document says what this decision calls wrong", one.left)
        for one in decisions
    ]


def judge(decisions: Iterable[Decision], shapes: Mapping[str, str]) -> Judgement:
    """Turn decisions into constraints; ``shapes`` maps every linking key of the corpus to the key of its shape."""
    known = set(shapes.values())
    judgement = Judgement()
    effective, issues = [], []
    for decision in _latest(decisions):
        missing = [key for key in decision.pair if key and key not in shapes and key not in known]
        if missing:
            issues.append(
                _issue("unknown-key", f"{missing[0]}: no document names what this decision is about", missing[0])
            )
            continue
        left, right = (shapes.get(key, key) for key in decision.pair)
        if decision.by:
            left = right = base(right)
            if right.count("/") < 2 or (decision.by == "body" and not right.startswith("official/")):
                issues.append(_issue("unusable-decision", f"{right}: cannot be split by {decision.by}", right))
                continue
            (judgement.by_body if decision.by == "body" else judgement.by_document).add(right)
        elif decision.action == "merge":
            judgement.merges.append((left, right))
        elif left == right:
            leaver = next((key for key in reversed(decision.pair) if key in shapes and key != left), None)
            if leaver is None:
                issues.append(_issue("unusable-decision", f"{left}: one key cannot be split", left))
                continue
            judgement.apart[leaver] = right = leaver
            judgement.forbidden.append((left, right))
        else:
            judgement.forbidden.append((left, right))
        effective.append(Judged(decision, left, right))
    _contradictions(judgement, issues)
    judgement.effective, judgement.issues = tuple(effective), tuple(issues)
    return judgement


def _latest(decisions: Iterable[Decision]) -> list[Decision]:
    """Of several judgements of one pair the latest; the order of lines decides on one day."""
    last: dict[tuple[str, str], Decision] = {}
    for decision in sorted(decisions, key=lambda item: item.when):
        last[decision.pair] = decision
    return [last[pair] for pair in sorted(last)]


def _contradictions(judgement: Judgement, issues: list[Issue]) -> None:
    """Report pairs that must stay apart and that other merges join; they stay apart."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        while key in parent:
            key = parent[key]
        return key

    for left, right in judgement.merges:
        one, other = find(left), find(right)
        if one != other:
            parent[other] = one
    for left, right in judgement.forbidden:
        if find(left) == find(right):
            message = f"{left} and {right}: decided to be two, and joined by other decisions; they stay two"
            issues.append(_issue("contradiction", message, left))


def _issue(kind: str, message: str, text: str) -> Issue:
    return Issue("resolve", kind, message, text=text)
