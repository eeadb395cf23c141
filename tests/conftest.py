"""Settings of all tests: hypothesis draws the same examples every time and has no deadline on a slow machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("kg", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("kg")
