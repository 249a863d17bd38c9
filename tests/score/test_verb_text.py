"""Every verb of language §4, its suffixes, and what is said about texts that are none."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.music.length import NEXT_BAR, NEXT_BEAT, Boundary, Grid, Length, Unit, bars
from leitmotor.music.metre import Metre
from leitmotor.music.scale import MODES
from leitmotor.score import verbs
from leitmotor.score.names import Names
from leitmotor.score.parts import PartsError
from leitmotor.score.verb_patterns import VERBS as LANGUAGE_VERBS
from leitmotor.score.verb_text import parse_do, parse_entry
from leitmotor.score.verbs import Entry, Rotation, Verb

BEAT = Length(Fraction(1), Unit.BEATS)


def seconds(amount: str) -> Length:
    return Length(Fraction(amount), Unit.SECONDS)


VERBS: dict[str, Verb] = {
    "go quay": verbs.Go("quay"),
    "go quay at night from the top": verbs.Go("quay at night", from_the_top=True),
    "go $1": verbs.Go("$1"),
    "go next": verbs.GoNext(),
    "go back": verbs.GoBack(),
    "state chase": verbs.ToState("chase"),
    "motif mara": verbs.PlayMotif("mara"),
    "motif mara as resolved in bass with double bass": verbs.PlayMotif(
        "mara", "resolved", "bass", "double bass"
    ),
    "motif mara as a child": verbs.PlayMotif("mara as a child"),
    "passage lullaby": verbs.PlayPassage("lullaby"),
    "passage lullaby from plea": verbs.PlayPassage("lullaby", mark="plea"),
    "passage lullaby from bar 5": verbs.PlayPassage("lullaby", bar=5),
    "enter ilan": verbs.Enter("ilan"),
    "enter ilan quietly": verbs.Enter("ilan", quietly=True),
    "leave mara": verbs.Leave("mara"),
    "arc mara = lost": verbs.Arc("mara", "lost"),
    "arc mara=lost": verbs.Arc("mara", "lost"),
    "arc mara next": verbs.Arc("mara"),
    "relationship mara & ilan = betrayed": verbs.Relationship("mara", "ilan", "betrayed"),
    "relationship ilan & mara = allied": verbs.Relationship("ilan", "mara", "allied"),
    "tempo 96": verbs.TempoTo(bpm=96.0),
    "tempo 66 over 4 bars": verbs.TempoTo(bpm=66.0, over=bars(4)),
    "tempo x1.1 over 2 bars evenly by beat": verbs.TempoTo(
        factor=1.1, over=bars(2), shape="linear in beats"
    ),
    "tempo 60 over 1 beat geometric": verbs.TempoTo(bpm=60.0, over=BEAT, shape="geometric"),
    "key D major via mediant": verbs.KeyTo(1, 0, MODES["major"], "mediant"),
    "key f# minor via common tone": verbs.KeyTo(3, 1, MODES["minor"], "common tone"),
    "key Eb": verbs.KeyTo(2, -1),
    "mode dorian": verbs.ModeTo(MODES["dorian"]),
    "metre 7/8 (2+2+3)": verbs.MetreTo(Metre(7, 8, (2, 2, 3))),
    "harmony home": verbs.HarmonyTo("home"),
    "chord bII": verbs.ChordTo("bII"),
    "chord D major": verbs.ChordTo("D major"),
    "palette warm over 2 bars": verbs.PaletteTo("warm", bars(2)),
    "play pulse 2 on violin": verbs.PlayOn("pulse 2", "violin"),
    "figure bed rocking": verbs.FigureTo("bed", "rocking"),
    "layers lead pulse 2 bass": verbs.Layers(("lead", "pulse 2", "bass")),
    "mute bed over 1 beat": verbs.Mute("bed", BEAT),
    "unmute ilan": verbs.Unmute("ilan"),
    "solo double bass": verbs.Solo("double bass"),
    "level bed -6 dB over 1 bar": verbs.LevelTo("bed", -6.0, over=bars(1)),
    "level all out": verbs.LevelTo("all", None),
    "level violin back": verbs.LevelTo("violin", back=True),
    "dynamic pp over 2 s": verbs.DynamicTo(1, seconds("2")),
    "swell 2 bars to ff": verbs.Swell(bars(2), 6),
    "crescendo 4 bars p to ff": verbs.Crescendo(bars(4), 6, 2),
    "crescendo 4 bars to ff": verbs.Crescendo(bars(4), 6),
    "fade 1.5 s": verbs.Fade(seconds("1.5")),
    "fade out 2 bars": verbs.Fade(bars(2), out=True),
    "set city noise = 0.5 over 2 s": verbs.SetParameter("city noise", 0.5, seconds("2")),
    "tension = -0.8": verbs.SetParameter("tension", -0.8),
    "tension=$1": verbs.SetParameter("tension", "$1"),
    "density 0.3 over 2 bars": verbs.Density(0.3, bars(2)),
    "stinger knock": verbs.PlayStinger("knock"),
    "silence breath": verbs.Silence("breath"),
    "wait 3 s": verbs.Wait(seconds("3")),
    "hold until letter opened for at most 20 s": verbs.Hold("letter opened", at_most=seconds("20")),
    "hold at each bar until letter": verbs.Hold("letter", at_each_bar=True),
    "vamp 2 bars": verbs.Vamp(2),
    "vamp 1 bar until letter for at most 20 s leave at next bar": verbs.Vamp(
        1, "letter", seconds("20"), leave_at_bar=True
    ),
    "continue": verbs.Continue(),
    "hit door in 4 bars": verbs.Hit("door", bars(4)),
    "dialogue on": verbs.Dialogue(True),
    "dialogue off": verbs.Dialogue(False),
    "pause over 1 beat": verbs.Pause(BEAT),
    "resume exactly": verbs.Resume(exactly=True),
    "finish with lullaby": verbs.Finish("lullaby"),
    "stop": verbs.Stop(),
    "undo letter opened": verbs.Undo("letter opened"),
    "cancel all": verbs.Cancel(""),
    "cancel letter": verbs.Cancel("letter"),
    "panic": verbs.PanicNow(),
    "log we are at sea": verbs.LogText("we are at sea"),
}


@pytest.mark.parametrize("text", VERBS)
def test_a_verb_is_read_into_its_value(names: Names, text: str) -> None:
    assert parse_entry(text, names) == Entry(VERBS[text], text)


def test_the_table_above_has_every_verb_of_the_language() -> None:
    assert {text.split()[0] for text in VERBS} - {"tension", "tension=$1"} == set(LANGUAGE_VERBS)


def test_what_may_stand_around_a_verb(names: Names) -> None:
    """§4: `then`, `keep`, `at`, `for T`, `wait at most`, in any order."""
    text = "then keep palette warm for 2 bars at next 4 bars over 1 beat wait at most 3 s"
    assert parse_entry(text, names) == Entry(
        verbs.PaletteTo("warm", BEAT),
        text,
        then=True,
        keep=True,
        at=Boundary(Grid.BARS, 4),
        lasting=bars(2),
        wait_at_most=seconds("3"),
    )


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("go quay at next bar", NEXT_BAR),
        ("chord V7 at next beat", NEXT_BEAT),
        ("stop at end", Boundary(Grid.END)),
        ("stop at now", Boundary(Grid.NOW)),
        ("finish at next phrase", Boundary(Grid.PHRASE)),
        ("go quay at night at marker plea", Boundary(Grid.MARKER, marker="plea")),
    ],
)
def test_boundaries(names: Names, text: str, at: Boundary) -> None:
    assert parse_entry(text, names).at == at


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("go quai", 'there is no scene "quai"; did you mean "quay"?'),
        ("motif maro as lost", 'there is no motif "maro"; did you mean "mara"?'),
        ("motif mara as los", 'there is no state of the motif mara "los"; did you mean "lost"?'),
        ("mute violn", 'there is no role, character or instrument "violn"; did you mean "violin"?'),
        ("arc mara = happy", 'there is no arc state of mara "happy"; known: lost, resolved'),
        ("tensoin = 3", 'there is no parameter "tensoin"; did you mean "tension"?'),
        ("bpm 90", 'there is no verb "bpm"; write "tempo"'),
        ("mara", 'there is no verb "mara", but a motif of this name; write "motif mara"'),
        ("quay", 'there is no verb "quay", but a scene of this name; write "go quay"'),
        ("tempo fast", "must come here, not"),
        ("tempo nan", "must come here, not"),
        ("go quay over 2 bars", '"go" happens at once; it takes no "over 2 bars"'),
        ("go quay for 2 bars", 'nothing that could return after "for 2 bars"'),
        ("keep stop", '"keep" stands before a verb that changes something'),
        ("stop now", '"now" is not understood after "stop"'),
        ("swell 2 bars ff", '"to" must come here, not "ff"; write swell 2 bars to ff'),
        ("key d minor via bridge", "known: direct, common tone, pivot"),
        ("dynamic loud", "loud"),
        ("density 3", "a density from 0 to 1 must come here, not 3"),
        ("go", "the name of a scene is missing"),
        ("", "a verb is missing"),
    ],
)
def test_a_mistake_names_what_is_near(names: Names, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        parse_entry(text, names)
    assert said in str(caught.value)


def test_an_unknown_verb_names_the_nearest_or_lists_all(names: Names) -> None:
    """Rule 6."""
    with pytest.raises(ValueError, match=r'did you mean "swell"\?$'):
        parse_entry("swel 2 bars to ff", names)
    with pytest.raises(ValueError, match="gargl") as caught:
        parse_entry("gargl 2 bars to ff", names)
    assert all(verb in str(caught.value) for verb in LANGUAGE_VERBS)


def test_a_do_is_a_text_a_list_or_a_rotation(names: Names) -> None:
    stop, panic = Entry(verbs.Stop(), "stop"), Entry(verbs.PanicNow(), "panic")
    assert parse_do("stop", names) == (stop,)
    assert parse_do(["stop", "panic"], names) == (stop, panic)
    turns = {"shuffled": ["stop", ["stop", "panic"]]}
    assert parse_do(turns, names) == Rotation(((stop,), (stop, panic)), shuffled=True)


def test_all_mistakes_of_a_do_come_with_their_places(names: Names) -> None:
    with pytest.raises(PartsError) as caught:
        parse_do({"in turn": ["go quai", ["stop", "go nowhere", 7]]}, names)
    assert [path for path, _ in caught.value.parts] == [
        ("in turn", 0),
        ("in turn", 1, 1),
        ("in turn", 1, 2),
    ]


def test_a_comma_that_broke_an_entry_is_explained(names: Names) -> None:
    """Rule 4."""
    with pytest.raises(PartsError, match="a comma ends the entry here") as caught:
        parse_do(["tempo 90", "over 2 bars"], names)
    assert 'write "tempo 90 over 2 bars"' in str(caught.value)


_WORDS = [*sorted({word for text in VERBS for word in text.split()}), "then", "keep", "²", "$1", ""]


@given(words=st.lists(st.sampled_from(_WORDS), max_size=9))
def test_no_row_of_words_does_anything_but_mean_or_be_refused(words: list[str]) -> None:
    text = " ".join(words)
    some = Names(scenes=frozenset({"quay"}), motifs=frozenset({"mara"}))
    with suppress(ValueError):
        assert parse_entry(text, some).text == text
