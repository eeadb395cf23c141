"""One contract for all components: each works alone, in anyone's pipeline, over any tokens, in any order."""

from __future__ import annotations

import gc
import pickle
import random
import time
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg import resources
from kg.extract import components, pipeline
from kg.extract.pipeline import extract
from kg.extract.relations import relations
from kg.records import Document

ROOT = Path(__file__).parents[2]
#: What users write into their pipelines; a name that goes or changes breaks them.
GOLDEN = {
    "kg_sentences": ("kg_sentence",),
    "kg_places": ("kg_place",),
    "kg_bodies": ("kg_agency",),
    "kg_people": ("kg_official", "kg_press"),
    "kg_enterprises": ("kg_enterprise",),
    "kg_parks": ("kg_park",),
    "kg_industries": ("kg_industry",),
    "kg_schemes": ("kg_scheme",),
    "kg_projects": ("kg_project",),
    "kg_policies": ("kg_policy",),
    "kg_events": ("kg_event",),
    "kg_measures": ("kg_measure",),
    "kg_posts": ("kg_holdsPost",),
    "kg_members": ("kg_hasMember",),
    "kg_stages": ("kg_projectStage",),
    "kg_relations": tuple(f"kg_{kind}" for kind in relations.FAMILIES),
}
TEXT = (
    "株洲市人民政府召开2022年全市产业发展大会。株洲市科技局局长李红说，2022年全市新增规模以上工业企业55家。"
    "株洲高新区建成湘江智造产业园，中车株洲电力机车有限公司北斗项目开工建设。\n"
    "打造轨道交通、航空动力、先进硬质材料三大动力产业，实施“十四五”规划。\n\n"
)
Spans = dict[str, list[tuple[int, int, str, str]]]


def spans(doc: Doc) -> Spans:
    """Return the span groups of a document by name, in characters."""
    return {
        name: [(span.start_char, span.end_char, span.label_, span.kb_id_) for span in group]
        for name, group in doc.spans.items()
    }


def alone(name: str) -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe(name)
    return nlp


def characters(nlp: Language, text: str) -> Doc:
    return Doc(nlp.vocab, words=list(text), spaces=[False] * len(text))


def words(nlp: Language, text: str, seed: int = 7) -> Doc:
    """Return a Doc whose tokens are one to five characters long."""
    lengths, found, start = random.Random(seed), [], 0
    while start < len(text):
        end = start + lengths.randint(1, 5)
        found.append(text[start:end])
        start = end
    return Doc(nlp.vocab, words=found, spaces=[False] * len(found))


@pytest.fixture(scope="module")
def expected() -> Spans:
    """What each component writes alone, over characters."""
    found: Spans = {}
    for name in GOLDEN:
        nlp = alone(name)
        found |= spans(nlp(characters(nlp, TEXT)))
    return found


def test_the_entry_points_are_the_components() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    points = project["entry-points"]["spacy_factories"]
    assert set(points) == set(GOLDEN) == set(components.NAMES)
    for name, value in points.items():
        factory = EntryPoint(name, value, "spacy_factories").load()
        assert factory(spacy.blank("zh"), "anything") == components.function(name)
        assert components.groups(name) == GOLDEN[name]


def test_the_text_has_something_for_everyone(expected: Spans) -> None:
    rare = set(GOLDEN["kg_relations"])
    assert [group for group, found in expected.items() if not found and group not in rare] == ["kg_press"]


@pytest.mark.parametrize("name", GOLDEN)
def test_each_works_alone_and_writes_only_its_own(name: str) -> None:
    nlp = alone(name)
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert tuple(doc.spans) == GOLDEN[name]
    assert not doc.user_data
    assert not doc.ents
    for group in doc.spans.values():
        for span in group:
            assert 0 <= span.start_char < span.end_char <= len(TEXT)


@pytest.mark.parametrize("name", GOLDEN)
def test_words_hold_what_characters_hold(name: str, expected: Spans) -> None:
    nlp = alone(name)
    doc = nlp(words(nlp, TEXT))
    assert len(doc) < len(TEXT) / 2
    for group in GOLDEN[name]:
        grown = spans(doc)[group]
        assert [(label, key) for _, _, label, key in grown] == [(label, key) for _, _, label, key in expected[group]]
        for (start, end, _, _), (low, high, _, _) in zip(grown, expected[group], strict=True):
            assert start <= low < high <= end
            assert low - start < 5 and end - high < 5


def test_exact_offsets_stay_in_the_reading(expected: Spans) -> None:
    nlp = alone("kg_places")
    doc = nlp(words(nlp, TEXT))
    found = components.reading(doc).found("place")
    assert [(item.start, item.end) for item in found] == [(start, end) for start, end, _, _ in expected["kg_place"]]


@pytest.mark.parametrize("seed", range(4))
def test_order_does_not_matter(seed: int, expected: Spans) -> None:
    names = list(GOLDEN)
    random.Random(seed).shuffle(names)
    nlp = spacy.blank("zh")
    for name in names:
        nlp.add_pipe(name)
    assert spans(nlp(characters(nlp, TEXT))) == expected


