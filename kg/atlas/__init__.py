"""The network of all things of a graph as the build keeps it: what is tied to what, and where each thing stands.

``scan`` reads things and ties from sorted quads, ``layout`` gives each its place, ``file`` keeps both in one file of
the graph folder, from which a page draws any part at once. The same quads give the same bytes.
"""

from kg.atlas.file import Atlas, mentions, open_atlas, write

__all__ = ["Atlas", "mentions", "open_atlas", "write"]
