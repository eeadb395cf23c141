"""Settings of all tests: hypothesis draws the same examples every time and has no deadline on a slow machine.

And one small graph, built once, for the tests of what reads a graph.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from kg import resources
from kg.build import build

settings.register_profile("kg", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("kg")

#: Of the corpus: people and posts, targets, an industry scheme with members, projects with stages.
CHOSEN = (
    "lukou-2022-report.md",
    "zhuzhou-2021-party-congress.md",
    "zhuzhou-2022-project-list.md",
    "zhuzhou-industry-scheme.txt",
)
#: Markup in a text is text. The script would change the title of a page that runs it.
HOSTILE = """株洲市2022年工作要点
株洲市人民政府办公室　2022年1月5日
<script>document.title='stolen'</script><img src="https://example.org/x.png" onerror="document.title='stolen'">
市科技局局长李红说，</script><b>2022年</b>全市高新技术企业突破1000家，{{ 7*7 }}。
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of four corpus documents, one full of markup, and one that cannot be read."""
    folder = tmp_path_factory.mktemp("built")
    sources = folder / "documents"
    sources.mkdir()
    for name in CHOSEN:
        shutil.copy(resources.path("corpus", "documents", name), sources)
    (sources / "hostile.txt").write_text(HOSTILE, "utf-8")
    (sources / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing after it")
    build([sources], folder / "graph", workers=1)
    return folder / "graph"
