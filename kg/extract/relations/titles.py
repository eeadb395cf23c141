"""Short names that a text gives to a policy: 《…措施》，被称为招商引资“28条”. In: a reading; out: pairs of mentions.

Later mentions of the short name, or of its last part (“28条”涵盖…), mean the titled one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.anchors import Anchored
from kg.extract.reading import Found, Reading

_CALLED = Anchored(
    r"(?:[》”][，,]?(?:也|又|亦|并|均)?(?:被)?(?:称为|称之为|称作|誉为|简称为?|俗称)|[》”]?[（(]以?下?简称)[：:]?[“《]?",
    ["称为", "称之为", "称作", "誉为", "简称", "俗称"],
    before=4,
    after=8,
)
_QUOTED = re.compile(r"[“《]?(?P<words>[^“”《》，。；\n]{2,16})[”》]")
_FOLD = re.compile(r"[“”《》\s]")


def fold(name: str) -> str:
    """A name without quotation and title marks."""
    return _FOLD.sub("", name)


def aliases(reading: Reading) -> tuple[tuple[Found, Found], ...]:
    """Return (titled policy, short name) for each short name that the text introduces."""
    return tuple(_aliases(reading))


def _aliases(reading: Reading) -> Iterator[tuple[Found, Found]]:
    text = reading.text
    for match in _CALLED.finditer(text):
        line = reading.line_at(match.start())
        titled = reading.within("policy", line.start, match.start() + 1)
        if not titled or titled[-1].end < match.start() - 1:
            continue
        short = [
            item for item in reading.within("policy", match.end() - 1, match.end() + 20) if item.start <= match.end()
        ]
        if short:
            yield titled[-1], short[0]
            continue
        quoted = _QUOTED.match(text, match.end() - 1)
        if quoted and titled[-1].end - titled[-1].start > len(quoted["words"]):
            yield titled[-1], Found(*quoted.span("words"), "policy", f"“{quoted['words']}”", "alias")


def titled(reading: Reading, policy: Found) -> Found:
    """The policy that a short name stands for in this document; itself when it is none."""
    name = fold(policy.name)
    for full, short in reading.cached(aliases):
        if len(name) > 1 and fold(short.name).endswith(name):
            return full
    return policy


def short(reading: Reading, policy: Found) -> str:
    """The short name that this document gives a titled policy; its own name when there is none."""
    return next((alias.name for full, alias in reading.cached(aliases) if full.name == policy.name), policy.name)
