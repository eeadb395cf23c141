"""A place for everything: pairs that are tied and the room of each thing go in, positions and communities come out.

Things with one neighbour stand around it as the seeds of a sunflower do (Vogel 1979, Mathematical Biosciences 44).
The others are parted into communities, and those again, by Leiden (Traag and others 2019, Scientific Reports 9: 5233)
from a fixed seed. Forces (Fruchterman and Reingold 1991, Software 21) place the members of each community, then each
community as one disc among its like, up to the whole; discs are pushed apart until none overlap. All groups of about
one size are laid out at once, so that 100,000 things take seconds. Parts that nothing ties to others stand around
the rest in rings. The same input gives the same positions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import graspologic_native
import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

#: Resolutions of Leiden, one after another within what the one before found, and the most members of the last parts.
RESOLUTIONS, MOST = (1.0, 12.0, 90.0, 700.0), 64
#: Groups of more members are parted once more, in the order of their numbers.
MOST_TOGETHER = 192
#: More tied communities than this are gathered into communities of communities.
WHOLE = 400
SEED = 20_231_107
ROUNDS, APART = 40, 30  #: of forces, and of pushing apart
GAP = 1.12  #: room of a disc to its size
_GOLDEN = math.pi * (3 - math.sqrt(5))
_CELLS = 1 << 16  # pairs that are worked on at once: they stay in the cache


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each thing stands, and the number of its community; the largest community is 0."""

    x: Floats
    y: Floats
    community: Integers


@dataclass(frozen=True, slots=True)
class _Discs:
    """Things to be placed, each a disc, and the ties between them."""

    radius: Floats
    source: Integers
    target: Integers
    weight: Floats

    def __len__(self) -> int:
        return len(self.radius)


def layout(source: Integers, target: Integers, weight: Floats, radius: Floats) -> Layout:
    """Return positions; ``source`` and ``target`` are pairs of things, each pair once and no thing with itself.

    Things that are alike should have numbers beside each other: so they stand beside each other around a third one.
    """
    hub, leaves = _leaves(source, target, len(radius))
    offset, room = _sunflowers(hub, leaves, radius)
    inner = hub[source] == hub[target]  # a leaf and its hub
    core = _Discs(np.where(leaves, 0.0, room), hub[source][~inner], hub[target][~inner], weight[~inner])
    kept = np.flatnonzero(~leaves)
    number = np.full(len(radius), -1, np.int64)
    number[kept] = np.arange(len(kept))
    discs = _Discs(room[kept], number[core.source], number[core.target], core.weight)
    placed, community = _place(discs)
    at = placed[number[hub]] + offset
    return Layout(at[:, 0], at[:, 1], _by_size(community[number[hub]]))


# --- leaves -------------------------------------------------------------------------------------


def _leaves(source: Integers, target: Integers, count: int) -> tuple[Integers, npt.NDArray[np.bool_]]:
    """Return for each thing the one it stands around, itself for most, and which stand around another."""
    degree = np.bincount(source, minlength=count) + np.bincount(target, minlength=count)
    hub = np.arange(count)
    for one, other in ((source, target), (target, source)):
        lone = (degree[one] == 1) & ((degree[other] > 1) | (one > other))
        hub[one[lone]] = other[lone]
    return hub, hub != np.arange(count)


def _sunflowers(hub: Integers, leaves: npt.NDArray[np.bool_], radius: Floats) -> tuple[Floats, Floats]:
    """Return where leaves stand from their hub, and the room of each hub with its leaves."""
    offset = np.zeros((len(hub), 2))
    room = radius * GAP
    found = np.flatnonzero(leaves)
    if not len(found):
        return offset, room
    found = found[np.argsort(hub[found], kind="stable")]
    around = hub[found]
    begins = np.flatnonzero(np.diff(around, prepend=-1))
    turn = np.arange(len(found)) - np.repeat(begins, np.diff(np.append(begins, len(found))))
    widest = np.maximum.reduceat(radius[found], begins)
    step = np.repeat(widest, np.diff(np.append(begins, len(found)))) * 1.55
    away = np.sqrt((radius[around] + step) ** 2 + step**2 * (turn + 0.5))
    angle = turn * _GOLDEN
    offset[found] = np.stack((away * np.cos(angle), away * np.sin(angle)), axis=1)
    np.maximum.at(room, around, away + radius[found] * GAP)
    return offset, room


