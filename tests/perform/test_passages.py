"""Passages: written-out music, late-bound like everything else. A quarter is a second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from leitmotor.messages import Attack, Fire, Log, Outcome
from leitmotor.music.length import bars
from leitmotor.music.metre import Metre
from leitmotor.music.scale import MODES, Key
from leitmotor.music.time import QUARTER
from leitmotor.score.compiled import Character, Choice, CompiledScore, Scene
from leitmotor.score.names import Names
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear

WALTZ = Metre(3, 4)
BAR = 3 * QUARTER
NAMES = Names(
    scenes=frozenset({"one", "song"}), cues=frozenset({"letter"}), instruments=frozenset({"cello"})
)


def score(
    parts: Mapping[str, str] | None = None, in_scene: bool = False, **settings: object
) -> CompiledScore:
    parts = parts or {"lead": "1q 2 3 | 5h.", "cello": "1-h. | 5-h."}
    passage = builders.passage("song", parts, metre=WALTZ, names=NAMES, **settings)  # type: ignore[arg-type]
    row = (Choice(("song",), "scene song passage 0"),) if in_scene else ()
    return builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4")],
        figures=[builders.figure("rocking", "bed", "k1e k5 k3 k5", metre=WALTZ)],
        palettes=[builders.palette("warm", {"lead": "violin", "bed": "piano", "bass": "horn"})],
        characters=[Character("mara", "tune", "", ())],
        states=[builders.state("calm", palette="warm")],
        scenes=[
            Scene("one", "", ("mara",), "calm"),
            Scene("song", "", ("mara",), "calm", passages=row),
        ],
        cues={"letter": "", "sing": "passage song at now"},
        passages=[passage],
        breathe=bars(0),
        rest=bars(0),
    )


def since(heard: Heard, seconds: float, role: str) -> list[tuple[float, str]]:
    return [
        (round(a.seconds - seconds, 6), a.spelling)
        for a in heard.attacks(role)
        if a.seconds >= seconds
    ]


def test_a_passage_begins_at_the_next_bar_and_only_its_parts_sound() -> None:
    heard = hear(score(), (1.0, "passage song"), until=10.0)
    assert since(heard, 4.0, "lead") == [(0, "C4"), (1, "D4"), (2, "E4"), (3, "G4")]
    assert since(heard, 4.0, "cello") == [(0, "C3"), (3, "G3")]
    assert {a.voice.role for a in heard.attacks() if a.seconds >= 4.0} == {"lead", "cello"}
    assert [n for n, _ in heard.bars()] == [1, 2, 3]


def test_a_part_named_for_an_instrument_is_played_by_it() -> None:
    heard = hear(score(), (0.0, "passage song at now"), until=6.0)
    assert {a.voice.instrument for a in heard.attacks("cello")} == {"cello"}


def test_its_own_metre_key_tempo_and_harmony_are_in_force_while_it_plays() -> None:
    minor = Key(1, 0, MODES["minor"])
    parts = {"lead": "1q k3 3 | 1h.", "bed": "figure rocking"}
    heard = hear(
        score(parts, key=minor, tempo=120.0, phrase=bars(1)),
        (1.0, "passage song"),
        until=9.0,
    )
    assert since(heard, 4.0, "lead")[:4] == [(0, "D4"), (0.5, "F4"), (1, "F4"), (1.5, "D4")]
    assert heard.changes("key") == [(4.0, "D minor"), (7.0, "C major")]
    assert heard.bars()[1:4] == [(2, 4.0), (3, 5.5), (4, 7.0)]


def test_afterwards_the_scene_begins_its_own_music_anew() -> None:
    heard = hear(score(), (1.0, "passage song"), until=12.0)
    assert since(heard, 10.0, "lead") == [(0, "C4"), (1, "D4")]
    assert heard.changes("passage") == [(4.0, "song"), (10.0, "")]


def test_s17_a_passage_is_bound_late_a_cue_reaches_its_next_note() -> None:
    heard = hear(score(), (0.0, "passage song at now"), (1.5, "key D at now"), until=4.0)
    assert since(heard, 0.0, "lead") == [(0, "C4"), (1, "D4"), (2, "F#4"), (3, "A4")]
    heard = hear(score(), (0.0, "passage song at now"), (1.5, "mute cello"), until=6.0)
    assert heard.spans("cello") == [(0.0, 1.5, "C3")]


def test_entered_from_a_bar_or_a_mark_it_begins_there() -> None:
    written = score(marks={"plea": BAR}, harmony="")
    for verb in ("passage song from bar 2", "passage song from plea"):
        heard = hear(written, (1.0, verb), until=7.0)
        assert since(heard, 4.0, "lead") == [(0, "G4")]
        assert heard.changes("marker") == [(4.0, "plea")]


def test_verbs_at_its_places_and_its_marks_happen_there() -> None:
    heard = hear(
        score(marks={"plea": BAR}, at={BAR: "level cello -6 dB"}),
        (1.0, "passage song"),
        until=9.0,
    )
    assert heard.changes("marker") == [(7.0, "plea")]
    assert heard.controls(7, "cello") == [(7.0, 71)]


def test_s26_a_hold_in_a_passage_lets_what_would_end_there_sustain() -> None:
    written = score(
        {"lead": "1q 2 3 | 5h.", "cello": "1-h.(legato) | 5-h."},
        at={BAR: "hold until letter for at most 20 s"},
    )
    heard = hear(written, (0.0, "passage song at now"), (8.0, Fire("letter")), until=10.0)
    assert since(heard, 0.0, "lead") == [(0, "C4"), (1, "D4"), (2, "E4"), (8, "G4")]
    assert heard.spans("cello")[0][1] > 8.0


def test_s22_a_fermata_in_a_passage_slows_everybody() -> None:
    heard = hear(
        score({"lead": "1h.@ | 2h.", "cello": "1-q 2- 3- | 4-h."}),
        (0.0, "passage song at now"),
        until=6.0,
    )
    assert since(heard, 0.0, "cello")[:4] == [(0, "C3"), (1.75, "D3"), (3.5, "E3"), (5.25, "F3")]


def test_a_row_of_passages_and_what_follows() -> None:
    heard = hear(score(in_scene=True), (1.0, "go song"), until=13.0)
    assert since(heard, 4.0, "lead")[:4] == [(0, "C4"), (1, "D4"), (2, "E4"), (3, "G4")]
    assert since(heard, 10.0, "lead") == [(0, "C4"), (1, "D4"), (2, "E4")]


@pytest.mark.parametrize(
    ("then", "after"),
    [("again", ["C4", "D4"]), ("go one", ["C4", "D4"]), ("stop", []), ("go back", ["C4", "D4"])],
)
def test_then(then: str, after: list[str]) -> None:
    heard = hear(score(in_scene=True, then=then), (1.0, "go song"), until=12.0)
    assert [pitch for _, pitch in since(heard, 10.0, "lead")] == after
    if then.startswith("go"):
        assert heard.changes("scene")[-1] == (10.0, "one")


def test_a_verb_that_waits_with_then_begins_when_the_passage_has_ended() -> None:
    heard = hear(score(), (1.0, "passage song, then log over"), until=12.0)
    logged = [e.seconds for e in heard.events if type(e).__name__ == "Log"]
    assert logged == [10.0]


def test_undo_leaves_a_passage() -> None:
    built = score({"lead": "1q 2 3 | 5q 5 5"})
    heard = hear(built, (0.0, Fire("sing")), (4.5, "undo sing at now"), until=7.0)
    assert since(heard, 4.0, "lead") == [(0, "G4"), (0.5, "C4"), (1.5, "D4"), (2.5, "E4")]
    assert heard.told("undo sing at now")[-1].endswith("took back passage song")


def test_provenance_names_the_passage() -> None:
    heard = hear(score(), (0.0, "passage song at now"), until=3.0)
    causes = {(a.cause.rule, a.cause.motif) for a in heard.of(Attack)}
    assert causes == {("passage", "song")}


def test_s29_a_bridge_is_played_between() -> None:
    built = score()
    way = builders.transition(bridge="song", name="one -> song")
    built = replace(built, transitions={**built.transitions, ("one", "song"): way})
    heard = hear(built, (1.0, "go song"), until=12.0)
    assert heard.changes("scene") == [(0.0, "one"), (10.0, "song")]
    assert since(heard, 4.0, "cello") == [(0, "C3"), (3, "G3")]
    assert heard.effects("go song")[-1].outcome is Outcome.DONE


def test_s27_its_pickup_sounds_before_its_boundary_in_its_own_key() -> None:
    minor = Key(1, 0, MODES["minor"])
    parts = {"lead": "5-q | 1q 2 3 | 1h", "cello": "rq | 1-h. | 1-h"}
    for verb in ("passage song", "go song"):
        built = score(parts, in_scene=True, key=minor, pickup=QUARTER)
        heard = hear(built, (1.0, verb), until=6.5)
        assert heard.notes("lead", motif="song") == "3 A3, 4 D4, 5 E4, 6 F4"
        late = hear(built, (3.5, verb), until=6.5)
        assert late.notes("lead", motif="song") == "4 D4, 5 E4, 6 F4"
        assert "no room for its pickup" in late.effects(verb)[0].rule


def test_a_transition_may_enter_a_scene_at_a_mark_of_its_passage() -> None:
    built = score(in_scene=True, marks={"plea": BAR})
    way = builders.transition(enter="marker plea", name="one -> song")
    built = replace(built, transitions={**built.transitions, ("one", "song"): way})
    assert hear(built, (1.0, "go song"), until=7.0).notes("lead", motif="song") == "4 G4"


def test_s26_a_vamp_asked_for_at_a_place_is_not_asked_for_again_each_round() -> None:
    """Verbs at other places of the round belong to the bars, and happen each time."""
    written = score(at={0: "vamp 1 bars until letter", QUARTER: "log round"})
    heard = hear(written, (0.0, "passage song at now"), (7.0, Fire("letter")), until=13.0)
    assert since(heard, 0.0, "cello")[:4] == [(0, "C3"), (3, "C3"), (6, "C3"), (9, "G3")]
    assert [each.text for each in heard.of(Log)] == ["round"] * 3
    assert [each.outcome for each in heard.effects("vamp 1 bars until letter")] == [Outcome.DONE]
