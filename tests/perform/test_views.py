"""S32–S36: seeds, start and end, snapshots and reload, the trace. And what is not yet performed."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from leitmotor.errors import InternalError
from leitmotor.messages import Attack, Do, Outcome, Release, Set, Tempo
from leitmotor.music.length import NEXT_BEAT, bars
from leitmotor.music.time import QUARTER
from leitmotor.music.transform_text import parse_operation
from leitmotor.outputs.trace import HEADER, render_line
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.compiled import Character, CompiledScore, MotifState, Scene
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear, prepared


def drama(title: str = "test", tempo: float = 60.0, pickup: bool = False) -> CompiledScore:
    """Two scenes of four bars; mara's motif twice as fast once she is found."""
    fast = MotifState("found", vary=(parse_operation("tempo x2"),))
    notes = "5-q | 1q 2 3 4 | 5q 4 3 2" if pickup else "1q 2 3 4 | 5q 4 3 2"
    return builders.score(
        motifs=[
            builders.motif(
                "mara",
                notes,
                pickup=QUARTER if pickup else 0,
                states={"lost": MotifState("lost"), "found": fast},
            )
        ],
        palettes=[
            builders.palette(
                "p",
                {
                    "lead": builders.in_turn("lead of p", "violin", "oboe", "horn", shuffled=True),
                    "bed": builders.in_turn("bed of p", "string ensemble", "piano"),
                },
            )
        ],
        characters=[Character("mara", "mara", "", ("lost", "found"))],
        states=[builders.state("calm", palette="p")],
        scenes=[
            Scene("one", "", ("mara",), "calm", length=bars(4)),
            Scene("two", "", ("mara",), "calm", length=builders.seconds(8)),
        ],
        tempo=tempo,
        rest=bars(1),
        title=title,
    )


# -- S32 -------------------------------------------------------------------------------------------


def test_s32_shuffled_never_gives_the_same_twice_running() -> None:
    score = replace(drama(), scenes=(Scene("one", "", ("mara",), "calm"),))
    heard = hear(score, until=400.0)
    players = [e.voice.instrument for e in heard.attacks("lead")][::8]
    assert len(players) > 20
    assert all(one != other for one, other in pairwise(players))


def test_s32_in_turn_moves_on_with_every_entry() -> None:
    heard = hear(drama(), until=20.0)
    players = [e.voice.instrument for e in heard.attacks("bed")]
    assert players == ["string ensemble"] * 12 + ["piano"] * 3


def test_s32_a_seed_gives_the_same_and_another_seed_something_else() -> None:
    score = replace(drama(), scenes=(Scene("one", "", ("mara",), "calm"),))

    def players(seed: int | None) -> list[str]:
        events = Performance(score, seed).advance(200.0)
        return [e.voice.instrument for e in Heard(tuple(events)).attacks("lead")]

    assert players(None) == players(0) == players(0)
    assert players(0) != players(5)


# -- S33 -------------------------------------------------------------------------------------------


def test_s33_the_music_starts_at_once_unless_it_waits_for_a_cue() -> None:
    assert hear(drama(), until=1.0).times("lead") == [0.0]
    assert hear(drama(), until=9.0, start=Start.ON_CUE).attacks() == []


@pytest.mark.parametrize("cue", ["go one", "dynamic p", "motif mara", "key D"])
def test_s33_the_first_cue_begins_the_music_where_it_is(cue: str) -> None:
    heard = hear(drama(), (2.5, cue), until=4.0, start=Start.ON_CUE)
    assert heard.changes("scene") == [(2.5, "one")]
    assert heard.times("lead") == [2.5, 3.5]


def test_s33_an_input_for_a_parameter_does_not_begin_the_music() -> None:
    heard = hear(drama(), (2.5, Set("tension", 0.5)), until=4.0, start=Start.ON_CUE)
    assert heard.attacks() == []


def test_s33_length_leads_to_the_next_scene_in_bars_or_seconds() -> None:
    heard = hear(drama(), until=30.0)
    assert heard.changes("scene") == [(0.0, "one"), (16.0, "two")]
    assert heard.effects("go next")[-1].rule == "there is no scene after this one"
    assert heard.effects("go next")[-1].seconds == pytest.approx(24.0)


def test_s33_a_length_is_void_once_its_scene_was_left() -> None:
    heard = hear(drama(), (3.0, "go two at now"), (4.0, "go one at now"), until=19.9)
    assert [scene for _, scene in heard.changes("scene")] == ["one", "two", "one"]


def test_s33_a_scenes_at_fires_its_go_by_itself() -> None:
    score = drama()
    one, two = score.scenes
    score = replace(score, scenes=(replace(one, at=0.0, length=None), replace(two, at=5.5)))
    heard = hear(score, until=9.0)
    assert heard.changes("scene") == [(0.0, "one"), (8.0, "two")]
    assert heard.told("the time of scene two") == ["planned: next bar (transition default); "]


# -- S34 -------------------------------------------------------------------------------------------


def test_s34_restore_refuses_another_score() -> None:
    performance = prepared(drama())
    performance.advance(3.0)
    with pytest.raises(InternalError, match="another score"):
        Performance.restore(drama("other"), performance.snapshot())


def test_s34_a_snapshot_is_json_and_goes_on_in_the_middle_of_a_ramp_and_a_pickup() -> None:
    score = drama(pickup=True)
    script = ((1.0, "swell 2 bars to ff"), (2.0, "tempo 90 over 9 s"), (6.2, "go two"))
    whole = prepared(score, *script)
    part = prepared(score, *script)
    events = part.advance(7.3)
    again = Performance.restore(score, json.loads(json.dumps(part.snapshot())))
    assert events + again.advance(20.0) == whole.advance(20.0)


