"""Starting is light: the package and its command load no library that only a later step needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("aiohttp", "numpy", "pydantic", "rtmidi", "sounddevice", "soundfile", "yaml")


@pytest.mark.parametrize("module", ["leitmotor", "leitmotor.cli"])
def test_importing_loads_no_heavy_library(module: str) -> None:
    program = f"import sys, {module}\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], "")
