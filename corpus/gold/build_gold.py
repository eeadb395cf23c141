"""Build the gold of the corpus from hand-annotated sources.

In: ``corpus/documents/*`` (read only), ``corpus/gold/source/common.txt`` and ``corpus/gold/source/<stem>.txt``.
Out: ``corpus/gold/<stem>.jsonl``, one record a line in the format of the reference gold; ``corpus/manifest.jsonl``.

An annotation names the text and what it means; offsets, sentence bounds, nesting and identifiers are computed
here, so that they cannot be mistyped. The notation is explained in ``corpus/README.md``.

    python corpus/gold/build_gold.py            write everything
    python corpus/gold/build_gold.py --check    fail when a file on disk differs from what would be written
    python corpus/gold/build_gold.py --show STEM  print the document with its mentions marked
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

CORPUS = Path(__file__).resolve().parent.parent
SOURCE = CORPUS / "gold" / "source"
DOCUMENTS = CORPUS / "documents"
MENTIONS = ("official", "agency", "enterprise", "park", "place", "industry", "scheme", "project", "policy", "event")
PREFIX = {
    "official": "person",
    "agency": "org",
    "enterprise": "org",
    "park": "park",
    "place": "place",
    "industry": "ind",
    "scheme": "scheme",
    "project": "proj",
    "policy": "pol",
    "event": "event",
}
FACTS = {"T": ("target", "hasTarget"), "O": ("outcome", "hasOutcome")}
# Inside a name of its own type these are not marked a second time (新材料 in 高分子新材料).
NO_SELF_NESTING = ("industry", "project", "official", "enterprise", "scheme")
SENTENCE_END = "。！？；!?"
CLOSING = "”’』」）)》"
MARKUP = re.compile(r"<[^>]*>|&\w+;|[\s*#>|\-●:]+")
INTEGERS = ("year", "project_count")
LINE_BREAK = re.compile(r"\r\n|\r|\n")
Record = dict[str, Any]


class GoldError(Exception):
    """A source line that does not fit its document."""


@dataclass
class Line:
    """One line of a source file: its kind, tier, columns and attributes."""

    kind: str
    tier: int
    columns: list[str]
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass
class Source:
    """The hand-written annotation of one document."""

    stem: str
    header: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


def read_text(path: Path) -> str:
    """Decode a document, UTF-8 first, then GB18030, with its line ends untouched."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def parse_value(key: str, text: str) -> Any:
    """Turn an attribute's text into a number or a truth value where its key asks for one."""
    if key in INTEGERS and text.isdigit():
        return int(text)
    return {"true": True, "false": False, "none": None}.get(text, text)


def parse_line(raw: str) -> Line:
    """Read ``kind[2] | column | … | key=value; key=value``; a trailing 2 on the kind means tier 2."""
    columns = [column.strip() for column in raw.split(" | ")]
    kind, tier = (columns[0][:-1], 2) if columns[0].endswith("2") else (columns[0], 1)
    attributes: dict[str, Any] = {}
    if len(columns) > 1 and re.match(r"^[a-z_]+=", columns[-1]):
        for pair in columns.pop().split(";"):
            key, _, value = pair.strip().partition("=")
            attributes[key] = parse_value(key, value)
    return Line(kind, tier, columns[1:], attributes)


def read_source(path: Path) -> Source:
    """Read one source file: ``@key value`` headers, annotation lines, ``#`` comments."""
    source = Source(path.stem)
    for raw in path.read_text("utf-8").splitlines():
        if raw.startswith("@"):
            key, _, value = raw[1:].partition(" ")
            source.header[key] = value.strip()
        elif raw.strip() and not raw.startswith("#"):
            source.lines.append(parse_line(raw))
    return source


def find_all(text: str, part: str) -> list[tuple[int, int]]:
    """List every place where ``part`` stands in ``text``."""
    return [(m.start(), m.end()) for m in re.finditer(re.escape(part), text)]


