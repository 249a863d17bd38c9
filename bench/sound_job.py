"""What `bench/sound.py` measures, in a process of its own.

python -m bench.sound_job twice TEXTURE         with no note baked before, then with all of them
python -m bench.sound_job growth SECONDS N...   so many voices, held and moving
python -m bench.sound_job file TEXTURE FILE     into a sound file of 16 bits, notes from the store

TEXTURE is VOICES SECONDS NOTE_SECONDS CONTROLS_EVERY APART. What it finds is one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bench.sound_material import Texture, held, moving, patches
from leitmotor.messages import Voice
from leitmotor.outputs.base import opened
from leitmotor.outputs.mastered import Mastered
from leitmotor.outputs.note_store import NoteStore, usual_folder
from leitmotor.outputs.sound_file import SoundFileOutput, Span
from leitmotor.outputs.sound_numbers import Depth
from leitmotor.outputs.sound_writers import SoundWriter, sound_writer
from leitmotor.sound.bank import Bank
from leitmotor.sound.renderer import Renderer

RATE = 48000
LOUDNESS = -23.0
POLYPHONY = 512
"""More than is asked for: what is measured are voices, not how they give way."""


def rendered(texture: Texture, bank: Bank, writers: Sequence[SoundWriter] = ()) -> float:
    """From events to samples with their last stage, as for a file; process seconds."""
    events = texture.events()
    begun = time.process_time()
    output = SoundFileOutput(
        writers,
        RATE,
        partial(Renderer, patches(), RATE, bank=bank, polyphony=POLYPHONY, hears=_everybody),
        partial(Mastered, RATE, LOUDNESS),
        Span(0.0, texture.seconds),
    )
    with opened(output):
        output.prepare(texture.setups)
        for event in events:
            output.send(event)
    return time.process_time() - begun


def twice(texture: Texture) -> dict[str, object]:
    """Process seconds with baking and without."""
    bank = Bank(RATE)
    first = rendered(texture, bank)
    return {"with baking": first, "baked before": rendered(texture, bank), "pitches": bank.baked}


def growth(seconds: float, voices: Sequence[int]) -> dict[str, object]:
    """How many times faster than it sounds, by the number of voices; the better of two runs."""
    found: dict[str, object] = {}
    for name, make in (("held", held), ("moving", moving)):
        bank = Bank(RATE)
        rendered(make(max(voices), 4.0), bank)
        times = {}
        for count in voices:
            texture = make(count, seconds)
            times[str(count)] = seconds / min(rendered(texture, bank) for _ in range(2))
        found[name] = times
    return found


def filed(texture: Texture, path: Path) -> dict[str, object]:
    """Into a file, with notes from the store."""
    bank = Bank(RATE, NoteStore(usual_folder()))
    rendered(texture, bank, [sound_writer(path, RATE, Depth.BITS_16)])
    return {"baked": bank.baked}


def _everybody(_voice: Voice) -> bool:
    return True


def _texture(words: Sequence[str]) -> Texture:
    voices, *seconds = words
    return Texture(int(voices), *map(float, seconds))


def main() -> None:
    """Do one job."""
    job, *words = sys.argv[1:]
    match job:
        case "twice":
            found = twice(_texture(words))
        case "growth":
            found = growth(float(words[0]), [int(word) for word in words[1:]])
        case "file":
            found = filed(_texture(words[:-1]), Path(words[-1]))
        case _:
            raise SystemExit(__doc__)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
