"""Writes a performance as sound: the built-in instruments, into WAV and FLAC files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from leitmotor.messages import Event, Setup
from leitmotor.music.time import Seconds
from leitmotor.outputs.sound_writers import SoundWriter
from leitmotor.sound.between import height
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Frames, Samples, gain_of

QUIET = gain_of(-70.0)
"""Below this a tail has died away, once it stays there for `QUIET_FOR`."""

QUIET_FOR: Seconds = 0.5
LONGEST_TAIL: Seconds = 12.0
FADE: Seconds = 1.0
"""A tail that is still heard after the longest time is faded out over the last of it."""

AT_ONCE: Frames = 4 * LONGEST_BLOCK
"""So much is finished and written at once: what every call costs is shared by more frames."""

_QUANTA = LONGEST_BLOCK // QUANTUM


class Mix(Protocol):
    """What plays: `leitmotor.sound.renderer.Renderer`."""

    frame: Frames

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Take what holds before the next event."""
        ...

    def send(self, event: Event, frame: Frames) -> None:
        """An event that acts at `frame`."""
        ...

    def render(self, quanta: int) -> Samples:
        """The next frames, overwritten by the next call."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class Finish(Protocol):
    """What happens to the sum of all voices before it is written."""

    def take(self, samples: Samples) -> Samples:
        """Finish (2, frames), up to AT_ONCE; as many, or fewer while some are looked ahead at."""
        ...

    def rest(self) -> Samples:
        """What has been held back until now: nothing more will come."""
        ...


class Span(NamedTuple):
    """What of the performance's time the file holds.

    It begins at `begins`, and lasts to `ends` at least and until the tail has died away. Where
    `lasts` is given it holds exactly so many frames. Where `is_cut`, its last second is faded out.
    """

    begins: Seconds = 0.0
    ends: Seconds = 0.0
    lasts: Frames | None = None
    is_cut: bool = False


class SoundFileOutput:
    """Stereo sound into each of `writers`, which may be none: then it is only listened to.

    An event acts on the frame nearest to its second. After the last event the file goes on until
    releases and room have died away: below -70 dB for half a second, but no longer than 12 s. The
    same events give the same samples. No more of them than a few blocks are held at a time. The
    files appear when they are closed; a failure leaves none (`discard`).

    `mix` and `finish` are made anew by every `open`. `listens` is told how far it has come, in
    seconds of the file, after every block.

    Thread: one at a time; every call but `prepare` may block on the disk and takes as long as the
    sound up to the event takes to be computed.
    """

    def __init__(
        self,
        writers: Sequence[SoundWriter],
        rate: int,
        mix: Callable[[], Mix],
        finish: Callable[[], Finish],
        span: Span = Span(),  # noqa: B008 - a frozen value
        listens: Callable[[Seconds], None] = lambda _at: None,
    ) -> None:
        names = " and ".join(writer.path.name for writer in writers)
        self.name = f"sound file {names}" if names else "sound that is not kept"
        self.frames: Frames = 0
        """How many were written."""
        self.peak = 0.0
        """The greatest sample that was written, as a factor of full scale."""
        self.is_cut = False
        """Whether the tail was still heard after the longest time."""
        self._writers = tuple(writers)
        self._rate = rate
        self._make_mix = mix
        self._make_finish = finish
        self._span = span
        self._listens = listens
        self._mix: Mix | None = None
        self._finish: Finish | None = None
        self._heard: Frames = 0
        self._fades_at: Frames | None = None
        self._mixed: Samples = np.zeros((2, AT_ONCE), np.float32)
        self._waiting: Frames = 0  # of what is mixed: it is not finished yet

    def open(self) -> None:
        """Make sure that the files can be written, and begin anew."""
        self.frames, self.peak, self.is_cut, self._heard = 0, 0.0, False, 0
        self._waiting = 0
        self._fades_at = None
        if self._span.lasts is not None and self._span.is_cut:
            self._fades_at = self._span.lasts - self._frame(FADE)
        try:
            for writer in self._writers:
                writer.open()
            self._mix, self._finish = self._make_mix(), self._make_finish()
        except BaseException:
            self.discard()
            raise

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Give the voices their controllers and the room, where the sound has got to."""
        if self._mix is not None:
            self._mix.prepare(setups)

    def send(self, event: Event) -> None:
        """Render up to the event, and let it act."""
        mix = self._mix
        if mix is None:
            return
        frame = max(self._frame(event.seconds - self._span.begins), 0)
        try:
            self._render_to(frame - frame % QUANTUM)
            mix.send(event, frame)
        except BaseException:
            self.discard()
            raise

    def close(self) -> None:
        """Let the sound die away, and move the files into place."""
        if self._mix is None or self._finish is None:
            return
        try:
            self._render_to_the_end(self._mix)
            self._put()
            self._write(self._finish.rest())
            self._let_go()
            for writer in self._writers:
                writer.commit()
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Leave no file behind."""
        self._let_go()
        for writer in self._writers:
            writer.discard()

    def _let_go(self) -> None:
        mix, self._mix, self._finish = self._mix, None, None
        if mix is not None:
            mix.close()

    # -- samples -----------------------------------------------------------------------------------

    def _frame(self, seconds: Seconds) -> Frames:
        return round(seconds * self._rate)

    def _render_to_the_end(self, mix: Mix) -> None:
        if self._span.lasts is not None:
            self._render_to(self._span.lasts)
            return
        self._render_to(self._frame(self._span.ends - self._span.begins))
        self._put()
        begin = mix.frame
        last = begin + self._frame(LONGEST_TAIL)
        last -= last % QUANTUM
        self._fades_at = last - self._frame(FADE)
        quiet = self._frame(QUIET_FOR)
        while mix.frame < last and (silent := self.frames - max(self._heard, begin)) < quiet:
            # It cannot be over sooner: as good as quantum by quantum.
            sure = max(1, min((quiet - silent) // QUANTUM, (last - mix.frame) // QUANTUM, _QUANTA))
            self._render(sure)
            self._put()
        self.is_cut = mix.frame >= last

    def _render_to(self, frame: Frames) -> None:
        """Whole quanta, up to `frame` at least; it is reached exactly where it begins one."""
        while self._mix is not None and self._mix.frame < frame:
            quanta = -(-(frame - self._mix.frame) // QUANTUM)
            self._render(min(quanta, _QUANTA))

    def _render(self, quanta: int) -> None:
        if self._mix is None:
            return
        end = self._waiting + quanta * QUANTUM
        if end > AT_ONCE:
            self._put()
            end = quanta * QUANTUM
        self._mixed[:, self._waiting : end] = self._mix.render(quanta)
        self._waiting = end

    def _put(self) -> None:
        """Finish and write what is mixed."""
        if self._finish is None or not self._waiting:
            return
        self._write(self._finish.take(self._mixed[:, : self._waiting]))
        self._waiting = 0
        self._listens(self.frames / self._rate)

    def _write(self, samples: Samples) -> None:
        count = samples.shape[1]
        if not count:
            return
        samples = self._faded(samples)
        peak = height(samples)
        self.peak = max(self.peak, peak)
        if peak > QUIET:
            self._heard = self.frames + _heard_until(samples)
        self.frames += count
        for writer in self._writers:
            writer.write(samples)

    def _faded(self, samples: Samples) -> Samples:
        """The samples, fading where the longest tail comes to its end."""
        begin = self._fades_at
        if begin is None or self.frames + samples.shape[1] <= begin:
            return samples
        places = np.arange(self.frames, self.frames + samples.shape[1]) - begin
        gains = np.clip(1.0 - places / self._frame(FADE), 0.0, 1.0)
        faded: Samples = samples * gains.astype(np.float32)
        return faded


def _heard_until(samples: Samples) -> Frames:
    """From which frame on nothing of these is above QUIET; somewhere before something is."""
    if height(samples[:, -1:]) > QUIET:
        return int(samples.shape[1])
    loudness = np.abs(samples).max(axis=0)
    return int(np.flatnonzero(loudness >= np.float32(QUIET))[-1]) + 1
