"""The store: statements become sorted N-Quads, a graph folder and an Oxigraph database."""
