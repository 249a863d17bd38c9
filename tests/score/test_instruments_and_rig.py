"""What the keys of instruments and of the rig come to in the notes that are played (§3, §9)."""

from __future__ import annotations

import pytest

from leitmotor.messages import Attack
from leitmotor.score.compile.compiler import compile_score
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.compiled_rig import AudioOut
from leitmotor.score.read import understand
from leitmotor.score.source import parse_source
from leitmotor.testing.listening import Heard, hear

SCORE = """\
score: 1
time: {tempo: 60}
motifs: {tune: {notes: <1 3 5>h 8}}
characters: {ann: {motif: tune}}
states: {calm: {palette: warm}}
scenes: [{id: hill, who: ann, state: calm}]
palettes: {warm: {lead: mine}}
"""


def compiled(instrument: str, rig: str = "rig: {}", notes: str = "<1 3 5>h 8") -> CompiledScore:
    text = f"{SCORE}instruments: {{mine: {instrument}}}\n{rig}\n".replace("<1 3 5>h 8", notes)
    read = understand(parse_source(text.encode(), "a.yaml"))
    return compile_score(read, read.score.rig).score


def played(instrument: str, rig: str = "rig: {}") -> Heard:
    return hear(compiled(instrument, rig), until=3.9)


def first(heard: Heard) -> Attack:
    return heard.attacks()[0]


def test_a_known_instrument_brings_its_program_and_what_is_said_of_it_wins() -> None:
    assert first(played("{is: flute}")).voice.program == 73
    told = first(played("{is: flute, program: 76, bank: 5}")).voice
    assert (told.program, told.bank) == (75, 5)


def test_t3_1_its_range_moves_notes_by_octaves() -> None:
    assert played("{is: piano}").notes() == "0 C4, 0 E4, 0 G4, 2 C5"
    assert played("{is: piano, range: c2..c4}").notes().endswith("2 C4")


def test_s15_poly_is_how_many_notes_it_plays_at_once() -> None:
    assert played("{is: piano, poly: 2}").notes() == "0 E4, 0 G4, 2 C5"


def test_the_rig_says_which_output_channel_program_and_bank_it_is_here() -> None:
    rig = "rig: {outputs: {desk: {midi: mixer}}, instruments: {mine: %s}}"
    voice = first(
        played("{is: piano}", rig % "{out: desk, channel: 7, program: 12, bank: 3}")
    ).voice
    assert (voice.channel, voice.program, voice.bank) == (6, 11, 3)
    assert voice.out == "desk"


def test_the_rigs_default_is_for_all_that_it_does_not_name() -> None:
    rig = "rig: {outputs: {desk: {midi: mixer}}, instruments: {default: {out: desk}}}"
    assert first(played("{is: piano}", rig)).voice.out == "desk"


# -- what it sounds as -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instrument", "rig", "sound"),
    [
        ("{is: clarinet}", "", "clarinet in Bb"),
        ("{is: strings}", "", "string ensemble"),
        ("{is: drums}", "", "drums"),
        ("{kit: {lo: 36}}", "", "drums"),
        ("{is: violin, program: 41}", "", "violin"),
        ("{is: violin, program: fiddle}", "", "fiddle"),
        ("{is: violin}", "program: 42", "viola"),
        ("{range: c3..c6, program: 53}", "", "choir aahs"),
    ],
)
def test_an_instrument_sounds_as_what_it_is_or_as_the_program_that_was_chosen(
    instrument: str, rig: str, sound: str
) -> None:
    score = compiled(instrument, f"rig: {{instruments: {{mine: {{{rig}}}}}}}")
    assert score.instruments["mine"].sound == sound


def test_techniques_have_a_sound_of_their_own_and_the_tone_of_the_instrument() -> None:
    score = compiled("{is: violin, tone: dark}", notes="1h(pizz) 3(trem)")
    told = {name: (each.sound, each.tone) for name, each in score.instruments.items()}
    assert told == {
        "mine": ("violin", -0.8),
        "mine pizz": ("violin pizz", -0.8),
        "mine trem": ("violin trem", -0.8),
    }


def test_the_rigs_sound_devices_are_compiled() -> None:
    rig = (
        "rig: {outputs: {desk: {midi: mixer}, house: {audio: default}, hall: {audio: USB, host:"
        " JACK, rate: 44100, block: 512, latency: 20 ms, loudness: -18 LUFS}}}"
    )
    assert compiled("{is: piano}", rig).audio_outs == (
        AudioOut("house", "default"),
        AudioOut("hall", "USB", 44100, 512, -18.0, "JACK", 0.02),
    )
    assert compiled("{is: piano}").audio_outs == ()
