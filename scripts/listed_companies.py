"""Make ``kg/lexicon/listed_companies.txt``: short names of listed companies that are no ordinary words.

In: ``code.csv`` of the Python package adata (Apache-2.0; its list of October 2023). Out: one name a line.
Left out are names of two characters, names that open with a place (上海机场, 沈阳化工: mostly the place's own airport
or university), names whose brand is a word of the genre (航天信息) and those of ``listed_companies_left_out.txt``,
which read otherwise in work reports (木林森 stays, 探路者 goes).

    PYTHONPATH=. python scripts/listed_companies.py path/to/adata/stock/cache/code.csv
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from kg import lexicon, resources
from kg.extract import gazetteer
from kg.extract.entities import firmnames

# *ST甲, XD甲, 甲-U, 甲B, 甲退: what the exchange adds to a name.
_MARKS = re.compile(
    r"^(?:\*?S?\*?ST|PT|XD|XR|DR|退市|[NC](?=[\u4e00-\u9fff]))+|(?:[-－](?:U|W|UW|B|A))+$|(?:退市|退|[AB])+$"
)
_HAN = re.compile(r"[\u4e00-\u9fff]{3,6}")
_HEADER = """# Short names of companies listed in Shanghai, Shenzhen and Beijing, without ordinary words of the genre.
# Source: Python package adata 2.9.5 (Apache-2.0), stock/cache/code.csv of October 2023;
# made by scripts/listed_companies.py.
"""


def names(file: Path) -> Iterator[str]:
    """Yield the short names of a table of codes, without marks of their state, each once, in order."""
    with file.open(encoding="utf-8", newline="") as rows:
        short = (unicodedata.normalize("NFKC", row["short_name"]).replace(" ", "") for row in csv.DictReader(rows))
        yield from sorted({_MARKS.sub("", name) for name in short})


def keeps(name: str, left_out: frozenset[str]) -> bool:
    """Whether a name can stand alone for a company in running text."""
    if not _HAN.fullmatch(name) or name in left_out or name in lexicon.lines("enterprises"):
        return False
    if any(hit.start == 0 for hit in gazetteer.scan(name)):
        return False
    return firmnames.is_brand(name)


def main(file: Path) -> None:
    """Write the list."""
    left_out = frozenset(Path(__file__).with_name("listed_companies_left_out.txt").read_text("utf-8").split())
    kept = [name for name in names(file) if keeps(name, left_out)]
    target = resources.path("lexicon", "listed_companies.txt")
    target.write_text(_HEADER + "\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
