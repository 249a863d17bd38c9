"""Stingers and silences of the score language: compiled, and checked (§3, S15)."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitmotor.errors import ScoreError
from leitmotor.music.length import NEXT_BEAT, NOW, Unit
from leitmotor.score.check import examine
from leitmotor.score.compile.compiler import compile_score
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.read import ReadScore, read_score, understand
from leitmotor.score.source import parse_source
from leitmotor.score.verbs import Entry

HERE = Path(__file__).parent

CAST = """\
score: 1
palettes: {{warm: {{lead: violin, bed: strings}}}}
motifs: {{call: {{notes: 1w}}}}
characters: {{ann: {{motif: call}}}}
states: {{calm: {{palette: warm}}}}
scenes: [{{id: hill, who: [ann], state: calm}}]
stingers: {{knock: {{{0}}}}}
cues: {{door: {{do: stinger knock}}}}
"""


def understood(text: str) -> ReadScore:
    return understand(parse_source(text.encode(), "a.yaml"))


def compiled(keys: str) -> CompiledScore:
    return compile_score(understood(CAST.format(keys))).score


def noted(text: str) -> list[str]:
    read = understood(text)
    return [problem.text for problem in examine(read, compile_score(read).score)]


def refused(text: str) -> str:
    with pytest.raises(ScoreError) as caught:
        compile_score(understood(text))
    return str(caught.value)


def test_the_worked_example_has_its_stingers_and_silences() -> None:
    """§7."""
    score = compile_score(read_score(HERE / "worked_example.yaml")).score
    cliffhanger, knock = score.stingers["cliffhanger"], score.stingers["knock"]
    assert (cliffhanger.with_, cliffhanger.at) == (("strings", "horn"), NEXT_BEAT)
    assert (cliffhanger.cooldown, cliffhanger.motif.fit) == (20.0, "key")
    assert (knock.with_, knock.at, len(knock.motif.notes)) == (("drums",), NOW, 2)
    assert score.silences["breath"].tails
    held = score.silences["held"]
    assert (held.until, held.back) == ("cue", 1)
    assert [str(each) for each in (held.shortest, held.longest)] == ["3 s", "12 s"]


def test_every_key_of_a_stinger_is_read() -> None:
    stinger = compiled(
        "notes: 5-q | 1w, pickup: 1 beat, with: horn, at: next bar, wait at most: 2 s, fit: chord,"
        " cooldown: 4 s, duck: -6 dB, then: [key D, then log on]"
    ).stingers["knock"]
    assert stinger.motif.pickup > 0
    assert stinger.motif.fit == "chord"
    assert stinger.wait_at_most is not None
    assert stinger.wait_at_most.unit is Unit.SECONDS
    assert (stinger.cooldown, stinger.duck) == (4.0, -6.0)
    assert isinstance(stinger.then, tuple)
    assert [entry.then for entry in stinger.then if isinstance(entry, Entry)] == [False, True]


def test_s21_a_stinger_fits_the_key_unless_it_says_otherwise() -> None:
    assert compiled("notes: 1q").stingers["knock"].motif.fit == "key"


def test_s15_its_players_have_channels_of_their_own() -> None:
    """Those of the lead where it has no `with`; a technique of its own as well."""
    score = compiled("notes: 1w(trem), with: [horn, strings]")
    channels = [score.voices[each].channel for each in score.voices if each[1]]
    assert len(set(channels)) == len(channels)
    assert {("horn", "stinger"), ("strings", "stinger"), ("strings trem", "stinger")} <= {
        *score.voices
    }
    assert ("violin", "stinger") in compiled("notes: 1w").voices
    assert "violin trem" not in compiled("notes: 1w").instruments


def test_s15_where_channels_are_short_a_stinger_shares_those_of_the_roles() -> None:
    names = (
        "violin", "viola", "cello", "double bass", "flute", "oboe", "clarinet", "bassoon", "horn",
        "trumpet", "trombone", "tuba", "harp", "piano", "celesta",
    )  # fmt: skip
    roles = ", ".join(f"pulse {n}: {name}" for n, name in enumerate(names[1:], 2))
    text = CAST.format("notes: 1w").replace("bed: strings", roles)
    score = compile_score(understood(text)).score
    own, shared = score.voices["violin", "lead"], score.voices["violin", "stinger"]
    assert own.channel == shared.channel
    assert shared.role == "stinger"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("notes: 1q, duck: 6 dB", "write -6 dB"),
        ("notes: 1q, with: violn", 'did you mean "violin"'),
        ("notes: 1q 2q 3q | 1w", "bar holds 3 beats, the metre 4/4 says 4"),
        ("notes: 5-q | 1w, pickup: 1 s", "a pickup is counted in beats"),
        ("'drums': {lo: x..x}", "add step: e"),
        ("'drums': {lo: x..y}, step: e", 'not "x..y"'),
        ("notes: 1q, then: go nowhere", 'there is no scene "nowhere"'),
    ],
)
def test_what_is_wrong_with_a_stinger_is_told(keys: str, expected: str) -> None:
    assert expected in refused(CAST.format(keys))


def test_what_nothing_asks_for_is_noted() -> None:
    text = CAST.format("notes: 1q").replace("do: stinger knock", "do: stop")
    text += "silence: {breath: {length: 1 beat}}\n"
    notes = noted(text)
    assert "the stinger knock is not used; write stinger knock in a cue" in notes
    assert "the silence breath is not used; write silence breath in a cue" in notes
    assert not any("stinger" in note for note in noted(CAST.format("notes: 1q")))


def test_t3_a_stinger_that_its_player_cannot_reach_is_noted() -> None:
    (note,) = noted(CAST.format("notes: 1--q 5+++ 1h, with: [flute]"))
    assert note.startswith("the stinger knock reaches further than the flute")


def test_s15_a_chord_that_its_players_cannot_share_is_noted() -> None:
    (note,) = noted(CAST.format("notes: <1 3 5>w, with: [flute, oboe]"))
    assert note.startswith("the stinger knock has a chord of 3 notes")
    assert not noted(CAST.format("notes: <1 3 5>w, with: [strings]"))
