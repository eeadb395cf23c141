"""Settings of all tests: hypothesis draws the same examples every time and is not judged by the clock of the machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("kg", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("kg")
