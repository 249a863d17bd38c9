"""Hypothesis profiles: `ci` (the default), `nightly`, `dev`; chosen by HYPOTHESIS_PROFILE.

And a folder for baked notes that is not the user's.
"""

from __future__ import annotations

import os
import tempfile

import pytest
from hypothesis import HealthCheck, settings

_CACHE = "LEITMOTOR_CACHE"
_FOLDER: pytest.StashKey[tempfile.TemporaryDirectory[str]] = pytest.StashKey()

# No deadline and no complaint about slow generation: a machine's speed says nothing about a law.
_UNTIMED = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])

# The same examples on every run, so that a red build is red for everybody.
settings.register_profile("ci", parent=_UNTIMED, max_examples=300, derandomize=True)
settings.register_profile("nightly", parent=_UNTIMED, max_examples=10_000)
settings.register_profile("dev", parent=_UNTIMED, max_examples=50)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config: pytest.Config) -> None:
    """Baked notes of the tests are kept for the length of the run, and not among the user's."""
    if _CACHE not in os.environ:
        config.stash[_FOLDER] = folder = tempfile.TemporaryDirectory(prefix="leitmotor-notes-")
        os.environ[_CACHE] = folder.name


def pytest_unconfigure(config: pytest.Config) -> None:
    """They go with it."""
    folder = config.stash.get(_FOLDER, None)
    if folder is not None:
        del os.environ[_CACHE]
        folder.cleanup()
