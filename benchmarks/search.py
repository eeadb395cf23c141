"""How long a search takes in the running service, over as many names as are asked for.

Makes names of people, bodies and projects from the registry of places, writes the index of a graph that holds nothing
else, starts the service and asks over HTTP: exact names, one wrong character, pinyin, initials, two characters. Half of
the names are of people with one of twenty surnames, so with a wrong character or two initials many are equally near.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from starlette.testclient import TestClient

from kg.query import search
from kg.records import Entity
from kg.registry import spelling
from kg.registry.places import places
from kg.serve.app import app
from kg.store import folder, grams, names, oxigraph, tables

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "红宏伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅鑫波斌宇浩凯健俊帆雪"
ENDS = (
    "科学技术局",
    "工业和信息化局",
    "高新技术产业园区",
    "智能装备制造有限公司",
    "污水处理厂扩建工程",
    "产业基地项目",
)
LABELS = ("agency", "agency", "park", "enterprise", "project", "project")
QUADS = b"<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n"


def entities(count: int) -> Iterator[Entity]:
    """Yield so many different things, half of them people."""
    draw = random.Random(1)
    divisions = [place for place in places() if place.code.isdigit()]
    for number in range(count):
        place = draw.choice(divisions)
        kind = draw.randrange(len(ENDS) * 2)
        if kind < len(ENDS):
            name, label = f"{place.name}{draw.choice('第东西南北中新')}{draw.choice(GIVEN)}{ENDS[kind]}", LABELS[kind]
        else:
            name, label = draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, draw.choice((1, 2, 2)))), "official"
        yield Entity(f"{label}/{number:07}", label, name, f"https://w3id.org/lgkg/id/{label}/{number}", (), place.code)


def askings(known: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield kind of asking, words, and the name they are to find."""
    draw = random.Random(2)
    for name in draw.sample(known, min(200, len(known))):
        at, spelt = draw.randrange(len(name)), spelling.syllables(name)
        yield "exact", name, name
        yield "wrong character", name[:at] + "瀚" + name[at + 1 :], name
        yield "pinyin", "".join(spelt), name
        yield "initials", "".join(syllable[0] for syllable in spelt), name
        yield "two characters", name[:2], name


def main() -> None:
    """Print median, 95th and 99th percentile of each kind of asking, and how often the name was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        known = make(Path(place) / "graph", given.names)
        with TestClient(app(Path(place) / "graph")) as client:
            measure(client, known)


def make(path: Path, count: int) -> list[str]:
    """Make the graph and return its names."""
    started = time.perf_counter()

    def load(quads: Path, store: Path) -> None:
        oxigraph.load(quads, store)
        names.write(entities(count), [], store.parent / names.NAME)
        tables.write(quads, store.parent)  # a search with few hits looks among documents as well

    with folder.build(path) as making:
        making.add(QUADS)
        size = (making.commit(load, {"documents": 0}).folder / names.NAME).stat().st_size
    print(f"{count:,} names: index of {size / 1e6:.1f} MB written in {time.perf_counter() - started:.1f} s")
    return [entity.name for entity in entities(count)]


def measure(client: TestClient, known: list[str]) -> None:
    """Ask and print."""
    times: dict[str, list[float]] = {}
    ends: dict[str, Counter[str]] = {}
    client.get("/api/suggest", params={"q": "李红"})
    for kind, words, name in askings(known):
        started = time.perf_counter()
        things = client.get("/api/suggest", params={"q": words}).json()["things"]
        times.setdefault(kind, []).append(1000 * (time.perf_counter() - started))
        end = ended(words, name, [thing["matched"] for thing in things])
        ends.setdefault(kind, Counter())[end] += 1
        if end == "missed":
            print(f"missed: {words} for {name}, but {[thing['matched'] for thing in things][-1:]}")
    every = [one for taken in times.values() for one in taken]
    for kind, taken in [*times.items(), ("all", every)]:
        cuts = statistics.quantiles(taken, n=100)
        told = ", ".join(f"{end} {number / len(taken):.1%}" for end, number in sorted(ends.get(kind, {}).items()))
        print(f"{kind:16} median {cuts[49]:5.1f}  95 % {cuts[94]:5.1f}  99 % {cuts[98]:5.1f} ms  {told}")


def ended(words: str, name: str, shown: list[str]) -> str:
    """Tell whether a name is shown; if not, whether all that is shown is as like the words: more are than fit."""
    if name in shown:
        return "found"
    asked = search.Asked.of(words)
    like = [_like(asked, one) for one in (name, *shown)]
    return "as like as others" if shown and like[0] <= min(like[1:]) else "missed"


def _like(asked: search.Asked, name: str) -> float:
    person = len(name) < 4
    spelt = spelling.syllables(name, person=person)
    initials = "".join(syllable[0] for syllable in spelt)
    return search.likeness(asked, grams.plain(name), "".join(spelt), initials)


if __name__ == "__main__":
    main()
