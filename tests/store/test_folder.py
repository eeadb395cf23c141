from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.records import Statement, Term
from kg.store import folder, oxigraph, terms

ROOT = Path(__file__).parents[2]


def make(path: Path, *texts: str) -> folder.GraphFolder:
    with folder.build(path) as build:
        build.add(terms.encode(Statement("http://s", "http://p", Term(text), "http://g") for text in texts))
        return build.commit(oxigraph.load)


def values(graph: folder.GraphFolder) -> set[str]:
    rows = oxigraph.open_store(graph).query("SELECT ?o WHERE { ?s ?p ?o }", use_default_graph_as_union=True)
    return {row["o"].value for row in rows}


def test_a_build_makes_a_graph_that_opens(tmp_path: Path) -> None:
    made = make(tmp_path / "G", "一", "二")
    opened = folder.open_graph(tmp_path / "G")
    assert opened == made
    assert (tmp_path / "G" / "CURRENT").read_text("utf-8") == f"graphs/{opened.digest[:16]}\n"
    assert (opened.count, values(opened)) == (2, {"一", "二"})
    folder.verify(opened)


def test_a_second_build_replaces_the_first_whole(tmp_path: Path) -> None:
    old = make(tmp_path / "G", "旧")
    new = make(tmp_path / "G", "新")
    assert values(folder.open_graph(tmp_path / "G")) == {"新"}
    assert not old.is_current
    assert [entry.name for entry in (tmp_path / "G" / "graphs").iterdir()] == [new.folder.name]


def test_the_same_quads_again_are_the_same_graph(tmp_path: Path) -> None:
    first, second, third = (make(tmp_path / "G", "同") for _ in range(3))
    assert first.digest == second.digest == third.digest
    assert len(list((tmp_path / "G" / "graphs").iterdir())) == 1
    assert values(folder.open_graph(tmp_path / "G")) == {"同"}


def test_a_failed_build_leaves_the_old_graph(tmp_path: Path) -> None:
    make(tmp_path / "G", "旧")
    with pytest.raises(ZeroDivisionError), folder.build(tmp_path / "G") as build:
        build.add(b"x")
        raise ZeroDivisionError
    assert values(folder.open_graph(tmp_path / "G")) == {"旧"}
    assert len(list((tmp_path / "G" / "graphs").iterdir())) == 1


def test_what_the_store_refuses_leaves_the_old_graph(tmp_path: Path) -> None:
    make(tmp_path / "G", "旧")
    with pytest.raises(GraphError, match="refuses"), folder.build(tmp_path / "G") as build:
        build.add(b"no quads\n")
        build.commit(oxigraph.load)
    assert values(folder.open_graph(tmp_path / "G")) == {"旧"}


def test_two_builds_do_not_fight(tmp_path: Path) -> None:
    with folder.build(tmp_path / "G"), pytest.raises(GraphError, match="another build"):
        make(tmp_path / "G", "二")


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "G"
    make(path, "旧")
    code = (
        "import sys, time; from pathlib import Path; from kg.store import folder\n"
        "with folder.build(Path(sys.argv[1])) as build:\n"
        "    build.add(b'x'); print('ready', flush=True); time.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, env=environment, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        with pytest.raises(GraphError, match="another build"):
            make(path, "二")
        child.send_signal(signal.SIGKILL)
    assert len(list((path / "graphs").iterdir())) == 2
    assert values(folder.open_graph(path)) == {"旧"}
    make(path, "新")
    assert len(list((path / "graphs").iterdir())) == 1
    assert values(folder.open_graph(path)) == {"新"}


def test_a_reader_keeps_its_graph_while_a_build_replaces_it(tmp_path: Path) -> None:
    store = oxigraph.open_store(make(tmp_path / "G", "旧"))
    make(tmp_path / "G", "新")
    assert [row["o"].value for row in store.query("SELECT ?o WHERE { GRAPH ?g { ?s ?p ?o } }")] == ["旧"]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda g: (g.folder / "graph.nq").unlink(), "graph.nq is missing"),
        (lambda g: (g.folder / "manifest.json").write_text("{", "utf-8"), "manifest cannot be read"),
        (lambda g: (g.folder / "manifest.json").write_text("{}", "utf-8"), "lacks the digest"),
        (lambda g: (g.path / "CURRENT").write_text("graphs/../..", "utf-8"), "damaged"),
        (lambda g: (g.path / "CURRENT").write_bytes(b"\xff\xfe"), "damaged"),
        (lambda g: (g.path / "CURRENT").unlink(), "not a graph folder"),
    ],
)
def test_damage_is_told_in_one_line(tmp_path: Path, damage: object, message: str) -> None:
    graph = make(tmp_path / "G", "一")
    damage(graph)  # type: ignore[operator]
    with pytest.raises(GraphError, match=message) as caught:
        folder.open_graph(tmp_path / "G")
    assert "\n" not in str(caught.value)
    assert "kg build" in str(caught.value)


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    graph = make(tmp_path / "G", "一")
    graph.quads.write_bytes(graph.quads.read_bytes().replace("一".encode(), "二".encode()))
    with pytest.raises(GraphError, match="digest"):
        folder.verify(graph)


def test_a_broken_database_is_told(tmp_path: Path) -> None:
    graph = make(tmp_path / "G", "一")
    for file in graph.store.iterdir():
        file.write_bytes(b"broken")
    with pytest.raises(GraphError, match="database is damaged"):
        oxigraph.open_store(graph)


def test_no_graph_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such folder"):
        folder.open_graph(tmp_path / "nothing")
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(GraphError, match="not a graph folder"):
        folder.open_graph(tmp_path / "file")
    with pytest.raises(GraphError, match="is a file"):
        make(tmp_path / "file", "一")
    with pytest.raises(GraphError, match="in the way"):
        make(tmp_path / "file" / "G", "一")


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x", "utf-8")
    with pytest.raises(GraphError, match=r"other files \(thesis.docx\)"):
        make(tmp_path, "一")
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(GraphError, match=r"cannot be written \(Permission denied\)"):
        make(tmp_path / "G", "一")


def test_a_full_disk_is_told_and_leaves_the_old_graph(tmp_path: Path) -> None:
    def full(_quads: Path, _folder: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    make(tmp_path / "G", "旧")
    with pytest.raises(GraphError, match="No space left"), folder.build(tmp_path / "G") as build:
        build.commit(full)
    assert values(folder.open_graph(tmp_path / "G")) == {"旧"}


def test_opening_is_quick(tmp_path: Path) -> None:
    make(tmp_path / "G", "一")
    start = time.perf_counter()
    for _ in range(20):
        folder.open_graph(tmp_path / "G")
    assert time.perf_counter() - start < 1
