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
MIN_PLACES = 0.5  # share of places a string must occur in


def paragraphs(file: Path) -> list[tuple[bool, str]]:
    """Return (is review, text) for the paragraphs of one report; empty when its sections are not clear."""
    reading = Reading(documents.read(file), components.FINDERS)
    context = reading.context
    rows: list[tuple[bool, str]] = []
    for line, setting in zip(reading.lines, reading.settings, strict=True):
        if line.kind != "text" or setting.year not in (context.review_year, context.plan_year):
            continue
        words = reading.text[line.start : line.end]
        if rows and not line.first and rows[-1][0] == (setting.stance == REVIEW):
            rows[-1] = (rows[-1][0], rows[-1][1] + words)
        else:
            rows.append((setting.stance == REVIEW, words))
    share = sum(review for review, _ in rows) / max(1, len(rows))
    return [row for row in rows if len(row[1]) > 30] if 0.2 < share < 0.8 else []


def grams(text: str) -> set[str]:
    """Return the distinct strings of 2 to 4 Chinese characters."""
    return {run[i : i + n] for run in CHINESE.findall(text) for n in (2, 3, 4) for i in range(len(run) - n + 1)}


def main() -> None:
    """Train, print the held-out accuracy, write the table."""
    folder = Path(sys.argv[1])
    places = sorted(path for path in folder.iterdir() if path.is_dir())
    count: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    seen: defaultdict[str, set[str]] = defaultdict(set)
    total: Counter[bool] = Counter()
    held_out: list[tuple[bool, str]] = []
    for number, place in enumerate(places):
        for file in sorted(place.glob("*.md")):
            for review, text in paragraphs(file):
                if number % 5 == 4:
                    held_out.append((review, text))
                    continue
                found = grams(text)
                total[review] += 1
                count[review].update(found)
                for gram in found:
                    seen[gram].add(place.name)
    trained = len(places) - len(places) // 5
    weights: dict[str, float] = {}
    for gram, where in seen.items():
        if len(where) < MIN_PLACES * trained:
            continue
        back, ahead = count[True][gram] + 1, count[False][gram] + 1
        odds = math.log(back / total[True]) - math.log(ahead / total[False])
        if abs(odds) > 0.5:
            weights[gram] = odds * math.sqrt(min(back + ahead, 4000))
    best = sorted(weights, key=lambda gram: (-abs(weights[gram]), gram))
    chosen: dict[str, int] = {}
    for gram in best:
        if len(chosen) == KEEP:
            break
        if not any(gram in other or other in gram for other in chosen):
            back, ahead = count[True][gram] + 1, count[False][gram] + 1
            chosen[gram] = round(100 * (math.log(back / total[True]) - math.log(ahead / total[False])))
    bias = 0
    right = sum(
        (sum(w for gram, w in chosen.items() if gram in text) + bias > 0) == review for review, text in held_out
    )
    print(f"{sum(total.values())} paragraphs; held out {len(held_out)}, right {right / max(1, len(held_out)):.3f}")
    lines = [
        "# Words that look back (positive) or ahead (negative), in hundredths of log odds; made by scripts/train_stance.py",
        "word,weight",
    ]
    lines += [f"{gram},{weight}" for gram, weight in sorted(chosen.items(), key=lambda item: (-item[1], item[0]))]
    Path("kg/lexicon/stance_words.csv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
