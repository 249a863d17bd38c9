"""From the text of `--out` to an output."""

from __future__ import annotations

import subprocess
import sys

import pytest

from leitmotor.errors import CueError
from leitmotor.outputs.choose import chosen
from leitmotor.outputs.midi_file import MidiFileOutput
from leitmotor.outputs.midi_port import MidiPortOutput
from leitmotor.outputs.null import NullOutput
from leitmotor.outputs.sound_file import SoundFileOutput
from leitmotor.outputs.sound_settings import SoundSettings
from leitmotor.outputs.trace import TraceOutput


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("null", NullOutput, "null"),
        ("virtual", MidiPortOutput, "virtual MIDI port"),
        ("midi: Grand Piano ", MidiPortOutput, "MIDI port Grand Piano"),
        ("out/night 1.mid", MidiFileOutput, "MIDI file night 1.mid"),
        ("A.MIDI", MidiFileOutput, "MIDI file A.MIDI"),
        ("a.events", TraceOutput, "trace a.events"),
        ("a.trace", TraceOutput, "trace a.trace"),
    ],
)
def test_known_outputs(text: str, kind: type, name: str) -> None:
    output = chosen(text)
    assert isinstance(output, kind)
    assert output.name == name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nul", r"unknown output `nul`: .*`FILE\.events`\. Did you mean `null`\?"),
        ("a.mp3", r"unknown output `a\.mp3`: it takes `audio`, `audio:NAME`, `midi:NAME`, .*\.$"),
        ("midi:", r"`midi:` lacks the port's name: give a part of it"),
        ("", "unknown output ``"),
    ],
)
def test_unknown_outputs_say_what_is_allowed(text: str, message: str) -> None:
    with pytest.raises(CueError, match=message):
        chosen(text)


@pytest.mark.parametrize("text", ["a.wav", "b.FLAC"])
def test_sound_is_written_with_settings_and_refused_while_it_plays(text: str) -> None:
    output = chosen(text, sound=SoundSettings())
    assert isinstance(output, SoundFileOutput)
    assert output.name == f"sound file {text}"
    with pytest.raises(CueError, match=rf"`leitmotor render PATH --out {text}` writes it, and"):
        chosen(text)


def test_no_midi_library_is_loaded_before_one_is_chosen() -> None:
    code = (
        "import sys; from leitmotor.outputs.choose import chosen;"
        "chosen('null'); chosen('a.events');"
        "assert not {'mido', 'rtmidi', 'numpy'} & set(sys.modules); chosen('virtual');"
        "assert not {'mido', 'rtmidi'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