def spans_of(text: str, surface: str, stem: str) -> list[tuple[int, int]]:
    """Find ``surface``, or ``surface @ context`` only inside that context, or ``surface #n`` only the n-th time."""
    surface, _, nth = surface.partition(" #")
    surface, _, context = surface.partition(" @ ")
    spans = find_all(text, surface)
    if context:
        frames = find_all(text, context)
        spans = [s for s in spans if any(a <= s[0] and s[1] <= b for a, b in frames)]
    if nth:
        spans = spans[int(nth) - 1 : int(nth)]
    if not spans and stem != "common":
        raise GoldError(f"{stem}: “{surface}” is not in the text (context {context or '-'}, n {nth or '-'})")
    return spans


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut the text at line ends and after 。！？；, closing marks included; pieces of mere markup are dropped."""
    pieces, at = [], 0
    for end_of_line in [*LINE_BREAK.finditer(text), None]:
        stop = end_of_line.start() if end_of_line else len(text)
        start = at
        for i in range(at, stop):
            after = text[i + 1 : i + 2] if i + 1 < stop else ""
            stops = text[i] in SENTENCE_END and (not after or after not in CLOSING + SENTENCE_END)
            if stops or (text[i] in CLOSING and i > at and text[i - 1] in SENTENCE_END):
                pieces.append((start, i + 1))
                start = i + 1
        pieces.append((start, stop))
        at = end_of_line.end() if end_of_line else stop
    return [(a, b) for a, b in pieces if MARKUP.sub("", text[a:b])]


def sentence_bounds(bounds: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Give the sentence, or the run of sentences, that holds a span."""
    inside = [(a, b) for a, b in bounds if a < end and start < b]
    return (inside[0][0], inside[-1][1]) if inside else (start, end)


def slug(name: str) -> str:
    """Spell a Chinese name in pinyin, as keys are written."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(lazy_pinyin(name)).lower()).strip("-")


def level_of(adcode: str) -> str:
    """Tell province, prefecture or county from a six-digit code (GB/T 2260)."""
    return "province" if adcode.endswith("0000") else "prefecture" if adcode.endswith("00") else "county"


def entity(line: Line) -> Record:
    """Give the fields all mentions of one source line share."""
    name = line.columns[1] if len(line.columns) > 1 and line.columns[1] not in ("", "=") else ""
    name = name or re.split(" @ | #", line.columns[0].split(" / ")[0])[0]
    key = line.columns[2] if len(line.columns) > 2 else ""
    extra = dict(line.attributes)
    if re.fullmatch(r"\d{6}", key):
        extra = {"adcode": key, "level": level_of(key), **extra}
        key = f"place:{key}"
    key = key or f"{PREFIX[line.kind]}:{slug(name)}"
    if "members" in extra:
        extra["members"] = str(extra["members"]).split("、")
    return {"type": line.kind, "name": name, "key": key, "tier": line.tier, **extra}


def candidates(text: str, common: Source, source: Source) -> list[Record]:
    """Mark every occurrence of every listed surface; a document's own line beats the common one."""
    found: dict[tuple[str, int, int], Record] = {}
    for origin in (common, source):
        lines = [line for line in origin.lines if line.kind in MENTIONS]
        shared = [(line, s) for line in lines for s in line.columns[0].split(" / ") if " @ " not in s and " #" not in s]
        special = [(line, s) for line in lines for s in line.columns[0].split(" / ") if " @ " in s or " #" in s]
        for line, surface in [*shared, *special]:
            for start, end in spans_of(text, surface, origin.stem):
                found[line.kind, start, end] = {**entity(line), "start": start, "end": end}
    return list(found.values())


