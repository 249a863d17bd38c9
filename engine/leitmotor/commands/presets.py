"""`leitmotor presets`: what a SoundFont holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from leitmotor.outputs.soundfont_file import Preset
from leitmotor.outputs.soundfont_file import presets as presets_of


def presets(file: Path, as_json: bool) -> None:
    """Print the presets of a SoundFont. `DeviceError` where it is none."""
    found = presets_of(file)
    print(_for_programs(found) if as_json else _for_people(found))


def _for_programs(found: Sequence[Preset]) -> str:
    listed = [{"bank": each.bank, "preset": each.number, "name": each.name} for each in found]
    return json.dumps({"presets": listed}, ensure_ascii=False, indent=2)


def _for_people(found: Sequence[Preset]) -> str:
    addresses = [f"{each.bank}/{each.number}" for each in found]
    width = max(map(len, ["preset", *addresses]))
    rows = [f"{'preset':<{width}}  name"]
    rows += [
        f"{address:<{width}}  {each.name}".rstrip()
        for address, each in zip(addresses, found, strict=True)
    ]
    return "\n".join(rows)
