"""Seconds to lay out networks of 10,000 and 100,000 things, and whether each run gives the same bytes.

``python -m benchmarks.layout [COUNT …]``: communities of communities with few ties between them, many leaves.
"""

from __future__ import annotations

import hashlib
import sys
import time

import numpy as np

from kg.atlas.layout import Floats, Integers, layout


def network(count: int, seed: int = 7) -> tuple[Integers, Integers]:
    """Return the ties of a made-up network: a tree of places, things of each, and ties across."""
    random = np.random.default_rng(seed)
    places = max(2, count // 200)
    tree = np.stack((np.arange(1, places), (np.arange(1, places) - 1) // 8), axis=1)
    things = np.arange(places, count)
    home = np.stack((things, random.zipf(1.6, len(things)) % places), axis=1)
    chosen = random.integers(places, count, count)
    near = np.stack((chosen, (chosen + random.integers(1, 60, count) - places) % (count - places) + places), axis=1)
    pairs = np.concatenate((tree, home, near))
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    unique = np.unique(low[low < high] * count + high[low < high])
    return unique // count, unique % count


def sizes(source: Integers, target: Integers, count: int) -> Floats:
    """Return the room of each thing: it grows with the number of its ties."""
    return 1 + 0.35 * np.sqrt(np.bincount(np.concatenate((source, target)), minlength=count))


def main() -> None:
    """Print a line for each network."""
    for count in [int(word) for word in sys.argv[1:]] or [10_000, 100_000]:
        source, target = network(count)
        radius = sizes(source, target, count)
        digests, seconds = set(), []
        for _ in range(2):
            begun = time.perf_counter()
            made = layout(source, target, np.ones(len(source)), radius)
            seconds.append(time.perf_counter() - begun)
            digests.add(hashlib.sha256(made.x.tobytes() + made.y.tobytes() + made.community.tobytes()).hexdigest())
        same = "same bytes" if len(digests) == 1 else "DIFFERENT BYTES"
        told = f"{count:,} things, {len(source):,} ties: {min(seconds):.2f} s, {made.community.max() + 1:,} communities"
        print(f"{told}, {same}")


if __name__ == "__main__":
    main()
