"""OSC in a live session: what comes becomes cues, and who asks for it is answered."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from leitmotor.addresses import captured
from leitmotor.cues.osc_intake import Came, Intake
from leitmotor.cues.osc_nouns import FORMS, Unheard, cue_of
from leitmotor.cues.osc_reply import REPLY, answer_messages, refusal_message
from leitmotor.cues.osc_server import OscServer
from leitmotor.errors import CueError
from leitmotor.gateway.awaited import awaited
from leitmotor.gateway.nouns import nouns_of
from leitmotor.messages import Cue, Observation
from leitmotor.music.time import Seconds
from leitmotor.perform.matching import that_may_fire
from leitmotor.run.protocol import Answered
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.matchers import Osc
from leitmotor.score.nearest import did_you_mean

MOST_ASKING = 64
"""Sources that are answered; who asks when there are more takes the place of the first."""

MOST_UNANSWERED = 1024
"""Cues whose answers are waited for."""

Send = Callable[[Cue, Seconds], int]
"""Fires a cue as of an instant of `time.perf_counter`; gives its ticket (`Stage.send`)."""


class _Asked(NamedTuple):
    """Whom to answer, and what came."""

    to: str
    address: str


class OscDesk:
    """Listens for OSC during a performance of a score.

    What the score's own `when: {osc: …}` waits for goes to it as it came; the built-in addresses
    are made into cues here; the rest is refused with what is near.

    Thread: `open`, `start`, `close`, `answered` and `notices` from the session's.
    """

    def __init__(
        self, score: CompiledScore, listen: tuple[str, int], send: Send, horizon: Seconds
    ) -> None:
        """`horizon` is the least delay of a cue: what is sent ahead acts at its very time."""
        self._score = score
        self._nouns = nouns_of(score)
        self._patterns = tuple(dict.fromkeys(each.address for each in awaited(score, Osc)))
        self._send = send
        self._horizon = horizon
        self.intake = Intake()
        self.server = OscServer(*listen, self.intake, self.heard)
        self._asking: dict[str, str] = {}  # sources, and where their answers go
        self._asked: dict[int, _Asked] = {}  # by ticket
        self._lock = threading.Lock()

    # -- the session's side ------------------------------------------------------------------------

    def open(self) -> str:
        """Take the port; a sentence on it. `DeviceError` where it cannot be had."""
        self.server.open()
        host, port = self.server.address
        if self.server.is_local:
            return f"listening for OSC at {host}:{port}"
        return (
            f"listening for OSC at {host}:{port}, as the rig says: every computer that reaches this"
            " one can fire cues"
        )

    def start(self) -> None:
        """Begin to take in what comes; what came since `open` is waiting."""
        self.server.start()

    def close(self) -> None:
        """Give the port back."""
        self.server.close()

    def answered(self, message: Answered) -> None:
        """Send the answer to whoever asked for it."""
        with self._lock:
            asked = self._asked.pop(message.ticket, None)
        if asked is not None:
            for data in answer_messages(asked.address, message.answer):
                self.server.reply(asked.to, data)

    def notices(self) -> tuple[str, ...]:
        """What was refused, in lines for the operator; not every one of a flood."""
        lines: list[str] = []
        with suppress(IndexError):
            while True:
                lines.append(self.intake.lines.popleft())
        return tuple(lines)

    # -- the network's side ------------------------------------------------------------------------

    def heard(self, came: Came) -> None:
        """A message came. Called in the server's thread."""
        message, source = came.message, came.source
        if message.address == REPLY:
            self._reply_to(came)
            return
        try:
            cue = self._cue(came)
        except CueError as error:
            now = came.due - message.ahead
            self.intake.refuse("no cue", source, f"{message.address}: {error}", now)
            if source in self._asking:
                self.server.reply(
                    self._asking[source], refusal_message(message.address, str(error))
                )
            return
        if cue is None:
            return
        arrival = came.due - min(message.ahead, self._horizon)
        with self._lock:  # the answer must not be looked for before the ticket is known
            ticket = self._send(cue, arrival)
            if source in self._asking and len(self._asked) < MOST_UNANSWERED:
                self._asked[ticket] = _Asked(self._asking[source], message.address)

    def _cue(self, came: Came) -> Cue | None:
        """What a message means; nothing where a button was let go. `CueError` where it is wrong."""
        message = came.message
        address = message.address
        if any(captured(pattern, address) is not None for pattern in self._patterns):
            seen = Observation("osc", address, message.values, source=came.source)
            return seen if that_may_fire(self._score, seen) else None
        cue = cue_of(message, self._nouns)
        if cue is Unheard.NO_NOUN:
            hint = did_you_mean(address, (*self._patterns, *FORMS))
            raise CueError(f"no cue waits for it{hint}")
        return cue if not isinstance(cue, Unheard) else None

    def _reply_to(self, came: Came) -> None:
        """`/leitmotor/reply 1`: answers go where this came from; a port: there, on its computer."""
        source = came.source
        match came.message.values:
            case () | (1.0,):
                to = source
            case (0.0,):
                self._asking.pop(source, None)
                return
            case (float(port),) if port == int(port) and 1024 <= port <= 65535:
                to = f"{source.rpartition(':')[0]}:{int(port)}"
            case _:
                text = f"{REPLY}: 1, 0 or a port from 1024 to 65535 belongs to it"
                self.intake.refuse("no cue", source, text, came.due)
                return
        self._asking.pop(source, None)
        if len(self._asking) >= MOST_ASKING:
            del self._asking[next(iter(self._asking))]
        self._asking[source] = to
