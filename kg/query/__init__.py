"""Questions to a graph: facts, SPARQL, everything known of one thing, counts."""
