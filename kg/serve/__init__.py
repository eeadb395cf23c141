"""The service: a SPARQL endpoint, linked data and the explorer, over HTTP on one's own machine.

``app`` is the table of addresses, ``sparql`` the protocol, ``pool`` the two lanes of worker processes, ``zygote`` and
``worker`` those processes, ``confine`` what they may not do. Queries never run in the process that listens.
"""
