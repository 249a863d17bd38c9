"""Where the music goes when nobody said (language §9), and silence on a dead performer's port."""

from __future__ import annotations

import pytest

from leitmotor.errors import CueError, DeviceError
from leitmotor.midi_library import RtMidi
from leitmotor.run.ports import destinations, without_sound
from leitmotor.run.rescue import silence_port
from leitmotor.testing.fake_midi import ALSA, JACK, WINDOWS, FakeMidi
from leitmotor.testing.oracle import LedgerOracle


def no_library() -> RtMidi:
    raise DeviceError("python-rtmidi is not installed here; write a file with `--out X.mid`")


def test_what_was_asked_for_is_sorted() -> None:
    asked = ["midi:Piano", "a.mid", "virtual", "b.events", "midi:Piano"]
    found = destinations(asked)
    assert found == (None, ("midi:Piano", "virtual"), ("a.mid", "b.events"), True)
    assert destinations(["null"]) == (None, (), (), True)
    both = destinations(["midi:Piano", "audio:Desk", "audio: Desk"])
    assert both == ("Desk", ("midi:Piano",), (), True)
    assert destinations(["audio"]).audio == "default"


def test_without_anything_asked_for_it_is_the_built_in_sound() -> None:
    """§9: through the default device, unless there is none."""
    assert destinations(["a.mid"]) == ("default", (), ("a.mid",), False)


def test_two_audio_devices_are_refused() -> None:
    with pytest.raises(CueError, match="through one audio device, not 2: Desk, default"):
        destinations(["audio:Desk", "audio"])


def test_without_a_device_it_is_a_virtual_port() -> None:
    library = FakeMidi({JACK: ["fluid:midi"]})
    found = without_sound("there is no audio device", library)
    assert found.midi_outs == ("virtual",)
    assert found.sentence == (
        "there is no audio device; till then playing on a virtual MIDI port called `leitmotor`"
        " (JACK): connect an instrument to it, or choose a port with `--out midi:NAME`; there are:"
        " `fluid:midi`"
    )
    assert library.clients == 0


@pytest.mark.parametrize(
    ("backend", "why"),
    [
        (no_library, "python-rtmidi is not installed here; write a file"),
        (FakeMidi({ALSA: None, JACK: None}), "ALSA has no sequencer"),
        (FakeMidi({WINDOWS: ["GS Wavetable"]}), "`--out midi:NAME`; there are: `GS Wavetable`"),
    ],
)
def test_without_midi_either_one_line_says_so(backend: FakeMidi, why: str) -> None:
    found = without_sound("there is no audio device", backend)
    assert found.midi_outs == ()
    assert found.sentence.startswith("nothing will be heard: there is no audio device")
    assert why in found.sentence
    assert "\n" not in found.sentence


def test_a_port_is_silenced_in_its_dead_performer_s_stead() -> None:
    library = FakeMidi({JACK: ["Synth"]})
    waited: list[float] = []
    notes = {(0, 60), (3, 64)}
    told = silence_port("midi:synth", notes, {0, 3}, backend=library, wait=waited.append)
    assert told == "`midi:synth` was silenced"
    oracle = LedgerOracle()
    oracle.feed(bytes([0x90, 60, 1, 0x93, 64, 1, 0xB0, 64, 127]))
    oracle.feed(library.wires[0].data)
    assert oracle.silent
    assert not oracle.unmatched
    assert waited == [0.2]
    assert library.clients == 0


def test_a_port_that_is_gone_is_told() -> None:
    assert "silence the instrument by hand" in silence_port("virtual", set(), set())
    told = silence_port("midi:drum", set(), set(), backend=FakeMidi({JACK: ["Synth"]}))
    assert "could not be silenced" in told
    broken = FakeMidi({ALSA: None})
    assert "could not be silenced" in silence_port("midi:x", {(0, 1)}, {0}, backend=broken)
