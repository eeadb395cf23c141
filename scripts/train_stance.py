"""Learn which words tell looking back from looking ahead, and write them to kg/lexicon/stance_words.csv.

    python scripts/train_stance.py FOLDER_OF_WORK_REPORTS

Work reports have a section that reviews the past year and one that plans the next; their headings label every
paragraph below them for free. From those labels the script takes the log odds of short strings (2 to 4 Chinese
characters) that occur in many places, so that no city's own words enter. Reports of every fifth place are kept
out of the count and only used to print the accuracy on paragraphs. Weights are hundredths of natural log odds,
positive for review. Deterministic.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from kg import documents
from kg.extract import components
from kg.extract.context import REVIEW
from kg.extract.reading import Reading

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
KEEP = 700
OPENING = 100  # the title and the line of the meeting stand before this offset
MIN_PLACES = 0.5  # share of places a string must occur in


def paragraphs(file: Path) -> list[tuple[bool, str]]:
    """Return (is review, text) for the paragraphs of one report; empty when its sections are not clear."""
    reading = Reading(documents.read(file), components.FINDERS)
    context = reading.context
    rows: list[tuple[bool, str]] = []
    under_heading = False
    for line, setting in zip(reading.lines, reading.settings, strict=True):
        under_heading |= line.kind == "heading" and setting.explicit and line.start > OPENING
        if not under_heading or line.kind != "text" or setting.year not in (context.review_year, context.plan_year):
            continue
        words = reading.text[line.start : line.end]
        if rows and not line.first and rows[-1][0] == (setting.stance == REVIEW):
            rows[-1] = (rows[-1][0], rows[-1][1] + words)
        else:
            rows.append((setting.stance == REVIEW, words))
    share = sum(review for review, _ in rows) / max(1, len(rows))
    rows = [row for row in rows if "审议" not in row[1]]
    return [row for row in rows if len(row[1]) > 30] if 0.2 < share < 0.8 else []


def grams(text: str) -> set[str]:
    """Return the distinct strings of 2 to 4 Chinese characters."""
    return {run[i : i + n] for run in CHINESE.findall(text) for n in (2, 3, 4) for i in range(len(run) - n + 1)}


class Counts:
    """How many paragraphs of each stance hold a string, and in how many places it occurs."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self.holding: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        self.total: Counter[bool] = Counter()
        self.places: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, review: bool, text: str, place: str) -> None:
        """Count one paragraph."""
        found = grams(text)
        self.total[review] += 1
        self.holding[review].update(found)
        for gram in found:
            self.places[gram].add(place)

    def odds(self, gram: str) -> float:
        """Return the natural log odds of review for paragraphs that hold a string."""
        back, ahead = self.holding[True][gram] + 1, self.holding[False][gram] + 1
        return math.log(back / self.total[True]) - math.log(ahead / self.total[False])

    def weight(self, gram: str) -> float:
        """Return odds times how surely they are known, zero for weak ones."""
        odds = self.odds(gram)
        return (
            odds * math.sqrt(min(self.holding[True][gram] + self.holding[False][gram], 4000)) if abs(odds) > 0.5 else 0
        )


def choose(counts: Counts, places: int) -> dict[str, int]:
    """Return the best strings, none inside another, with their odds in hundredths."""
    common = [gram for gram, where in counts.places.items() if len(where) >= MIN_PLACES * places]
    chosen: dict[str, int] = {}
    for gram in sorted(common, key=lambda gram: (-abs(counts.weight(gram)), gram)):
        if len(chosen) == KEEP or not counts.weight(gram):
            break
        if not any(gram in other or other in gram for other in chosen):
            chosen[gram] = round(100 * counts.odds(gram))
    return chosen


def main() -> None:
    """Train, print the held-out accuracy, write the table."""
    places = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir())
    counts, held_out = Counts(), []
    for number, place in enumerate(places):
        rows = [row for file in sorted(place.glob("*.md")) for row in paragraphs(file)]
        if number % 5 == 4:
            held_out += rows
            continue
        for review, text in rows:
            counts.add(review, text, place.name)
    chosen = choose(counts, len(places) - len(places) // 5)
    right = sum((sum(w for gram, w in chosen.items() if gram in text) > 0) == review for review, text in held_out)
    print(f"{counts.total.total()} paragraphs; held out {len(held_out)}, right {right / max(1, len(held_out)):.3f}")
    lines = [
        "# Words that look back (positive) or ahead (negative), in hundredths of log odds.",
        "# Made by scripts/train_stance.py from the sections of public work reports of many places.",
        "word,weight",
        *(f"{gram},{weight}" for gram, weight in sorted(chosen.items(), key=lambda item: (-item[1], item[0]))),
    ]
    Path("kg/lexicon/stance_words.csv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
