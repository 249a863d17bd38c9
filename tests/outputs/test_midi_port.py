"""Live MIDI over a library without a machine: which port, which bytes, what is left sounding."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.errors import DeviceError, InternalError
from leitmotor.messages import Control, Event, Panic, Program, Setup
from leitmotor.midi_library import matching, python_rtmidi
from leitmotor.outputs.midi_port import MidiPortOutput
from leitmotor.outputs.midi_system import PortInfo, list_ports
from leitmotor.quiet import quiet_libraries
from leitmotor.testing.contract import CELLO, HARP, attack, release
from leitmotor.testing.fake_midi import ALSA, CORE, JACK, WINDOWS, FakeMidi

BAR = attack(0, 1, CELLO, 60, "C4").bar
STUDIO = ["Midi Through 14:0", "Grand Piano 20:0", "Piano Module 24:0", "Orgel Übersee 28:0"]


def opened(selector: str, fake: FakeMidi) -> MidiPortOutput:
    output = MidiPortOutput(selector, backend=fake)
    output.open()
    return output


@pytest.mark.parametrize(
    ("selector", "port"),
    [
        ("midi:grand", "Grand Piano 20:0"),
        ("midi:MODULE", "Piano Module 24:0"),
        ("midi: ÜBERSEE ", "Orgel Übersee 28:0"),
        ("24:0", "Piano Module 24:0"),
    ],
)
def test_a_part_of_the_name_is_enough(selector: str, port: str) -> None:
    fake = FakeMidi({ALSA: STUDIO})
    output = opened(selector, fake)
    assert fake.wires[0].name == port
    output.close()
    assert fake.clients == 0


def test_more_than_one_fit_lists_them() -> None:
    with pytest.raises(DeviceError, match=r"`midi:piano` fits 2 ports: `Grand .*`, `Piano M.*`; "):
        opened("midi:piano", fake := FakeMidi({ALSA: STUDIO}))
    assert fake.clients == 0


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(DeviceError, match="no MIDI port fits `midi:cello`; there are: `Midi Thr"):
        opened("midi:cello", FakeMidi({ALSA: STUDIO}))
    with pytest.raises(DeviceError, match="for there is none: connect or start the instrument"):
        opened("midi:cello", FakeMidi({ALSA: []}))


def test_clock_is_sent_where_it_was_asked_for() -> None:
    fake = FakeMidi({ALSA: STUDIO})
    for wanted in (True, False):
        output = MidiPortOutput("midi:grand", clock=wanted, backend=fake)
        output.open()
        output.pulse(b"\xf2\x10\x00")
    assert [wire.data for wire in fake.wires] == [b"\xf2\x10\x00", b""]


def test_the_whole_name_wins_over_longer_ones() -> None:
    assert matching("synth", ["Synth 2", "Synth"]) == [1]


@given(st.lists(st.text(max_size=8)), st.text(max_size=4))
def test_the_order_of_ports_changes_nothing(names: list[str], selector: str) -> None:
    hits = sorted(names[hit] for hit in matching(selector, names))
    turned = names[::-1]
    assert hits == sorted(turned[hit] for hit in matching(selector, turned))


def test_alsa_is_asked_before_jack_and_jack_where_alsa_is_silent() -> None:
    both = FakeMidi({JACK: ["synth:in"], ALSA: ["Synth 20:0"]})
    opened("midi:synth", both)
    assert both.wires[0].name == "Synth 20:0"
    only = FakeMidi({ALSA: None, JACK: ["synth:in"]})
    opened("midi:synth", only)
    assert only.wires[0].name == "synth:in"
    assert only.clients == 1


def test_a_virtual_port_is_called_leitmotor() -> None:
    fake = FakeMidi({CORE: []})
    assert opened("virtual", fake).name == "virtual MIDI port"
    assert fake.wires[0].name == "leitmotor"


def test_a_port_called_virtual_is_not_our_own() -> None:
    fake = FakeMidi({ALSA: ["Virtual Raw MIDI 3-0"]})
    opened("midi:virtual", fake)
    assert fake.wires[0].name == "Virtual Raw MIDI 3-0"


def test_windows_has_no_virtual_port() -> None:
    with pytest.raises(DeviceError, match=r"loopback driver .* `--out midi:NAME`"):
        opened("virtual", FakeMidi({WINDOWS: []}))


SILENT = (
    r"^no MIDI port can be reached: ALSA has no sequencer \(load it with `modprobe snd-seq`\) and"
    r" no JACK server runs \(start one\); or write a file with `leitmotor render … --out X.wav`$"
)


@pytest.mark.parametrize("selector", ["midi:synth", "virtual"])
def test_no_back_end_is_told_in_one_sentence(selector: str) -> None:
    with pytest.raises(DeviceError, match=SILENT):
        opened(selector, FakeMidi({ALSA: None, JACK: None}))


def test_listing_never_raises() -> None:
    def missing() -> FakeMidi:
        raise DeviceError("no library")

    listing = list_ports(FakeMidi({ALSA: ["A"], JACK: ["b:in"]}))
    assert listing.ports == (PortInfo("A", "ALSA"), PortInfo("b:in", "JACK"))
    assert listing.reason == ""
    assert list_ports(missing).reason == "no library"
    assert list_ports(FakeMidi({ALSA: None})).reason.startswith("no MIDI port can be reached")
    empty = list_ports(FakeMidi({ALSA: None, JACK: []}))
    assert empty.reason == "JACK has no MIDI port yet: connect an instrument or start one"
    assert isinstance(list_ports().ports, tuple)


def test_a_missing_library_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    with pytest.raises(DeviceError, match=r"needs python-rtmidi, .* Python 3\.11 and 3\.12"):
        python_rtmidi()


def test_a_port_that_does_not_open_is_told() -> None:
    fake = FakeMidi()
    fake.broken = True
    with pytest.raises(DeviceError, match=r"ALSA does not open the MIDI port \(leitmotor may not"):
        opened("midi:synth", fake)
    assert fake.clients == 0


def test_events_become_bytes() -> None:
    fake = FakeMidi()
    output = opened("midi:synth", fake)
    output.prepare([Setup(CELLO._replace(bank=129), ((7, 100),))])
    output.send(attack(0, 1, CELLO, 60, "C4"))
    output.send(Control(0, 0.0, BAR, CELLO, 11, 77))
    output.send(release(1, 1, CELLO, 60, "C4", 1))
    output.send(Program(0, 0.0, BAR, HARP))
    assert fake.wires[0].messages == [
        [0xB0, 0, 1],
        [0xB0, 32, 1],
        [0xC0, 42],
        [0xB0, 7, 100],
        [0x90, 60, 80],
        [0xB0, 11, 77],
        [0x80, 60, 64],
        [0xB1, 0, 0],
        [0xB1, 32, 0],
        [0xC1, 46],
    ]


@pytest.mark.parametrize("by_panic", [True, False])
def test_silence_ends_each_note_and_hushes_each_channel(by_panic: bool) -> None:
    fake = FakeMidi()
    output = opened("midi:synth", fake)
    output.send(attack(0, 1, HARP, 62, "D4"))
    output.send(attack(0, 2, CELLO, 60, "C4"))
    assert output.sounding == {(1, 62), (0, 60)}
    if by_panic:
        output.send(Panic(0, 0.0, BAR))
        assert fake.wires[0].is_open
        output.send(release(1, 1, HARP, 62, "D4", 1))  # has ended already
    else:
        output.close()
    assert output.sounding == frozenset()
    assert fake.wires[0].messages[2:] == [
        [0x80, 60, 64],
        [0x81, 62, 64],
        *([0xB0, controller, 0] for controller in (64, 123, 120)),
        *([0xB1, controller, 0] for controller in (64, 123, 120)),
    ]


def test_a_note_struck_again_ends_first_and_its_old_release_is_void() -> None:
    """S28."""
    fake = FakeMidi()
    output = opened("midi:synth", fake)
    for event in (
        attack(0, 1, CELLO, 60, "C4"),
        attack(1, 2, CELLO, 60, "C4"),
        release(2, 1, CELLO, 60, "C4", 2),
        release(3, 2, CELLO, 60, "C4", 2),
    ):
        output.send(event)
    assert [message[0] for message in fake.wires[0].messages] == [0x90, 0x80, 0x90, 0x80]


def test_jack_is_given_time_to_hand_on_the_last_note_offs() -> None:
    """What waits for the next period when the port closes would be lost."""
    fake, still_open = FakeMidi({JACK: ["synth:in"]}), []

    def wait(seconds: float) -> None:
        still_open.append((seconds, fake.wires[0].is_open, fake.wires[0].messages[-1]))

    output = MidiPortOutput("midi:synth", backend=fake, wait=wait)
    output.open()
    output.send(attack(0, 1, CELLO, 60, "C4"))
    output.close()
    assert still_open == [(0.2, True, [0xB0, 120, 0])]
    assert not fake.wires[0].is_open


def test_only_voices_of_its_own_output_are_played() -> None:
    fake = FakeMidi()
    output = MidiPortOutput("midi:synth", out="desk", backend=fake)
    output.open()
    output.prepare([Setup(CELLO, ((7, 100),))])
    desk = CELLO._replace(out="desk")
    for event in (
        attack(0, 1, CELLO, 60, "C4"),
        attack(0, 2, desk, 64, "E4"),
        Control(0, 0.0, BAR, CELLO, 11, 5),
        Program(0, 0.0, BAR, CELLO),
        release(1, 1, CELLO, 60, "C4", 1),
        release(1, 2, desk, 64, "E4", 1),
    ):
        output.send(event)
    assert fake.wires[0].messages == [[0x90, 64, 80], [0x80, 64, 64]]


def test_a_port_that_is_gone_is_told_and_let_go() -> None:
    fake = FakeMidi()
    output = opened("midi:synth", fake)
    output.send(attack(0, 1, CELLO, 60, "C4"))
    fake.broken = True
    with pytest.raises(DeviceError, match="MIDI port synth takes no more messages"):
        output.send(attack(0, 2, CELLO, 64, "E4"))
    assert output.sounding == {(0, 60), (0, 64)}  # the second may have gone out
    with pytest.raises(DeviceError):
        output.close()
    assert fake.clients == 0
    output.close()
    with pytest.raises(DeviceError, match="is not open; open the output before sending"):
        output.send(attack(0, 1, CELLO, 60, "C4"))


def test_what_is_no_midi_message_never_reaches_the_wire() -> None:
    fake = FakeMidi()
    output = opened("midi:synth", fake)
    wrong: list[Event] = [
        attack(0, 1, CELLO, 128, "G9"),
        attack(0, 1, CELLO, 60, "C4")._replace(velocity=0),
        Control(0, 0.0, BAR, CELLO, 11, 128),
        Program(0, 0.0, BAR, CELLO._replace(program=128)),
    ]
    for event in wrong:
        with pytest.raises(InternalError):
            output.send(event)
    assert fake.wires[0].messages == []
    assert output.sounding == frozenset()


def test_what_libraries_print_is_dropped(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_libraries():
        os.write(2, b"ALSA lib seq_hw.c: no such file\n")
    os.write(2, b"ours\n")
    assert capfd.readouterr().err == "ours\n"
