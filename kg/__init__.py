"""kg: a knowledge graph of plans, projects and people."""

__version__ = "0.1.0"
