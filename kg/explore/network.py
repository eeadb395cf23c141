"""The network page: a graph folder goes in, one HTML file comes out that works without internet.

pyvis makes the page, from our template: its own one fetches style files even when it is told to put
everything in line. Positions are computed here, so the page moves nothing and the same graph gives the
same bytes. Text from documents is data: it reaches the page as JSON and the screen as text, never as markup.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import networkx
import pyvis
from pyvis.network import Network

from kg.explore import single
from kg.explore.graph import entity_graph
from kg.explore.layout import Box, Point, extent, positions
from kg.explore.look import LOOKS
from kg.query.show import find
from kg.store.folder import GraphFolder, open_graph
from kg.store.oxigraph import open_store

TEMPLATES = Path(__file__).parent / "templates"
#: Facts listed for one thing, and characters of a quote and a label; the page says what it leaves out.
FACTS, QUOTE, LABEL = 40, 160, 14
#: So many names can be read when the whole is seen at once, in a drawing of about so many pixels.
LEGIBLE, WINDOW = 30, (950, 720)
#: Size of all other names, and height of a line to that of its letters.
PLAIN, LINE = 13.0, 1.25
#: Border of what is selected, on light and dark paper.
ACCENT = "#3b8fd0"
#: Things that pyvis draws without making people wait.
MOST = 1000
#: Kinds of edges in the order of the panel.
KINDS = ("post", "member", "relation", "target", "outcome", "area", "within", "replaced")

Graph: TypeAlias = "networkx.MultiDiGraph[str]"


def write(
    graph: Path | str,
    file: Path | str,
    *,
    around: str | None = None,
    depth: int = 1,
    limit: int = 300,
    language: str = "zh",
) -> None:
    """Write the network as one HTML file; see ``page``."""
    text = page(graph, around=around, depth=depth, limit=limit, language=language)
    Path(file).write_text(text, "utf-8", newline="\n")


def page(
    graph: Path | str, *, around: str | None = None, depth: int = 1, limit: int = 300, language: str = "zh"
) -> str:
    """Return the network as HTML; see ``choose``.

    More things than pyvis can draw are drawn with WebGL; ``language`` (zh or en) is that of its interface, while the
    page of pyvis says everything in both.
    """
    if limit > MOST:
        return single.page(graph, around=around, depth=depth, limit=limit, language=language)
    return render(choose(graph, around=around, depth=depth, limit=limit))


@dataclass(frozen=True, slots=True)
class Choice:
    """What is drawn of a graph."""

    folder: GraphFolder
    everything: Graph
    iris: tuple[str, ...]  #: of the things that are drawn
    candidates: int  #: so many could have been drawn
    around: str  #: the name asked for, or that of the IRI; empty when none was

    @property
    def graph(self) -> Graph:
        """The things that are drawn, and what is said between them."""
        found: Graph = self.everything.subgraph(self.iris).copy()
        return found


def choose(graph: Path | str, *, around: str | None = None, depth: int = 1, limit: int = 300) -> Choice:
    """Choose the most connected things of a graph, or those around a name.

    ``depth`` is the number of steps away from the things called ``around``; of more than ``limit`` things the
    nearest are drawn, of equally near ones the most connected of each type, and the page says of how many. Raises
    ``EntityNotFound`` with the nearest names when nothing is called so.
    """
    opened = open_graph(graph)
    everything = entity_graph(graph)
    centres = [iri for iri, _, _ in find(open_store(opened), around) if iri in everything] if around else []
    candidates = _near(everything, centres, depth) if around else dict.fromkeys(everything, 0)
    chosen = _balanced(everything, candidates, limit)
    heading = everything.nodes[around]["label"] if around in everything else around or ""
    return Choice(opened, everything, tuple(chosen), len(candidates), heading)


def _near(graph: Graph, centres: Sequence[str], depth: int) -> dict[str, int]:
    """Return the nodes up to ``depth`` steps from the centres, with their distance."""
    return dict(networkx.multi_source_dijkstra_path_length(graph.to_undirected(as_view=True), set(centres), depth))


def _balanced(graph: Graph, distances: Mapping[str, int], limit: int) -> list[str]:
    """Return the nearest nodes, of equally near ones the most connected of each type in turn.

    Else indicators and places, which every document names, would leave no room for people, bodies and projects.
    Things that nothing ties to others come last, but for a few of a type that has hardly any other.
    """
    chosen: dict[str, None] = {}
    for distance in sorted(set(distances.values())):
        near = [iri for iri in distances if distances[iri] == distance]
        for nodes in _tied_first(graph, near, limit // _FEW):
            chosen |= dict.fromkeys(_in_turn(graph, nodes, chosen, limit - len(chosen)))
    return list(chosen)


_FEW = 40  # a type has few ties when there are fewer than one in so many of what is drawn


def _tied_first(graph: Graph, nodes: Sequence[str], few: int) -> tuple[list[str], list[str]]:
    """Part the things that are tied to others from those that stand alone; ``few`` of each type go with the former."""
    tied = [iri for iri in nodes if graph.nodes[iri]["degree"]]
    counts = Counter(graph.nodes[iri]["type"] for iri in tied)
    alone: list[str] = []
    for iri in _first(graph, {iri: 0 for iri in nodes if not graph.nodes[iri]["degree"]}, len(nodes)):
        kind = graph.nodes[iri]["type"]
        counts[kind] += 1
        (tied if counts[kind] <= few else alone).append(iri)
    return tied, alone


#: Indicators get half the turns of others: there are hundreds, and each has an edge to every place it is told of.
_TURNS = {"indicator": 0.5}
_LOOKAHEAD = 60  # so far down its rank a thing may be drawn first because it is tied to what is drawn already


def _in_turn(graph: Graph, nodes: Sequence[str], chosen: Mapping[str, None], count: int) -> list[str]:
    """Return so many nodes: turns go by the root of the number of each type, in a type to the most connected.

    Of a type's next ones those come first that are tied to a node drawn already, so that few stand alone.
    """
    waiting: dict[str, list[str]] = {}
    for iri in _first(graph, dict.fromkeys(nodes, 0), len(nodes)):
        waiting.setdefault(graph.nodes[iri]["type"], []).append(iri)
    turns = {name: _TURNS.get(name, 1.0) * math.sqrt(len(waiting[name])) for name in sorted(waiting)}
    taken = dict.fromkeys(turns, 0)
    tied = {other for iri in chosen for other in networkx.all_neighbors(graph, iri)}
    out: list[str] = []
    while len(out) < min(count, len(nodes)):
        kind = min(
            (name for name in turns if waiting[name]), key=lambda name: ((taken[name] + 0.5) / turns[name], name)
        )
        iri = next((iri for iri in waiting[kind][:_LOOKAHEAD] if iri in tied), waiting[kind][0])
        waiting[kind].remove(iri)
        taken[kind] += 1
        tied |= set(networkx.all_neighbors(graph, iri))
        out.append(iri)
    return out


def _first(graph: Graph, distances: Mapping[str, int], limit: int) -> list[str]:
    """Return the nearest nodes, of equally near ones the most connected, then the most mentioned."""
    rank = {
        iri: (distance, -graph.nodes[iri]["degree"], -graph.nodes[iri]["mentions"], iri)
        for iri, distance in distances.items()
    }
    return sorted(rank, key=lambda iri: rank[iri])[:limit]


def render(choice: Choice) -> str:
    """Return the page that draws a choice."""
    graph, chosen, opened = choice.everything, choice.iris, choice.folder
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line", heading=choice.around)
    network.set_template_dir(str(TEMPLATES), "network.html")
    network.templateEnv.loader.searchpath.append(str(Path(pyvis.__file__).parent / "templates"))
    network.templateEnv.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # half the size, and legible
    network.set_options(json.dumps(_OPTIONS))
    drawn = graph.subgraph(chosen)
    boxes, places = _layout(drawn)
    for iri in chosen:
        network.add_node(iri, **_node(graph.nodes[iri], boxes[iri], places[iri]))
    for source, target, edge in _edges(drawn):
        network.add_edge(source, target, **edge)
    network.templateEnv.globals["page"] = {
        "types": _types(graph, chosen),
        "things": {iri: _thing(graph, iri) for iri in chosen},
        "plain": PLAIN,
        "shown": len(chosen),
        "total": choice.candidates,
        "all": len(graph),
        "documents": opened.manifest.get("documents", 0),
        "digest": opened.digest[:12],
    }
    return _strict(str(network.generate_html())).rstrip() + "\n"


#: Stands in the template where the content policy goes.
_POLICY = "default-src 'none'"


def _strict(html: str) -> str:
    """Let only the scripts and styles of the page itself run: the policy names their hashes."""
    blocks = {tag: re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL) for tag in ("script", "style")}
    allowed = "".join(
        f"; {tag}-src {' '.join(single.allowed(block) for block in found)}" for tag, found in blocks.items()
    )
    return html.replace(f'content="{_POLICY}"', f'content="{_POLICY}{allowed}; img-src data:"', 1)


#: Options of vis-network. Labels below eight pixels are not drawn: small ones appear as one zooms in.
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "hideEdgesOnDrag": False, "multiselect": False},
    "nodes": {
        "borderWidth": 1,
        "borderWidthSelected": 3,
        "scaling": {"label": {"enabled": False, "drawThreshold": 8.5}},
        "font": {"face": "system-ui, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif", "strokeWidth": 3},
    },
    "edges": {
        "width": 1,
        "selectionWidth": 0,
        "smooth": False,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}},
        "font": {"size": 11, "align": "middle", "strokeWidth": 3},
    },
}


def _layout(graph: Graph) -> tuple[dict[str, Box], dict[str, Point]]:
    """Return the room and place of each thing.

    The names of the most connected are made so large that they can be read when the whole is seen at once: it is
    laid out twice, because how large that is depends on how large the whole becomes.
    """
    simple: networkx.Graph[str] = networkx.Graph(graph.to_undirected(as_view=True))
    boxes = {iri: _box(node, PLAIN) for iri, node in graph.nodes(data=True)}
    if not boxes:
        return {}, {}
    width, height = extent(positions(simple, boxes), boxes)
    large = min(max(PLAIN + 2, 1.6 * PLAIN * max(width / WINDOW[0], height / WINDOW[1])), 6 * PLAIN)
    connected = [iri for iri in _first(graph, dict.fromkeys(graph, 0), LEGIBLE) if graph.nodes[iri]["degree"] > 1]
    boxes |= {iri: _box(graph.nodes[iri], large) for iri in connected}
    return boxes, positions(simple, boxes)


def _box(node: Mapping[str, Any], size: float) -> Box:
    """Return the room of a thing whose label has this size; the dot grows with the number of neighbours."""
    radius = round(min(9 + 2.6 * math.sqrt(node["degree"]), 42), 1)
    words = clamp(node["label"], LABEL)
    return Box((node["type"], node["label"]), radius, _width(words) * round(size, 1), round(size, 1) * LINE)


def _width(text: str) -> float:
    """Return the width of a text in ems: Chinese characters take one, others about half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.56 for character in text)


