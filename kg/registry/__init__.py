"""The registry of places: what a name means in China, and where.

In: the tables in ``ontology/registry``. Out: ``Place`` records and the answers of ``Places``.
"""

from __future__ import annotations

from kg.registry.places import Places, places
from kg.registry.records import Form, Place

__all__ = ["Form", "Place", "Places", "places"]
