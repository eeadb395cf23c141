"""The notebook runs from start to end, and its cells show what the text around them says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "first_tour.ipynb"

# Jupyter's own threads and sockets outlive the run and warn about it; the kernel is a process of its own.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The code cells after a run, by their first words."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    root = str(NOTEBOOK.parents[1])
    start = nbformat.v4.new_code_cell(f"import sys; sys.path.insert(0, {root!r})")  # type: ignore[no-untyped-call]
    notebook.cells.insert(0, start)
    folder = tmp_path_factory.mktemp("tour")
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    return {cell.source: cell for cell in notebook.cells[1:] if cell.cell_type == "code"}


def shown(cells: dict[str, Any], words: str) -> str:
    """Return the output of the cell that contains some words: HTML where there is any, else text."""
    (cell,) = [cell for source, cell in cells.items() if words in source]
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        parts.append(data.get("text/html") or data.get("text/plain") or output.get("text", ""))
    return "\n".join(parts)


def test_it_builds(cells: dict[str, Any]) -> None:
    assert "16 documents" in shown(cells, "kg.build_graph")
    assert "来源文献" in shown(cells, "graph.stats()")


def test_it_asks(cells: dict[str, Any]) -> None:
    assert "株洲市科学技术局" in shown(cells, "graph.show(")
    assert "'quote': " in shown(cells, "holdsPost")
    assert shown(cells, "ORDER BY ?place").count("<tr>") == 13


def test_it_draws_in_a_frame(cells: dict[str, Any]) -> None:
    drawn = shown(cells, "graph.network(")
    assert drawn.startswith("<iframe srcdoc=")
    assert "120 of " in drawn


def test_it_checks(cells: dict[str, Any]) -> None:
    assert "conforms to the shapes: 0 violations" in shown(cells, "graph.validate()")
    assert "unlinked-number" in shown(cells, "graph.issues()")


def test_it_answers_the_question(cells: dict[str, Any]) -> None:
    answer = shown(cells, "固定资产投资增速")
    assert answer.index("目标 target") < answer.index("实绩 outcome")
    assert "<td>9</td>" in answer
    assert "<td>~</td><td>4</td>" in answer


def test_cells_call_and_do_not_compute() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    computing = re.compile(r"^\s*(?:def|class|while|try|for|if)\b", re.MULTILINE)
    assert not [cell.source for cell in code if computing.search(cell.source)]
