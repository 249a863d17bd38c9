"""What `docs/guide/making-depths.md` says about the game's music, sentence by sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.scores.stage import performed
from tests.scores.world import (
    heard,
    loaded,
    stretches_of,
    within,
)

from leitmotor.messages import Attack, BarLine, Change, Tempo
from leitmotor.testing.listening import Heard

WHITE = {0, 2, 4, 5, 7, 9, 11}
F_SHARP, C_SHARP = 6, 1
SESSION, REPORT = performed("depths")
DIVE = (0.0, "go descent")


def at(intensity: float, until: float = 30.0) -> Heard:
    """The descent with one number from its first seconds on."""
    return heard("depths", DIVE, (0.1, f"set intensity = {intensity}"), until=until)


def states(events: Heard) -> list[str]:
    return [state for _, state in events.changes("state")]


def classes(attacks: list[Attack]) -> set[int]:
    return {each.pitch % 12 for each in attacks if each.voice.instrument != "hull"}


def tune(events: Heard) -> list[Attack]:
    """The diver's theme, without the second notes of its octaves."""
    return [each for each in events.attacks("lead", motif="diver") if each.written >= 0]


def test_the_session_goes_through_all_of_it() -> None:
    wanted = ["explore", "alert", "combat", "alert", "combat", "ashore"]
    wanted += ["explore", "chart", "explore", "sheltered", "explore"]
    assert states(SESSION) == wanted
    assert 180 < REPORT.seconds < 240


@pytest.mark.parametrize(
    ("intensity", "state", "bpm", "metre", "keynote", "lead"),
    [
        (0.1, "explore", 66, "4/4", "D dorian", "clarinet"),
        (0.5, "alert", 92, "4/4", "E phrygian", "English horn"),
        (0.8, "combat", 138, "7/8 (2+2+3)", "A minor", "trumpet"),
    ],
)
def test_three_waters(
    intensity: float, state: str, bpm: float, metre: str, keynote: str, lead: str
) -> None:
    events = within(at(intensity, 40.0), 12.0, 40.0)
    assert states(at(intensity))[-1] == state
    assert {each.bar.metre for each in events.of(BarLine)} == {metre}
    assert lead in {each.voice.instrument for each in at(intensity, 40.0).attacks("lead")}
    last = at(intensity).of(Tempo)[-1]
    tempo = last.end_bpm if last.length else last.bpm
    assert tempo == pytest.approx(bpm * (1 + 0.08 * intensity), rel=0.001)
    keys = at(intensity).changes("key")
    assert (keys[-1][1] if keys else "D dorian") == keynote


def test_white_keys_until_the_victory() -> None:
    played: dict[str, set[int]] = {
        "explore": set(),
        "alert": set(),
        "combat": set(),
        "ashore": set(),
    }
    for state, begin, end in stretches_of(within(SESSION, 0, 225)):
        if state in played:
            played[state] |= classes(within(SESSION, begin, end).attacks())
    assert played["explore"] == played["alert"] == played["combat"] == WHITE
    assert {F_SHARP, C_SHARP} <= played["ashore"]


def test_each_state_plays_more_and_louder_than_the_one_before() -> None:
    rates, levels = [], []
    for intensity in (0.1, 0.5, 0.8):
        events = within(at(intensity, 50.0), 10.0, 50.0)
        rates.append(len(events.attacks()) / 40)
        score = loaded("depths").score
        leads = {each.voice.instrument for each in events.attacks("lead")}
        assert leads <= set(score.instruments)
        told = [value for lead in leads for _, value in at(intensity, 50.0).controls(11, lead)]
        levels.append(max(told))
    assert 1 < rates[0] < 3.5
    assert 12 < rates[1] < 18
    assert 25 < rates[2] < 32
    assert levels == sorted(set(levels))


