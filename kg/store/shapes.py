"""Validation: a graph folder goes in, findings come out.

The shapes of ``ontology/shapes`` are the only source of truth. They are checked over the union of
all graphs, because class, label and evidence of a node stand in different ones. pySHACL, the
reference implementation, checks small graphs; shifty (Rust) checks large ones with the same
shapes, and a test compares the two.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import rdflib
import shifty
from rdflib.namespace import RDF, SH

from kg import ids, ontology
from kg.errors import GraphError
from kg.records import Record
from kg.store import terms, union
from kg.store.folder import GraphFolder

#: Above this number of quads shifty takes over: pySHACL needs about a second for 1,500.
LARGE = 30_000

#: The shape that sees one document at a time (see ``union``).
MENTION_SHAPE = ids.BASE + "shapes#Mention"

_SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


@dataclass(frozen=True, slots=True, order=True)
class Finding(Record):
    """One node that breaks one constraint."""

    severity: str  #: violation, warning or info
    message: str  #: which rule it breaks
    focus: str  #: IRI of the node
    path: str = ""  #: property path, in prefixed names
    value: str = ""
    quote: str = ""  #: text of the source that the node was read from, when it has any


@dataclass(frozen=True, slots=True)
class Report:
    """All findings over one graph, sorted."""

    findings: tuple[Finding, ...]
    engine: str  #: pyshacl or shifty

    @property
    def conforms(self) -> bool:
        """Tell whether nothing worse than a warning was found."""
        return not any(finding.severity == "violation" for finding in self.findings)

    def text(self, limit: int = 20) -> str:
        """Return a report for people: each rule with its number, and some nodes that break it."""
        counts = Counter((finding.severity, finding.message) for finding in self.findings)
        verdict = "conforms to the shapes" if self.conforms else "does NOT conform to the shapes"
        lines = [f"The graph {verdict}: {_number(self.findings)}."]
        for (severity, message), count in sorted(
            counts.items(), key=lambda item: (item[0][0] != "violation", -item[1], item)
        ):
            lines.append(f"\n{severity} × {count}: {message}")
            same = [f for f in self.findings if (f.severity, f.message) == (severity, message)]
            lines.extend(f"  {_line(finding)}" for finding in same[:limit])
            if count > limit:
                lines.append(f"  … and {count - limit} more")
        return "\n".join(lines) + "\n"


def validate(graph: GraphFolder, *, engine: str = "") -> Report:
    """Check a graph against the shapes; ``engine`` is ``pyshacl``, ``shifty`` or chosen by size."""
    return validate_quads(graph.quads, engine=engine or ("shifty" if graph.count > LARGE else "pyshacl"))


def validate_quads(file: Path, *, engine: str = "pyshacl", part_lines: int = union.PART_LINES) -> Report:
    """Check a sorted N-Quads file against the shapes."""
    with tempfile.TemporaryDirectory(prefix="kg-shapes-") as folder:
        results = _shifty(file, Path(folder), part_lines) if engine == "shifty" else _pyshacl(file)
        found = sorted({finding for graph in results for finding in _findings(graph)})
    quotes = _quotes(file, {finding.focus for finding in found})
    complete = (Finding(f.severity, f.message, f.focus, f.path, f.value, quotes.get(f.focus, "")) for f in found)
    return Report(tuple(complete), engine)


def _shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in ontology.shape_files():
        graph.parse(file, format="turtle")
    return graph


def _pyshacl(file: Path) -> Iterator[rdflib.Graph]:
    data = rdflib.Graph()
    data.parse(data=b"".join(union.triples(file)), format="nt")
    _conforms, results, text = pyshacl.validate(data, shacl_graph=_shapes(), advanced=False, allow_warnings=True)
    if not isinstance(results, rdflib.Graph):
        raise GraphError(f"the shapes cannot be applied: {text}")
    yield results


def _shifty(file: Path, folder: Path, part_lines: int) -> Iterator[rdflib.Graph]:
    """Yield a report for all shapes but that of mentions, and one for the mentions of each part."""
    names = sorted(
        str(shape) for shape in _shapes().subjects(RDF.type, SH.NodeShape) if isinstance(shape, rdflib.URIRef)
    )
    names.remove(MENTION_SHAPE)
    yield _shifty_part(union.without_spans(file), folder, names)
    for part in union.spans(file, part_lines):
        yield _shifty_part(part, folder, [MENTION_SHAPE])


def _shifty_part(lines: Iterable[bytes], folder: Path, names: list[str]) -> rdflib.Graph:
    data = folder / "part.nt"
    with data.open("wb") as stream:
        stream.writelines(lines)
    try:
        _conforms, results, _text = shifty.validate(
            data, [*ontology.shape_files()], graph_mode="data", infer=False, shape_names=names
        )
    except (ValueError, RuntimeError) as error:
        raise GraphError(f"the shapes cannot be applied: {error}") from error
    return results


def _findings(results: rdflib.Graph) -> Iterable[Finding]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        messages = sorted(str(message) for message in results.objects(result, SH.resultMessage))
        value = results.value(result, SH.value)
        yield Finding(
            _SEVERITIES.get(results.value(result, SH.resultSeverity), "violation"),  # type: ignore[call-overload]
            messages[0] if messages else "",
            str(results.value(result, SH.focusNode)),
            _path(results, results.value(result, SH.resultPath)),
            "" if value is None or isinstance(value, rdflib.BNode) else str(value),
        )


def _path(results: rdflib.Graph, node: rdflib.term.Node | None) -> str:
    """Return a property path in prefixed names, steps joined by ``/``."""
    if node is None:
        return ""
    if isinstance(node, rdflib.URIRef):
        return shorten(str(node))
    inverse = results.value(node, SH.inversePath)
    if inverse is not None:
        return "^" + _path(results, inverse)
    return "/".join(_path(results, step) for step in results.items(node))


def shorten(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI where no prefix fits."""
    for prefix, namespace in ids.PREFIXES.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w./-]+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _quotes(file: Path, nodes: set[str]) -> dict[str, str]:
    """Return for each node the first text it was read from, straight from the sorted lines."""
    evidence, anchor = f"<{ids.expand('lg:evidence')}> <".encode(), f"<{ids.expand('nif:anchorOf')}> ".encode()
    spans = {node: node for node in nodes}
    for line, node in _about(file, spans):
        if spans[node] == node and evidence in line:
            spans[node] = line.split(evidence, 1)[1].split(b">", 1)[0].decode()
    needed = {span: span for span in spans.values()}
    lines = {span: line for line, span in _about(file, needed) if anchor in line}
    texts = {span: statement.object.value for span in lines for statement in terms.parse([lines[span]])}
    return {node: texts[span] for node, span in spans.items() if span in texts}


def _about(file: Path, nodes: Mapping[str, str]) -> Iterator[tuple[bytes, str]]:
    """Yield the lines whose subject is one of the nodes."""
    wanted = {f"<{node}>".encode(): node for node in nodes}
    with file.open("rb") as stream:
        for line in stream:
            node = wanted.get(line[: line.find(b" ")])
            if node is not None:
                yield line, node


def _line(finding: Finding) -> str:
    parts = [shorten(finding.focus), finding.path, finding.value and f"is {shorten(finding.value)}"]
    quote = finding.quote if len(finding.quote) <= 60 else finding.quote[:59] + "…"
    return " ".join(part for part in parts if part) + (f" 「{quote}」" if quote else "")


def _number(findings: tuple[Finding, ...]) -> str:
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(f"{counts[severity]} {severity}s" for severity in ("violation", "warning"))
