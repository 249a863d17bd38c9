"""S10, S13, language §2: an answer says that what was asked for will not be heard, and why."""

from __future__ import annotations

import pytest

from leitmotor.messages import Do
from leitmotor.score.compiled import Character, CompiledScore, Scene
from leitmotor.testing import builders
from leitmotor.testing.listening import hear, prepared

UNHEARD = "; will not be heard: "


def desk() -> CompiledScore:
    """Mara states her tune on the violin, over strings; nobody plays the bass yet."""
    return builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4"), builders.motif("answer", "5q 4 3 2")],
        palettes=[
            builders.palette(
                "full", {"lead": "violin", "bed": "string ensemble", "bass": ["cello", "bassoon"]}
            ),
            builders.palette("thin", {"bed": "harp"}),
        ],
        figures=[builders.figure("wave", "bed", "k1h k5"), builders.figure("walk", "bass", "k1w")],
        characters=[
            Character("mara", "tune", "", ("lost", "found")),
            Character("ilan", "answer", "", ()),
            Character("bob", "", "", ()),
        ],
        states=[
            builders.state("calm", palette="full", layers=("lead", "bed")),
            builders.state("bare", palette="thin", layers=("lead", "bed")),
        ],
        scenes=[Scene("quay", "", ("mara",), "calm"), Scene("sea", "", ("mara",), "bare")],
    )


def told(*cues: str) -> list[str]:
    """Why each of the last cue's effects will not be heard; "" for those that will."""
    heard = hear(desk(), *((1.0 + n, text) for n, text in enumerate(cues)), until=8.0)
    first = heard.told(cues[-1])[0].removesuffix("; ")
    return [each.partition(UNHEARD)[2] for each in _effects(first, cues[-1])]


def _effects(text: str, cue: str) -> list[str]:
    words = ("; planned: ", "; done: ")
    for word in words:
        text = text.replace(word, f"\n{word[2:]}")
    found = text.split("\n")
    assert len(found) == len(cue.split(","))
    return found


@pytest.mark.parametrize(
    ("before", "cue", "why"),
    [
        ("mute lead", "motif answer", "lead is muted"),
        ("mute violin", "motif answer", "violin is muted"),
        ("mute mara", "motif tune", "mara is muted"),
        ("mute mara", "arc mara = found", "mara is muted"),
        ("mute lead", "enter ilan", "lead is muted"),
        ("solo bed", "enter ilan", "bed is solo"),
        ("layers bed", "motif answer", "lead is not in layers"),
        ("level lead out", "motif answer", "the level of lead is out"),
        ("level all out", "motif answer in bed", "the level of all is out"),
        ("fade 1 beat", "motif answer", "everything has faded"),
        ("mute bed", "figure bed wave", "bed is muted"),
        ("log x", "figure bass walk", "bass is not in layers"),
        ("log x", "play bass on harp", "bass is not in layers"),
        ("log x", "level bass -6 dB", "bass is not in layers"),
        ("mute lead", "level lead -6 dB", "lead is muted"),
        ("mute violin", "level violin -6 dB", "violin is muted"),
        ("solo lead", "unmute bed", "lead is solo"),
        ("mute bed", "layers bed", "bed is muted"),
        ("mute bed", "palette thin", "bed is muted"),
        ("mute lead, mute bed", "swell 2 bars to ff", "lead is muted, bed is muted"),
        ("mute cello, mute bassoon", "layers bass", "cello and bassoon are muted"),
        ("go sea at now", "motif answer", "nobody plays lead"),
    ],
)
def test_the_answer_says_what_keeps_it_from_being_heard(before: str, cue: str, why: str) -> None:
    assert told(before, cue) == [why]


@pytest.mark.parametrize(
    ("before", "cue"),
    [
        ("log x", "motif answer"),
        ("mute bed", "motif answer"),
        ("mute lead", "motif answer in bed"),
        ("mute lead", "tempo 90"),
        ("mute lead", "dynamic f"),
        ("mute lead", "unmute lead"),
        ("mute lead", "level lead out"),
        ("mute cello", "layers bass"),
        ("layers bed", "motif answer in counter with oboe"),
        ("solo mara", "motif tune"),
        ("solo violin", "motif answer"),
        ("level lead -6 dB", "motif answer"),
        ("level lead out", "level lead back"),
        ("log x", "mute lead"),
        ("log x", "enter bob"),
        ("log x", "leave mara"),
    ],
)
def test_nothing_is_said_of_what_is_heard_or_meant_to_be_silent(before: str, cue: str) -> None:
    assert told(before, cue) == [""]


@pytest.mark.parametrize(
    ("before", "cue", "whys"),
    [
        ("mute lead", "unmute lead, motif answer", ["", ""]),
        ("mute lead", "motif answer, unmute lead", ["", ""]),
        ("log x", "motif answer, mute lead", ["lead is muted", ""]),
        ("mute lead for 2 s", "motif answer", [""]),
        ("mute lead at next bar", "motif answer", ["lead is muted"]),
        ("mute lead", "go quay from the top, motif answer", ["", ""]),
        ("mute lead", "layers bass, figure bass walk", ["", ""]),
    ],
)
def test_it_counts_what_is_in_force_where_the_effect_falls(
    before: str, cue: str, whys: list[str]
) -> None:
    """The next bar begins at 4 s: what is planned until there is known, what ends is over."""
    assert told(before, cue) == whys


def test_nothing_is_said_while_nothing_plays() -> None:
    performance = prepared(desk())
    performance.receive(Do("mute lead"), 1.0)
    performance.receive(Do("stop"), 1.5)
    performance.receive(Do("arc mara = found"), 2.0)
    assert UNHEARD not in str(performance.advance(3.0))
