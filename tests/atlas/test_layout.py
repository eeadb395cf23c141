from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.layout import network, sizes
from kg.atlas.layout import Layout, layout


def laid_out(pairs: set[tuple[int, int]], count: int) -> tuple[Layout, np.ndarray]:
    ties = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    radius = sizes(ties[:, 0], ties[:, 1], count)
    return layout(ties[:, 0], ties[:, 1], np.ones(len(ties)), radius), radius


def overlaps(made: Layout, radius: np.ndarray) -> int:
    apart = np.hypot(made.x[:, None] - made.x[None, :], made.y[:, None] - made.y[None, :])
    over = apart < (radius[:, None] + radius[None, :]) * 0.999
    return int(np.triu(over, 1).sum())


@settings(max_examples=40)
@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.tuples(*[st.integers(0, n - 1)] * 2)))))
def test_everything_has_a_place_of_its_own(drawn: tuple[int, set[tuple[int, int]]]) -> None:
    count, pairs = drawn
    made, radius = laid_out({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}, count)
    assert np.isfinite(made.x).all()
    assert np.isfinite(made.y).all()
    assert len(made.x) == len(made.y) == len(made.community) == count
    assert overlaps(made, radius) == 0


def test_nothing_overlaps_and_the_same_graph_gives_the_same_bytes() -> None:
    source, target = network(3000)
    radius = sizes(source, target, 3000)
    first, second = (layout(source, target, np.ones(len(source)), radius) for _ in range(2))
    assert first.x.tobytes() + first.y.tobytes() == second.x.tobytes() + second.y.tobytes()
    assert overlaps(first, radius) == 0


def test_leaves_stand_around_the_thing_they_are_tied_to() -> None:
    made, _ = laid_out({(0, number) for number in range(1, 60)} | {(60, number) for number in range(61, 90)}, 90)
    near = [np.hypot(made.x[number] - made.x[0], made.y[number] - made.y[0]) for number in range(1, 90)]
    assert max(near[:59]) < min(near[59:])


def test_communities_are_numbered_by_size_and_stand_together() -> None:
    rings = {
        (base + a, base + b) for base, size in ((0, 30), (30, 20)) for a in range(size) for b in range(a + 1, size)
    }
    made, _ = laid_out(rings | {(0, 30)}, 50)
    assert set(made.community[:30]) == {0}
    assert set(made.community[30:]) == {1}
    middles = [np.array([made.x[part].mean(), made.y[part].mean()]) for part in (slice(0, 30), slice(30, 50))]
    spread = np.hypot(made.x[:30] - middles[0][0], made.y[:30] - middles[0][1]).max()
    assert np.hypot(*(middles[1] - middles[0])) > spread


def test_a_graph_without_ties_and_an_empty_one() -> None:
    made, radius = laid_out(set(), 12)
    assert overlaps(made, radius) == 0
    assert len(laid_out(set(), 0)[0].x) == 0
