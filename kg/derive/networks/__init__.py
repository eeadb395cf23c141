"""Networks: people and bodies, places and industries, projects and places, as projections of what documents say.

``ties`` gathers the edges of each document, ``metrics`` measures a graph, ``similar`` compares profiles, ``network``
makes statements of the derived graph of it. Everything is sorted and seeded: the same ties give the same bytes.
"""
