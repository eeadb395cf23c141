"""Each notebook runs from start to end, shows what the text around its cells says, and ends with an answer."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from kg import resources

FOLDER = Path(__file__).parents[2] / "notebooks"
NAMES = sorted(file.stem for file in FOLDER.glob("*.ipynb"))
#: A notebook runs in a minute at most on two cores that do other things too; it is killed past this.
SECONDS = 240

# Jupyter's own threads and sockets outlive the run and warn about it; the kernel is a process of its own.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def read(name: str) -> Any:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]


@cache
def run(name: str, folder: Path) -> list[Any]:
    """Return the code cells of a notebook after a run."""
    notebook = read(name)
    path = f"import sys; sys.path.insert(0, {str(FOLDER.parent)!r})"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(path))  # type: ignore[no-untyped-call]
    client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": folder}})
    client.execute()
    return [cell for cell in notebook.cells[1:] if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("notebooks")


def text(cell: Any) -> str:
    """Return the output of a cell: HTML where there is any, else text."""
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        parts.append(data.get("text/html") or data.get("text/plain") or output.get("text", ""))
    return "\n".join(parts)


def shown(cells: list[Any], words: str) -> str:
    """Return the output of the cell that contains some words."""
    (cell,) = [cell for cell in cells if words in cell.source]
    return text(cell)


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_and_ends_with_an_answer(name: str, folder: Path) -> None:
    cells = run(name, folder)
    assert all("error" not in {output.output_type for output in cell.outputs} for cell in cells)
    assert [cell.source for cell in read(name).cells if cell.source.startswith("## A question, answered")]
    answer = text(cells[-1])
    assert answer.count("<tr") > 1, "the last cell shows the rows of an answer"


@pytest.mark.parametrize("name", NAMES)
def test_cells_call_and_do_not_compute(name: str) -> None:
    code = [cell for cell in read(name).cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    computing = re.compile(r"^\s*(?:def|class|while|try|for|if)\b", re.MULTILINE)
    assert not [cell.source for cell in code if computing.search(cell.source)]


def test_first_tour(folder: Path) -> None:
    cells = run("01_first_tour", folder)
    assert "16 documents" in shown(cells, "kg.build_graph")
    assert "来源文献" in shown(cells, "graph.stats()")
    assert "株洲市科学技术局" in shown(cells, "graph.show(")
    assert "'quote': " in shown(cells, "holdsPost")
    assert shown(cells, "ORDER BY ?place").count("<tr>") == 13
    drawn = shown(cells, "graph.network(")
    assert drawn.startswith("<iframe srcdoc=")
    assert "120 of " in drawn
    assert "conforms to the shapes: 0 violations" in shown(cells, "graph.validate()")
    assert "unlinked-number" in shown(cells, "graph.issues()")
    answer = shown(cells, "固定资产投资增速")
    assert answer.index("目标 target") < answer.index("实绩 outcome")
    assert "<td>9</td>" in answer
    assert "<td>~</td><td>4</td>" in answer


def test_people(folder: Path) -> None:
    cells = run("02_people", folder)
    assert "<mark>市科技局党组书记、局长李红</mark>" in shown(cells, 'graph.entity("李红")')
    assert "代理" in shown(cells, "groupby")
    assert "曾任凤翔县委副书记" in shown(cells, 'graph.ask("careers"')
    held = shown(cells, 'graph.ask("office-holders"')
    assert "attested" in held
    assert "陈恢清" in held
    assert "acting" in held


def test_projects(folder: Path) -> None:
    cells = run("03_projects_and_places", folder)
    answer = text(cells[-1])
    assert answer.index("拟建") < answer.index("开工") < answer.rindex("在建")
    assert "not-mentioned" in shown(cells, "project-slippage")
    assert "<mark>" in shown(cells, 'graph.entity("四省边际中心医院")')


def test_industries(folder: Path) -> None:
    cells = run("04_industries", folder)
    assert "3+3+2" in shown(cells, "groupby")
    assert shown(cells, "graph.network(").startswith("<iframe")
    assert {"came", "went"} <= set(re.findall(r"<td>(\w+)</td>", text(cells[-1])))


def test_targets(folder: Path) -> None:
    cells = run("05_targets_and_outcomes", folder)
    assert shown(cells, 'graph.chart(indicator="地区生产总值增速"').startswith("<svg")
    assert "<mark>" in shown(cells, 'graph.ask("series"')
    assert "<td>missed</td>" in text(cells[-1])
    if (resources.path("corpus").parents[1] / "shared" / "reports").is_dir():
        assert "贵阳市" in shown(cells, 'graph.chart(indicator="一般公共预算收入增速")')


def test_own_documents(folder: Path) -> None:
    cells = run("06_your_own_documents", folder)
    assert "('official', '沈知行', " in shown(cells, "kg.extract_document")
    assert "增长7%左右</mark>" in text(cells[-1])