def adjust(text: str, source: Source, rows: list[Record]) -> list[Record]:
    """Apply ``skip`` (no mention here) and ``tier2`` (optional here) lines: context, surface, type."""
    for line in source.lines:
        if line.kind not in ("skip", "tier"):
            continue
        context, surface = line.columns[0], line.columns[1]
        hits = {s for s in find_all(text, surface) for f in find_all(text, context) if f[0] <= s[0] and s[1] <= f[1]}
        kinds = line.columns[2:] or list(MENTIONS)
        chosen = [r for r in rows if (r["start"], r["end"]) in hits and r["type"] in kinds]
        if not chosen:
            raise GoldError(f"{source.stem}: {line.kind} “{surface}” in “{context}” changes nothing")
        if line.kind == "skip":
            rows = [r for r in rows if r not in chosen]
        for row in chosen:
            row["tier"] = 2
    return rows


def inside(inner: Record, outer: Record) -> bool:
    """Tell whether one mention lies strictly within another."""
    same = (inner["start"], inner["end"]) == (outer["start"], outer["end"])
    return not same and bool(outer["start"] <= inner["start"] and inner["end"] <= outer["end"])


def settle(text: str, stem: str, rows: list[Record]) -> list[Record]:
    """Drop parts of the same name, refuse crossing spans, set ``nested``."""
    kept = [
        r
        for r in rows
        if not any(
            inside(r, o) and (r["key"] == o["key"] or (r["type"] == o["type"] and r["type"] in NO_SELF_NESTING))
            for o in rows
        )
    ]
    for r in kept:
        for o in kept:
            if r["start"] < o["start"] < r["end"] < o["end"]:
                raise GoldError(f"{stem}: {text[r['start'] : r['end']]} crosses {text[o['start'] : o['end']]}")
        r["nested"] = any(inside(r, o) for o in kept)
    return kept


def one_span(text: str, surface: str, stem: str) -> tuple[int, int]:
    """Find the only place a fact's wording stands, or the one its ``#n`` names."""
    spans = spans_of(text, surface, stem)
    if len(spans) != 1:
        raise GoldError(f"{stem}: “{surface}” stands {len(spans)} times; add #n")
    return spans[0]


def measure(line: Line, header: dict[str, str]) -> Record:
    """Fields of a target or an outcome: indicator, ``comparator value unit``, year, scope, modality."""
    kind, predicate = FACTS[line.kind]
    comparator, value, unit = ([*line.columns[2].split(" "), "", ""])[:3]
    number = None if not value else float(value) if "." in value else int(value)
    year = header["target_year" if line.kind == "T" else "outcome_year"]
    extra = {"year": int(year), "scope": header["scope"], "modality": None, **line.attributes}
    return {
        "type": kind,
        "name": line.columns[1],
        "key": f"{kind}:{slug(line.columns[1])}",
        "tier": line.tier,
        "subject": extra["scope"],
        "predicate": predicate,
        "object": line.columns[1],
        "value": number,
        "comparator": comparator,
        "unit": unit or None,
        **extra,
    }


def relation(line: Line) -> Record:
    """Fields of a relation: ``H`` holdsPost, ``C`` creditedAs, ``R`` anything else."""
    if line.kind == "H":
        subject, post, body = line.columns[1:4]
        label = body + re.sub(r"^[市区县]委", "", post)
        fields = {
            "subject": subject,
            "predicate": "holdsPost",
            "object": label,
            "post": post or None,
            "organisation": body or None,
        }
    elif line.kind == "C":
        fields = {
            "subject": line.columns[1],
            "predicate": "creditedAs",
            "object": line.columns[2],
            "organisation": line.columns[3] if len(line.columns) > 3 else None,
        }
    else:
        fields = dict(zip(("subject", "predicate", "object"), line.columns[1:4], strict=True))
    name = f"{fields['subject']} {fields['predicate']} {fields['object']}"
    return {"type": "relation", "name": name, "key": None, "tier": line.tier, **fields, **line.attributes}


def facts(text: str, source: Source) -> Iterator[Record]:
    """Build the targets, outcomes and relations of one document."""
    for line in source.lines:
        if line.kind in FACTS or line.kind in ("H", "C", "R"):
            start, end = one_span(text, line.columns[0], source.stem)
            row = measure(line, source.header) if line.kind in FACTS else relation(line)
            yield {**row, "start": start, "end": end, "nested": False}
        elif line.kind not in MENTIONS and line.kind not in ("skip", "tier"):
            raise GoldError(f"{source.stem}: unknown line kind “{line.kind}”")


