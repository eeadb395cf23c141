"""The relational step of linking: it equals the plain way, whatever the order of documents, in flat memory."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.decisions import Decision
from kg.resolve.namings import Naming
from tests.resolve import plain
from tests.resolve.linking import Linked, link, link_documents
from tests.resolve.test_linking import KEYS

PLACES = ("", "430000", "430200", "430212", "430221", "430500", "110000", "320500")
BODIES = (
    "",
    "agency/430200/株洲市教育局",
    "agency/430200/市教育局",
    "agency/430212/教育局",
    "agency/430000/湖南省教育厅",
)
#: Short pieces, so that cores are often the same, or the end or the beginning of one another.
PIECES = (
    "甲",
    "吉邵",
    "绿心",
    "湘江",
    "中车株洲",
    "中车",
    "株机",
    "电力",
    "大道",
    "二期",
    "高速",
    "公园",
    "集团",
    "株洲市",
    "工程",
)


def minted(label: str, place: str, pieces: list[str]) -> str:
    return f"{label}/{place}/{''.join(pieces)}"


MINTED = st.builds(
    minted,
    st.sampled_from(["project", "park", "enterprise", "agency", "official", "policy"]),
    st.sampled_from(PLACES),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4),
)
KEY = st.one_of(MINTED, st.sampled_from(KEYS), st.sampled_from(["place/430200", "river/xiangjiang"]))


@st.composite
def naming(draw: st.DrawFn) -> Naming:
    key = draw(KEY)
    label, place, name = key.split("/", 2) if key.count("/") > 1 else ("place", "430200", key)
    form = draw(st.sampled_from([name, name + "工程", "“" + name + "”", "长" * 41, ""]))
    body = draw(st.sampled_from(BODIES)) if label == "official" else ""
    return Naming(
        key, label, place, draw(st.sampled_from([name, name + "项目"])), form, draw(st.sampled_from(PLACES)), body
    )


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[Naming], list[Decision]]:
    found = draw(st.lists(naming(), min_size=1, max_size=25))
    key = st.sampled_from(sorted({item.key for item in found}))
    actions = st.sampled_from(["merge", "split", "reject"])
    told = st.builds(Decision, actions, key, key, when=st.sampled_from(["2024-01-01", "2024-01-02"]))
    return found, draw(st.lists(told, max_size=4))


def answers(linked: Linked) -> tuple[object, ...]:
    return linked.entities, linked.pairs, linked.judged, linked.issues


@settings(max_examples=40)
@given(corpora())
def test_the_relational_step_is_linking_in_memory(corpus: tuple[list[Naming], list[Decision]]) -> None:
    found, decisions = corpus
    assert answers(link(found, decisions)) == answers(plain.link(found, decisions))


@settings(max_examples=8)
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(
    corpus: tuple[list[Naming], list[Decision]], chance: random.Random
) -> None:
    found, decisions = corpus
    documents = {f"{number:016d}": [item] for number, item in enumerate(found)}
    shuffled = list(documents.items())
    chance.shuffle(shuffled)
    assert link_documents(dict(shuffled), decisions) == link_documents(documents, decisions)
