"""What `leitmotor ports` prints: devices and ports, which would be used, or why there are none."""

from __future__ import annotations

import json

from leitmotor.commands.ports import for_people, for_programs
from leitmotor.outputs.audio_system import AudioListing, list_devices
from leitmotor.outputs.midi_system import PortInfo, PortListing
from leitmotor.testing.fake_audio import DeviceTime, FakeDevice, FakeSoundDevice

DEVICES = list_devices(
    FakeSoundDevice(
        DeviceTime(),
        [FakeDevice("Speakers", "ALSA", rate=44100), FakeDevice("system", "JACK", channels=8)],
        default=1,
    )
)
PORTS = PortListing((PortInfo("FLUID Synth", "ALSA"),))


def test_devices_and_ports_are_listed_with_the_one_that_would_be_used() -> None:
    assert for_people(DEVICES, PORTS) == (
        "audio device  through  channels  rate\n"
        "Speakers      ALSA     2         44100\n"
        "system        JACK     8         48000  <- used where none is named\n"
        "\n"
        'play on one with any part of its name: --out "audio:Speakers"\n'
        "\n"
        "MIDI port    through\n"
        "FLUID Synth  ALSA\n"
        "\n"
        'play on one with any part of its name: --out "midi:FLUID Synth"'
    )


def test_where_there_is_none_it_says_why() -> None:
    text = for_people(AudioListing((), "there is no audio device"), PortListing((), "no MIDI"))
    assert text == "no sound: there is no audio device\n\nno MIDI"


def test_programs_are_told_the_same() -> None:
    told = json.loads(for_programs(DEVICES, PORTS))
    assert told["audio"][1] == {
        "name": "system",
        "host": "JACK",
        "channels": 8,
        "rate": 48000,
        "default": True,
    }
    assert told["ports"] == [{"name": "FLUID Synth", "backend": "ALSA"}]
    assert (told["audio_reason"], told["reason"]) == ("", "")
