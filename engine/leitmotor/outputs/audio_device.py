"""An audio device by name, kept playing: found again when it was lost and comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeAlias

from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_player import Opened, Over, Said, Unopened
from leitmotor.outputs.audio_ring import Ring
from leitmotor.outputs.audio_shared import Asked, Shared
from leitmotor.outputs.audio_system import AudioInfo, StreamWish

LOST_PERIODS = 3
TOLD_AFTER: Seconds = 0.05
"""A device that asks for nothing for so many periods is lost, a shorter hiccup being none."""

GIVEN_UP_AFTER: Seconds = 0.5
"""A stream that asks for nothing any more may still go on: it is given up after so long."""

CALLED_EVERY: Seconds = 1.0
"""Players that end by themselves are replaced no more often than this."""

STEP: Seconds = 0.02
"""Whoever looks seldom, having stood still, takes no more than this for silence of the device."""


class Link(Protocol):
    """The performer's end of an `AudioPlayer` that plays somewhere else.

    Thread: one; only `close` waits.
    """

    shared: Shared

    def heard(self) -> list[Said]:
        """What it has said since it was last asked."""
        ...

    @property
    def is_gone(self) -> bool:
        """Whether it has ended."""
        ...

    def close(self, patience: Seconds) -> None:
        """Let it play what it has and end. It is made to end after so long. Blocks."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


Connect: TypeAlias = Callable[[str, StreamWish], Link]
"""Calls a player for a device and a wish. Does not wait for the device."""


class AudioStream:
    """What a device plays from when it was opened until it is closed or lost."""

    def __init__(self, shared: Shared, rate: int) -> None:
        self.rate = rate
        self.ring = Ring(shared)
        self._shared = shared

    @property
    def asked(self) -> Asked | None:
        """What it asked for last, the same object until it asks again; None before the first."""
        return self._shared.asked()

    def begin(self) -> None:
        """Sound begins: from now on what is missing is counted."""
        self._shared.sounds = True


class AudioDevice:
    """Opens a device by name, notices when it is lost, and opens it again when it returns.

    `start` it, then `poll` it often: `stream` is what plays, None while nothing does, and `news`
    gives the sentences for people.

    A wish for rate 0 takes what the device likes; from the first opening on it stays.

    Thread: all calls from one; none waits but `wait_for_opening` and `close`.
    """

    def __init__(
        self, selector: str, wish: StreamWish, connect: Connect, now: Callable[[], Seconds]
    ) -> None:
        self.selector = selector
        self.info: AudioInfo | None = None
        self.stream: AudioStream | None = None
        self.problem = ""  # why it does not play; empty while it does
        self.is_hopeless = False  # it will not play any more
        self._wish = wish
        self._connect = connect
        self._now = now
        self._news: list[str] = []
        self._told: set[str] = set()  # why it did not open
        self._link: Link | None = None
        self._next_call: Seconds = 0.0
        self._watch = _Watch()

    @property
    def name(self) -> str:
        """What people call it."""
        return self.info.name if self.info is not None else self.selector

    def news(self) -> list[str]:
        """What is to be told since it was last asked."""
        news, self._news = self._news, []
        return news

    def start(self) -> None:
        """Begin to open it."""
        self._call(self._now())

    def wait_for_opening(self, patience: Seconds, nap: Callable[[Seconds], None]) -> bool:
        """Wait until it is open or known not to open. Whether it is open. Blocks."""
        end = self._now() + patience
        while self.stream is None and not self.problem and self._now() < end:
            self._hear()
            if self.stream is None and not self.problem:
                nap(0.002)
                self._mourn(self._now())
        if self.stream is None and not self.problem:
            self.problem = f"{self._shown()} does not answer"
        return self.stream is not None

    def settle_rate(self, rate: int) -> int:
        """The rate from now on: that of the open stream, or else this one.

        Where another one was wished for, the player is called anew with it.
        """
        if not self._wish.rate:
            self._wish = replace(self._wish, rate=rate)
            if self._link is not None:
                self._link.kill()
                self._call(self._now())
        return self._wish.rate

    def poll(self, now: Seconds) -> None:
        """Hear what the player says, and see whether the stream still asks for frames."""
        if self.is_hopeless:
            return
        self._hear()
        if self.stream is not None:
            self._look_after(self.stream, now)
        self._mourn(now)

    def close(self, patience: Seconds) -> None:
        """Let it play what it has taken, and close it; waits so long for that. Blocks."""
        link, self._link, self.stream, self.is_hopeless = self._link, None, None, True
        if link is not None:
            link.close(patience)

    # -- watching ----------------------------------------------------------------------------------

    def _hear(self) -> None:
        link = self._link
        for said in link.heard() if link is not None else ():
            if isinstance(said, Opened) and link is not None:
                self._opened(said, link)
            elif isinstance(said, Unopened):
                self._unopened(said)
            elif isinstance(said, Over):
                self._give_up(f"{self._shown()} is gone: the music goes on without it")

    def _opened(self, said: Opened, link: Link) -> None:
        self.info = said.info
        self._wish = replace(self._wish, rate=said.rate)
        self.stream = AudioStream(link.shared, said.rate)
        self._watch = _Watch()
        if self.problem:
            self.problem = ""
            self._news.append(f"{self._shown()} plays from now on")

    def _unopened(self, said: Unopened) -> None:
        if self.problem and said.is_refusal and said.why not in self._told:
            self._told.add(said.why)
            self._news.append(said.why)
        self.problem = self.problem or said.why
        self.is_hopeless = said.is_hopeless

    def _look_after(self, stream: AudioStream, now: Seconds) -> None:
        silent = self._watch.silent(stream, now)
        asked = stream.asked
        period = asked.at_once / stream.rate if asked is not None else 0.0
        if silent > max(LOST_PERIODS * period, GIVEN_UP_AFTER):
            self._give_up(f"{self._shown()} is gone: the music goes on without it")
        elif silent > max(LOST_PERIODS * period, TOLD_AFTER):
            self._lost(f"{self._shown()} asks for no more sound: the music goes on without it")
        elif not silent and self.problem:
            self.problem = ""
            self._news.append(f"{self._shown()} plays again")

    def _lost(self, what: str) -> None:
        if not self.problem:
            self.problem = f"{what}, and plays on it again once it returns"
            self._news.append(self.problem)

    def _give_up(self, what: str) -> None:
        """What hangs will not be heard again: another player looks for the device."""
        self._lost(what)
        self.stream = None
        if self._link is not None:
            self._link.kill()
        self._call(self._now())

    def _mourn(self, now: Seconds) -> None:
        """A player that ended by itself is replaced."""
        if self._link is None or not self._link.is_gone or now < self._next_call:
            return
        self.stream = None
        self._lost(f"what plays on {self._shown()} has failed: the music goes on without it")
        self._call(now)

    def _call(self, now: Seconds) -> None:
        self._link = self._connect(self.selector, self._wish)
        self._next_call = now + CALLED_EVERY

    def _shown(self) -> str:
        return f"the audio device `{self.name}`"


class _Watch:
    """For how long a stream has asked for nothing."""

    def __init__(self) -> None:
        self._silent: Seconds = 0.0
        self._frames = -1
        self._looked: Seconds | None = None

    def silent(self, stream: AudioStream, now: Seconds) -> Seconds:
        frames = stream.asked.frames if stream.asked is not None else 0
        since = now - self._looked if self._looked is not None else 0.0
        self._looked = now
        if frames != self._frames:
            self._frames, self._silent = frames, 0.0
        else:
            self._silent += min(since, STEP)
        return self._silent
