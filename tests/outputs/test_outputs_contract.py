"""Every output against the public contract kit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import mido
import pytest

from leitmotor.messages import Attack
from leitmotor.outputs.base import Output
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.outputs.midi_file import MidiFileOutput
from leitmotor.outputs.midi_port import MidiPortOutput
from leitmotor.outputs.null import NullOutput
from leitmotor.outputs.sound_settings import sound_file
from leitmotor.outputs.trace import TraceOutput
from leitmotor.testing import contract
from leitmotor.testing.fake_midi import FakeMidi
from leitmotor.testing.fake_sound import fake_settings
from leitmotor.testing.oracle import LedgerOracle

Make = Callable[[], Output]
Result = Callable[[Output], object]


def outputs(folder: Path) -> dict[str, tuple[Make, Result]]:
    """How each output is made, and its result read."""
    midi, trace = folder / "x.mid", folder / "x.events"
    wav, flac = folder / "x.wav", folder / "x.flac"
    fakes: list[FakeMidi] = []

    def port() -> Output:
        fakes.append(FakeMidi())
        return MidiPortOutput("midi:synth", backend=fakes[-1])

    return {
        "memory": (MemoryOutput, lambda output: getattr(output, "events", None)),
        "null": (NullOutput, lambda output: getattr(output, "dropped", None)),
        "trace": (lambda: TraceOutput(trace), lambda _: trace.read_bytes()),
        "midi file": (lambda: MidiFileOutput(midi, ["cello"]), lambda _: midi.read_bytes()),
        "wav": (lambda: sound_file(wav, fake_settings()), lambda _: wav.read_bytes()),
        "flac": (lambda: sound_file(flac, fake_settings()), lambda _: flac.read_bytes()),
        "midi port": (port, lambda _: fakes[-1].wires[-1].data),
    }


KINDS = ["memory", "null", "trace", "midi file", "wav", "flac", "midi port"]
FILES = [("trace", "x.events"), ("midi file", "x.mid"), ("wav", "x.wav"), ("flac", "x.flac")]


@pytest.mark.parametrize("kind", KINDS)
def test_contract(kind: str, tmp_path: Path) -> None:
    make, result = outputs(tmp_path)[kind]
    contract.check_output(make)
    contract.check_repeatable(make, result)
    assert make().name


@pytest.mark.parametrize(("kind", "file"), FILES)
def test_files_are_whole_or_absent(kind: str, file: str, tmp_path: Path) -> None:
    make, _ = outputs(tmp_path)[kind]
    contract.check_discards(make, (tmp_path / file).exists)
    assert [path.name for path in tmp_path.iterdir()] == [file]


def test_a_port_is_left_silent() -> None:
    fake = FakeMidi()

    def sent(_: Output) -> list[tuple[str, bytes]]:
        return [("wire", fake.wires[-1].data)]

    contract.check_silences(lambda: MidiPortOutput("midi:synth", backend=fake), sent)
    assert fake.clients == 0


def test_a_midi_file_ends_all_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "x.mid"
    for events in (contract.example_events(), contract.unfinished_events()):
        contract.play(MidiFileOutput(path), events)
        oracle = LedgerOracle()
        for number, track in enumerate(mido.MidiFile(path).tracks):
            for message in track:
                if not message.is_meta:
                    oracle.feed(message.bytes(), f"track {number}")
        assert oracle.attacks == sum(isinstance(event, Attack) for event in events)
        assert not oracle.sounding
        assert not oracle.unmatched
        assert not oracle.doubled


class Broken(MemoryOutput):
    """Loses its place, as an output should not."""

    name = "two\nlines"


def test_the_kit_finds_faults() -> None:
    with pytest.raises(AssertionError, match="one printable line"):
        contract.check_output(Broken)
    with pytest.raises(AssertionError, match="must have `discard`"):
        contract.check_discards(MemoryOutput, lambda: True)
    with pytest.raises(AssertionError, match="still sounding"):
        contract.check_silences(MemoryOutput, lambda _: [("", b"\x90\x3c\x50")])
    with pytest.raises(AssertionError, match="another result"):
        contract.check_repeatable(MemoryOutput, lambda _: 0)
