"""Named questions: what analysts ask of a graph, each built once and answered the same way everywhere.

``registry`` lists them and asks them, ``question`` says what one is, ``parameters`` turns names into IRIs; every other
module is one family of questions. A new one is a module with a ``QUESTION`` and its line in ``registry``.
"""
