"""How many triples there are, without counting: a query that asks for the total goes in, one that names it comes out.

Programs that meet an endpoint ask this first, and the engine walks through the whole graph to answer; the build has
counted already. Anything that is not plainly this question is left as it is.
"""

from __future__ import annotations

import re

_VARIABLE = r"[?$](\w+)"
_TOTAL = re.compile(
    rf"(?P<prologue>(?:\s|#[^\n]*\n|PREFIX\s+[\w.-]*:\s*<[^<>\s]*>|BASE\s*<[^<>\s]*>)*)"
    rf"SELECT\s*\(\s*COUNT\s*\(\s*(?:\*|{_VARIABLE})\s*\)\s*AS\s*{_VARIABLE}\s*\)\s*(?:WHERE\s*)?"
    rf"\{{\s*{_VARIABLE}\s+{_VARIABLE}\s+{_VARIABLE}\s*\.?\s*\}}(?:\s|#[^\n]*(?:\n|$))*",
    re.IGNORECASE,
)


def named(text: str, triples: int) -> str:
    """Return a query for the number of all triples as one that names it; any other query as it is.

    >>> named("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", 12)
    'SELECT ?n { VALUES ?n { 12 } }'
    """
    found = _TOTAL.fullmatch(text)
    if found is None:
        return text
    counted, name, *terms = found.groups()[1:]
    if len(set(terms)) < 3 or name in terms or (counted and counted not in terms):
        return text
    return f"{found['prologue']}SELECT ?{name} {{ VALUES ?{name} {{ {triples} }} }}"
