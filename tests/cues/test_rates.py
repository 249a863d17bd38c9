"""Who may say how much: bursts pass, floods do not, and nobody starves (C.28)."""

from __future__ import annotations

from leitmotor.cues.rates import (
    ALL,
    EACH,
    MOST_SOURCES,
    NEWCOMERS,
    SHARE,
    Bucket,
    Rate,
    Rates,
)


def admitted(rates: Rates, source: str, times: list[float]) -> int:
    passed = 0
    for now in times:
        if rates.admits(source, now):
            rates.charge(source, 1, now)
            passed += 1
    return passed


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = Bucket(Rate(3, 2.0), 10.0)
    assert [bucket.take(1, 10.0) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(1, 10.5) for _ in range(2)] == [True, False]
    assert [bucket.take(1, 1000.0) for _ in range(4)] == [True, True, True, False]


def test_a_bundle_is_taken_whole_and_paid_for_afterwards() -> None:
    bucket = Bucket(Rate(3, 1.0), 0.0)
    assert bucket.take(5, 0.0)
    assert not bucket.take(1, 2.9)
    assert bucket.take(1, 3.0)


def test_a_clock_that_stands_or_goes_back_gives_nothing() -> None:
    bucket = Bucket(Rate(1, 1.0), 5.0)
    assert bucket.take(1, 5.0)
    assert not bucket.take(1, 4.0)
    assert not bucket.take(1, 5.5)
    assert bucket.take(1, 6.0)


def test_a_burst_passes_and_a_flood_is_cut_to_the_rate() -> None:
    rates = Rates()
    assert admitted(rates, "a", [0.0] * EACH.burst) == EACH.burst
    flood = [1.0 + n / 10_000 for n in range(20_000)]  # two seconds at 10,000 a second
    passed = admitted(rates, "a", flood)
    assert EACH.burst + 2 * EACH.per_second - 2 <= passed <= EACH.burst + 2 * EACH.per_second + 2


def test_a_flood_of_one_source_costs_another_nothing() -> None:
    rates = Rates()
    lost = 0
    for n in range(20_000):
        now = n / 10_000
        rates.admits("flood", now)
        if n % 100 == 0:  # a hundred a second
            lost += not rates.admits("desk", now)
    assert lost == 0


def test_many_floods_together_leave_each_source_its_share() -> None:
    rates = Rates()
    floods = [f"flood {n}" for n in range(40)]
    for source in ["desk", *floods]:
        assert rates.admits(source, 0.0)
    passed = lost = 0
    for n in range(40_000):  # two seconds: 40 sources of 500 a second each
        now = 0.5 + n / 20_000
        passed += rates.admits(floods[n % 40], now)
        if n % 1000 == 0:
            lost += not rates.admits("desk", now)
    assert lost == 0
    most = ALL.burst + 2 * ALL.per_second + 40 * (SHARE.burst + 2 * SHARE.per_second)
    assert passed <= most


def test_thousands_of_false_names_are_let_in_slowly_and_push_nobody_out() -> None:
    """Each datagram of such a flood comes from another port."""
    rates = Rates()
    assert rates.admits("desk", 0.0)
    rates.charge("desk", 1, 0.0)
    passed = sum(rates.admits(f"false {n}", n / 10_000) for n in range(100_000))
    assert passed <= NEWCOMERS.burst + 10 * NEWCOMERS.per_second + 1
    assert passed > MOST_SOURCES
    assert rates.admits("desk", 10.0)
    assert rates._known["desk"].useful
    assert len(rates._known) <= MOST_SOURCES
