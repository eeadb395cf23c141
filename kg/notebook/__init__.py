"""A graph as a Python object, for notebooks and scripts: a graph folder goes in, tables, cards and drawings come out.

``Graph`` is what ``kg.open`` returns. In Jupyter, ``%load_ext kg.notebook`` adds the cell magic ``%%sparql``.
"""

from __future__ import annotations

from kg.notebook.answer import Answer
from kg.notebook.entity import Entity
from kg.notebook.frame import Network
from kg.notebook.graph import Graph
from kg.notebook.magic import load_ipython_extension

__all__ = ["Answer", "Entity", "Graph", "Network", "load_ipython_extension"]
