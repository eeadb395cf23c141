"""The tools of the MCP server as an agent's client calls them, in this process and over standard input and output."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest

from kg.serve.pool import Limits

mcp = pytest.importorskip("mcp")


def talk(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Return the tools and what each call answers."""

    async def run() -> list[Any]:
        async with mcp.Client(server) as client:
            tools = (await client.list_tools()).tools
            return [tools, *[await client.call_tool(name, arguments) for name, arguments in calls]]

    # A thread of its own: in this one the browser of other tests may keep an event loop running.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, run).result()


@pytest.fixture(scope="module")
def server(built: Path) -> Any:
    from kg.serve.agent import server

    return lambda: server(built, Limits(seconds=2, rows=50))


def test_search_describe_and_cite(server: Any) -> None:
    tools, searched, described = talk(server(), ("search", {"text": "lihong"}), ("describe", {"name": "李红"}))
    assert [tool.name for tool in tools] == ["search", "describe", "ask", "query", "cite"]
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)
    thing = searched.structured_content["things"][0]
    assert thing["name"] == thing["quote"]["quote"] == "李红"
    facts = described.structured_content["facts"]
    assert facts
    assert all(fact["quote"] for fact in facts)
    where = {name: facts[0][name] for name in ("document", "start", "end")}
    cited = talk(server(), ("cite", where))[1].structured_content
    assert cited["quote"] == facts[0]["quote"]
    assert cited["before"] or cited["after"]


def test_named_questions_carry_quotes(server: Any) -> None:
    _, listed, answered = talk(
        server(),
        ("ask", {}),
        ("ask", {"question": "office-holders", "parameters": {"place": "株洲市", "date": "2022"}}),
    )
    assert "office-holders" in [question["name"] for question in listed.structured_content["questions"]]
    rows = answered.structured_content["rows"]
    assert rows
    assert all(any(row["quotes"]) for row in rows)


def test_queries_carry_the_quotes_of_their_spans(server: Any) -> None:
    query = "SELECT ?name ?m { ?p a lg:Official ; skos:prefLabel ?name ; lg:evidence ?m } LIMIT 3"
    found = talk(server(), ("query", {"sparql": query}))[1].structured_content
    assert found["columns"] == ["name", "m"]
    assert {row["m"] for row in found["rows"]} == found["quotes"].keys()
    assert all(quote["text"] for quote in found["quotes"].values())


@pytest.mark.parametrize(
    ("sparql", "words"),
    [
        ("DELETE WHERE { ?s ?p ?o }", "refused"),
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "refused"),
        ("SELECT * { ?s ?p ?o }", "more than 50 rows"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "time limit of 2 s"),
        ("SELECT", "invalid"),
    ],
)
def test_what_is_refused_says_why(server: Any, sparql: str, words: str) -> None:
    found = talk(server(), ("query", {"sparql": sparql}))[1]
    assert found.is_error
    assert words in found.content[0].text


def test_unknown_names_are_told_with_the_nearest(server: Any) -> None:
    found = talk(server(), ("describe", {"name": "李虹虹"}))[1]
    assert found.is_error
    assert "李红" in found.content[0].text


def test_over_standard_input_and_output(built: Path) -> None:
    command = mcp.StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", str(built)])
    tools, found = talk(command, ("search", {"text": "株洲"}))
    assert len(tools) == 5
    assert found.structured_content["things"][0]["name"] == "株洲市"
