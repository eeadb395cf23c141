"""Which places have similar profiles of industries. Weights by place and industry in, the nearest of each place out.

The profile of a place is how much its documents say of each industry; what nearly every place says counts little
(tf-idf).
Similarity is the cosine of two profiles.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

#: The nearest places kept of each.
NEAREST = 5
#: Shared industries told of two places.
SHARED = 5
#: A place of which fewer industries are known is not compared.
FEWEST = 3
#: Places less alike than this are not called similar.
LEAST = 0.05


@dataclass(frozen=True, slots=True, order=True)
class Similar:
    """Two places and how near their profiles are."""

    place: int
    other: int
    score: float
    shared: tuple[int, ...]  #: the industries that make them similar, the strongest first


def weights(number: Mapping[tuple[int, int], int]) -> dict[tuple[int, int], float]:
    """Return the tf-idf weight of each tie between a place and an industry."""
    spread: dict[int, int] = {}
    for _, industry in number:
        spread[industry] = spread.get(industry, 0) + 1
    count = len({place for place, _ in number})
    rare = {industry: math.log((1 + count) / seen) for industry, seen in spread.items()}
    return {pair: (1 + math.log(times)) * rare[pair[1]] for pair, times in sorted(number.items())}


def similar(weight: Mapping[tuple[int, int], float]) -> list[Similar]:
    """Return the nearest places of each place, the nearest first."""
    profiles: dict[int, dict[int, float]] = {}
    for (place, industry), value in sorted(weight.items()):
        profiles.setdefault(place, {})[industry] = value
    profiles = {place: _unit(profile) for place, profile in profiles.items() if len(profile) >= FEWEST}
    holders: dict[int, list[int]] = {}
    for place, profile in profiles.items():
        for industry in profile:
            holders.setdefault(industry, []).append(place)
    found: list[Similar] = []
    for place, profile in profiles.items():
        scores: dict[int, float] = {}
        for industry, value in profile.items():
            for other in holders[industry]:
                if other != place:
                    scores[other] = scores.get(other, 0.0) + value * profiles[other][industry]
        nearest = sorted(scores, key=lambda other: (-round(scores[other], 6), other))[:NEAREST]
        nearest = [other for other in nearest if scores[other] >= LEAST]
        found.extend(Similar(place, other, scores[other], _shared(profile, profiles[other])) for other in nearest)
    return found


def _unit(profile: dict[int, float]) -> dict[int, float]:
    length = math.sqrt(sum(value * value for value in profile.values()))
    return {industry: value / length for industry, value in profile.items()}


def _shared(one: dict[int, float], other: dict[int, float]) -> tuple[int, ...]:
    both = sorted(set(one) & set(other), key=lambda industry: (-round(one[industry] * other[industry], 9), industry))
    return tuple(both[:SHARED])
