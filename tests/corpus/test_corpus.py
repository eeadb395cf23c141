"""The corpus is what it says: offsets hold, every type and trap occurs, nothing is copied, and the scorer reads it."""

import functools
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
GOLD = CORPUS / "gold"
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "score" / "score.py"
MENTIONS = {"official", "agency", "enterprise", "park", "place", "industry", "scheme", "project", "policy", "event"}
Record = dict[str, Any]


def load(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


@functools.cache
def manifest() -> list[Record]:
    return load(CORPUS / "manifest.jsonl")


@functools.cache
def texts() -> dict[str, str]:
    return {Path(row["path"]).stem: decode((CORPUS / row["path"]).read_bytes()) for row in manifest()}


@functools.cache
def gold() -> dict[str, list[Record]]:
    return {path.stem: load(path) for path in sorted(GOLD.glob("*.jsonl"))}


def every_record() -> Iterator[tuple[str, Record]]:
    return ((stem, row) for stem, rows in gold().items() for row in rows)


@functools.cache
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_gold", GOLD / "build_gold.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_gold"] = module
    spec.loader.exec_module(module)
    return module


def test_manifest_describes_every_document() -> None:
    paths = {CORPUS / row["path"] for row in manifest()}
    assert paths == set((CORPUS / "documents").iterdir())
    assert set(texts()) == set(gold())
    for row in manifest():
        data = (CORPUS / row["path"]).read_bytes()
        assert row["sha256"] == hashlib.sha256(data).hexdigest()
        assert row["id"] == row["sha256"][:16]
        assert decode(data) == data.decode(row["encoding"])
        assert 500 <= row["characters"] <= 1500, row["path"]
        assert re.fullmatch(r"202[0-3]-\d\d-\d\d", row["date"])
        assert re.fullmatch(r"\d{6}", row["adcode"])
        assert row["origin"] == "written for this project"
    assert len({row["id"] for row in manifest()}) == len(manifest())


def test_corpus_is_broad() -> None:
    assert len(manifest()) >= 14
    assert len({row["adcode"][:4] for row in manifest()}) >= 3
    assert len({row["adcode"] for row in manifest() if row["adcode"][4:] not in ("00", "81")}) >= 2
    assert {Path(row["path"]).suffix for row in manifest()} == {".md", ".txt", ".html"}
    assert "gb18030" in {row["encoding"] for row in manifest()}
    assert {int(row["date"][:4]) for row in manifest()} == {2020, 2021, 2022, 2023}
    kinds = {row["kind"] for row in manifest()}
    assert {
        "work_report",
        "interview",
        "party_congress",
        "project_list",
        "appointment_notice",
        "newspaper_report",
        "five_year_plan",
    } <= kinds


def test_every_trap_of_the_model_occurs() -> None:
    assert {trap for row in manifest() for trap in row["traps"]} == set(range(1, 16))


def test_offsets_hold_for_every_record() -> None:
    for stem, row in every_record():
        assert texts()[stem][row["start"] : row["end"]] == row["mention"], row["id"]
        assert row["sent_start"] <= row["start"] < row["end"] <= row["sent_end"], row["id"]
        assert row["seed"] == stem


def test_identifiers_are_unique_and_all_types_present() -> None:
    ids = [row["id"] for _, row in every_record()]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert {row["type"] for _, row in every_record()} == MENTIONS | {"target", "outcome", "relation"}


def test_a_key_means_one_type_of_one_name() -> None:
    names: dict[tuple[str, str], set[str]] = {}
    for _, row in every_record():
        if row["type"] in MENTIONS:
            names.setdefault((row["type"], row["key"]), set()).add(row["name"])
    assert {key: found for key, found in names.items() if len(found) > 1} == {}


def test_nested_mentions_lie_inside_another() -> None:
    for stem, rows in gold().items():
        spans = {(r["start"], r["end"]) for r in rows if r["type"] in MENTIONS}
        for row in (r for r in rows if r["type"] in MENTIONS):
            here = (row["start"], row["end"])
            held = any(a <= here[0] and here[1] <= b for a, b in spans - {here})
            assert held == row["nested"], (stem, row["id"])


def test_facts_fit_their_words() -> None:
    for _, row in every_record():
        if row["type"] in ("target", "outcome") and row["value"] is not None:
            assert row["unit"], row["id"]
            assert row["comparator"] in {"=", ">=", ">", "~", "<=", "<"}, row["id"]
        if row["type"] == "scheme":
            assert row.get("members", [""]) != [], row["id"]
        if row["type"] == "relation" and row["predicate"] == "holdsPost":
            people = {r["name"] for r in gold()[row["seed"]] if r["type"] == "official"}
            assert row["subject"] in people, row["id"]


def test_press_names_are_not_officials() -> None:
    officials = {row["name"] for _, row in every_record() if row["type"] == "official"}
    credited = {row["subject"] for _, row in every_record() if row.get("predicate") == "creditedAs"}
    assert credited
    assert officials.isdisjoint(credited)


def test_a_missed_target_can_be_told() -> None:
    def values(stem: str, kind: str) -> set[float]:
        return {r["value"] for r in gold()[stem] if r["type"] == kind and r["object"] == "固定资产投资增速"}

    assert values("zhuzhou-2021-work-report", "target") == {9}
    assert values("zhuzhou-2021-year-review", "outcome") == {4}


def test_gold_on_disk_is_what_its_source_says() -> None:
    for path, content in builder().outputs().items():
        assert path.read_bytes() == content.encode("utf-8"), path.name


def test_a_wording_that_is_not_in_the_text_is_refused() -> None:
    with pytest.raises(builder().GoldError, match="not in the text"):
        builder().spans_of("株洲市", "湘潭市", "any")
    with pytest.raises(builder().GoldError, match="2 times"):
        builder().one_span("新增5家，新增6家", "新增", "any")


def test_sentences_end_where_the_reference_gold_ends_them() -> None:
    text = "一是升级；二是布局。”\r\n<p>完成了吗？</p>\n\n## 标题"
    cut = [text[a:b] for a, b in builder().sentences(text)]
    assert cut == ["一是升级；", "二是布局。”", "<p>完成了吗？", "## 标题"]


def to_facts(stem: str, row: Record) -> Iterator[Record]:
    """Word one gold record the way `kg facts` words what it found."""
    base = {"doc": stem, "id": row["id"], "start": row["start"], "end": row["end"], "quote": row["mention"]}
    if row["type"] in MENTIONS:
        yield {**base, "type": row["type"], "mention": row["mention"], "name": row["name"], "iri": row["key"]}
        for member in row.get("members", []) if row["type"] == "scheme" else []:
            yield {**base, "type": "hasMember", "subject": row["name"], "object": member, "id": f"{row['id']}/{member}"}
        if row["type"] == "project" and row.get("stage"):
            yield {
                **base,
                "type": "projectStage",
                "subject": row["name"],
                "stage": row["stage"],
                "id": row["id"] + "/stage",
            }
    elif row["type"] in ("target", "outcome"):
        slots = ("value", "unit", "comparator", "year", "scope", "modality")
        yield {**base, "type": row["type"], "indicator": row["object"], **{slot: row[slot] for slot in slots}}
    elif row["predicate"] == "holdsPost":
        slots = ("subject", "post", "organisation")
        yield {**base, "type": "holdsPost", **{slot: row[slot] for slot in slots}}


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer is not beside this checkout")
def test_the_scorer_gives_gold_full_marks(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for row in manifest():  # the scorer reads UTF-8 only; offsets count characters, so they do not move
        path = Path(row["path"])
        (documents / path.name).write_bytes(texts()[path.stem].encode("utf-8"))
    facts = tmp_path / "facts.jsonl"
    lines = [json.dumps(fact, ensure_ascii=False) for stem, row in every_record() for fact in to_facts(stem, row)]
    facts.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(SCORER), str(GOLD), str(facts), str(documents), "--json"]
    result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert result["headline"]["grounded"] == [1.0, 1.0, 1.0]
    assert {name for name, scores in result["types"].items() if scores["grounded"][2] < 1} == set()
    assert result["b_cubed"][2] == pytest.approx(1.0)
    assert result["bad_quotes"] == 0


def runs(text: str, length: int) -> Iterator[tuple[int, str]]:
    for found in re.finditer(rf"[\u3400-\u9fff〇]{{{length},}}", text):
        for i in range(len(found.group()) - length + 1):
            yield found.start() + i, found.group()[i : i + length]


@pytest.mark.skipif(not SHARED.exists(), reason="the reference texts are not beside this checkout")
def test_no_sentence_is_copied_from_the_reference_texts() -> None:
    """No 13 Chinese characters in a row are shared, save where an official name or title reaches."""
    length = 13
    ours: dict[str, list[tuple[str, int]]] = {}
    for stem, text in texts().items():
        for start, run in runs(text, length):
            ours.setdefault(run, []).append((stem, start))
    folders = (SHARED / "seeds", SHARED / "cities" / "texts", SHARED / "reports")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    shared = {run for path in files for _, run in runs(path.read_text("utf-8", errors="replace"), length)} & set(ours)
    names = {stem: [(r["start"], r["end"]) for r in rows if r["type"] in MENTIONS] for stem, rows in gold().items()}
    copied = [
        (stem, run)
        for run in shared
        for stem, at in ours[run]
        if not any(a <= at and at + length <= b + 1 for a, b in names[stem])
    ]
    assert copied == []
