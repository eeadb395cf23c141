from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import EntityNotFound
from kg.explore import network
from kg.explore.graph import entity_graph
from kg.explore.look import LOOKS


def own(page: str) -> str:
    """Return the page without the bundled library."""
    return page[: page.index("/**\n * vis-network")] + page[page.index("const NODES") :]


def test_the_same_graph_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    files = [tmp_path / "one.html", tmp_path / "two.html"]
    for file in files:
        network.write(built, file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_page_names_no_address_to_load_from(built: Path) -> None:
    page = own(network.page(built))
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)=", page)
    assert "default-src 'none'" in page


def test_the_path_of_the_graph_is_not_in_the_page(built: Path) -> None:
    assert str(built.parent) not in network.page(built)


def test_markup_of_a_document_stays_text(built: Path) -> None:
    page = own(network.page(built, around="李红"))
    assert "市科技局局长李红" in page
    assert "<script>document.title" not in page
    assert "<img" not in page
    assert page.count("</script>") == 1  # ours


def test_what_is_left_out_is_said(built: Path) -> None:
    number = len(entity_graph(built))
    page = network.page(built, limit=10)
    assert f"10 of {number:,} shown, the most connected" in page
    assert f"{number} of {number} shown<" in network.page(built, limit=number)


def test_the_most_connected_of_each_type_come_first(built: Path) -> None:
    """Every type that has ties is drawn, whatever there is most of, and of each type the most connected."""
    found = entity_graph(built)
    tied = {iri for iri in found if found.nodes[iri]["degree"]}
    chosen = network._balanced(found, dict.fromkeys(found, 0), 30)
    assert len(chosen) == 30
    assert {found.nodes[iri]["type"] for iri in chosen} == {found.nodes[iri]["type"] for iri in tied}
    assert set(chosen) <= tied
    for kind in ("official", "agency", "project"):
        degrees = [found.nodes[iri]["degree"] for iri in found if found.nodes[iri]["type"] == kind]
        drawn = [found.nodes[iri]["degree"] for iri in chosen if found.nodes[iri]["type"] == kind]
        assert max(drawn) == max(degrees)
    indicators = sum(found.nodes[iri]["type"] == "indicator" for iri in chosen)
    assert indicators <= len(chosen) / 4


def test_the_choice_is_the_same_in_any_order_and_of_the_size_asked_for(built: Path) -> None:
    found = entity_graph(built)
    chosen = network._balanced(found, dict.fromkeys(found, 0), 25)
    assert chosen == network._balanced(found, dict.fromkeys(reversed(list(found)), 0), 25)
    assert sorted(network._balanced(found, dict.fromkeys(found, 0), len(found) + 5)) == sorted(found)


def test_around_a_name(built: Path) -> None:
    near, further = network.page(built, around="李红"), network.page(built, around="李红", depth=2)
    assert "李红</bdi> 的关系网络" in near
    shown = [int(re.search(r"(\d+) of \d+ shown", page)[1]) for page in (near, further)]  # type: ignore[index]
    assert 2 <= shown[0] < shown[1]


def test_around_an_alias(built: Path) -> None:
    assert "株洲市科学技术局" in network.page(built, around="市科技局")


def test_around_nobody_tells_the_nearest_names(built: Path) -> None:
    with pytest.raises(EntityNotFound, match="李红"):
        network.page(built, around="李虹红")


@pytest.mark.parametrize(
    ("name", "wanted"), [("李红", {"李红", "lihong", "lh"}), ("“3+3+2”", {"“3+3+2”"}), ("GDP", {"gdp", "g"})]
)
def test_names_are_found_by_pinyin_and_initials(name: str, wanted: set[str]) -> None:
    assert wanted <= set(network.keys([name]))


def test_clamped_text_says_so() -> None:
    assert network.clamp("株洲市人民政府", 7) == "株洲市人民政府"
    assert network.clamp("株洲市人民政府", 4) == "株洲市…"


def test_looks_differ_in_more_than_colour() -> None:
    assert len({look.sign for look in LOOKS.values()}) == len(LOOKS)
    assert len({look.color for look in LOOKS.values()}) == len(LOOKS)


def test_the_policy_names_what_may_run(built: Path) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', network.page(built))
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert policy[1].count("'sha256-") == 3
