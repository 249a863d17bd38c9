"""The port that is listened to: which one, and what happens when it goes and comes (F 51, 52)."""

from __future__ import annotations

import threading

import pytest

from leitmotor.cues.midi_input import MOST_WAITING, MidiInput
from leitmotor.errors import DeviceError
from leitmotor.midi_library import RtMidi
from leitmotor.music.time import Seconds
from leitmotor.testing.fake_midi import ALSA, JACK, FakeMidi


class Kept:
    """A listener that keeps what it is given, and lets a test wait for it."""

    def __init__(self) -> None:
        self.heard: list[tuple[bytes, Seconds]] = []
        self.passed = threading.Event()
        self.came = threading.Event()

    def hear(self, data: bytes, at: Seconds) -> None:
        self.heard.append((data, at))
        self.came.set()

    def time_passes(self, at: Seconds) -> bool:  # noqa: ARG002
        self.passed.set()
        return False


def listening(fake: FakeMidi, selector: str = "nano") -> tuple[MidiInput, Kept, list[str]]:
    kept, said = Kept(), list[str]()
    return MidiInput(selector, kept, said.append, backend=fake, now=lambda: 7.0), kept, said


def test_the_port_is_found_by_a_part_of_its_name_and_everything_is_asked_for() -> None:
    fake = FakeMidi({ALSA: ["Midi Through 14:0", "nanoKONTROL2 20:0"]})
    port, _, _ = listening(fake)
    assert port.open() == "listening to MIDI port `nanoKONTROL2 20:0`"
    assert fake.listening["nanoKONTROL2 20:0"].ignored == (False, False, True)
    port.close()
    assert (fake.clients, fake.listening) == (0, {})


def test_a_name_that_fits_several_is_an_error_that_lists_them() -> None:
    port, _, _ = listening(FakeMidi({ALSA: ["nano A", "nano B"]}))
    with pytest.raises(DeviceError, match="`nano` fits 2 ports: `nano A`, `nano B`; give more"):
        port.open()


def test_what_comes_is_stamped_and_handed_over_in_another_thread() -> None:
    fake = FakeMidi({ALSA: ["nano 20:0"]})
    port, kept, _ = listening(fake)
    port.open()
    port.start()
    fake.play("nano 20:0", b"\x90\x24\x40")
    assert kept.came.wait(5.0)
    assert kept.heard == [(b"\x90\x24\x40", 7.0)]
    assert kept.passed.wait(5.0)
    port.close()


def test_a_port_that_goes_is_waited_for_and_found_again_by_name() -> None:
    fake = FakeMidi({ALSA: ["nano 20:0", "other 24:0"]})
    port, _, said = listening(fake)
    port.open()
    port.look()
    assert said == []
    fake.ports[ALSA] = ["other 24:0"]
    port.look()
    port.look()
    assert said == ["MIDI input `nano` is not there: waiting for it"]
    fake.ports[ALSA] = ["new 16:0", "other 24:0", "nano 28:0"]
    port.look()
    assert said[1:] == ["listening to MIDI port `nano 28:0`"]
    assert list(fake.listening) == ["nano 28:0"]
    assert fake.clients == 1  # one end for all looks


def test_the_whole_back_end_may_go_and_come() -> None:
    fake = FakeMidi({ALSA: None, JACK: ["nano:out"]})
    port, _, said = listening(fake)
    assert "nano:out" in port.open()
    fake.ports[JACK] = None
    port.look()
    assert "no JACK server runs (start one)): waiting for it" in said[-1]
    fake.ports[JACK] = ["nano:out"]
    port.look()
    assert said[-1] == "listening to MIDI port `nano:out`"
    port.close()
    assert fake.clients == 0


def test_it_may_come_after_the_beginning_also_where_there_is_no_library() -> None:
    def none() -> RtMidi:
        raise DeviceError("live MIDI needs python-rtmidi")

    port = MidiInput("nano", Kept(), lambda _: None, backend=none)
    assert "(live MIDI needs python-rtmidi): waiting for it" in port.open()
    port.close()


def test_a_port_that_cannot_be_opened_says_why() -> None:
    fake = FakeMidi({ALSA: ["nano 20:0"]})
    fake.broken = True
    port, _, _ = listening(fake)
    assert "ALSA does not open it" in port.open()


def test_a_flood_is_bounded() -> None:
    fake = FakeMidi({ALSA: ["nano 20:0"]})
    port, _, _ = listening(fake)
    port.open()
    for _ in range(MOST_WAITING + 10):
        fake.play("nano 20:0", b"\xfe")
    assert port.lost == 10