def _node(node: Mapping[str, Any], box: Box, place: Point) -> dict[str, Any]:
    look = LOOKS[node["type"]]
    return {
        "label": clamp(node["label"], LABEL),
        "title": _tooltip(node),
        "shape": look.shape,
        "color": {
            "background": look.color,
            "border": "#80808080",
            "highlight": {"background": look.color, "border": ACCENT},
            "hover": {"background": look.color, "border": ACCENT},
        },
        "size": box.radius,
        "font": {"size": round(box.height / LINE, 1)},
        "x": place[0],
        "y": place[1],
        "kind": node["type"],
    }


def _tooltip(node: Mapping[str, Any]) -> str:
    lines = [f"{node['label']} · {_kind(node)}"]
    if node["quote"]:
        lines += [f"“{clamp(node['quote'], QUOTE)}”", f"—— {node['document']} {node['date']}".rstrip()]
    return "\n".join(lines)


def _kind(node: Mapping[str, Any]) -> str:
    return " · ".join(part for part in (node["kind"], node.get("posts", ""), node.get("stage", "")) if part)


def _edges(graph: Graph) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """Yield one drawn edge for all that is said between two things in one direction."""
    between: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for source, target, edge in graph.edges(data=True):
        between.setdefault((source, target), []).append(edge)
    for (source, target), said in sorted(between.items()):
        said.sort(key=_order)
        words = list(dict.fromkeys(edge["label"] for edge in said))
        lines = [
            f"{edge['label']}\n“{clamp(edge['quote'], QUOTE)}”" if edge["quote"] else edge["label"] for edge in said
        ]
        stated = any(edge["quote"] for edge in said)
        yield source, target, {
            "words": "、".join(words[:3]) + (f" +{len(words) - 3}" if len(words) > 3 else ""),
            "title": "\n".join(dict.fromkeys(lines[:4])) + (f"\n… {len(said) - 4} more" if len(said) > 4 else ""),
            "dashes": False if stated else [4, 4],
            "id": f"{source} {target}",
        }  # fmt: skip


