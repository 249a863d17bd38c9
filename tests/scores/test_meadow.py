"""What `docs/guide/making-meadow.md` says about the installation, sentence by sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from tests.scores.stage import TEN
from tests.scores.world import (
    begun,
    heard,
    loaded,
    script_of,
    within,
)

from leitmotor.messages import Attack, Change, Event, Tempo
from leitmotor.music.distance import RECOGNISED
from leitmotor.perform.performance import Performance
from leitmotor.testing.listening import Heard, Scripted
from leitmotor.testing.variety import Recognised, Repeats

MOST_BY_DAY, MOST_BY_NIGHT = 4, 8
HOUR = 3600.0
SATURDAY = "visitors/saturday.cues"


def at(clock: float, *script: Scripted, until: float = 120.0) -> Heard:
    """So many seconds from an hour of the day on."""
    return heard("meadow", *script, until=until, clock=clock * HOUR)


def minutes_of(performance: Performance, hours: float) -> Iterator[list[Event]]:
    for minute in range(1, round(hours * 60) + 1):
        yield performance.advance(minute * 60.0)


class Whole(Recognised):
    """Leaves out the statement that the change of an hour cuts short."""

    def hear(self, events: Iterable[Event]) -> None:
        for event in events:
            if isinstance(event, Change) and event.what == "scene":
                self._melody = []
            super().hear((event,))


def judged(performance: Performance, hours: float) -> tuple[int, dict[str, Whole]]:
    """How often the same eight bars come, and how each motif was stated."""
    score = loaded("meadow").score
    again = Repeats()
    motifs = {name: Whole(each, score.defaults.key) for name, each in score.motifs.items()}
    for events in minutes_of(performance, hours):
        again.hear(events)
        for motif in motifs.values():
            motif.hear(events)
    return again.worst()[1], motifs


def assert_recognised(motifs: dict[str, Whole], names: set[str], at_least: int) -> None:
    assert {name for name, each in motifs.items() if each.statements} == names
    for name in names:
        assert motifs[name].statements >= at_least
        assert motifs[name].done() <= RECOGNISED, name


@pytest.mark.parametrize(
    ("clock", "scene", "bpm", "motifs"),
    [
        (10.0, "morning", 62, {"brook", "lark", "bee"}),
        (12.75, "noon", 52, {"bee", "brook"}),
        (15.0, "afternoon", 66, {"lark", "brook", "bee"}),
        (18.0, "evening", 54, {"lark", "brook"}),
        (23.0, "night", 46, {"owl", "brook"}),
        (2.0, "night", 46, {"owl", "brook"}),
    ],
)
def test_each_hour_is_there_from_the_first_second(
    clock: float, scene: str, bpm: float, motifs: set[str]
) -> None:
    events = at(clock, until=240.0)
    assert events.changes("scene") == [(0.0, scene)]
    assert events.of(Tempo)[0].bpm == bpm
    assert {each.cause.motif for each in events.attacks("lead")} == motifs
    assert bool(events.attacks("bass")) == (scene != "noon")


@pytest.mark.parametrize(
    ("clock", "scene"), [(12.5, "noon"), (14.0, "afternoon"), (17.0, "evening"), (21.0, "night")]
)
def test_an_hour_begins_where_a_tune_ends(clock: float, scene: str) -> None:
    events = at(clock - 0.05, until=300.0)
    begins, entered = events.changes("scene")[-1]
    assert entered == scene
    assert 180.0 <= begins <= 180.0 + 90.1
    assert events.effects(f"go {scene}")[0].rule == "end (transition default)"


def test_modes_stay_where_keys_wander() -> None:
    keys = [key for _, key in at(10.0, until=1.6 * HOUR).changes("key")]
    assert len(keys) >= 6
    assert all(key.endswith("major") for key in keys)
    assert all(one != other for one, other in pairwise(keys))
    night = [key for _, key in at(22.0, until=1.0 * HOUR).changes("key")]
    assert len(night) >= 4
    assert all(key.endswith("minor") for key in night)
    noon = [key for _, key in at(12.6, until=0.5 * HOUR).changes("key")]
    assert all(key.endswith("mixolydian") for key in noon)


def test_no_player_leads_twice_running_in_the_morning() -> None:
    events = at(10.0, until=0.25 * HOUR)
    leads = [each.seconds for each in events.of(Change) if each.what == "lead" and each.value]
    players = []
    for begin, end in pairwise(leads):
        played = {e.voice.instrument for e in within(events, begin, end - 0.01).attacks("lead")}
        players.append(played)
    assert len(players) > 15
    assert {name for each in players for name in each} == {"flute", "clarinet", "oboe"}
    assert all(not one & other for one, other in pairwise(players))


def test_the_tunes_take_turns_in_their_ways() -> None:
    ways: dict[str, list[tuple[str, ...]]] = {"brook": [], "lark": []}
    for change in at(10.0, until=0.5 * HOUR).of(Change):
        if change.what == "lead" and change.value in ways:
            ways[change.value].append(change.cause.operations)
    for name, turns in (("brook", 5), ("lark", 4)):
        assert len(set(ways[name][:turns])) == turns
        assert ways[name][turns : 2 * turns] == ways[name][:turns]


def test_the_first_six_notes_of_the_brook_are_kept() -> None:
    """Whatever the chord, the intervals from note to note are those of a scale, as written."""
    written = [-2, 1, -1, -2, -1, 1]  # in steps: 5 6 5 3 2 3, and the way to the first
    heads: list[list[Attack]] = []
    for each in at(10.0, until=0.4 * HOUR).attacks("lead", motif="brook"):
        if each.written == 0 and not each.cause.operations:
            heads.append([])
        if heads and each.written < 6 and not each.cause.operations:
            heads[-1].append(each)
    letters = [["CDEFGAB".index(note.spelling[0]) for note in head] for head in heads]
    assert len(letters) >= 3
    for head in letters:
        moved = [(after - before + 3) % 7 - 3 for before, after in pairwise(head)]
        assert moved == written[1:]


def test_visitors_come_slowly_and_leave_more_slowly() -> None:
    script = ((10.0, "set visitors = 30"), (100.0, "set visitors = 0"))
    performance = begun("meadow", *script, clock=TEN)
    moved = [each for each in performance.advance(300.0) if isinstance(each, Tempo)]
    rising = [each.seconds for each in moved if 10 < each.seconds < 100]
    falling = [each.seconds for each in moved if each.seconds > 100]
    # 25 of 30 is where the tempo is at its highest.
    assert rising[-1] == pytest.approx(10 + 50, abs=1.5)
    assert falling[0] == pytest.approx(100 + 30, abs=1.5)
    assert falling[-1] == pytest.approx(100 + 180, abs=1.5)


def test_a_room_fills() -> None:
    """More notes, louder, quicker; the tunes themselves stay as they are."""
    counts, levels, tempi = [], [], []
    for visitors in (0, 4, 12, 26):
        events = at(10.0, (0.1, f"set visitors = {visitors}"), until=300.0)
        late = within(events, 70.0, 300.0)
        roles = [e for e in late.attacks() if e.voice.role in ("colour", "pulse", "counter")]
        counts.append(len(roles))
        levels.append(max(value for _, value in events.controls(11, "cello")))
        tempi.append(events.of(Tempo)[-1].bpm)
    assert counts == sorted(set(counts))
    assert counts[-1] > 5 * counts[0]
    assert levels == sorted(levels)
    assert levels[0] < levels[-1]
    assert tempi == sorted(set(tempi))
    assert tempi[-1] == pytest.approx(62 * 1.06, rel=0.001)


@pytest.mark.parametrize(
    ("clock", "visitors", "pulse", "counter"),
    [
        (10.0, 2, False, False),
        (10.0, 3, True, False),
        (10.0, 9, True, True),
        (22.0, 20, True, False),
    ],
)
def test_who_joins_in(clock: float, visitors: int, pulse: bool, counter: bool) -> None:
    events = at(clock, (0.1, f"set visitors = {visitors}"), until=120.0)
    assert bool(events.attacks("pulse")) == pulse
    assert bool(events.attacks("counter")) == counter


def test_in_a_lull_of_four_to_nine_seconds_nothing_begins() -> None:
    events = at(10.0, until=18 * 60.0)
    (begin, _), (end, _) = events.changes("time")
    assert 4.0 <= round(end - begin, 3) <= 9.0
    assert within(events, begin + 0.001, end - 0.001).attacks() == []


def test_the_bell_on_the_hour_in_opening_hours_only() -> None:
    rung = at(10.0, until=2 * HOUR + 60).changes("stinger")
    assert [round(seconds // HOUR) for seconds, name in rung if name == "hour"] == [1, 2]
    assert "hour" not in {name for _, name in at(17.5, until=1.2 * HOUR).changes("stinger")}


def test_a_gust_for_the_thirteenth_visitor() -> None:
    events = at(
        10.0,
        (20.0, "set visitors = 13"),
        (70.0, "stinger gust"),
        (80.0, "stinger gust"),
        until=90.0,
    )
    gusts = [seconds for seconds, name in events.changes("stinger") if name == "gust"]
    assert len(gusts) == 2
    assert gusts[0] == pytest.approx(20 + 24, abs=2)
    assert gusts[1] == pytest.approx(70, abs=2)


def test_an_hour_does_not_go_round_and_is_recognised() -> None:
    """The short version of the two that follow."""
    often, motifs = judged(begun("meadow", *script_of("meadow", SATURDAY), clock=TEN), 1.0)
    assert often <= 2
    assert_recognised(motifs, {"brook", "lark", "bee"}, 30)


@pytest.mark.slow
@pytest.mark.parametrize("script", [(), script_of("meadow", SATURDAY)], ids=["empty", "saturday"])
def test_eight_hours_do_not_go_round_and_are_recognised(script: tuple[Scripted, ...]) -> None:
    often, motifs = judged(begun("meadow", *script, clock=TEN), 8.0)
    assert often <= MOST_BY_DAY
    assert_recognised(motifs, {"brook", "lark", "bee"}, 250)


@pytest.mark.slow
def test_a_night_of_eight_hours_does_not_go_round_and_is_recognised() -> None:
    often, motifs = judged(begun("meadow", clock=22 * HOUR), 8.0)
    assert often <= MOST_BY_NIGHT
    assert motifs["owl"].statements >= 200
    for motif in motifs.values():
        assert motif.done() <= RECOGNISED


def remembered(performance: Performance) -> tuple[int, int]:
    """Characters of what it remembers without places to go back to, and of those places."""
    state = performance.snapshot()["state"]
    places = sum(len(json.dumps(state[key])) for key in ("left", "back"))
    return len(json.dumps(state)) - places, places


@pytest.mark.slow
def test_memory_is_flat() -> None:
    performance = begun("meadow", *script_of("meadow", SATURDAY), clock=TEN)
    sizes = []
    for hour in range(1, 9):
        performance.advance(hour * HOUR)
        sizes.append(remembered(performance))
    assert max(now for now, _ in sizes) < 1.6 * sizes[0][0]
    assert sizes[-1][0] < 1.25 * sizes[0][0]
    assert max(places for _, places in sizes) < 5 * 8_000


def test_memory_of_a_night_is_flat() -> None:
    performance = begun("meadow", clock=22 * HOUR)
    performance.advance(0.5 * HOUR)
    early = sum(remembered(performance))
    performance.advance(2.5 * HOUR)
    assert sum(remembered(performance)) < 1.15 * early
