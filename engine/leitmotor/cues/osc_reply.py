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
    """A datagram for each thing that a cue does; `asked` is the address that came.

    `/leitmotor/answer ADDRESS WHAT OUTCOME SECONDS BAR BEAT RULE`: texts, but the seconds of the
    performance and the beat as floats and the bar as an integer.
    """
    if answer.reason and not answer.effects:
        yield refusal_message(asked, answer.reason)
    elif not answer.effects:
        yield _message(asked, "", "planned", answer.at or 0.0, 0, 0.0, "")
    for effect in answer.effects[:MOST_EFFECTS]:
        yield _message(
            asked,
            effect.what,
            effect.outcome.value,
            effect.seconds,
            effect.bar,
            float(effect.beat),
            effect.rule,
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
