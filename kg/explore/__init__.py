"""Looking at a graph: a networkx graph of its things, a page that draws it, files for other programs."""