# --- communities --------------------------------------------------------------------------------


def _leiden(count: int, source: Integers, target: Integers, weight: Floats, resolution: float) -> Integers:
    """Return the number of the community of each thing."""
    if not len(source):
        return np.arange(count)
    one, other = np.concatenate((source, target)), np.concatenate((target, source))
    order = np.lexsort((other, one))
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(one, minlength=count), out=starts[1:])
    _, found = graspologic_native.leiden_csr(
        starts,
        other[order].astype(np.int32),
        np.concatenate((weight, weight))[order],
        count,
        resolution=resolution,
        seed=SEED,
    )
    return np.fromiter((found[number] for number in range(count)), np.int64, count)


def _by_size(labels: Integers) -> Integers:
    """Number communities anew, the largest first."""
    _, first, inverse, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank[inverse]


def _nested(discs: _Discs) -> list[Integers]:
    """Return communities within communities, the widest first: a number for each disc."""
    found: list[Integers] = []
    source, target, weight = discs.source, discs.target, discs.weight
    for resolution in RESOLUTIONS:
        labels = _leiden(len(discs), source, target, weight, resolution)
        if found:
            small = np.bincount(found[-1])[found[-1]] <= MOST
            labels = np.where(small, 0, labels + 1)
            labels = np.unique(np.stack((found[-1], labels), axis=1), axis=0, return_inverse=True)[1].ravel()
        found.append(_by_size(labels))
        if np.bincount(found[-1]).max(initial=0) <= MOST:
            break
        within = found[-1][source] == found[-1][target]
        source, target, weight = source[within], target[within], weight[within]
    return found


# --- from the smallest parts to the whole --------------------------------------------------------


def _place(discs: _Discs) -> tuple[Floats, Integers]:
    """Return where each disc stands, and its community."""
    nested = _nested(discs)
    at = np.zeros((len(discs), 2))
    member = np.arange(len(discs))  # which disc of the level a disc belongs to
    level = discs
    for labels in reversed(nested):
        while True:
            group = np.zeros(len(level), np.int64)
            group[member] = labels
            lots = _lots(group)
            if lots is None:
                break
            moved, room = _groups(level, lots)
            at += moved[member]
            member, level = lots[member], _merged(level, lots, room)
        moved, room = _groups(level, group)
        at += moved[member]
        member, level = labels, _merged(level, group, room)
    while _tied(level) > WHOLE:
        group = _by_size(_leiden(len(level), level.source, level.target, level.weight, 1.0))
        if group.max() + 1 > 0.7 * len(level):
            break
        moved, room = _groups(level, group)
        at += moved[member]
        member, level = group[member], _merged(level, group, room)
    return at + _whole(level)[member], nested[0]


