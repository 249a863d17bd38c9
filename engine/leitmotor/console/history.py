"""The last cues and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leitmotor.console.wording import answer_texts, cue_text
from leitmotor.messages import Answer, Effect, Outcome, Reply
from leitmotor.music.time import Seconds
from leitmotor.records import record

KEPT = 50
"""So many cues are remembered for display; the journal keeps them all."""

_OUTCOMES = frozenset(Outcome) - {Outcome.PLANNED, Outcome.REFUSED}


@record
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
        earlier = self._find(reply.receipt) or self._fired_by_the_score(reply)
        if earlier is None:
            return self._store(binding)
        cue = _with_what_it_fired(earlier.cue, reply.cue)
        if earlier.provisional or not earlier.effects:
            # What was foreseen is replaced by what was decided.
            return self._store(replace(binding, cue=cue), earlier)
        effects = _updated(earlier.effects, reply.effects)
        reason = reply.reason or earlier.reason
        return self._store(replace(earlier, cue=cue, effects=effects, reason=reason), earlier)

    def recent(self, count: int) -> tuple[Answered, ...]:
        """The last `count` cues, the newest last."""
        return tuple(self._kept[-count:]) if count > 0 else ()

    def _find(self, receipt: int) -> Answered | None:
        if not receipt:
            return None
        return next((each for each in self._kept if each.receipt == receipt), None)

    def _fired_by_the_score(self, reply: Reply) -> Answered | None:
        """What the score fired has no receipt: the oldest that is planned and of the same words."""
        outcomes = {effect.what for effect in reply.effects if effect.outcome in _OUTCOMES}
        return next(
            (
                each
                for each in self._kept
                if (each.receipt, reply.receipt, each.cue) == (0, 0, reply.cue)
                and outcomes & {e.what for e in each.effects if e.outcome is Outcome.PLANNED}
            ),
            None,
        )

    def _store(self, answered: Answered, earlier: Answered | None = None) -> Answered:
        """Keep it in the place of what was known earlier; an old place may be gone by now."""
        earlier = earlier or self._find(answered.receipt)
        for place, each in enumerate(self._kept):
            if each is earlier:
                self._kept[place] = answered
                return answered
        self._kept = [*self._kept[-KEPT + 1 :], answered]
        return answered


def _with_what_it_fired(cue: str, fired: str) -> str:
    """ "press b: betrayal", where a key or GO fired a cue of the score."""
    known = (cue, *cue.partition(": ")[2].split(", "))
    if fired in known:
        return cue
    return f"{cue}, {fired}" if ": " in cue else f"{cue}: {fired}"


def _updated(effects: tuple[Effect, ...], later: Iterable[Effect]) -> tuple[Effect, ...]:
    """Each effect with its outcome, where one has come; new ones at the end.

    Of several with the same words the first that is still planned is meant, else the last.
    """
    known = list(effects)
    for effect in later:
        same = [place for place, each in enumerate(known) if each.what == effect.what]
        planned = [place for place in same if known[place].outcome is Outcome.PLANNED]
        if not same:
            known.append(effect)
        else:
            known[planned[0] if planned else same[-1]] = effect
    return tuple(known)
