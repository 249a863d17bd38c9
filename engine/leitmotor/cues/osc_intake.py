"""From datagrams to messages that may be acted on: rates, bounds, faults. No socket in it."""

from __future__ import annotations

from collections import Counter, deque
from heapq import heappop, heappush
from typing import NamedTuple

from leitmotor.cues.fault_tally import FaultTally
from leitmotor.cues.osc_packet import Message, read_packet
from leitmotor.cues.rates import Rates
from leitmotor.music.time import Seconds

MOST_AHEAD = 256
"""So many messages may have been sent ahead of their time."""

MOST_UNTOLD = 100
"""Lines about faults that nobody has taken yet."""


class Came(NamedTuple):
    """A message, whom it came from, and when it is to act (`time.perf_counter`)."""

    message: Message
    source: str  # "127.0.0.1:50123"
    due: Seconds


class Intake:
    """Takes datagrams in, and gives out what they say.

    Thread: one at a time; never blocks, never raises; its memory is bounded.
    """

    def __init__(self) -> None:
        self._rates = Rates()
        self._tally = FaultTally("osc")
        self._ahead: list[Seconds] = []
        self.packets = 0
        self.messages = 0
        self.late = 0
        """Bundles whose time had passed when they came."""
        self.lines: deque[str] = deque(maxlen=MOST_UNTOLD)
        """What is to be told of faults; whoever tells it takes it out, from any thread."""

    @property
    def faults(self) -> Counter[str]:
        """What was refused, by kind."""
        return self._tally.counts

    def take(self, data: bytes, source: str, now: Seconds, wall: Seconds) -> list[Came]:
        """What a datagram says. `now` is `time.perf_counter`, `wall` the time of day since 1970.

        The two are read together for each packet: a step of the wall clock is over with it.
        """
        self.packets += 1
        if not self._rates.admits(source, now):
            self.refuse("too many", source, "messages beyond its rate are dropped", now)
            return []
        packet = read_packet(data, wall)
        self.late += packet.late
        for fault in packet.faults:
            self.refuse(fault.kind, source, fault.text, now)
        self._rates.charge(source, len(packet.messages), now)
        came = [Came(each, source, now + each.ahead) for each in packet.messages]
        taken = [each for each in came if each.due <= now or self._keep_ahead(each, now)]
        self.messages += len(taken)
        return taken

    def refuse(self, kind: str, source: str, text: str, now: Seconds, times: int = 1) -> None:
        """Count something that nobody can use, and tell it, if not too often."""
        line = self._tally.note(kind, source, text, now, times)
        if line:
            self.lines.append(line)

    def _keep_ahead(self, came: Came, now: Seconds) -> bool:
        """Whether there is room for one more that acts later."""
        ahead = self._ahead
        while ahead and ahead[0] <= now:
            heappop(ahead)
        if len(ahead) >= MOST_AHEAD:
            self.refuse(
                "too many ahead", came.source, f"more than {MOST_AHEAD} wait for their time", now
            )
            return False
        heappush(ahead, came.due)
        return True
