"""The live loop: hears cues, looks a little ahead, and sends each event at its instant."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from math import inf

from leitmotor.messages import Answer, Attack, Event, Release
from leitmotor.music.time import Seconds
from leitmotor.perform.matching import is_input
from leitmotor.perform.performance import Start
from leitmotor.run.anchor import Anchor
from leitmotor.run.clock import Clock
from leitmotor.run.clock_out import Beat, ClockOut, NoBeat
from leitmotor.run.deck import Deck
from leitmotor.run.lateness import LatenessHistogram
from leitmotor.run.mailbox import GRAIN, Mailbox
from leitmotor.run.plan import AtRest, Waits
from leitmotor.run.protocol import CueIn, Ended, Lateness, StopNow
from leitmotor.run.reports import Reports
from leitmotor.run.sieve import Sieve
from leitmotor.run.sounds import NoSounds, Sounds
from leitmotor.run.staged import Staged

TOO_LATE: Seconds = 0.1
"""An attack that is later than this is left out, together with its release."""

UNHEARD = 0
"""The receipt of a cue that the performance never took in."""

STALL: Seconds = 1.0
"""After a stand-still of this length the music goes on from where it was, and does not catch up."""

PATIENCE: Seconds = 0.2
"""Reports are made where there is time; where there never is, all the same after so long."""

REST: Seconds = 0.02
REST_EVERY: Seconds = 5.0
"""Where nothing is due for a `REST`, there is time to tidy up, every so often."""

LONGEST_END: Seconds = 0.1
"""A stop waits so long for what is committed; what a slow device has been promised beyond is taken
back."""

LONGEST_FADE: Seconds = 0.1
LONGEST_TAIL: Seconds = 8.0
"""Where the music has ended by itself, its sound may ring so long."""


class Scheduler:
    """Plays a performance in real time.

    Everything is done in the thread that calls `run`; it waits on `clock` and `mailbox` and nowhere
    else, and tells `reports`. `tidy` is called in pauses. `sounds` gets each event as soon as it is
    known, the outputs of the `deck` when it is due.
    """

    def __init__(
        self,
        ready: Staged,
        deck: Deck,
        clock: Clock,
        mailbox: Mailbox,
        reports: Reports,
        tidy: Callable[[], object] = lambda: None,
        sounds: Sounds | None = None,
    ) -> None:
        self._performance = ready.player
        self._plan = plan = ready.plan
        self._over = ready.over
        self._deck = deck
        self._beat: Beat = ClockOut(deck.pulse, plan.begin) if plan.clock_outs else NoBeat()
        self._clock = clock
        self._mailbox = mailbox
        self._reports = reports
        self._tidy = tidy
        self._sounds: Sounds = NoSounds() if sounds is None else sounds
        self._opening = ready.opening
        self._held: deque[Event] = deque()
        self._sieve = Sieve(plan.mute, plan.solo, plan.without)
        self._too_late: set[int] = set()  # attacks that were not sent: their releases are not
        self._lateness = LatenessHistogram()
        self._at_rest = plan.at_rest
        self._anchor: Anchor | None = None  # None while the clock stands at its beginning
        self._end_reason = ""
        self._rings = False  # whether what still sounds may ring out at the end
        self._next_rest: Seconds = 0.0

    def run(self) -> Ended:
        """Play to the end: of the plan, of the music, or where somebody stops it. Blocks."""
        self._sounds.begin()
        if self._plan.waits is Waits.NO:
            self._start_clock(self._clock.now())
        while True:
            self._send_due()
            now = self._clock.now()
            self._hear(now)
            if self._end_reason:
                break
            if self._anchor is None:
                self._stand_by(now)
                continue
            self._anchor = self._recovered(now, self._anchor)
            self._look_ahead(now, self._anchor)
            if self._is_over():
                break
            if now < self._latest() or self._sounds.is_urgent():
                self._sounds.play()
            self._report(now)
            self._wait()
        return self._wind_down()

    # -- hearing -----------------------------------------------------------------------------------

    def _hear(self, now: Seconds) -> None:
        for message in self._mailbox.take():
            if isinstance(message, CueIn):
                self._receive(message, now)
            elif isinstance(message, StopNow):
                self._end_reason = self._end_reason or message.reason
            else:
                self._at_rest = AtRest.END

    def _receive(self, message: CueIn, now: Seconds) -> None:
        """Put a cue where it acts: a horizon after it came, and not into what is committed (S1)."""
        performance = self._performance
        cue, ticket = message.cue, message.ticket
        arrival = self._clock.at(message.arrival)
        # While it is counted in, nothing acts before the beginning.
        at = max(performance.emitted, self._plan.begin)
        if self._anchor is not None:
            # What is sent ahead of its time knows the horizon that was asked for, and comes early.
            horizon = self._plan.horizon_seconds if arrival > now else self._horizon()
            at = max(self._anchor.seconds(arrival + horizon), at)
        elif not is_input(self._plan.score, cue):
            why = performance.refusal(cue)
            if why:
                # What does nothing does not begin the performance either: it goes on waiting.
                unheard = Answer(UNHEARD, cue, None, False, (), why)
                self._reports.answered(unheard, at, ticket)
                return
            # What it does may change how it is counted in: first the cue, then the clock.
            answer = performance.receive(cue, at)
            self._start_clock(max(now, arrival))  # it may be one that is sent ahead of its time
            self._reports.answered(answer, at, ticket)
            return
        self._reports.answered(performance.receive(cue, at), at, ticket)

    def _start_clock(self, now: Seconds) -> None:
        # A horizon from now, so that the first notes are ready when they are due.
        origin = self._sounds.aligned(now + self._horizon())
        self._anchor = Anchor(origin, self._performance.emitted, self._plan.speed)
        self._hold(self._opening, self._anchor)

    def _stand_by(self, now: Seconds) -> None:
        due = self._sounds.due()
        if due == inf or self._reports.view_is_due(now):
            self._show(now)
        if self._at_rest is AtRest.END:
            self._end_reason = "nothing began: the score waits for a cue, and none can come"
            return
        self._sounds.play()
        self._mailbox.wait(None if due == inf else max(0.0, due - now))

    # -- looking ahead -----------------------------------------------------------------------------

    def _recovered(self, now: Seconds, anchor: Anchor) -> Anchor:
        """After a stand-still the clock of the performance goes on from where it stood."""
        late = now - anchor.due(self._performance.next_seconds())
        if late <= STALL:
            return anchor
        self._reports.warned(
            f"the performer stood still for {late:.1f} s: the music goes on from where it was"
        )
        return anchor._replace(origin=self._sounds.aligned(anchor.origin + late))

    def _look_ahead(self, now: Seconds, anchor: Anchor) -> None:
        until = anchor.seconds(max(now + self._horizon(), self._sounds.reaches()))
        if self._plan.until is not None:
            until = min(until, self._plan.until)
        self._hold(self._performance.advance(until), anchor)

    def _horizon(self) -> Seconds:
        """How far ahead it looks: as it was asked to, or as far as the sound needs."""
        return max(self._plan.horizon_seconds, self._sounds.horizon)

    def _hold(self, events: Iterable[Event], anchor: Anchor) -> None:
        """Keep what is heard until it is due; the sound is told at once."""
        for event in events:
            if not self._sieve.passes(event):
                continue
            self._held.append(event)
            late = self._sounds.give(event, anchor)
            if late:
                self._lateness.record(late)

    def _is_over(self) -> bool:
        performance, plan = self._performance, self._plan
        if plan.until is not None and performance.emitted >= plan.until:
            self._end_reason = "the time to end was reached"
        elif self._over():
            self._end_reason, self._rings = self._over(), True
        elif self._at_rest is AtRest.END and self._is_at_rest():
            self._end_reason, self._rings = "the music has ended", True
        return bool(self._end_reason)

    def _is_at_rest(self) -> bool:
        performance = self._performance
        if not performance.idle or performance.expecting or performance.recurring:
            return False
        return performance.begun or self._plan.start is Start.ON_CUE

    # -- sending -----------------------------------------------------------------------------------

    def _send_due(self) -> None:
        held, anchor = self._held, self._anchor
        if anchor is None:
            return
        now, beat = self._clock.now, self._beat
        while True:
            following = held[0].seconds if held else inf
            # What comes after the place reached may yet stop time.
            if beat.due() < following and beat.due() <= self._performance.emitted:
                if anchor.due(beat.due()) > now():
                    return
                beat.tick()
            elif held and anchor.due(following) <= now():
                beat.take(held[0])
                self._send(held.popleft(), anchor)
            else:
                return

    def _send(self, event: Event, anchor: Anchor) -> None:
        if isinstance(event, (Attack, Release)):
            late = self._clock.now() - anchor.due(event.seconds)
            if late > TOO_LATE and isinstance(event, Attack):
                self._drop(event)
                return
            if event.note in self._too_late:
                self._too_late.discard(event.note)
                return
            self._deck.send(event)
            self._lateness.record(late)
        else:
            self._deck.send(event)
        self._reports.sent(event)

    def _drop(self, attack: Attack) -> None:
        self._too_late.add(attack.note)
        self._sounds.cut(attack)
        self._lateness.dropped += 1
        self._reports.dropped(attack.note)

    # -- waiting -----------------------------------------------------------------------------------

    def _due(self) -> Seconds:
        """When the next event or tick has to be sent."""
        following = min(self._held[0].seconds if self._held else inf, self._beat.due())
        return inf if self._anchor is None else self._anchor.due(following)

    def _ahead(self) -> Seconds:
        """When to look ahead again: half a horizon before something happens inside."""
        if self._anchor is None:
            return inf
        following = self._performance.next_seconds()
        if self._plan.until is not None:
            following = min(following, self._plan.until)
        return self._anchor.due(following) - self._horizon() / 2

    def _latest(self) -> Seconds:
        """Until when there is time for other things than the next event."""
        # What the mailbox may oversleep must not make a note late.
        return self._due() - self._plan.spin_seconds - GRAIN

    def _wait(self) -> None:
        now = self._clock.now()
        latest = self._latest()
        wake = min(latest, self._ahead(), self._reports.due(), self._sounds.due())
        if wake > now and self._mailbox.wait(wake - now):
            return
        if wake == latest or latest <= now:
            # Nothing came, and nothing else is to be done before the next event.
            self._clock.sleep_until(self._due())

    # -- telling -----------------------------------------------------------------------------------

    def _report(self, now: Seconds) -> None:
        if now < self._latest() or now > self._reports.due() + PATIENCE:
            self._reports.flush_when_due(now)
            if self._reports.view_is_due(now):
                self._show(now)
        if now >= self._next_rest and min(self._latest(), self._ahead()) - now > REST:
            self._next_rest = now + REST_EVERY
            self._tidy()

    def _show(self, now: Seconds) -> None:
        waiting = self._anchor is None
        self._reports.view(self._performance.view(), self._late(), waiting, now)

    def _late(self) -> Lateness:
        return self._lateness.summary()._replace(lost_frames=self._sounds.lost_frames)

    # -- the end -----------------------------------------------------------------------------------

    def _wind_down(self) -> Ended:
        """Play what is committed, release what sounds then: at one exact place, for the journal."""
        anchor = self._anchor
        performance = self._performance
        if anchor is not None:
            self._hold(performance.finish(), anchor)
            self._send_the_rest()
        self._beat.end()
        self._let_ring()
        now = self._clock.now()
        self._reports.flush(now)
        self._show(now)
        return Ended(performance.emitted, self._end_reason, self._late())

    def _send_the_rest(self) -> None:
        end = self._clock.now() + LONGEST_END
        while self._held and self._due() <= end:
            self._sound_until(self._due())
            self._send_due()
        for event in self._held:
            if isinstance(event, Attack):
                self._drop(event)
            elif isinstance(event, Release) and event.note in self._too_late:
                self._too_late.discard(event.note)
            else:
                self._deck.send(event)
                self._reports.sent(event)
        self._held.clear()

    def _let_ring(self) -> None:
        """Nobody is cut off by the end of the music; whoever stops it wants silence at once."""
        end = self._clock.now() + LONGEST_TAIL
        while self._rings and not self._sounds.is_quiet and self._clock.now() < end:
            self._sound_until(self._sounds.due())
            if any(isinstance(message, StopNow) for message in self._mailbox.take()):
                break
        self._sounds.fade()
        end = self._clock.now() + LONGEST_FADE
        while not self._sounds.has_faded and self._clock.now() < end:
            self._sound_until(min(max(self._sounds.due(), self._clock.now()), end))

    def _sound_until(self, deadline: Seconds) -> None:
        """Sleep, but for what the sound needs."""
        while (due := self._sounds.due()) < deadline:
            self._clock.sleep_until(due)
            self._sounds.play()
        self._clock.sleep_until(deadline)
        self._sounds.play()
