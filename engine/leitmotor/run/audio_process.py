"""The process that plays sound on a device, and the performer's end of it.

It is started as a program, with its words on its standard streams: a line of JSON each. When its
input ends, whoever started it is gone or wants it no more, and it ends at once.
"""

from __future__ import annotations

import json
import mmap
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import IO, Any

from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_player import AudioPlayer, Opened, Over, Said, Unopened
from leitmotor.outputs.audio_shared import SIZE, Shared
from leitmotor.outputs.audio_system import AudioInfo, StreamWish

_PROGRAM = (
    "import sys; sys.path[:] = {path!r};"
    " from leitmotor.run.audio_process import main; main({memory!r})"
)
_CLOSE = "close"
_KINDS: dict[str, type[Said]] = {kind.__name__: kind for kind in (Opened, Unopened, Over)}


# --------------------------------------------------------------------------------------------------
# The process itself


def main(memory: str) -> None:
    """Play on the device that the first line of the input tells, until the input ends.

    `memory` is the file that is shared. Never returns.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; who started it decides
    words = _own_output()
    wish = json.loads(sys.stdin.readline())
    selector = wish.pop("selector")
    with Path(memory).open("r+b") as file:
        shared = Shared(mmap.mmap(file.fileno(), SIZE))
    # Nothing is left behind, whoever is killed. Windows cannot: there it goes at the end.
    with suppress(OSError):
        os.unlink(memory)

    def say(said: Said) -> None:
        words.write(json.dumps(_told(said)) + "\n")
        words.flush()

    player = AudioPlayer(selector, StreamWish(**wish), shared, say)
    threading.Thread(target=_end_with_the_input, args=(player,), daemon=True).start()
    while (pause := player.attempt()) is not None:
        time.sleep(pause)
    threading.Event().wait()


def _own_output() -> IO[str]:
    """The standard output for our words alone: what libraries print goes nowhere."""
    words = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return words


def _end_with_the_input(player: AudioPlayer) -> None:
    if sys.stdin.readline().strip() == _CLOSE:
        player.close()
    # Not by the interpreter's own way out: PortAudio may hang there.
    os._exit(0)


def _told(said: Said) -> dict[str, Any]:
    """A message as JSON takes it."""
    told: dict[str, Any] = {each.name: getattr(said, each.name) for each in fields(said)}
    if isinstance(said, Opened):
        told["info"] = {each.name: getattr(said.info, each.name) for each in fields(said.info)}
    return {"kind": type(said).__name__, **told}


def _understood(line: str) -> Said:
    told = json.loads(line)
    kind = _KINDS[told.pop("kind")]
    if kind is Opened:
        told["info"] = AudioInfo(**told["info"])
    return kind(**told)


# --------------------------------------------------------------------------------------------------
# The performer's end


class AudioProcess:
    """An `AudioPlayer` in a process of its own; what `AudioDevice` calls a link.

    Thread: one; only `close` waits.
    """

    def __init__(self, selector: str, wish: StreamWish) -> None:
        # In memory where that is a place; on a disk nothing of it need ever be written.
        place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        handle, self._path = tempfile.mkstemp(prefix="leitmotor-", dir=place)
        os.truncate(handle, SIZE)
        self._memory = mmap.mmap(handle, SIZE)
        os.close(handle)
        self.shared = Shared(self._memory)
        self._said: deque[Said] = deque()
        program = _PROGRAM.format(path=sys.path, memory=self._path)
        self._process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._tell(json.dumps({"selector": selector, **_wish(wish)}))
        threading.Thread(target=self._listen, name="leitmotor audio", daemon=True).start()

    def heard(self) -> list[Said]:
        """What it has said since it was last asked."""
        return [self._said.popleft() for _ in range(len(self._said))]

    @property
    def is_gone(self) -> bool:
        """Whether the process has ended."""
        return self._process.poll() is not None

    def close(self, patience: Seconds) -> None:
        """Let it play what it has and end; it is ended after so long. Blocks."""
        self._tell(_CLOSE)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self.kill()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        with suppress(OSError):
            os.unlink(self._path)
        with suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()

    def _tell(self, line: str) -> None:
        # It may be gone already, which `is_gone` tells.
        with suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.write(f"{line}\n")
                self._process.stdin.flush()

    def _listen(self) -> None:
        if self._process.stdout is not None:
            with self._process.stdout as words:
                for line in words:
                    self._said.append(_understood(line))
        self._process.wait()


def _wish(wish: StreamWish) -> dict[str, Any]:
    return {each.name: getattr(wish, each.name) for each in fields(wish)}
