"""Identifiers: names and keys go in, ASCII IRIs come out.

Every IRI is a pure function of what it names, never of what else is in the corpus, so an
unrelated new document changes none. Things without a registry key carry six hexadecimal digits
of a SHA-256 over their key (label, place, normal form): homophones such as 李红 and 李宏 share
their pinyin but not their IRI. Nothing is a blank node, because those would make equal graphs differ.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from kg.errors import RegistryError

#: Base of every IRI that the project mints.
BASE = "https://w3id.org/lgkg/"
ONTOLOGY = BASE + "ont"

#: Named graphs next to the one of each document.
REFERENCE = BASE + "graph/reference"  #: divisions and vocabularies
DERIVED = BASE + "graph/derived"  #: what resolution computed: entities, posts, tenures, plain triples
TERMS = BASE + "graph/ontology"  #: classes and properties

#: Prefixes of all vocabularies in use; also the ``@context`` of the JSON-LD export.
PREFIXES: dict[str, str] = {
    "lg": BASE + "ont#",
    "id": BASE + "id/",
    "def": BASE + "def/",
    "cv": "http://data.europa.eu/m8g/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: Where things of each label live below ``BASE``.
FOLDERS: dict[str, str] = {
    "official": "id/person",
    "press": "id/person",
    "person": "id/person",
    "agency": "id/org",
    "enterprise": "id/org",
    "org": "id/org",
    "park": "id/park",
    "place": "id/place",
    "country": "id/place/country",
    "region": "id/place/region",
    "river": "id/place/river",
    "zone": "id/place/zone",
    "industry": "def/industry",
    "indicator": "def/indicator",
    "scheme": "id/scheme",
    "project": "id/project",
    "policy": "id/policy",
    "event": "id/event",
    "product": "id/product",
    "post": "id/post",
}

_MINTED = re.compile(r"([a-z]+)/(\d*)/(.+)", re.DOTALL)
_SAFE = re.compile(r"[A-Za-z0-9._~/-]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 48


def expand(name: str) -> str:
    """Return the IRI of a prefixed name: ``lg:Tenure`` becomes ``https://w3id.org/lgkg/ont#Tenure``."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def digest(*parts: str, length: int = 6) -> str:
    """Return the first hexadecimal digits of a SHA-256 over the parts; the border of parts counts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


@lru_cache(maxsize=1)
def _pinyin() -> Any:
    """Return ``pypinyin.lazy_pinyin``; loaded on first use, because the import takes 0.2 s."""
    return importlib.import_module("pypinyin").lazy_pinyin


@lru_cache(maxsize=1)
def _words() -> Callable[[str], list[str]]:
    """Return the function that cuts a name into the words by which pypinyin tells readings apart."""
    core = importlib.import_module("pypinyin.core")
    return cast("Callable[[str], list[str]]", core.Pinyin(core.DefaultConverter()).seg)


@lru_cache(maxsize=100_000)
def _syllables(word: str) -> tuple[str, ...]:
    """Return the ASCII syllables of a word; names share their words, and pypinyin takes 20 µs for one."""
    syllables = _pinyin()([word], errors=lambda run: [f"-{run}-"])
    return tuple(_NOT_SLUG.sub("-", unicodedata.normalize("NFKD", syllable).lower()) for syllable in syllables)


@lru_cache(maxsize=200_000)
def slug(name: str, separator: str = "") -> str:
    """Return an ASCII form of a name for people to read: 株洲市 becomes ``zhuzhoushi``.

    ``separator`` stands between syllables (``li-hong``). Not injective: IRIs add a hash.
    """
    parts = [part for word in _words()(unicodedata.normalize("NFKC", name)) for part in _syllables(word)]
    text = re.sub("-+", "-", separator.join(part for part in parts if part)).strip("-")
    return text[:_SLUG_LENGTH].rstrip("-") or "x"


@lru_cache(maxsize=200_000)
def entity(key: str) -> str:
    """Return the IRI of an entity key.

    ``place/430200`` and other registry keys are put below their folder as they are;
    a minted key ``label/adcode/normal form`` gives ``folder/adcode-pinyin-hash``.
    """
    minted = _MINTED.fullmatch(key)
    if minted is not None and minted[1] in FOLDERS:
        label, place, normal = minted.groups()
        name = slug(normal, "-" if label in {"official", "press"} else "")
        return f"{BASE}{FOLDERS[label]}/{place + '-' if place else ''}{name}-{digest(label, place, normal)}"
    folder, _, rest = key.partition("/")
    if folder not in FOLDERS or not rest:
        raise RegistryError(f"{key!r}: not an entity key; registry keys begin with one of {', '.join(sorted(FOLDERS))}")
    if not _SAFE.fullmatch(rest):
        rest = f"{slug(rest)}-{digest(folder, '', rest)}"
    return f"{BASE}{FOLDERS[folder]}/{rest}"


def local(iri: str) -> str:
    """Return the last path step of an IRI."""
    return iri.rsplit("/", 1)[-1]


def concept(scheme: str, code: str) -> str:
    """Return the IRI of a SKOS concept, ``concept("stage", "planned")``."""
    return f"{BASE}def/{scheme}/{code}"


def document(identifier: str) -> str:
    """Return the IRI of a document, which is also that of its named graph."""
    return f"{BASE}id/doc/{identifier}"


def span(identifier: str, start: int, end: int) -> str:
    """Return the IRI of a stretch of a document; ``#char=`` counts as RFC 5147 does."""
    return f"{BASE}id/doc/{identifier}#char={start},{end}"


def selector(identifier: str, start: int, end: int) -> str:
    """Return the IRI of the position selector of a stretch."""
    return f"{BASE}id/doc/{identifier}#selector={start},{end}"


def stated(kind: str, identifier: str, start: int, end: int, *identity: str) -> str:
    """Return the IRI of something that one span states: a target, an outcome, a stage report, a statement.

    ``identity`` tells apart what shares a span (``A、B 两项均增长 8%``).
    """
    return f"{BASE}id/{kind}/{identifier}/{start}-{end}-{digest(*identity)}"


def post(body: str, role: str) -> str:
    """Return the IRI of a post of a body (an IRI): the body's last step and the role."""
    return f"{BASE}id/post/{local(body)}/{slug(role)}-{digest(body, role)}"


def tenure(person: str, post_iri: str, mode: str) -> str:
    """Return the IRI of one person's tenure of one post in one mode."""
    return f"{BASE}id/tenure/{local(person)}-{digest(person, post_iri, mode, length=10)}"


def run(version: str, rules: str) -> str:
    """Return the IRI of an extraction run, fixed by software version and rule set alone."""
    return f"{BASE}id/run/{version}-{digest(version, rules)}"


def fact(key: str) -> str:
    """Return the IRI of a fact by its key: its kind, its document, its place and a hash.

    >>> fact("target/14f1a0de2365ee7c/1012-1023-bb7f57")
    'https://w3id.org/lgkg/id/target/14f1a0de2365ee7c/1012-1023-bb7f57'
    """
    return f"{BASE}id/{key}"


def judgement(*identity: str) -> str:
    """Return the IRI of a person's judgement, fixed by what it says, who said it and when."""
    return f"{BASE}id/judgement/{digest(*identity, length=12)}"


def network(kind: str, projection: str, *identity: str) -> str:
    """Return the IRI of something that network analysis found: a position, a community, a similarity."""
    return f"{BASE}id/{kind}/{projection}-{digest(projection, *identity, length=12)}"
