"""The MIDI file as other programs read it (S3, S36)."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import mido
import pretty_midi  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitmotor.errors import InternalError
from leitmotor.messages import (
    Attack,
    Bar,
    BarLine,
    Cause,
    Change,
    Control,
    Event,
    Panic,
    Release,
    Setup,
    Tempo,
    Voice,
)
from leitmotor.music.tempo import LINEAR_IN_BEATS, TempoSegment
from leitmotor.music.time import QUARTER
from leitmotor.outputs.base import opened
from leitmotor.outputs.midi_file import MidiFileOutput
from leitmotor.testing.contract import (
    CELLO,
    HARP,
    attack,
    example_events,
    example_setups,
    release,
)

BAR = Bar(1, 0, 4 * QUARTER, QUARTER, "4/4")
STEADY = Tempo(0, 0.0, BAR, 60.0, 60.0, 0, "constant")


def write(
    path: Path, *events: Event, instruments: tuple[str, ...] = (), setups: tuple[Setup, ...] = ()
) -> mido.MidiFile:
    with opened(MidiFileOutput(path, instruments, "Der Flößer")) as output:
        output.prepare(setups)
        for event in events:
            output.send(event)
    return mido.MidiFile(path, charset="utf-8")


def placed(track: mido.MidiTrack, *kinds: str) -> list[tuple[int, mido.Message]]:
    """(file tick, message) of the kinds asked for."""
    ticks = accumulate(message.time for message in track)
    return [(t, m) for t, m in zip(ticks, track, strict=True) if m.type in kinds]


def names(file: mido.MidiFile) -> list[str]:
    return [track.name for track in file.tracks]


def test_mido_and_pretty_midi_read_the_same_notes(tmp_path: Path) -> None:
    path = tmp_path / "x.mid"
    ramp = Tempo(4 * QUARTER, 4.0, BAR, 60.0, 120.0, 8 * QUARTER, LINEAR_IN_BEATS)
    law = TempoSegment(4 * QUARTER, 4.0, 60.0, 120.0, 8 * QUARTER, LINEAR_IN_BEATS)
    notes: list[Attack | Release] = []
    for beat in range(4, 12):
        begin, end = beat * QUARTER, beat * QUARTER + QUARTER // 2
        on = attack(beat, beat, CELLO, 50 + beat, "C4")
        notes.append(on._replace(seconds=law.seconds_at(begin)))
        off = release(beat + 0.5, beat, CELLO, 50 + beat, "C4", 0.5)
        notes.append(off._replace(seconds=law.seconds_at(end)))
    file = write(path, STEADY, ramp, *notes, instruments=("cello",), setups=example_setups())
    assert (file.type, file.ticks_per_beat) == (1, 5040)

    passed, by_mido = 0.0, []
    for message in file:
        passed += message.time
        if message.type in ("note_on", "note_off"):
            by_mido.append((passed, message.note))
    expected = [(event.seconds, event.pitch) for event in notes]
    assert [pitch for _, pitch in by_mido] == [pitch for _, pitch in expected]
    for (got, _), (due, _) in zip(by_mido, expected, strict=True):
        assert got == pytest.approx(due, abs=5e-5)

    read = pretty_midi.PrettyMIDI(str(path))
    cello = next(player for player in read.instruments if player.program == 42)
    assert cello.name == "cello"
    by_pretty = [moment for note in cello.notes for moment in (note.start, note.end)]
    assert by_pretty == pytest.approx([moment for moment, _ in by_mido], abs=1e-6)


def test_tracks_stand_in_the_order_given(tmp_path: Path) -> None:
    """S36: one track per instrument, also for one that rests; texts are UTF-8."""
    file = write(tmp_path / "x.mid", *example_events(), instruments=("harp", "Röhrenglocken"))
    assert names(file) == ["Der Flößer", "harp", "Röhrenglocken", "cello"]
    assert not any(m.type == "midi_port" for track in file.tracks for m in track)
    assert {track[-1].type for track in file.tracks} == {"end_of_track"}
    assert len({sum(m.time for m in track) for track in file.tracks}) == 1


def test_outputs_of_the_rig_become_ports(tmp_path: Path) -> None:
    desk, house = CELLO._replace(out="desk"), CELLO._replace(out="house", channel=5)
    events: list[Event] = [attack(0, 1, desk, 50, "D3"), attack(0, 2, house, 62, "D4")]
    file = write(tmp_path / "x.mid", STEADY, *events, instruments=("cello", "harp"))
    assert names(file)[1:] == ["cello", "cello", "harp"]
    heads = [[m for m in t if m.type in ("device_name", "midi_port")] for t in file.tracks[1:]]
    assert [[h[0].name, h[1].port] for h in heads[:2]] == [["desk", 0], ["house", 1]]
    assert heads[2] == []


def test_set_up_stands_at_0_before_the_notes(tmp_path: Path) -> None:
    setup = Setup(CELLO._replace(bank=129), ((7, 100), (11, 90)))
    file = write(tmp_path / "x.mid", *example_events(), setups=(setup,))
    found = placed(file.tracks[1], "control_change", "program_change", "note_on")[:6]
    assert [message.bytes() for _, message in found] == [
        [0xB0, 0, 1],
        [0xB0, 32, 1],
        [0xC0, 42],
        [0xB0, 7, 100],
        [0xB0, 11, 90],
        [0xB0, 11, 96],
    ]
    assert {tick for tick, _ in found} == {0}


def test_the_conductor_marks_scenes_cues_keys_and_metres(tmp_path: Path) -> None:
    conductor = write(tmp_path / "x.mid", *example_events()).tracks[0]
    assert [(t, m.text) for t, m in placed(conductor, "marker")] == [
        (0, "scene quay"),
        (4 * 5040, "cue knock"),
    ]
    assert [(t, m.key) for t, m in placed(conductor, "key_signature")] == [(0, "Dm")]
    [(tick, metre)] = placed(conductor, "time_signature")
    assert (tick, metre.numerator, metre.denominator, metre.clocks_per_click) == (0, 4, 4, 24)


@pytest.mark.parametrize(
    ("key", "signature"),
    [
        ("C major", "C"),
        ("Eb minor", "Ebm"),
        ("F# major", "F#"),
        ("D dorian", "Am"),
        ("G mixolydian", "C"),
        ("A harmonic", "Am"),
        ("G# major", None),  # eight sharps
        ("C octatonic", None),
        ("silence", None),
    ],
)
def test_key_signatures(key: str, signature: str | None, tmp_path: Path) -> None:
    change = Change(0, 0.0, BAR, "key", key, Cause("cue"))
    found = placed(write(tmp_path / "x.mid", change).tracks[0], "key_signature")
    assert [message.key for _, message in found] == ([signature] if signature else [])


def test_metres_are_written_where_they_change_or_a_bar_was_cut(tmp_path: Path) -> None:
    """S5: an entry cuts a bar short; readers need the metre again to find the new bar line."""
    bars = [
        Bar(1, 0, 4 * QUARTER, QUARTER, "4/4"),
        Bar(2, 4 * QUARTER, 4 * QUARTER, QUARTER, "4/4"),
        Bar(3, 6 * QUARTER, 4 * QUARTER, QUARTER, "4/4"),
        Bar(4, 10 * QUARTER, 7 * QUARTER // 2, QUARTER // 2, "7/8 (2+2+3)"),
        Bar(5, 27 * QUARTER // 2, 3 * QUARTER, 3 * QUARTER // 2, "6/8"),
        Bar(6, 33 * QUARTER // 2, 3 * QUARTER, QUARTER, "free"),
    ]
    events: list[Event] = [BarLine(bar.start, bar.start / QUARTER, bar) for bar in bars]
    found = placed(write(tmp_path / "x.mid", STEADY, *events).tracks[0], "time_signature")
    told = [(t / 5040, m.numerator, m.denominator, m.clocks_per_click) for t, m in found]
    assert told == [(0, 4, 4, 24), (6, 4, 4, 24), (10, 7, 8, 12), (13.5, 6, 8, 36)]


def lines(file: mido.MidiFile, track: int = 1) -> list[tuple[int, str, int]]:
    return [(t, m.type, m.note) for t, m in placed(file.tracks[track], "note_on", "note_off")]


def tiny(tick: int, note: int, pitch: int) -> Attack:
    return attack(0, note, CELLO, pitch, "C4")._replace(tick=tick, seconds=tick / QUARTER)


def end(tick: int, note: int, pitch: int) -> Release:
    return release(0, note, CELLO, pitch, "C4", 0)._replace(tick=tick, seconds=tick / QUARTER)


def test_no_note_is_shorter_than_a_file_tick_and_none_overlaps_itself(tmp_path: Path) -> None:
    events: list[Event] = [
        tiny(0, 1, 60),
        end(3, 1, 60),
        tiny(3, 2, 60),
        end(6, 2, 60),
        tiny(50, 3, 60),
    ]
    file = write(tmp_path / "x.mid", STEADY, *events, end(60, 3, 60))
    assert lines(file) == [
        (0, "note_on", 60),
        (1, "note_off", 60),
        (1, "note_on", 60),
        (2, "note_off", 60),
        (2, "note_on", 60),
        (3, "note_off", 60),
    ]


def test_at_one_file_tick_ends_come_first_and_attacks_last(tmp_path: Path) -> None:
    """S3: also where rounding has brought an earlier attack to the tick of a later release."""
    control = Control(2206, 2206 / QUARTER, BAR, CELLO, 11, 5)
    events: list[Event] = [
        tiny(0, 1, 60),
        tiny(2201, 2, 64),
        end(2205, 1, 60),
        control,
        end(4400, 2, 64),
    ]
    track = write(tmp_path / "x.mid", STEADY, *events).tracks[1]
    found = [(t, m.type) for t, m in placed(track, "note_on", "note_off", "control_change")]
    assert found[1:4] == [(100, "note_off"), (100, "control_change"), (100, "note_on")]


def test_a_restruck_note_ends_where_the_next_begins(tmp_path: Path) -> None:
    """S28: the earlier owner's release, which comes later, is void."""
    events: list[Event] = [tiny(0, 1, 60), tiny(2200, 2, 60), end(4400, 1, 60), end(6600, 2, 60)]
    assert [tick for tick, _, _ in lines(write(tmp_path / "x.mid", STEADY, *events))] == [
        0,
        100,
        100,
        300,
    ]


