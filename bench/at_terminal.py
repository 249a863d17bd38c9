"""The command as a user runs it, at a terminal, with the live display."""

from __future__ import annotations

import fcntl
import os
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from bench.child import environment, leitmotor
from bench.live import Terminal
from bench.processes import children, name_of, resident_mb, shared_mb
from bench.report import ROOT

Held = dict[int, tuple[str, float, float]]
"""For each process its name, its own resident memory and what it shares with a server, in MB."""


def held(pid: int) -> Held:
    """What the process and its children hold now."""
    return {
        each: (name_of(each), resident_mb(each) - shared_mb(each), shared_mb(each))
        for each in (pid, *children(pid))
    }


class Running:
    """A command that runs."""

    def __init__(self, process: subprocess.Popen[bytes], window: Terminal) -> None:
        self._process = process
        self._window = window

    @property
    def last_lines(self) -> str:
        """The end of what it wrote."""
        return self._window.last_lines

    def held_after(self, seconds: float) -> Held:
        """What all its processes hold then. Exits where it has ended before."""
        time.sleep(seconds)
        if self._process.poll() is not None:
            code = self._process.returncode
            raise SystemExit(f"the command ended, with {code}:\n{self.last_lines}")
        return held(self._process.pid)

    def end(self, patience_seconds: float) -> str:
        """Wait for its own end; what it wrote last."""
        self._process.wait(patience_seconds)
        time.sleep(0.1)  # until what it wrote has been read
        return self.last_lines


@contextmanager
def running(*arguments: str, more: Mapping[str, str] = MappingProxyType({})) -> Iterator[Running]:
    """Run the command for the length of a `with`, with variables beyond those of `environment`."""
    servers = {key: value for key, value in os.environ.items() if key.startswith("JACK_")}
    usual = {"TERM": "xterm", "COLUMNS": "100", "LINES": "40"}
    with Terminal() as window:
        process = subprocess.Popen(
            leitmotor(*arguments),
            stdin=window.fd,
            stdout=window.fd,
            stderr=window.fd,
            env={**environment(), **usual, **servers, **more},
            cwd=ROOT,
            preexec_fn=_with_terminal,
        )
        try:
            yield Running(process, window)
        finally:
            process.terminate()
            process.wait()


def _with_terminal() -> None:
    """Make the terminal at standard input the one that the command is controlled from."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
