"""The journal: what a session did, and the same again from it (law 2)."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.errors import CueError, DeviceError, ScoreError
from leitmotor.messages import AfterPrevious, AtBar, AtSceneBar, Cue, Do, Fire, Observation, Set
from leitmotor.music.time import Seconds
from leitmotor.outputs.midi_file import MidiFileOutput
from leitmotor.outputs.trace import HEADER, TraceOutput, render_line
from leitmotor.perform.performance import Start
from leitmotor.run.clock import VirtualClock
from leitmotor.run.files import Recording
from leitmotor.run.journal import JournalWriter, read_journal
from leitmotor.run.journal_json import (
    cue_from_json,
    cue_to_json,
    place_from_json,
    place_to_json,
)
from leitmotor.run.plan import PlayPlan, Waits
from leitmotor.run.render import render
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.matchers import Clock, Every, InHours
from leitmotor.testing.live import Live, two_scenes
from leitmotor.testing.strategies import cues, places, scores, scripts


def recorded(live: Live, plan: PlayPlan, folder: Path) -> None:
    """What the parent of a live session writes."""
    faults: list[str] = []
    journal = JournalWriter(folder / "journal", plan)
    outputs = [TraceOutput(folder / "live.events"), MidiFileOutput(folder / "live.mid")]
    recording = Recording(outputs, journal, faults.append)
    recording.open()
    for message in live.messages:
        recording.take(message)
    recording.close()
    assert not faults


def rendered(score: CompiledScore, folder: Path) -> None:
    outputs = [TraceOutput(folder / "again.events"), MidiFileOutput(folder / "again.mid")]
    render(score, read_journal(folder / "journal"), outputs)


def is_the_same(folder: Path) -> bool:
    return all(
        (folder / f"live.{kind}").read_bytes() == (folder / f"again.{kind}").read_bytes()
        for kind in ("events", "mid")
    )


@given(
    scores(),
    scripts(),
    st.sampled_from(Start),
    st.sampled_from(Waits),
    st.lists(st.tuples(st.floats(0.0, 8.0), cues()), max_size=6),
    st.floats(0.0, 10.0),
    st.sampled_from((1.0, 3.0)),
)
def test_law_2_a_journal_renders_to_the_same_trace(
    tmp_path_factory: pytest.TempPathFactory,
    score: CompiledScore,
    script: list[Any],
    start: Start,
    waits: Waits,
    fired: list[tuple[Seconds, Cue]],
    stop: Seconds,
    speed: float,
) -> None:
    folder = tmp_path_factory.mktemp("session")
    plan = PlayPlan(score, start=start, waits=waits, script=tuple(script), speed=speed)
    live = Live(plan, fired, stop)
    writer = JournalWriter(folder / "journal", plan)
    writer.open()
    for message in live.messages:
        writer.take(message)
    writer.close()
    render(score, read_journal(folder / "journal"), [TraceOutput(folder / "again.events")])
    live_trace = "".join(f"{line}\n" for line in [HEADER, *map(render_line, live.sent)])
    assert (folder / "again.events").read_text(encoding="utf-8") == live_trace


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"mute": frozenset({"bed"}), "solo": frozenset({"bed", "lead"})},
        {"begin": 6.5},
        {"waits": Waits.FOR_THE_FIRST_CUE, "start": Start.ON_CUE},
    ],
)
def test_law_2_all_files_of_a_session(tmp_path: Path, changes: dict[str, Any]) -> None:
    plan = PlayPlan(two_scenes(), seed=5, script=((3.0, Do("tempo 80 over 2 s")),), **changes)
    live = Live(plan, [(2.2, Fire("onward")), (4.1, Do("key Eb")), (5.0, Fire("nobody"))], 13.3)
    recorded(live, plan, tmp_path)
    rendered(plan.score, tmp_path)
    assert is_the_same(tmp_path)


def test_law_2_with_the_time_of_day(tmp_path: Path) -> None:
    """The journal knows when it was: what the clock fired comes again at its second."""
    by_clock = (
        replace(two_scenes().cues[1], when=(Clock(36_003), Every(4.5))),
        replace(two_scenes().cues[0], while_=(InHours(0, 3600),)),
    )
    score = replace(two_scenes(), cues=by_clock)
    plan = PlayPlan(score, clock=35_998.123, script=((1.0, Fire("hush")),))
    live = Live(plan, [(2.2, Fire("hush"))], 13.3)
    recorded(live, plan, tmp_path)
    assert read_journal(tmp_path / "journal").clock == 35_998.123
    rendered(score, tmp_path)
    assert is_the_same(tmp_path)
    trace = (tmp_path / "live.events").read_text()
    assert trace.count("cue onward; cue") == 4  # at the start, by the clock, and twice by `every`
    assert "only while clock 00:00..01:00; it is 10:00" in trace


def test_a_journal_without_a_time_of_day_is_of_an_earlier_release(journal: Path) -> None:
    text = journal.read_text()
    journal.write_text(text.replace(', "clock": null', "", 1))
    assert journal.read_text() != text
    assert read_journal(journal).clock is None
    journal.write_text(text.replace('"clock": null', '"clock": 90000', 1))
    with pytest.raises(ScoreError, match=":1:1: clock is a time of day"):
        read_journal(journal)


def test_law_2_with_notes_that_were_dropped(tmp_path: Path) -> None:
    """What came too late to be sent is not in the render either."""

    class Slow(VirtualClock):
        def sleep_until(self, deadline: Seconds) -> None:
            late = 0.4 if 3.0 < deadline < 3.9 else 0.0
            super().sleep_until(deadline + late)

    plan = PlayPlan(two_scenes())
    live = Live(plan, (), 9.0, (), Slow())
    assert live.ended.lateness.dropped > 0
    recorded(live, plan, tmp_path)
    rendered(plan.score, tmp_path)
    assert is_the_same(tmp_path)


@given(
    st.one_of(
        places(),
        st.builds(AtSceneBar, st.text(), st.integers(1, 99), st.fractions(1, 9)),
        st.builds(AtBar, st.integers(1, 99), st.just(Fraction(7, 3))),
        st.builds(AfterPrevious, st.fractions(0, 99), st.just("beats")),
    ),
    st.one_of(
        cues(),
        st.builds(Set, st.text(), st.floats(-1e9, 1e9)),
        st.builds(
            Observation,
            st.text(),
            st.text(),
            st.lists(st.floats(-9, 9) | st.text()).map(tuple),
            st.lists(st.tuples(st.text(), st.text())).map(tuple),
            st.text(),
        ),
    ),
)
def test_cues_and_places_are_written_exactly(at: Any, cue: Cue) -> None:
    text = json.dumps([place_to_json(at), cue_to_json(cue)])
    place, again = json.loads(text)
    assert place_from_json(place) == at
    assert cue_from_json(again) == cue


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    plan = PlayPlan(two_scenes())
    recorded(Live(plan, [(2.2, Fire("onward"))], 6.0), plan, tmp_path)
    return tmp_path / "journal"


def test_a_torn_last_line_is_passed_over(journal: Path) -> None:
    whole = read_journal(journal)
    assert whole.end == pytest.approx(6.0, abs=0.02)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-1]) + lines[-1][:-5])
    assert read_journal(journal) == replace(whole, end=None)
    assert render(two_scenes(), read_journal(journal), []).seconds > 30.0


@pytest.mark.parametrize(
    ("line", "new", "told"),
    [
        (1, "{}", ':1:1: a journal begins with a line {"leitmotor journal": 1'),
        (1, '{"leitmotor journal": 2}', ":1:1: a journal of version 2"),
        (2, "{", ":2:2: this is not JSON"),
        (2, "[1]", ":2:1: a line of a journal is an object"),
        (2, '{"x": NaN}', ":2:1: a journal holds no such number"),
        (2, '{"x": ' + "[" * 100_000 + "]", ":2:1: a journal holds no such number or nesting"),
        (2, '{"receipt": 7, "at": 1.0, "cue": {}}', ":2:1: here the cue with receipt 1"),
        (2, '{"receipt": 1, "at": -1, "cue": {}}', ":2:1: at is a number of seconds from 0"),
        (2, '{"receipt": 1, "at": 1, "cue": {}}', ":2:1: a cue holds fire, do, set"),
        (2, '{"receipt": 1, "at": {"bar": 0}, "cue": {}}', ":2:1: bar is a whole number"),
        (2, '{"end": "soon"}', ":2:1: end is a number"),
        (2, '{"what": 1}', ":2:1: a line tells of"),
        (2, "\xff", ":2:1: this is not UTF-8"),
    ],
)
def test_a_damaged_journal_tells_where(journal: Path, line: int, new: str, told: str) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[line - 1] = new.encode("latin-1") + b"\n"
    journal.write_bytes(b"".join(lines))
    with pytest.raises(ScoreError) as refused:
        read_journal(journal)
    assert told in str(refused.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_place(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "journal"
    path.write_bytes(data)
    with pytest.raises(ScoreError) as refused:
        read_journal(path)
    assert refused.value.problems[0].line >= 1


def test_a_journal_of_another_score_is_refused(journal: Path) -> None:
    other = replace(two_scenes(), hash="another")
    with pytest.raises(CueError, match="another state of the score"):
        render(other, read_journal(journal), [])


def test_files_that_cannot_be_made_are_refused_before_the_music(tmp_path: Path) -> None:
    plan = PlayPlan(two_scenes())
    trace = TraceOutput(tmp_path / "a.events")
    recording = Recording([trace], JournalWriter(tmp_path / "no" / "journal", plan), print)
    with pytest.raises(DeviceError, match="cannot write"):
        recording.open()
    assert list(tmp_path.iterdir()) == []