def test_panic_ends_everything_and_hushes_the_channels(tmp_path: Path) -> None:
    events: list[Event] = [tiny(0, 1, 60), Panic(2200, 2200 / QUARTER, BAR), end(4400, 1, 60)]
    track = write(tmp_path / "x.mid", STEADY, *events).tracks[1]
    found = placed(track, "note_on", "note_off", "control_change")
    assert [(tick, message.bytes()[:2]) for tick, message in found] == [
        (0, [0x90, 60]),
        (100, [0x80, 60]),
        (100, [0xB0, 64]),
        (100, [0xB0, 123]),
        (100, [0xB0, 120]),
    ]


def test_what_cannot_be_a_midi_message_is_our_fault_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(InternalError, match="pitch 128"):
        write(tmp_path / "x.mid", STEADY, tiny(0, 1, 128))
    assert list(tmp_path.iterdir()) == []


@st.composite
def performances(draw: st.DrawFn) -> list[Event]:
    """Notes at any tick, also far too short, on few pitches; ends as the performer sends them."""
    events: list[Event] = []
    notes = st.tuples(st.integers(0, 3000), st.integers(1, 400), st.integers(60, 62))
    for number, (begin, length, pitch) in enumerate(draw(st.lists(notes, max_size=25))):
        voice = draw(st.sampled_from([CELLO, HARP, Voice("bell", "colour", "", 0, 14, 0)]))
        events.append(tiny(begin, number, pitch)._replace(voice=voice))
        events.append(end(begin + length, number, pitch)._replace(voice=voice))
    return [STEADY, *sorted(events, key=lambda e: (e.tick, isinstance(e, Attack)))]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(performances())
def test_notes_alternate_on_every_pitch_of_every_track(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    """Pairing: on and off take turns in the file, however short the notes, and none is lost."""
    file = write(tmp_path_factory.mktemp("smf") / "x.mid", *events)
    count = 0
    for number in range(1, len(file.tracks)):
        last: dict[int, tuple[int, str]] = {}
        for tick, kind, pitch in lines(file, number):
            before, was = last.get(pitch, (-1, "note_off"))
            assert kind != was
            assert tick > before or kind == "note_on"
            last[pitch] = tick, kind
            count += kind == "note_on"
        assert {kind for _, kind in last.values()} <= {"note_off"}
    assert count == sum(isinstance(event, Attack) for event in events)
