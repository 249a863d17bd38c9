"""Hypothesis profiles: `ci` (the default), `nightly`, `dev`; chosen by HYPOTHESIS_PROFILE."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadline and no complaint about slow generation: a machine's speed says nothing about a law.
_UNTIMED = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])

# The same examples on every run, so that a red build is red for everybody.
settings.register_profile("ci", parent=_UNTIMED, max_examples=300, derandomize=True)
settings.register_profile("nightly", parent=_UNTIMED, max_examples=10_000)
settings.register_profile("dev", parent=_UNTIMED, max_examples=50)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