def test_s34_reload_takes_over_at_a_boundary_and_keeps_arcs_and_ledger() -> None:
    performance = prepared(drama(), (1.0, "arc mara = found"))
    events = performance.advance(2.5)
    answer = performance.reload(drama("second", tempo=90.0))
    assert answer.effects[0].seconds == 4.0
    events += performance.advance(12.0)
    heard = Heard(tuple(events))
    assert heard.of(Tempo)[-1].bpm == 180.0  # the new tempo, and mara as found
    after = [e for e in heard.attacks("lead") if e.seconds >= 4.0]
    assert {e.cause.arc for e in after} == {"found"}
    assert performance.score.title == "second"
    events += performance.finish()
    assert len(Heard(tuple(events)).of(Attack)) == len(Heard(tuple(events)).of(Release))


def test_s34_reload_during_a_statement_with_a_tempo_of_its_own_leaves_no_trace_of_it() -> None:
    performance = prepared(drama(), (0.0, "arc mara = found"), (0.0, "go one from the top"))
    events = performance.advance(1.0)
    quiet = replace(drama("second"), scenes=(Scene("one", "", (), "calm"),))
    performance.reload(quiet)
    events += performance.advance(9.0)
    tempos = [e.bpm for e in Heard(tuple(events)).of(Tempo)]
    assert tempos == [120.0, 60.0]


def test_s34_reload_during_a_pickup_lets_it_go_and_tells_what_was_called_off() -> None:
    performance = prepared(drama(pickup=True), (5.0, "go two"), (5.0, "key D at next phrase"))
    events = performance.advance(7.5)
    performance.reload(drama("second", pickup=True), at=NEXT_BEAT)
    events += performance.advance(12.0)
    heard = Heard(tuple(events))
    assert heard.effects("key D at next phrase")[-1].outcome is Outcome.CANCELLED
    ends = {e.note: e.seconds for e in heard.of(Release)}
    pickups = [e for e in heard.attacks("lead") if e.seconds == 7.0 and e.spelling.startswith("G")]
    assert pickups
    assert all(ends[each.note] <= 8.0 for each in pickups)


def test_s34_reload_without_the_present_scene_goes_to_the_first() -> None:
    performance = prepared(drama(), (1.0, "go two at now"))
    performance.advance(2.0)
    other = drama("second")
    performance.reload(replace(other, scenes=other.scenes[:1]))
    performance.advance(9.0)
    assert performance.view().scene == "one"


def test_s34_the_prelude_has_what_every_channel_needs() -> None:
    score = drama()
    setups = prepared(score).prelude()
    assert {s.voice.channel for s in setups} == {v.channel for v in score.voices.values()}
    assert all(dict(s.controls)[7] == 100 for s in setups)


def test_s34_after_a_change_the_prelude_has_what_is_in_force() -> None:
    performance = prepared(drama(), (1.0, "level bed out"))
    performance.advance(2.0)
    (level,) = {dict(s.controls)[7] for s in performance.prelude() if s.voice.role == "bed"}
    assert level == 0


def test_s34_view_is_small_and_says_where_we_are() -> None:
    performance = prepared(drama(), (1.0, "key D"))
    performance.advance(2.5)
    view = performance.view()
    assert (view.bar, view.beat, view.scene, view.state) == (1, 1 + 2.5, "one", "calm")
    assert (view.key, view.chord, view.bpm, view.metre) == ("C major", "C", 60.0, "4/4")
    assert view.lead == "mara: mara as lost"
    assert view.pending == ("key D at bar 2 beat 1",)
    assert dict(view.players)["bed"] == "string ensemble"


# -- S36 -------------------------------------------------------------------------------------------


def test_s36_the_trace_has_its_columns_and_the_cause_of_every_note() -> None:
    heard = hear(drama(), until=4.5)
    lines = [render_line(event) for event in heard.events]
    assert HEADER.split()[:4] == ["seconds", "bar:beat", "tick", "kind"]
    attack = next(line for line in lines if "  attack " in line and "  lead " in line)
    assert attack.split()[:5] == ["0.000000", "1:1.000", "0", "attack", "lead"]
    assert attack.split()[6:9] == ["C4", "80", str(QUARTER * 19 // 20)]
    assert attack.endswith("rotation; scene one; state calm; mara as lost; motif mara note 1")
    release = next(line for line in lines if "  release " in line and "  lead " in line)
    assert str(QUARTER * 19 // 20) in release.split()


# -- not yet performed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verb",
    [
        pytest.param("dialogue on", id="dialogue"),
        pytest.param("key D via pivot", id="key via"),
    ],
)
def test_language_10_what_is_not_yet_performed_is_answered_so(verb: str) -> None:
    """S25 and the verbs of others: told, and the music goes on."""
    score = drama()
    score = replace(
        score,
        names=replace(score.names, cues=frozenset({"letter"})),
    )
    heard = hear(score, (1.0, verb), until=3.0)
    (effect,) = heard.effects(verb)
    assert effect.outcome is Outcome.REFUSED
    assert effect.rule.startswith("understood, not yet performed")
    plain = hear(drama(), (1.0, "log x"), until=3.0)
    assert heard.attacks() == plain.attacks()


def test_s2_an_answer_is_a_value_that_prints() -> None:
    answer = prepared(drama()).receive(Do("go two"), 1.0)
    assert "go two" in repr(answer)
