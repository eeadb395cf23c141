"""Every error that leaves ``kg``.

::

    KgError
    ├── DocumentError    a file cannot be read or decoded
    ├── RegistryError    a table or vocabulary shipped with kg is damaged
    ├── GraphError       a folder is no graph, or a graph is damaged
    ├── QueryError       a SPARQL query is invalid or refused
    ├── ValidationError  the graph breaks the shapes of the ontology
    ├── EntityNotFound   no entity has the name that was asked for
    └── SettingsError    an option or setting has an unusable value

Each message says which file or query, what is wrong and what to do; the
command line prints it in one line.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors raised on purpose by this package."""


class DocumentError(KgError):
    """A source file cannot be read."""


class RegistryError(KgError):
    """A registry table or vocabulary that ships with the package is damaged."""


class GraphError(KgError):
    """A path is not a graph folder, or the graph in it is damaged."""


class QueryError(KgError):
    """A SPARQL query cannot be parsed, or asks for something that is refused."""


class ValidationError(KgError):
    """The graph does not conform to the shapes."""


class EntityNotFound(KgError):
    """No entity answers to a name."""


class SettingsError(KgError):
    """An option or setting has an unusable value."""
