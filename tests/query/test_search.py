"""Search: two characters, pinyin, initials and a wrong character find; namesakes stay apart; the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import GraphError, QueryError
from kg.query import search as module
from kg.query.search import kind, search, within
from kg.records import Entity
from kg.registry import spelling
from kg.store import folder, grams, names, oxigraph

THINGS = (
    ("official", "李红", "430200", ()),
    ("official", "李红", "430600", ()),
    ("official", "李宏伟", "430200", ()),
    ("official", "单红", "430200", ()),
    ("agency", "株洲市科学技术局", "430200", ("市科技局", "株洲市科技局")),
    ("project", "“长株潭”一体化（二期）项目", "430200", ()),
    ("place", "长治市", "140400", ()),
    ("project", "\"; DROP TABLE name; -- <b>", "", ()),
)  # fmt: skip


def entities() -> list[Entity]:
    return [
        Entity(f"{label}/{place}/{name}", label, name, f"https://w3id.org/lgkg/id/{label}/{number}", aliases, place)
        for number, (label, name, place, aliases) in enumerate(THINGS)
    ]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "graph"

    def load(quads: Path, store: Path) -> None:
        oxigraph.load(quads, store)
        mentions = [("https://w3id.org/lgkg/id/official/1", 7)]
        names.write(entities(), mentions, store.parent / names.NAME)

    with folder.build(path) as making:
        making.add(b"<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n")
        making.commit(load, {"documents": 0})
    return path


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("李红", "李红"),
        ("lihong", "李红"),
        ("Lǐ Hóng", "李红"),
        ("lh", "李红"),
        ("李虹", "李红"),  # the same sound
        ("李虹伟", "李宏伟"),  # one wrong character
        ("lihonwei", "李宏伟"),  # one letter missing
        ("shanhong", "单红"),
        ("科技", "株洲市科学技术局"),  # two characters within an alias
        ("株洲市科学技朮局", "株洲市科学技术局"),
        ("长株潭一体化二期", "“长株潭”一体化（二期）项目"),
        ("changzhi", "长治市"),
        ("ＣＺＳ", "长治市"),
    ],
)
def test_what_is_typed_finds(graph: Path, words: str, first: str) -> None:
    assert search(graph, words)[0].name == first


def test_namesakes_are_apart_and_the_more_mentioned_comes_first(graph: Path) -> None:
    found = [hit for hit in search(graph, "李红") if hit.name == "李红"]
    assert [(hit.area, hit.mentions) for hit in found] == [("岳阳市", 7), ("株洲市", 0)]


def test_type_and_place_narrow(graph: Path) -> None:
    assert {hit.type for hit in search(graph, "李红", type="官员")} == {"official"}
    assert [hit.area for hit in search(graph, "李红", place="岳阳市")] == ["岳阳市"]
    assert [hit.area for hit in search(graph, "李红", place="430600")] == ["岳阳市"]
    assert (kind("agency"), within("湖南省"), within("430200")) == ("agency", "43", "4302")


def test_unknown_types_and_places_are_told(graph: Path) -> None:
    with pytest.raises(QueryError, match="no type"):
        search(graph, "李红", type="龙")
    with pytest.raises(QueryError, match="no place"):
        search(graph, "李红", place="亚特兰蒂斯")


@pytest.mark.parametrize("words", ["", "  ", "“”", "\"' OR 1", "*", "NEAR(", "李" * 5000, "\x00", "^$#", "🙂"])
def test_no_words_break_it(graph: Path, words: str) -> None:
    assert isinstance(search(graph, words), list)


def test_names_are_data(graph: Path) -> None:
    assert search(graph, "drop table name")[0].name == THINGS[-1][1]


def test_the_same_entities_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        names.write(entities(), [], tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_names_that_thousands_share_a_character_with(tmp_path: Path) -> None:
    surnames, given = "王李张刘陈杨黄赵吴周", "宏伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅鑫波"
    called = [f"{one}{two}{three}" for one in surnames for two in given for three in given if two != three]
    called += ["郭瑞", "郭瑞安", "王晋芳"]
    with folder.build(tmp_path) as making:
        making.add(b"<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n")

        def load(quads: Path, store: Path) -> None:
            oxigraph.load(quads, store)
            people = (
                Entity(f"official/{n:05}", "official", name, f"https://e.org/{n}", (), "")
                for n, name in enumerate(called)
            )
            names.write(people, [], store.parent / names.NAME)

        making.commit(load, {"documents": 0})
    assert [hit.name for hit in search(tmp_path, "郭瑞")][:2] == ["郭瑞", "郭瑞安"]
    assert "王晋芳" in [hit.name for hit in search(tmp_path, "王瀚芳", limit=50)]
    assert "郭瑞" in [hit.name for hit in search(tmp_path, "瀚瑞", limit=8)]


def test_a_built_graph_has_its_index(built: Path) -> None:
    hit = search(built, "lihong")[0]
    assert (hit.name, hit.type, hit.area) == ("李红", "official", "株洲市")
    assert hit.mentions > 0
    assert module.things(built, [hit.iri])[hit.iri]["area"] == "株洲市"
    said = module.evidence(built, hit.iri)
    assert said is not None
    assert said.end > said.start


def test_english_finds_what_the_registry_knows(built: Path) -> None:
    assert search(built, "high-tech enterprises")[0].type == "indicator"


def test_a_graph_without_index_says_what_to_do(tmp_path: Path) -> None:
    with folder.build(tmp_path) as making:
        making.add(b"<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n")
        making.commit(oxigraph.load, {"documents": 0})
    with pytest.raises(GraphError, match="build the graph again"):
        search(tmp_path, "李红")


def test_pieces() -> None:
    assert grams.of_text("李红") == ["^李", "李红", "红$", "^李红$", "^.红$", "^李.$"]
    assert grams.of_text("lih") == ["^li", "lih", "ih$", "^lih$"]
    assert (grams.within("李红卫"), grams.within("李"), grams.within_initials("lhwe")) == (
        ["李红", "红卫"],
        [],
        ["#lhw", "#hwe"],
    )
    assert grams.of_text("") == grams.of_initials("") == []
    assert spelling.syllables("乐陵") == ("lao", "ling")
    assert spelling.syllables("尉迟恭", person=True) == ("yu", "chi", "gong")
