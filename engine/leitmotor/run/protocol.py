"""What the two processes tell each other. Small frozen values, one pipe, both ways."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, TypeAlias

from leitmotor.errors import CueError, DeviceError, InternalError, LeitmotorError
from leitmotor.messages import Answer, Cue, Event, Position, Setup, View
from leitmotor.music.time import Seconds


class Whose(Enum):
    """Whose fault a failure is."""

    OPERATOR = "operator"
    EQUIPMENT = "equipment"
    OURS = "ours"


_ERRORS: dict[Whose, type[LeitmotorError]] = {
    Whose.OPERATOR: CueError,
    Whose.EQUIPMENT: DeviceError,
    Whose.OURS: InternalError,
}


def whose(error: BaseException) -> Whose:
    """Whose fault an exception is; what is not known is ours."""
    return next((who for who, kind in _ERRORS.items() if isinstance(error, kind)), Whose.OURS)


# --------------------------------------------------------------------------------------------------
# From the parent to the performer


class CueIn(NamedTuple):
    """A cue fired by hand; `arrival` on the system-wide `time.perf_counter`.

    It may be sent ahead of its time: then `arrival` lies in the future. Its answer bears the same
    `ticket`.
    """

    cue: Cue
    arrival: Seconds
    ticket: int = 0


class StopNow(NamedTuple):
    """End: nothing is left sounding."""

    reason: str = "stopped"


class InputEnded(NamedTuple):
    """Nobody fires a cue by hand any more: once nothing plays, it is over."""


ToPerformer: TypeAlias = CueIn | StopNow | InputEnded


# --------------------------------------------------------------------------------------------------
# From the performer to the parent


class Lateness(NamedTuple):
    """How late attacks and releases were at the call that sends them, in seconds."""

    notes: int = 0
    p50: Seconds = 0.0
    p99: Seconds = 0.0
    worst: Seconds = 0.0
    dropped: int = 0  # notes left out, being more than 0.1 s late
    lost_frames: int = 0  # what an audio device played without sound of ours, in samples


class Ready(NamedTuple):
    """The ports are open and the music can begin. `setups` is what was sent before it.

    `sound_rate` is that of the built-in sound, in samples a second; 0 where it is not heard.
    """

    ports: tuple[str, ...]
    warnings: tuple[str, ...]
    setups: tuple[Setup, ...]
    sound_rate: int = 0


class Sent(NamedTuple):
    """Events that have been sent, in order."""

    events: tuple[Event, ...]


class Dropped(NamedTuple):
    """Notes, by number, that were too late to be sent."""

    notes: tuple[int, ...]


class Answered(NamedTuple):
    """The provisional answer to a cue, exactly where it was put, and the ticket of the cue."""

    answer: Answer
    at: Seconds | Position
    ticket: int = 0


class Viewed(NamedTuple):
    """A picture for displays. `waiting`: the clock stands until the first cue."""

    view: View
    lateness: Lateness
    waiting: bool


class Warned(NamedTuple):
    """Something went wrong and the music goes on."""

    text: str


class Failed(NamedTuple):
    """The performance is over, not by anybody's wish."""

    text: str
    whose: Whose

    def error(self) -> LeitmotorError:
        """The exception that says the same."""
        return _ERRORS[self.whose](self.text)


class Ended(NamedTuple):
    """The performance is over. `seconds` is exactly how far it came."""

    seconds: Seconds
    reason: str
    lateness: Lateness


FromPerformer: TypeAlias = Ready | Sent | Dropped | Answered | Viewed | Warned | Failed | Ended
