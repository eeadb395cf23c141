"""The same documents give the same bytes, whatever else differs; and what a graph says is what its sources say."""

from __future__ import annotations

import functools
import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import build as builder
from kg import documents, ids, resources
from kg.errors import DocumentError, GraphError
from kg.extract import ledger as number_ledger
from kg.extract.pipeline import extract
from kg.issues import read as read_issues
from kg.records import Document, Extraction
from kg.store import folder
from kg.store.folder import open_graph

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
CORPUS = sorted(resources.path("corpus", "documents").iterdir())
CHOSEN = CORPUS[::4]
#: Graphs that belong to no document.
COMMON = (ids.REFERENCE, ids.TERMS, ids.DERIVED)
#: Says nothing that the corpus says, but is read by the same rules.
UNRELATED = "双鸭山市2016年政府工作报告\n\n2016年，双鸭山市煤炭局局长赵钱孙表示，全市原煤产量达到1234万吨。\n"


def quads(paths: list[Path], graph: Path, workers: int = 1) -> bytes:
    """Build and return the sorted quads."""
    report = builder.build(paths, graph, workers=workers)
    made = open_graph(graph)
    assert made.digest == report.digest
    folder.verify(made)
    return made.quads.read_bytes()


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four documents of the corpus, and a copy of one."""
    place = tmp_path_factory.mktemp("sources")
    for file in CHOSEN:
        shutil.copy(file, place)
    shutil.copy(CHOSEN[0], place / f"zz-copy{CHOSEN[0].suffix}")
    return place


@pytest.fixture(scope="module")
def expected(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return quads([sources], tmp_path_factory.mktemp("expected") / "G")


# --- 2: the same inputs give the same bytes -------------------------------------------------------


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(CHOSEN) + 1)))
def test_the_order_of_paths_does_not_matter(order: list[int], sources: Path, expected: bytes, tmp_path: Path) -> None:
    files = sorted(sources.iterdir())
    assert quads([files[number] for number in order], tmp_path / "G") == expected


def test_a_path_named_twice_counts_once(sources: Path, expected: bytes, tmp_path: Path) -> None:
    assert quads([sources, next(sources.iterdir()), sources], tmp_path / "G") == expected


def test_the_place_of_the_folder_does_not_matter(sources: Path, expected: bytes, tmp_path: Path) -> None:
    shutil.copytree(sources, tmp_path / "elsewhere" / "另一处")
    assert quads([tmp_path / "elsewhere" / "另一处"], tmp_path / "G") == expected


@pytest.mark.slow
def test_workers_do_not_matter(sources: Path, expected: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "DOCUMENTS_PER_WORKER", 1)
    assert quads([sources], tmp_path / "G", workers=2) == expected
    assert ledger(tmp_path / "G") == [("documents", "duplicate", f"zz-copy{CHOSEN[0].suffix}")]


def ledger(graph: Path) -> list[tuple[str, str, str]]:
    """Return what the ledger says of whole documents."""
    found = read_issues(open_graph(graph).records / "issues.jsonl")
    return [(issue.stage, issue.kind, issue.path) for issue in found if issue.stage == "documents"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2022"])
def test_the_hash_seed_does_not_matter(seed: str, sources: Path, expected: bytes, tmp_path: Path) -> None:
    code = "import sys; from kg.build import build; build([sys.argv[1]], sys.argv[2], workers=1)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, "-c", code, sources, tmp_path / "G"], env=environment, check=True)
    assert open_graph(tmp_path / "G").quads.read_bytes() == expected


def by_graph(lines: bytes) -> dict[str, set[bytes]]:
    """Return the lines of each named graph."""
    graphs: dict[str, set[bytes]] = {}
    for line in lines.splitlines():
        graphs.setdefault(line.rsplit(b" <", 1)[1].split(b">")[0].decode(), set()).add(line)
    return graphs


def test_an_unrelated_document_changes_nothing_said_by_others(sources: Path, expected: bytes, tmp_path: Path) -> None:
    (tmp_path / "unrelated.txt").write_text(UNRELATED, "utf-8")
    alone = by_graph(expected)
    together = by_graph(quads([sources, tmp_path / "unrelated.txt"], tmp_path / "G"))
    new = together.keys() - alone.keys()
    assert len(new) == 1
    assert {name: together[name] for name in alone if is_document(name)} == {
        name: lines for name, lines in alone.items() if is_document(name)
    }
    for name in COMMON:
        assert {line for line in alone[name] if not is_of_networks(line)} <= together[name]


def is_of_networks(line: bytes) -> bool:
    """Tell what measures the whole network, and so depends on every document: positions, communities, similarities."""
    return line.split(b" ")[0].rsplit(b"/", 2)[-2] in (b"position", b"community", b"similarity")


def is_document(name: str) -> bool:
    return name not in COMMON


# --- 1: quotes stand at their offsets -------------------------------------------------------------


@functools.cache
def texts() -> tuple[Path, ...]:
    """The corpus; where the shared documents are at hand also those of five seeds, the cities and ten reports."""
    reports = sorted((SHARED / "reports").rglob("*.md"))
    return (
        *CORPUS,
        *sorted((SHARED / "seeds").glob("*.txt")),
        *sorted((SHARED / "cities" / "texts").rglob("*.md")),
        *reports[:: max(1, len(reports) // 10)][:10],
    )


@functools.cache
def extraction(file: Path) -> Extraction:
    return extract(documents.read(file))


def quotes(found: Extraction) -> Iterator[tuple[int, int, str]]:
    """Yield where each quote should stand, and the quote."""
    for record in (*found.mentions, *found.measures, *found.relations):
        yield record.start, record.end, record.text
    for relation in found.relations:
        for mention in (relation.subject, relation.object):
            if mention is not None:
                yield mention.start, mention.end, mention.text
    for issue in found.issues:
        if issue.start is not None and issue.end is not None:
            yield issue.start, issue.end, issue.text


def check_quotes(found: Extraction) -> int:
    """Make sure that every quote stands at its offsets; returns how many there are."""
    text, number = found.document.text, 0
    for start, end, quote in quotes(found):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == quote
        number += 1
    for sentence in found.sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
    assert all(record.document == found.document.id for record in (*found.mentions, *found.measures, *found.relations))
    return number


def test_quotes_stand_at_their_offsets() -> None:
    assert sum(check_quotes(extraction(file)) for file in texts()) > 500


def test_quotes_index_the_untouched_file() -> None:
    for file in texts():
        found = extraction(file)
        assert file.read_bytes().decode(found.document.encoding).removeprefix("\ufeff") == found.document.text


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx"])
def test_quotes_stand_at_their_offsets_in_every_format(suffix: str, tmp_path: Path) -> None:
    for number, file in enumerate(CORPUS[:5]):
        target = tmp_path / f"{number}{suffix}"
        write_as(extraction(file).document.text, target)
        assert check_quotes(extract(documents.read(target))) > 0


def write_as(text: str, target: Path) -> None:
    """Write a text in the format of a suffix, with markup between its words and line ends of another system."""
    lines = text.split("\n")
    if target.suffix == ".docx":
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(target))
    elif target.suffix == ".html":
        marked = (re.sub(r"(\d+)", r"<b>\1</b>", html.escape(line)) for line in lines)
        target.write_text("<html><body>" + "".join(f"<p>{line}</p>\r\n" for line in marked), "utf-8")
    elif target.suffix == ".md":
        target.write_text("\r\n".join(re.sub(r"(\d+)", r"**\1**", line) for line in lines), "utf-8")
    else:
        target.write_bytes("\r\n".join(lines).encode("gb18030"))


#: Pieces of the genre and of its markup, to be put together in ways nobody writes.
PIECES = (
    "株洲市科技局局长李红说，",
    "2022年，",
    "全市新增规模以上工业企业**55**家；",
    "“十四五”时期，",
    "GDP增长<b>8%</b>以上。",
    "渌口区",
    "\r\n# 一、工作回顾\r\n",
    "建成园区。",
    "完成投资１２亿元",
    "&nbsp;&amp;",
    "，、",
    "\n\n",
    "》《（",
    "一二三",
    "a1+b2",
    "<script>",
    "😀\u3000",
    "三大动力产业",
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(["txt", "md", "html"]))
def test_whatever_is_put_together_keeps_its_offsets(text: str, form: str) -> None:
    check_quotes(extract(Document("0" * 16, f"x.{form}", text, form)))


# --- 3: nothing is dropped in silence -------------------------------------------------------------


def test_every_file_is_a_document_or_an_issue(sources: Path, tmp_path: Path) -> None:
    place = tmp_path / "in"
    shutil.copytree(sources, place)
    (place / "empty.txt").touch()
    (place / "binary.md").write_bytes(bytes(range(256)))
    (place / "table.xlsx").write_bytes(b"PK")
    (place / "noname").write_text("正文", "utf-8")
    quads([place], tmp_path / "G")
    made = open_graph(tmp_path / "G")
    told = [path for _, _, path in ledger(tmp_path / "G")]
    read = [documents.read(file).path for file in CHOSEN]
    assert made.manifest["documents"] == len(read)
    assert sorted(told + read) == sorted(file.name for file in place.iterdir())


def test_every_number_has_one_class_and_the_unlinked_are_issues() -> None:
    told = 0
    for file in texts():
        found = extraction(file)
        view, entries = number_ledger.again(found)
        numbers = sorted((entry.start, entry.end) for entry in entries if entry.kind == number_ledger.NUMBER)
        assert all(end <= start for (_, end), (start, _) in pairwise(numbers)), "two entries share a number"
        for digits in re.finditer(r"[0-9]+", view.text):
            assert any(start < digits.end() and digits.start() < end for start, end in numbers), digits
        unlinked = {
            view.source(entry.start, entry.end)
            for entry in entries
            if entry.kind == number_ledger.NUMBER and entry.group == number_ledger.UNLINKED
        }
        issues = {(issue.start, issue.end) for issue in found.issues if issue.kind == "unlinked-number"}
        assert issues == unlinked
        told += len(issues)
    assert told > 0


# --- 4: what is said, inferred and decided stands apart ------------------------------------------


def test_each_graph_holds_what_is_its_own(sources: Path, expected: bytes) -> None:
    graphs = by_graph(expected)
    read = [documents.read(file, root=sources) for file in sources.iterdir()]
    assert graphs.keys() == {*COMMON, *(ids.document(document.id) for document in read)}
    evidence = f"<{ids.expand('nif:anchorOf')}> ".encode()
    for name, lines in graphs.items():
        assert any(evidence in line for line in lines) == is_document(name), name


# --- 5: a build replaces the graph whole or not at all -------------------------------------------


def test_a_build_that_fails_leaves_the_graph(
    sources: Path, expected: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = tmp_path / "G"
    assert quads([sources], graph) == expected
    (tmp_path / "empty.txt").touch()
    with pytest.raises(DocumentError, match=r"empty\.txt"):
        builder.build([tmp_path / "empty.txt"], graph)
    for stage in ("link", "_quads", "_manifest"):
        with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
            patch.setattr(builder, stage, lambda *_: 1 // 0)
            builder.build([sources], graph, workers=1)
        assert open_graph(graph).quads.read_bytes() == expected
        assert len(list((graph / "graphs").iterdir())) == 1


def test_a_lost_worker_is_told_in_one_line(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(*_: object) -> bytes:
        raise builder.BrokenExecutor("gone")

    monkeypatch.setattr(builder, "_read", lose)
    with pytest.raises(builder.KgError, match="fewer --workers"):
        builder.build([sources], tmp_path / "G", workers=1)
    with pytest.raises(GraphError, match="not a graph folder"):
        open_graph(tmp_path / "G")