def document_path(stem: str) -> Path:
    """Find the document a source file annotates."""
    hits = sorted(DOCUMENTS.glob(stem + ".*"))
    if len(hits) != 1:
        raise GoldError(f"{stem}: {len(hits)} documents of that name")
    return hits[0]


def build(stem: str) -> list[Record]:
    """Build all gold records of one document, mentions first, each kind in text order."""
    text = read_text(document_path(stem))
    source = read_source(SOURCE / f"{stem}.txt")
    mentions = settle(text, stem, adjust(text, source, candidates(text, read_source(SOURCE / "common.txt"), source)))
    rows = [*sorted(mentions, key=lambda r: (MENTIONS.index(r["type"]), r["start"], r["end"])), *facts(text, source)]
    bounds, count, out = sentences(text), Counter[str](), []
    for row in rows:
        count[row["type"]] += 1
        start, end = row.pop("start"), row.pop("end")
        first, last = sentence_bounds(bounds, start, end)
        head = {
            "id": f"{stem}-{row['type']}-{count[row['type']]:03d}",
            "seed": stem,
            "type": row.pop("type"),
            "name": row.pop("name"),
            "key": row.pop("key"),
            "mention": text[start:end],
            "start": start,
            "end": end,
            "nested": row.pop("nested"),
            "tier": row.pop("tier"),
            "line": text.count("\n", 0, start) + 1,
            "sent_start": first,
            "sent_end": last,
        }
        out.append({**head, **row})
    return out


def manifest_row(stem: str) -> Record:
    """Describe one document from its bytes and its source's header."""
    path, header = document_path(stem), read_source(SOURCE / f"{stem}.txt").header
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    return {
        "id": digest[:16],
        "sha256": digest,
        "path": f"documents/{path.name}",
        "title": header["title"],
        "date": header["date"],
        "kind": header["kind"],
        "place": header["place"],
        "adcode": header["adcode"],
        "encoding": header.get("encoding", "utf-8"),
        "bytes": len(data),
        "characters": len(read_text(path)),
        "traps": [int(t) for t in header["traps"].split()],
        "licence": "CC0-1.0 OR Apache-2.0",
        "origin": "written for this project",
    }


def outputs() -> dict[Path, str]:
    """Compute the text of every file this script owns."""
    stems = sorted(p.stem for p in SOURCE.glob("*.txt") if p.stem != "common")
    files = {CORPUS / "gold" / f"{stem}.jsonl": build(stem) for stem in stems}
    files[CORPUS / "manifest.jsonl"] = [manifest_row(stem) for stem in stems]
    return {path: "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows) for path, rows in files.items()}


def show(stem: str) -> str:
    """Mark the mentions in the text, for going over a document by eye."""
    text = read_text(document_path(stem))
    marks: dict[int, str] = {}
    for row in sorted(build(stem), key=lambda r: -(r["end"] - r["start"])):
        if row["type"] in MENTIONS:
            tag = row["type"][:4] + ("" if row["tier"] == 1 else "2")
            marks[row["start"]] = marks.get(row["start"], "") + f"[{tag} "
            marks[row["end"]] = "]" + marks.get(row["end"], "")
    return "".join(marks.get(i, "") + (text[i] if i < len(text) else "") for i in range(len(text) + 1))


def main(arguments: list[str]) -> int:
    """Write the gold, check it, or show one document."""
    if arguments[:1] == ["--show"]:
        sys.stdout.write(show(arguments[1]) + "\n")
        return 0
    stale = []
    for path, content in outputs().items():
        if arguments[:1] == ["--check"]:
            if not path.exists() or path.read_bytes() != content.encode("utf-8"):
                stale.append(path.name)
        else:
            path.write_bytes(content.encode("utf-8"))
    if stale:
        sys.stderr.write(f"out of date, run corpus/gold/build_gold.py: {', '.join(stale)}\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
