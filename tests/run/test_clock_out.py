"""MIDI clock beside the music: 24 a quarter, stopped and gone on as the music is (S26, S11)."""

from __future__ import annotations

from math import inf

import pytest

from leitmotor.cues.midi_clock import MidiClockReader
from leitmotor.messages import Change, Do, Event, Tempo
from leitmotor.music.time import GRID, QUARTER, Seconds
from leitmotor.outputs.midi_port import MidiPortOutput
from leitmotor.perform.performance import Performance
from leitmotor.run.clock_out import ClockOut, NoBeat
from leitmotor.run.plan import PlayPlan
from leitmotor.testing import builders
from leitmotor.testing.fake_midi import ALSA, FakeMidi
from leitmotor.testing.live import Live, two_scenes

START, TICK, GO_ON, STOP = b"\xfa", b"\xf8", b"\xfb", b"\xfc"


class Wire:
    """What a beat sends along a performance, each with its second."""

    def __init__(self, begin: Seconds = 0.0) -> None:
        self.sent: list[tuple[Seconds, bytes]] = []
        self.now: Seconds = 0.0
        self.beat = ClockOut(lambda data: self.sent.append((self.now, data)), begin)

    def follow(self, events: list[Event], until: Seconds) -> None:
        """Events and ticks, each at its time."""
        for event in events:
            self.tick_before(event.seconds)
            self.now = event.seconds
            self.beat.take(event)
        self.tick_before(until)

    def tick_before(self, seconds: Seconds) -> None:
        while self.beat.due() < seconds:
            self.now = self.beat.due()
            self.beat.tick()

    def of(self, data: bytes) -> list[Seconds]:
        return [at for at, sent in self.sent if sent == data]


def performed(*cues: tuple[Seconds, str], until: Seconds = 20.0) -> list[Event]:
    score = builders.score(motifs=[builders.motif("tune", "1q 2 3 4")], tempo=120.0)
    performance = Performance(score)
    for at, text in cues:
        performance.receive(Do(text), at)
    return performance.advance(until)


def test_it_starts_with_the_music_and_ticks_24_times_a_quarter() -> None:
    wire = Wire()
    wire.follow(performed(until=4.0), 4.0)
    assert wire.sent[0] == (0.0, START)
    assert wire.of(TICK) == pytest.approx([n / 48 for n in range(192)])
    wire.beat.end()
    wire.beat.end()
    assert len(wire.of(STOP)) == 1


def test_s22_it_follows_steps_and_ramps_of_tempo() -> None:
    events = performed((2.0, "tempo 60"), (6.0, "tempo 180 over 4 bars"), until=30.0)
    wire = Wire()
    wire.follow(events, 30.0)
    by_tick = {event.tick: event.seconds for event in events if event.tick % GRID == 0}
    ticks = wire.of(TICK)
    same = [(ticks[tick // GRID], at) for tick, at in by_tick.items() if tick // GRID < len(ticks)]
    assert len(same) > 30
    assert [a for a, _ in same] == pytest.approx([b for _, b in same], abs=1e-9)
    assert len({event.bpm for event in events if isinstance(event, Tempo)}) >= 2


def test_s11_it_stops_where_time_stands_and_goes_on_with_song_position() -> None:
    events = performed((2.2, "pause"), (5.0, "resume exactly"), until=9.0)
    wire = Wire()
    wire.follow(events, 9.0)
    assert wire.of(STOP) == pytest.approx([2.2], abs=1e-6)
    assert wire.of(GO_ON) == pytest.approx([5.0], abs=1e-6)
    assert [at for at in wire.of(TICK) if 2.21 < at < 5.0] == []
    reader = MidiClockReader()
    for at, data in wire.sent:
        match data[0]:
            case 0xFA:
                reader.start(at)
            case 0xFB:
                reader.resume(at)
            case 0xFC:
                reader.stop()
            case 0xF2:
                reader.song_position(data[1] | data[2] << 7)
            case _:
                reader.tick(at)
    music = max((e for e in events), key=lambda e: e.seconds)
    there = music.tick / QUARTER + (wire.sent[-1][0] - music.seconds) * 2
    assert reader.now(wire.sent[-1][0]).quarters == pytest.approx(there, abs=0.05)


def test_s24_it_stops_with_the_music_and_goes_on_with_the_next_scene() -> None:
    performance = Performance(two_scenes())
    for at, text in ((3.0, "stop"), (6.0, "go shore")):
        performance.receive(Do(text), at)
    events = performance.advance(9.0)
    wire = Wire()
    wire.follow(events, 9.0)
    assert wire.of(STOP) == pytest.approx([3.0], abs=1e-4)
    assert any(isinstance(e, Change) and e.what == "scene" and e.seconds > 5 for e in events)
    assert wire.of(GO_ON) == pytest.approx([6.0], abs=1e-4)


def test_what_was_played_silently_is_not_ticked() -> None:
    wire = Wire(begin=4.0)
    wire.follow(performed(until=8.0), 8.0)
    assert [data for _, data in wire.sent[:3]] == [b"\xf2\x20\x00", GO_ON, TICK]
    assert min(wire.of(TICK)) == pytest.approx(4.0)


def test_a_performance_sends_each_tick_at_its_time() -> None:
    """Through the live loop, to the ports that were asked to send it and to no others."""
    fake = FakeMidi({ALSA: ["synth", "drums"]})
    ports = [
        MidiPortOutput("midi:synth", clock=True, backend=fake, wait=lambda _: None),
        MidiPortOutput("midi:drums", backend=fake, wait=lambda _: None),
    ]
    plan = PlayPlan(two_scenes(), clock_outs=frozenset({"midi:synth"}), speed=2.0)
    live = Live(plan, stop=3.0, outputs=ports)
    sent = [bytes(message) for message in fake.wires[0].messages if message[0] >= 0xF0]
    tempo = next(event for event in live.sent if isinstance(event, Tempo))
    played = live.ended.seconds * tempo.bpm / 60
    assert sent[0] == START
    assert sent[-1] == STOP
    assert sent.count(TICK) == pytest.approx(24 * played, abs=2)
    assert [message for message in fake.wires[1].messages if message[0] >= 0xF0] == []


def test_where_nobody_follows_nothing_is_due() -> None:
    assert NoBeat().due() == inf
