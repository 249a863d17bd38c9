"""Datagrams in, messages out: the rates and bounds together, on a clock of the test."""

from __future__ import annotations

from tests.cues.osc_bytes import POISON, WALL, bundle, message, tag

from leitmotor.cues.osc_intake import MOST_AHEAD, Intake
from leitmotor.cues.rates import EACH

DESK = "127.0.0.1:5000"


def test_a_message_acts_when_it_comes_and_a_timed_one_when_it_is_due() -> None:
    intake = Intake()
    now, later = (
        intake.take(data, DESK, 50.0, WALL)[0]
        for data in (message("/a"), bundle(message("/b"), time=tag(WALL + 4)))
    )
    assert (now.message.address, now.source, now.due) == ("/a", DESK, 50.0)
    assert (later.message.address, round(later.due, 4)) == ("/b", 54.0)


def test_a_step_of_the_wall_clock_is_over_with_the_next_packet() -> None:
    """H.68."""
    intake = Intake()
    for wall in (WALL, WALL + 3600, WALL - 3e8):
        (came,) = intake.take(bundle(message("/b"), time=tag(wall + 2)), DESK, 9.0, wall)
        assert round(came.due, 4) == 11.0


def test_poison_is_counted_and_told_once_a_source_while_the_desk_is_heard() -> None:
    intake = Intake()
    heard = 0
    for n in range(2000):
        now = n / 1000
        poison = list(POISON.values())[n % len(POISON)]
        assert intake.take(poison, "10.0.0.9:7", now, WALL) == []
        heard += len(intake.take(message("/go"), DESK, now, WALL)) if n % 20 == 0 else 0
    assert heard == 100 == intake.messages
    assert intake.packets == 2100
    assert sum(intake.faults.values()) == 2000
    assert intake.faults["too many"] > 500
    assert len(intake.lines) <= len(intake.faults)
    assert all(line.startswith("osc from 10.0.0.9:7: ") for line in intake.lines)


def test_beyond_its_rate_a_source_is_dropped_by_messages_not_by_packets() -> None:
    intake = Intake()
    full = bundle(*[message("/a")] * 64)
    taken = sum(len(intake.take(full, DESK, 1.0, WALL)) for _ in range(20))
    assert EACH.burst <= taken < EACH.burst + 64


def test_only_so_much_waits_for_its_time() -> None:
    intake = Intake()
    taken = 0
    for n in range(400):
        ahead = bundle(message("/a"), time=tag(WALL + 8))
        taken += len(intake.take(ahead, f"10.0.0.{n % 8}:7", 1.0 + n / 1000, WALL))
    assert taken == MOST_AHEAD
    assert intake.faults["too many ahead"] == 400 - MOST_AHEAD
    assert len(intake.take(bundle(message("/a"), time=tag(WALL + 8)), DESK, 30.0, WALL)) == 1
