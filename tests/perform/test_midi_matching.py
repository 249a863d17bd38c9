"""Cues of MIDI and timecode (language §6, S30, S35): which message fires which cue."""

from __future__ import annotations

import pytest

from leitmotor.cues.midi_observations import observations
from leitmotor.cues.midi_stream import MidiStream
from leitmotor.messages import Observation, Reply
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.matchers import Midi, Mmc, Timecode
from leitmotor.testing import builders
from leitmotor.testing.listening import hear


def desk(**cues: builders.CueText) -> CompiledScore:
    return builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4")],
        parameters=[builders.parameter("tension", low=-1.0, high=1.0)],
        cues=cues,
    )


def wire(data: str) -> Observation:
    """What bytes in hex say."""
    [message] = MidiStream().feed(bytes.fromhex(data))
    [seen] = observations(message, "pads")
    return seen


def fired(score: CompiledScore, *data: str) -> list[str]:
    script = [(1.0 + number, wire(each)) for number, each in enumerate(data)]
    return [value for _, value in hear(score, *script, until=20.0).changes("cue")]


@pytest.mark.parametrize(
    ("matcher", "fits", "others"),
    [
        (Midi("note", 36), "99 24 01", ["99 25 40", "b9 24 40"]),
        (Midi("note", 36, 10), "99 24 7f", ["90 24 40"]),
        (Midi("cc", 1), "b0 01 7f", ["b0 02 7f", "b0 01 00"]),
        (Midi("program", 5), "c3 04", ["c3 05"]),
        (Mmc("play"), "f0 7f 7f 06 02 f7", ["f0 7f 7f 06 01 f7"]),
        (Mmc("locate"), "f0 7f 7f 06 44 06 01 21 00 00 00 00 f7", ["f0 7f 7f 06 02 f7"]),
    ],
)
def test_s35_a_message_fires_the_cues_that_wait_for_it(
    matcher: Midi | Mmc, fits: str, others: list[str]
) -> None:
    score = desk(one={"when": [matcher], "do": "log x"})
    assert fired(score, *others) == []
    assert fired(score, fits, *others, fits) == ["one", "one"]


@pytest.mark.parametrize(
    ("data", "value"), [("b0 01 00", -1.0), ("b0 01 7f", 1.0), ("90 24 40", 0.0079)]
)
def test_s30_0_to_127_is_mapped_on_the_range(data: str, value: float) -> None:
    score = desk(lean={"when": [Midi("cc", 1), Midi("note", 36)], "sets": "tension"})
    [reply] = [e for e in hear(score, (1.0, wire(data)), until=5.0).of(Reply) if e.receipt]
    assert reply.effects[0].what == f"tension = {value:.4g}".replace("0.0079", "0.00787402")


def test_language_6_a_timecode_fires_what_is_written_for_it() -> None:
    score = desk(
        one={"when": [Timecode("01:00:10:00")], "do": "log x"},
        two={"when": [Timecode("01:00:10:01")], "do": "log y"},
    )
    seen = Observation("timecode", "01:00:10:01", source="tape")
    assert [value for _, value in hear(score, (1.0, seen)).changes("cue")] == ["two"]
