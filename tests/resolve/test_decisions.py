"""People's judgements: read from a file, applied to linking, recorded in the graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import ids
from kg.errors import SettingsError
from kg.resolve import decisions
from kg.resolve.decisions import Decision
from tests.resolve.linking import link
from tests.resolve.test_linking import linked, naming

BRIDGE, OTHER = "project/430200/甲桥", "project/430200/清水塘大桥"
SHORT, LONG = "project/430200/绿心中央公园", "project/430200/长株潭绿心中央公园"
TERMINAL, MAKER = "park/430500/智能终端产业园", "park/430500/韦全集团智能终端产业园"


def decide(action: str, left: str, right: str, when: str = "2024-05-01") -> Decision:
    return Decision(action, left, right, "张三", when, "实地核对")


def test_a_merge_joins_two_things() -> None:
    result = linked(BRIDGE, OTHER, decisions=(decide("merge", BRIDGE, OTHER),))
    assert len(result.distinct) == 1
    assert result.distinct[0].keys == (OTHER, BRIDGE) if OTHER < BRIDGE else (BRIDGE, OTHER)
    assert len(result.judged) == 1


def test_a_split_takes_apart_what_rules_joined() -> None:
    assert len(linked(SHORT, LONG).distinct) == 1
    result = linked(SHORT, LONG, decisions=(decide("split", SHORT, LONG),))
    assert len(result.distinct) == 2
    assert len({entity.iri for entity in result.distinct}) == 2
    assert not result.pairs


def test_a_rejected_pair_is_not_asked_again() -> None:
    assert len(linked(TERMINAL, MAKER).pairs) == 1
    result = linked(TERMINAL, MAKER, decisions=(decide("reject", TERMINAL, MAKER),))
    assert len(result.distinct) == 2
    assert not result.pairs


def test_the_later_judgement_counts_whatever_the_order() -> None:
    early, late = decide("merge", BRIDGE, OTHER, "2024-01-01"), decide("reject", OTHER, BRIDGE, "2024-02-01")
    assert len(linked(BRIDGE, OTHER, decisions=(late, early)).distinct) == 2
    assert len(linked(BRIDGE, OTHER, decisions=(early, late)).distinct) == 2


def test_an_unknown_key_is_an_issue() -> None:
    result = linked(BRIDGE, decisions=(decide("merge", BRIDGE, "project/430200/不存在"),))
    assert [issue.kind for issue in result.issues] == ["unknown-key"]
    assert not result.judged


def test_a_contradiction_is_an_issue_and_the_two_stay_two() -> None:
    middle = "project/430200/乙桥"
    told = (decide("merge", BRIDGE, middle), decide("merge", middle, OTHER), decide("split", BRIDGE, OTHER))
    result = link([naming(key) for key in (BRIDGE, middle, OTHER)], told)
    assert result.entities[BRIDGE] != result.entities[OTHER]
    assert "contradiction" in [issue.kind for issue in result.issues]


def test_lines_that_are_no_decisions_are_issues(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    good = json.dumps(decide("merge", BRIDGE, OTHER).to_dict(), ensure_ascii=False)
    lines = [
        "# comment",
        "",
        good,
        "no json",
        '{"action": "?", "left": "a", "right": "b"}',
        '{"action": "merge"}',
        "[]",
    ]
    file.write_text("\n".join(lines), "utf-8")
    found, issues = decisions.read(file)
    assert found == [decide("merge", BRIDGE, OTHER)]
    assert len(issues) == 4
    assert all("decisions.jsonl, line " in issue.message for issue in issues)


def test_a_missing_file_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.jsonl: the decisions cannot be read"):
        decisions.read(tmp_path / "gone.jsonl")


def test_the_graph_tells_that_a_person_decided() -> None:
    result = linked(BRIDGE, OTHER, decisions=(decide("merge", BRIDGE, OTHER),))
    made = result.statements
    entity = result.distinct[0].iri
    influenced = [s for s in made if s.predicate == ids.expand("prov:wasInfluencedBy")]
    assert {s.subject for s in influenced} == {entity}
    judgement = influenced[0].object.value
    said = {s.predicate: s.object.value for s in made if s.subject == judgement}
    assert said[ids.expand("lg:judgement")] == "merge"
    assert said[ids.expand("lg:judgedBy")] == "张三"
    assert all(s.graph == ids.DERIVED for s in made)
    assert [s.object.value for s in made if s.predicate == ids.expand("dcterms:isReplacedBy")] == [entity]


def test_a_body_replaced_by_a_reform_points_to_its_successor() -> None:
    result = linked(
        "agency/430200/株洲市国土资源局", "agency/430200/株洲市自然资源局", "agency/430100/长沙市国土资源局"
    )
    made = [(s.subject, s.object.value) for s in result.statements]
    old, new = (result.entities[f"agency/430200/株洲市{name}"].iri for name in ("国土资源局", "自然资源局"))
    assert made == [(old, new)]


FACT = "target/14f1a0de2365ee7c/1012-1023-bb7f57"


def test_facts_called_wrong_are_parted_by_document_the_latest_of_each() -> None:
    told = [decide("wrong", FACT, "", when) for when in ("2024-05-01", "2024-06-01")]
    merge = decide("merge", BRIDGE, OTHER)
    assert decisions.parted([told[1], merge, told[0]]) == ([merge], {"14f1a0de2365ee7c": [told[1]]})
    assert "no document says" in decisions.lost(told)[0].message


def test_only_a_fact_can_be_called_wrong(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    lines = [
        {"left": BRIDGE},
        {"left": FACT, "right": BRIDGE},
        {"left": FACT, "by": "body"},
        {"left": FACT, "who": "a"},
    ]
    file.write_text("\n".join(json.dumps({"action": "wrong", **line}) for line in lines), "utf-8")
    found, issues = decisions.read(file)
    assert [(one.left, one.document) for one in found] == [(FACT, "14f1a0de2365ee7c")]
    assert len(issues) == 3
