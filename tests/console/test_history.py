"""Answers and later outcomes of one cue come together (S2)."""

from __future__ import annotations

from fractions import Fraction

from leitmotor.console.history import KEPT, History
from leitmotor.messages import Answer, Bar, Do, Effect, Fire, Observation, Outcome, Reply

BAR = Bar(1, 0, 4, 1, "4/4")


def _effect(what: str, outcome: Outcome) -> Effect:
    return Effect(what, outcome, 0, 2.0, 2, Fraction(5, 2), "next bar")


def _reply(receipt: int, *effects: Effect, reason: str = "") -> Reply:
    return Reply(0, 1.0, BAR, receipt, "hush", effects, reason)


def test_a_provisional_answer_gives_way_to_the_binding_one_and_that_to_outcomes() -> None:
    history = History()
    history.answered(Answer(3, Fire("hush"), 1.0, True, (_effect("fade 1 s", Outcome.PLANNED),)))
    planned = (_effect("fade 1 s", Outcome.PLANNED), _effect("stop", Outcome.PLANNED))
    history.replied(_reply(3, *planned))
    last = history.replied(_reply(3, _effect("stop", Outcome.SUPERSEDED)))
    assert [effect.outcome for effect in last.effects] == [Outcome.PLANNED, Outcome.SUPERSEDED]
    assert last.lines[1] == "stop: superseded at bar 2 beat 2.5, 2.000 s; rule: next bar"
    assert history.recent(9) == (last,)


def test_what_was_planned_is_done_and_may_be_replaced_later() -> None:
    history = History()
    history.answered(Answer(3, Fire("hush"), 1.0, True))
    twice = [_effect("tempo 90", Outcome.PLANNED), _effect("stop", Outcome.PLANNED)]
    history.replied(_reply(3, *twice, twice[0]))
    once = history.replied(_reply(3, _effect("tempo 90", Outcome.DONE)))
    done, planned, superseded = Outcome.DONE, Outcome.PLANNED, Outcome.SUPERSEDED
    assert [effect.outcome for effect in once.effects] == [done, planned, planned]
    history.replied(_reply(3, _effect("tempo 90", Outcome.DONE)))
    history.replied(_reply(3, _effect("tempo 90", Outcome.SUPERSEDED)))
    last = history.replied(_reply(3, _effect("stop", Outcome.DONE)))
    assert [effect.outcome for effect in last.effects] == [done, done, superseded]
    assert history.recent(9) == (last,)


def test_an_outcome_finds_what_the_score_itself_fired() -> None:
    history = History()
    history.replied(_reply(0, _effect("stop", Outcome.PLANNED)))
    history.replied(_reply(0, _effect("stop", Outcome.PLANNED))._replace(cue="alarm"))
    history.replied(_reply(0, _effect("stop", Outcome.DONE))._replace(cue="alarm"))
    shown = [(each.cue, each.effects[0].outcome) for each in history.recent(9)]
    assert shown == [("hush", Outcome.PLANNED), ("alarm", Outcome.DONE)]


def test_a_key_is_shown_with_the_cues_that_it_fired() -> None:
    history = History()
    history.answered(Answer(3, Observation("press", "b"), 1.0, True))
    history.replied(_reply(3, _effect("stop", Outcome.DONE)))
    history.replied(_reply(3, _effect("stop", Outcome.SUPERSEDED)))
    last = history.replied(_reply(3, _effect("panic", Outcome.DONE))._replace(cue="alarm"))
    assert last.cue == "press b: hush, alarm"
    assert [effect.what for effect in last.effects] == ["stop", "panic"]


def test_a_refusal_says_why() -> None:
    history = History()
    history.answered(Answer(1, Do("go nowhere"), None, False, (), "there is no scene"))
    reply = _reply(1, _effect("go nowhere", Outcome.REFUSED))._replace(cue="go nowhere")
    refused = history.replied(reply)
    assert refused.cue == "go nowhere"
    assert refused.lines == ("go nowhere: refused: next bar",)


def test_a_cue_without_a_time_yet_says_so() -> None:
    assert History().answered(Answer(1, Fire("a"), None, True)).lines == (
        "its time has not come yet",
    )


def test_cues_that_the_score_fires_are_kept_apart() -> None:
    history = History()
    history.replied(_reply(0, reason="first"))
    history.replied(_reply(0, reason="second"))
    assert [each.reason for each in history.recent(2)] == ["first", "second"]


def test_only_the_last_ones_are_remembered() -> None:
    history = History()
    for receipt in range(1, KEPT + 5):
        history.answered(Answer(receipt, Fire("a"), 0.0, True))
    kept = history.recent(1000)
    assert (len(kept), kept[-1].receipt, history.recent(0)) == (KEPT, KEPT + 4, ())
