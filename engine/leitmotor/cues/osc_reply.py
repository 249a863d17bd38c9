"""Answers as OSC messages: what a cue will do, when, where and by which rule."""

from __future__ import annotations

from collections.abc import Iterator

from pythonosc.osc_message_builder import OscMessageBuilder

from leitmotor.messages import Answer

ANSWER = "/leitmotor/answer"
REPLY = "/leitmotor/reply"
"""The address by which a source asks for answers: 1, 0, or the port where it wants them."""

MOST_EFFECTS = 8
_LONGEST = 200


def answer_messages(asked: str, answer: Answer) -> Iterator[bytes]:
    """One message for each thing that a cue does, as a datagram; `asked` is the address that came.

    `/leitmotor/answer ADDRESS WHAT OUTCOME SECONDS BAR BEAT RULE`, of the types ssssfifs without one
    s: texts, but seconds (of the performance) and beat as floats, the bar as an integer.
    """
    for effect in answer.effects[:MOST_EFFECTS]:
        yield _message(
            asked, effect.what, effect.outcome.value, effect.seconds, effect.bar,
            float(effect.beat), effect.rule,
        )  # fmt: skip
    if not answer.effects:
        outcome = "planned" if answer.provisional and not answer.reason else "refused"
        yield (
            refusal_message(asked, answer.reason)
            if outcome == "refused"
            else _message(asked, "", outcome, answer.at or 0.0, 0, 0.0, "")
        )


def refusal_message(asked: str, why: str) -> bytes:
    """The answer to what is no cue at all."""
    return _message(asked, "", "refused", 0.0, 0, 0.0, why)


def _message(
    asked: str, what: str, outcome: str, seconds: float, bar: int, beat: float, rule: str
) -> bytes:
    built = OscMessageBuilder(ANSWER)
    for kind, value in (
        ("s", asked), ("s", what), ("s", outcome), ("f", seconds), ("i", bar), ("f", beat),
        ("s", rule),
    ):  # fmt: skip
        cut = value.replace("\0", "")[:_LONGEST] if isinstance(value, str) else value
        built.add_arg(cut, kind)
    return built.build().dgram