def test_the_name_in_a_pipeline_is_free(expected: Spans) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("kg_places", name="kg_bodies")
    nlp.add_pipe("kg_bodies", name="mine")
    assert set(nlp(TEXT).spans) == {"kg_place", "kg_agency"}


def test_other_components_keep_what_is_theirs() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "李红"}])
    for name in GOLDEN:
        nlp.add_pipe(name)
    doc = characters(nlp, TEXT)
    doc.spans["theirs"] = [doc[0:2]]
    doc.user_data["theirs"] = 1
    doc = nlp(doc)
    assert [span.text for span in doc.spans["theirs"]] == ["株洲"]
    assert doc.user_data["theirs"] == 1


def test_spacy_finds_no_fault_with_the_pipeline() -> None:
    analysis = pipeline.pipeline().analyze_pipes()
    assert list(analysis["summary"]) == list(components.NAMES)
    assert not any(analysis["problems"].values())
    assert all(summary["assigns"] == ["doc.spans"] for summary in analysis["summary"].values())


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n", "a", "😀", "株洲市", "，" * 50, "<p></p>", "# \n"])
def test_odd_texts(text: str) -> None:
    assert pipeline.pipeline()(text).text == text
    extract(Document("0" * 16, "odd.txt", text))


# --- what leaves the process ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def read() -> Doc:
    document = Document("0" * 16, "报告.txt", TEXT, date="2022-01-05", bylines=("李红",))
    nlp = pipeline.pipeline()
    doc = pipeline.make_doc(document)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def test_a_doc_can_be_written_and_read(read: Doc, expected: Spans) -> None:
    for copy in (Doc(spacy.blank("zh").vocab).from_bytes(read.to_bytes()), pickle.loads(pickle.dumps(read))):
        assert spans(copy) == spans(read)
        assert components.reading(copy).document == components.reading(read).document
        assert spans(components.function("kg_measures")(copy)) == spans(read)


def test_a_doc_cut_or_joined_is_a_text_of_its_own(read: Doc) -> None:
    with pytest.warns(UserWarning, match="kg_document"):  # spaCy tells that it leaves the metadata out
        joined = Doc.from_docs([read, read], ensure_whitespace=False)
    assert joined is not None
    assert components.reading(joined).document.text == TEXT + TEXT
    assert components.reading(joined).document.id == ""
    assert components.reading(read[0:30].as_doc(copy_user_data=True)).document.text == TEXT[:30]


def test_a_pipeline_can_be_pickled_and_written(read: Doc) -> None:
    nlp = pickle.loads(pickle.dumps(pipeline.pipeline()))
    assert spans(nlp(characters(nlp, TEXT))).keys() == spans(read).keys()
    again = spacy.blank("zh")
    for name in components.NAMES:
        again.add_pipe(name)
    again.from_bytes(nlp.to_bytes())
    assert spans(again(characters(again, TEXT))) == spans(nlp(characters(nlp, TEXT)))


def test_several_processes_find_the_same() -> None:
    nlp = alone("kg_measures")
    several = list(nlp.pipe([TEXT] * 4, n_process=2, batch_size=2))
    assert [spans(doc) for doc in several] == [spans(nlp(TEXT))] * 4


def test_a_document_must_be_the_text() -> None:
    with pytest.raises(ValueError, match="characters"):
        components.attach(alone("kg_places").make_doc("株洲市"), Document("0" * 16, "other.txt", "株洲"))


def test_readings_go_with_their_docs() -> None:
    nlp = alone("kg_places")
    gc.collect()
    before = len(components._READINGS)
    doc = nlp(TEXT)
    assert len(components._READINGS) == before + 1
    del doc
    gc.collect()
    assert len(components._READINGS) == before


# --- texts that nobody writes ---------------------------------------------------------------------


def test_the_pipeline_finds_what_extraction_finds() -> None:
    for file in sorted(resources.path("corpus", "documents").iterdir())[:4]:
        document = Document("0" * 16, file.name, file.read_bytes().decode("utf-8", "replace"))
        doc = pipeline.make_doc(document)
        for _, component in pipeline.pipeline().pipeline:
            doc = component(doc)
        assert pipeline.extraction(components.reading(doc)) == extract(document)


#: Repeated, each of these made some expression go back and forth; now each costs what its length costs.
REPEATED = (
    *("a", "1", "一", "二十", "第", "1+", "1a", "a1", "1,", "1.", "-", "市", "区", "株洲", "的", "、张", "和", "万"),
    *("（", "“", "”", "《", "[", "<", "&", "*", "|", "，", "、", " ", "\n", "。", "\r\n", "# ", "- ", "[a]("),
    *("战略性新兴", "项目", "建设", "增长", "会议", "计划", "产业", "2021年", "亿元", "局", "省委", "李红：", "一是"),
)


@pytest.mark.parametrize("piece", REPEATED)
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    extract(Document("0" * 16, "warm.txt", TEXT))
    started = time.process_time()
    extract(Document("0" * 16, "long.txt", (piece * 20_000)[:20_000]))
    assert time.process_time() - started < 3  # 0.2 s on the machine this was written on
