"""The last cues and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from leitmotor.console.wording import answer_texts, cue_text
from leitmotor.messages import Answer, Effect, Reply
from leitmotor.music.time import Seconds

KEPT = 50
"""So many cues are remembered for display; the journal keeps them all."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A cue with the latest that is known of it. `seconds` is when it acts, None while unknown."""

    receipt: int  # 0 for a cue that the score itself fired
    cue: str
    seconds: Seconds | None
    provisional: bool
    effects: tuple[Effect, ...] = ()
    reason: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The answer in words."""
        return answer_texts(self.effects, self.reason, self.provisional)


class History:
    """Brings answers and later outcomes of one cue together."""

    def __init__(self) -> None:
        self._kept: list[Answered] = []

    def answered(self, answer: Answer) -> Answered:
        """Take an answer in; the cue as it is known now."""
        return self._store(
            Answered(
                answer.receipt,
                cue_text(answer.cue),
                answer.at,
                answer.provisional,
                answer.effects,
                answer.reason,
            )
        )

    def replied(self, reply: Reply) -> Answered:
        """Take a binding answer or an outcome in; the cue as it is known now."""
        binding = Answered(
            reply.receipt, reply.cue, reply.seconds, False, reply.effects, reply.reason
        )
        earlier = self._find(reply.receipt)
        if earlier is None:
            return self._store(binding)
        cue = _with_what_it_fired(earlier.cue, reply.cue)
        if earlier.provisional or not earlier.effects:
            # What was foreseen is replaced by what was decided.
            return self._store(replace(binding, cue=cue))
        effects = _updated(earlier.effects, reply.effects)
        reason = reply.reason or earlier.reason
        return self._store(replace(earlier, cue=cue, effects=effects, reason=reason))

    def recent(self, count: int) -> tuple[Answered, ...]:
        """The last `count` cues, the newest last."""
        return tuple(self._kept[-count:]) if count > 0 else ()

    def _find(self, receipt: int) -> Answered | None:
        if not receipt:
            return None
        return next((each for each in self._kept if each.receipt == receipt), None)

    def _store(self, answered: Answered) -> Answered:
        earlier = self._find(answered.receipt)
        if earlier is not None:
            self._kept[self._kept.index(earlier)] = answered
        else:
            self._kept = [*self._kept[-KEPT + 1 :], answered]
        return answered


def _with_what_it_fired(cue: str, fired: str) -> str:
    """ "press b: betrayal", where a key or GO fired a cue of the score."""
    known = (cue, *cue.partition(": ")[2].split(", "))
    if fired in known:
        return cue
    return f"{cue}, {fired}" if ": " in cue else f"{cue}: {fired}"


def _updated(effects: tuple[Effect, ...], later: Iterable[Effect]) -> tuple[Effect, ...]:
    """Each effect with its outcome, where one has come; new ones at the end."""
    known = {effect.what: effect for effect in effects}
    known.update({effect.what: effect for effect in later})
    return tuple(known.values())
