"""Whether this machine has FluidSynth: tests that need it are skipped elsewhere."""

from __future__ import annotations

from leitmotor.errors import DeviceError
from leitmotor.outputs.fluidsynth import load_library


def there_is_fluidsynth() -> bool:
    try:
        load_library()
    except DeviceError:
        return False
    return True