def test_a_number_that_trembles_changes_nothing() -> None:
    """Taken at 0.35, left at 0.30; at 0.7 and 0.65."""
    sway = [(10.0 + 2 * n, f"set intensity = {0.32 if n % 2 else 0.38}") for n in range(8)]
    assert states(heard("depths", DIVE, *sway, until=40.0)) == ["explore", "alert"]
    sway = [(10.0 + 2 * n, f"set intensity = {0.67 if n % 2 else 0.72}") for n in range(8)]
    assert states(heard("depths", DIVE, *sway, until=40.0))[-1] == "combat"
    assert states(heard("depths", DIVE, *sway, until=40.0)).count("combat") == 1
    left = heard(
        "depths", DIVE, (1.0, "set intensity = 0.4"), (20.0, "set intensity = 0.2"), until=40
    )
    assert states(left) == ["explore", "alert", "explore"]


def test_up_in_four_seconds_and_down_in_sixteen() -> None:
    events = heard(
        "depths", DIVE, (1.0, "set intensity = 1"), (20.0, "set intensity = 0"), until=50.0
    )
    came, left = (seconds for seconds, _ in events.changes("presence of guardian"))
    assert came == pytest.approx(1.0 + 0.7 * 4, abs=0.01)
    assert left == pytest.approx(20.0 + 0.4 * 16, abs=0.01)


@pytest.mark.parametrize(
    ("below", "above", "role"),
    [(0.1, 0.2, "pulse"), (0.45, 0.55, "pulse 2"), (0.78, 0.95, "counter")],
)
def test_layers_come_and_go(below: float, above: float, role: str) -> None:
    script = ((0.1, f"set intensity = {below}"), (20.0, f"set intensity = {above}"))
    events = heard("depths", DIVE, *script, (40.0, f"set intensity = {below - 0.04}"), until=70.0)
    assert within(events, 10.0, 20.0).attacks(role) == []
    assert within(events, 28.0, 40.0).attacks(role) != []
    assert within(events, 60.0, 70.0).attacks(role) == []


def test_danger_comes_at_the_next_beat_and_relief_at_a_phrase() -> None:
    script = (
        (0.1, "set intensity = 0.5"),
        (20.0, "set intensity = 0.9"),
        (30.0, "set intensity = 0.4"),
    )
    events = heard("depths", DIVE, *script, until=50.0)
    (asked,) = [e for e in events.effects("state combat") if e.outcome.value == "planned"]
    (done,) = [seconds for seconds, state in events.changes("state") if state == "combat"]
    assert "next beat" in asked.rule
    assert done - (20.0 + 0.2 * 4) < 60 / 92
    back = [e for e in events.effects("state alert") if e.outcome.value == "planned"][-1]
    relief = [seconds for seconds, state in events.changes("state") if state == "alert"][-1]
    assert "phrase" in back.rule
    assert relief - (30.0 + 0.25 * 16) <= 6.0


def test_the_guardian_leads_with_the_first_bar_of_combat_and_finishes_its_sentence() -> None:
    events = SESSION
    combats = [seconds for seconds, state in events.changes("state") if state == "combat"]
    leads = events.changes("lead")
    assert all((begin, "guardian") in leads for begin in combats)
    left = [
        e for e in events.of(Change) if e.what == "presence of guardian" and e.value == "absent"
    ]
    last = [e for e in events.attacks("lead", motif="guardian") if e.seconds < left[0].seconds + 20]
    assert last[-1].seconds > left[0].seconds
    assert last[-1].written == len(loaded("depths").score.motifs["guardian"].notes) - 1
    alert = [s for s, state in events.changes("state") if state == "alert"][1]
    assert within(events, alert, alert + 20).changes("lead") != []


