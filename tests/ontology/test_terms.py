"""Every own term is labelled, defined and used; every concept belongs to its scheme."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from kg import ids, ontology, resources
from kg.records import STAGES, Statement

OWN = ids.PREFIXES["lg"]
PACKAGE = Path(ontology.__file__).parent


def by_subject(graph: str) -> dict[str, list[Statement]]:
    table = defaultdict(list)
    for statement in ontology.statements():
        if statement.graph == graph:
            table[statement.subject].append(statement)
    return table


TERMS = {iri: found for iri, found in by_subject(ids.TERMS).items() if iri.startswith(OWN)}
CONCEPTS = {
    iri: found for iri, found in by_subject(ids.REFERENCE).items()
    if any(s.object.value == ids.expand("skos:Concept") for s in found)
}  # fmt: skip


def languages(found: Iterable[Statement], predicate: str) -> list[str]:
    return sorted(s.object.language for s in found if s.predicate == ids.expand(predicate))


@pytest.mark.parametrize("iri", TERMS, ids=lambda iri: iri.rsplit("#", 1)[1])
def test_a_term_is_labelled_and_defined_in_both_languages(iri: str) -> None:
    found = TERMS[iri]
    assert languages(found, "rdfs:label") == ["en", "zh-hans"]
    assert languages(found, "skos:definition") == ["en", "zh-hans"]
    assert [s.object.value for s in found if s.predicate == ids.expand("rdfs:isDefinedBy")] == [ids.ONTOLOGY]
    status = [s.object.value for s in found if s.predicate == ids.expand("vs:term_status")]
    assert len(status) == 1
    assert status[0] in {"testing", "unstable", "stable", "archaic"}


def used_names() -> tuple[set[str], set[str]]:
    """Return the own terms that code uses, and those that shapes, questions and other terms use."""
    code = {name for file in PACKAGE.rglob("*.py") for name in re.findall(r'"lg:(\w+)"', file.read_text("utf-8"))}
    root = resources.path("ontology")
    files = [*(root / "shapes").glob("*.ttl"), *(root / "competency").glob("*.rq"), *(root / "vocab").glob("*.ttl")]
    elsewhere = {name for file in files for name in re.findall(r"\blg:(\w+)", file.read_text("utf-8"))}
    elsewhere |= {
        s.object.value.removeprefix(OWN)
        for found in TERMS.values() for s in found
        if s.object.is_iri and s.object.value.startswith(OWN)
    }  # fmt: skip
    return code, elsewhere


def test_every_term_is_used() -> None:
    code, elsewhere = used_names()
    assert sorted(iri for iri in TERMS if iri.removeprefix(OWN) not in code | elsewhere) == []


def test_code_uses_terms_that_exist() -> None:
    code, elsewhere = used_names()
    assert sorted(name for name in code | elsewhere if OWN + name not in TERMS) == []


def test_a_term_that_no_code_writes_is_unstable() -> None:
    code, _ = used_names()
    told = {
        iri.removeprefix(OWN)
        for iri, found in TERMS.items()
        if any(s.predicate == ids.expand("vs:term_status") and s.object.value == "unstable" for s in found)
    }
    assert sorted(told & code) == []


@pytest.mark.parametrize("iri", CONCEPTS, ids=lambda iri: iri.removeprefix(ids.BASE + "def/"))
def test_a_concept_is_labelled_and_in_its_scheme(iri: str) -> None:
    found = CONCEPTS[iri]
    assert languages(found, "skos:prefLabel") == ["en", "zh-hans"]
    assert [s.object.value for s in found if s.predicate == ids.expand("skos:inScheme")] == [iri.rsplit("/", 1)[0]]


def test_notations_are_unique_in_a_scheme() -> None:
    schemes = {iri.rsplit("/", 2)[-2] for iri in CONCEPTS}
    assert {"comparator", "modality", "stage", "tenure-mode", "measure-kind", "org-kind", "level"} <= schemes
    for scheme in schemes:
        members = [iri for iri in CONCEPTS if iri.startswith(ids.concept(scheme, ""))]
        assert len(ontology.codes(scheme)) == len(members)


def test_stages_are_those_of_the_records() -> None:
    assert set(ontology.codes("stage")) == set(STAGES)


def test_words_lead_to_concepts() -> None:
    assert ontology.wordings("modality")["力争"] == ids.concept("modality", "strive")
    assert ontology.codes("comparator")[">="] == ids.concept("comparator", "ge")
    assert ontology.factors()["亿"] == Decimal(10**8)
    assert ontology.units()["元"] == "CNY"


def test_every_module_is_imported_by_the_core() -> None:
    imports = {s.object.value for s in ontology.statements() if s.predicate == ids.expand("owl:imports")}
    modules = {f"{ids.ONTOLOGY}/{file.stem}" for file in resources.path("ontology", "modules").glob("*.ttl")}
    assert imports == modules
    declared = {s.subject for s in ontology.statements() if s.object.value == ids.expand("owl:Ontology")}
    assert declared == modules | {ids.ONTOLOGY}


def test_the_version_stands_in_one_place() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", ontology.version())
    texts = [file.read_text("utf-8") for file in ontology.files()]
    assert sum(text.count("owl:versionInfo") for text in texts) == 1
    changes = (resources.path("ontology") / "CHANGELOG.md").read_text("utf-8")
    assert f"## {ontology.version()}" in changes


def test_labels_and_classes_can_be_asked() -> None:
    assert ontology.labels()[OWN + "Tenure"] == "任职"
    assert ontology.labels("en")[OWN + "Tenure"] == "tenure"
    assert OWN + "FunctionalZone" in ontology.classes()[OWN + "IndustrialPark"]


def test_the_context_has_all_prefixes_and_terms() -> None:
    context = json.loads(resources.path("ontology", "context.jsonld").read_text("utf-8"))["@context"]
    assert {name: context.get(name) for name in ids.PREFIXES} == ids.PREFIXES
    missing = [iri for iri in TERMS if iri.removeprefix(OWN) not in context]
    assert missing == []


def test_the_readme_lists_all_prefixes() -> None:
    text = (resources.path("ontology") / "README.md").read_text("utf-8")
    assert [p for p, iri in ids.PREFIXES.items() if f"| `{p}` | `{iri}` |" not in text] == []