def _lots(group: Integers) -> Integers | None:
    """Part groups of too many members, in the order of their numbers; ``None`` when there are none."""
    sizes = np.bincount(group)
    if sizes.max(initial=0) <= MOST_TOGETHER:
        return None
    order = np.argsort(group, kind="stable")
    turn = np.empty(len(group), np.int64)
    turn[order] = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    lot = np.where(sizes[group] > MOST_TOGETHER, turn // MOST, turn)
    return np.unique(group * len(group) + lot, return_inverse=True)[1]


def _tied(discs: _Discs) -> int:
    return len(np.union1d(discs.source, discs.target))


def _merged(discs: _Discs, group: Integers, room: Floats) -> _Discs:
    """Return groups as discs; the ties of their members are theirs."""
    one, other = group[discs.source], group[discs.target]
    low, high = np.minimum(one, other), np.maximum(one, other)
    across = low != high
    pairs, inverse = np.unique(low[across] * len(room) + high[across], return_inverse=True)
    weight = np.bincount(inverse, discs.weight[across], minlength=len(pairs)).astype(np.float64)
    return _Discs(room, pairs // len(room), pairs % len(room), weight)


def _groups(discs: _Discs, group: Integers) -> tuple[Floats, Floats]:
    """Place the members of each group around its middle; returns their places and the room of each group."""
    at = np.zeros((len(discs), 2))
    order = np.lexsort((np.arange(len(discs)), -discs.radius, group))
    sizes = np.bincount(group)
    starts = np.cumsum(sizes) - sizes
    within = np.empty(len(discs), np.int64)  # the rank of a disc in its group, the largest first
    within[order] = np.arange(len(discs)) - np.repeat(starts, sizes)
    inside = group[discs.source] == group[discs.target]
    source, target, weight = discs.source[inside], discs.target[inside], discs.weight[inside]
    room = np.zeros(len(sizes))
    room[group[order[starts]]] = discs.radius[order[starts]]
    tie_group = group[source]
    width = 2
    while width < 2 * sizes.max(initial=1):
        chosen = np.flatnonzero((sizes > width // 2) & (sizes <= width) & (sizes > 1))
        step = max(1, _CELLS // width**2)
        for begin in range(0, len(chosen), step):
            part = chosen[begin : begin + step]
            lot = np.full(len(sizes), -1, np.int64)
            lot[part] = np.arange(len(part))
            mine = np.flatnonzero(lot[group] >= 0)
            radii = np.zeros((len(part), width))
            radii[lot[group[mine]], within[mine]] = discs.radius[mine]
            ties = np.flatnonzero(lot[tie_group] >= 0)
            weights = np.zeros((len(part), width, width))
            where = lot[tie_group[ties]], within[source[ties]], within[target[ties]]
            weights[where] = weight[ties]
            places, rooms = _forces(radii, weights + weights.transpose(0, 2, 1))
            at[mine] = places[lot[group[mine]], within[mine]]
            room[part] = rooms
        width *= 2
    return at, room


def _forces(radii: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Place the discs of several groups at once; a disc without a radius is not there."""
    count = radii.shape[1]
    radius = radii.astype(np.float32)
    there = radius > 0
    total = np.sqrt((radius**2).sum(axis=1))
    turn = np.arange(count, dtype=np.float32)
    spiral = np.stack((np.cos(turn * _GOLDEN), np.sin(turn * _GOLDEN)), 1).astype(np.float32)
    start = spiral * np.sqrt(turn / count)[:, None].astype(np.float32)
    at = [start[None, :, axis] * (2 * total)[:, None] for axis in (0, 1)]
    both = there[:, :, None] & there[:, None, :] & ~np.eye(count, dtype=bool)
    apart = (radius[:, :, None] + radius[:, None, :]) * both
    pull = _pull(weights).astype(np.float32) / apart.clip(1e-6)
    push = apart * apart
    hold = 0.3 * radius / total[:, None]  # what nothing holds does not drift away
    for number in range(ROUNDS):
        across, down, square = _differences(at)
        force = push / square
        np.sqrt(square, out=square)
        square *= pull
        force -= square
        across *= force
        down *= force
        moves = across.sum(axis=2) - at[0] * hold, down.sum(axis=2) - at[1] * hold
        most = (0.6 * total * np.float32((1 - number / ROUNDS) ** 1.5) + 0.02 * total)[:, None]
        limit = np.minimum(1, most / np.sqrt(moves[0] ** 2 + moves[1] ** 2 + np.float32(1e-12)))
        at = [place + move * limit for place, move in zip(at, moves, strict=True)]
    return _apart(at, radius, apart)


def _pull(weights: Floats) -> Floats:
    """Even the weights out: the mean tie of a group pulls with one, none with more than three."""
    ties = (weights > 0).sum(axis=(1, 2)).clip(1)
    mean = (weights.sum(axis=(1, 2)) / ties).clip(1e-9)
    return np.asarray(np.minimum(weights / mean[:, None, None], 3.0), np.float64)


def _differences(at: Any) -> tuple[Any, Any, Any]:
    """Return how far each disc is from each other to the right, down, and in all, squared."""
    across = at[0][:, :, None] - at[0][:, None, :]
    down = at[1][:, :, None] - at[1][:, None, :]
    square = across * across
    square += down * down
    square += np.float32(1e-4)
    return across, down, square


def _apart(at: Any, radius: Any, apart: Any) -> tuple[Floats, Floats]:
    """Draw the discs of each group together, push them apart until none overlap, and put the group's middle at zero."""
    there = radius > 0
    area = radius**2
    at = [(place - ((place * area).sum(axis=1) / area.sum(axis=1))[:, None]) * there for place in at]
    reach = (np.sqrt(at[0] ** 2 + at[1] ** 2) + radius).max(axis=1)
    drawn = np.minimum(1, np.float32(1.35) * np.sqrt(area.sum(axis=1)) / reach)[:, None]
    at = [place * drawn for place in at]
    for _ in range(APART):
        across, down, square = _differences(at)
        np.sqrt(square, out=square)
        over = apart * np.float32(1.01)
        over -= square
        np.maximum(over, 0, out=over)
        over /= square
        over *= np.float32(0.35)
        across *= over
        down *= over
        at = [at[0] + across.sum(axis=2), at[1] + down.sum(axis=2)]
    grown = (apart / np.sqrt(_differences(at)[2])).max(axis=(1, 2)).clip(1.0, 4.0)[:, None]
    at = [place * grown for place in at]
    low = [np.where(there, place - radius, np.inf).min(axis=1) for place in at]
    high = [np.where(there, place + radius, -np.inf).max(axis=1) for place in at]
    middles = [(one + other) / 2 for one, other in zip(low, high, strict=True)]
    placed = np.stack([place - middle[:, None] for place, middle in zip(at, middles, strict=True)], -1)
    room = np.where(there, np.sqrt((placed**2).sum(axis=2)) + radius, 0).max(axis=1) * 1.02
    return placed.astype(np.float64), room.astype(np.float64)


def _whole(discs: _Discs) -> Floats:
    """Place the discs that are tied by forces, and the others in rings around them, the largest first."""
    at = np.zeros((len(discs), 2))
    tied = np.union1d(discs.source, discs.target)
    reach = 0.0
    if len(tied):
        number = np.full(len(discs), -1, np.int64)
        number[tied] = np.arange(len(tied))
        part = _Discs(discs.radius[tied], number[discs.source], number[discs.target], discs.weight)
        at[tied], rooms = _groups(part, np.zeros(len(tied), np.int64))
        reach = float(rooms[0])
    alone = np.setdiff1d(np.arange(len(discs)), tied)
    alone = alone[np.argsort(-discs.radius[alone], kind="stable")]
    while len(alone):
        widest = float(discs.radius[alone[0]])
        ring = reach + widest if reach else 0.0
        turn = 2 * np.arcsin(np.minimum(discs.radius[alone] * 1.03 / max(ring, widest), 1.0))
        fits = max(1, int(np.searchsorted(np.cumsum(turn), 2 * math.pi, side="right"))) if ring else 1
        placed, alone = alone[:fits], alone[fits:]
        angle = np.cumsum(turn[:fits]) - turn[:fits] / 2
        if not len(alone):
            angle *= 2 * math.pi / turn[:fits].sum()  # the last ring goes all around
        at[placed] = ring * np.stack((np.cos(angle), np.sin(angle)), axis=1)
        reach = ring + widest
    return at