def _order(edge: Mapping[str, Any]) -> tuple[object, ...]:
    return KINDS.index(edge["kind"]), edge["date"], edge["document"], edge["start"], edge["label"]


def _types(graph: Graph, chosen: Iterable[str]) -> list[dict[str, Any]]:
    """Return the types that are drawn with their look and number, for the legend."""
    counts = dict.fromkeys(LOOKS, 0)
    for iri in chosen:
        counts[graph.nodes[iri]["type"]] += 1
    return [
        {"id": name, "name": look.name, "sign": look.sign, "color": look.color, "ink": look.ink, "shape": look.shape,
         "night": look.night, "count": counts[name]}
        for name, look in LOOKS.items() if counts[name]
    ]  # fmt: skip


def _thing(graph: Graph, iri: str) -> dict[str, Any]:
    """Return what the panel and the search need of one thing."""
    node = graph.nodes[iri]
    facts = [(edge, "→", target) for _, target, edge in graph.out_edges(iri, data=True)]
    facts += [(edge, "←", source) for source, _, edge in graph.in_edges(iri, data=True)]
    facts.sort(key=lambda fact: (_order(fact[0]), fact[1], fact[2]))
    return {
        "name": node["label"],
        "kind": _kind(node),
        "aliases": node["aliases"],
        "degree": node["degree"],
        "mentions": node["mentions"],
        "quote": clamp(node["quote"], QUOTE),
        "source": source(node),
        "search": " ".join(keys([node["label"], *node["aliases"].split("、")])),
        "facts": [_fact(graph, *fact) for fact in facts[:FACTS]],
        "total": len(facts),
    }


def _fact(graph: Graph, edge: Mapping[str, Any], way: str, other: str) -> list[str]:
    name = graph.nodes[other]["label"]
    return [edge["label"], way, other, name, clamp(edge["quote"], QUOTE), source(edge)]


def source(item: Mapping[str, Any]) -> str:
    """Return where a quote stands, empty when there is none: ``000_report 2021-12-31 [10:24]``."""
    if not item["quote"]:
        return ""
    return " ".join(part for part in (item["document"], item["date"], f"[{item['start']}:{item['end']}]") if part)


def keys(names: Iterable[str]) -> list[str]:
    """Return what finds one of some names: the names, their pinyin and the initials."""
    return list(dict.fromkeys(key for name in names if name for key in single.keys(name)))


def clamp(text: str, length: int) -> str:
    """Return at most so many characters, the last one an ellipsis where some were left out."""
    return text if len(text) <= length else text[: length - 1] + "…"