def test_a_find_falls_on_a_beat_in_the_chord_and_others_step_back() -> None:
    script = ((0.1, "set intensity = 0.2"), (20.3, "stinger find"), (22.0, "stinger find"))
    events = heard("depths", DIVE, *script, until=30.0)
    notes = events.attacks("stinger")
    (landed,) = events.changes("stinger")
    assert notes[0].bar.place(notes[0].tick)[1].denominator == 1
    chord = [each for each in events.of(Change) if each.what == "chord" and each.seconds <= 21.0][
        -1
    ]
    bed = classes([e for e in events.attacks("bed") if chord.tick <= e.tick < chord.tick + 100_000])
    run = [e for e in notes if e.seconds < landed[0] + 0.9]
    assert classes(run) <= bed
    levels = [value for s, value in events.controls(7, "clarinet") if s >= landed[0]]
    assert levels[0] > min(levels)


def test_a_blow_does_not_wait() -> None:
    events = heard(
        "depths", DIVE, (0.1, "set intensity = 0.9"), (20.123, "stinger blow"), until=24.0
    )
    assert events.attacks("stinger")[0].seconds == pytest.approx(20.123, abs=0.02)
    assert classes(events.attacks("stinger")) <= WHITE


def test_the_menu_leaves_no_trace() -> None:
    """The same notes, so many seconds later."""
    plain = heard("depths", DIVE, (0.1, "set intensity = 0.2"), until=60.0)
    script = ((0.1, "set intensity = 0.2"), (22.3, "pause over 1 beat"), (31.0, "resume exactly"))
    paused = heard("depths", DIVE, *script, until=70.0)
    assert within(paused, 22.31, 30.99).attacks() == []
    before = [(e.tick, e.pitch, e.velocity) for e in within(plain, 22.3, 60.0).attacks()]
    after = [(e.tick, e.pitch, e.velocity) for e in within(paused, 31.01, 60.0 + 8.7).attacks()]
    assert after == before
    later = within(paused, 31.01, 60.0 + 8.7).attacks()[0].seconds
    assert later - within(plain, 22.3, 60.0).attacks()[0].seconds == pytest.approx(8.7, abs=0.01)


@pytest.mark.parametrize(
    ("away", "back", "elsewhere"),
    [("go chart", "go back", "chart"), ("go air pocket", "go descent", "air pocket")],
)
def test_the_theme_goes_on_where_it_was(away: str, back: str, elsewhere: str) -> None:
    events = heard("depths", DIVE, (8.0, away), (20.0, back), until=60.0)
    _, left, returned = next(each for each in stretches_of(events, "scene") if each[0] == elsewhere)
    before = [e.written for e in tune(within(events, 0.0, left))]
    after = [e.written for e in tune(within(events, returned - 0.001, 60.0))]
    assert after[0] == before[-1] + 1
    players = {e.voice.instrument for e in within(events, left + 0.1, returned - 0.1).attacks()}
    assert players - {"vibraphone"} == {"warm pad", "celesta"}
    assert ("vibraphone" in players) == (elsewhere == "air pocket")


def test_victory_is_the_theme_in_major_and_then_open_water() -> None:
    events = SESSION
    begin = events.changes("passage")[0][0]
    assert begin - 133.0 < 60 / 138
    _, _, end = next(each for each in stretches_of(events, "scene") if each[0] == "triumph")
    bars = within(events, begin, end - 0.01).of(BarLine)
    assert len(bars) == 8
    trumpet = within(events, begin, end).attacks("lead", "trumpet")
    assert [each.spelling[:-1] for each in trumpet[:4]] == ["D", "A", "B", "A"]
    assert states(within(events, begin, end - 0.01)) == ["ashore"]
    first = tune(within(events, end - 0.001, 240.0))[0]
    assert first.written == 0
    assert first.seconds - end < 0.1


def test_the_session_ends_with_a_cadence() -> None:
    rest = [each for each in SESSION.attacks("bass") if each.seconds > 224]
    assert [each.spelling[0] for each in rest[-2:]] == ["A", "D"]


def test_the_music_never_stands_still_in_the_session() -> None:
    starts = [each.seconds for each in SESSION.attacks()]
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert max(gaps) < 8.0
