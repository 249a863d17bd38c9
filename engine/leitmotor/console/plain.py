"""The performance as plain lines, where nobody looks at a terminal: one a change, one an answer."""

from __future__ import annotations

from leitmotor.console.wording import answer_texts, clock_text, cue_text, place_text
from leitmotor.messages import Answer, Change, Event, Log, Reply

_SHOWN = ("scene", "state", "playing")


def event_lines(event: Event) -> tuple[str, ...]:
    """What an event is worth saying: scene and state changes, answers, lines for the operator."""
    if isinstance(event, Change):
        if event.what not in _SHOWN or not event.value:
            return ()
        said = "nothing plays" if event.what == "playing" else f"{event.what} {event.value}"
        return (f"{_place(event)}  {said}",)
    if isinstance(event, Reply):
        lines = answer_texts(event.effects, event.reason, False)
        return tuple(f"{_place(event)}  {event.cue} -> {line}" for line in lines)
    if isinstance(event, Log):
        return (f"{_place(event)}  {event.text}",)
    return ()


def answer_lines(answer: Answer) -> tuple[str, ...]:
    """A first answer, where no binding one will follow at once."""
    if answer.at is not None:
        return ()
    said = answer_texts(answer.effects, answer.reason, answer.provisional)
    return tuple(f"{cue_text(answer.cue)} -> {line}" for line in said)


def _place(event: Change | Reply | Log) -> str:
    bar, beat = event.bar.place(event.tick)
    return f"{clock_text(event.seconds, 3)}  {place_text(bar, beat)}"
