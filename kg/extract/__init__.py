"""Extraction: what a text says, as mentions, measures and relations, each at its exact offsets."""
