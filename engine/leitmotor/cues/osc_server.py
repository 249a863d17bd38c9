"""OSC over UDP: a socket, and a thread that waits at it."""

from __future__ import annotations

import errno
import ipaddress
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector

from leitmotor.cues.osc_intake import Came, Intake
from leitmotor.errors import DeviceError
from leitmotor.music.time import Seconds

BUFFER = 4 << 20
"""Bytes that the system keeps while nobody reads; it may give less."""

MOST_AT_ONCE = 64
"""Datagrams that are read before the thread looks whether all is over."""

LEAVE_WITHIN: Seconds = 1.0

_LARGEST = 65_536
_SO_RXQ_OVFL = 40
"""Linux tells with each datagram how many it had to drop before; Python has no name for it."""

_HINTS = {
    "EADDRINUSE": "another program listens there already (leitmotor too?); end it, or give"
    " inputs.osc.listen another port",
    "EADDRNOTAVAIL": "this computer has no such address; give inputs.osc.listen one of its own, or"
    " 127.0.0.1",
    "EACCES": "a port below 1024 is the system's; give inputs.osc.listen a higher one",
}


class OscServer:
    """Listens at an address, and hands on what comes.

    `heard` is called for each message in the server's own thread, and must not block.

    Thread: `open`, `start`, `close` from one; `reply` from any, and it never blocks.
    """

    def __init__(self, host: str, port: int, intake: Intake, heard: Callable[[Came], None]) -> None:
        """Nothing is opened yet. Port 0 is any that is free."""
        self._wanted = (host.strip("[]"), port)
        self._intake = intake
        self._heard = heard
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._bell, self._bell_in = socket.socketpair()
        self._lost = 0  # datagrams, as the system counts them

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens, or is to listen."""
        if self._socket is None:
            return self._wanted
        host, port, *_ = self._socket.getsockname()
        return str(host), int(port)

    @property
    def is_local(self) -> bool:
        """Whether only programs of this computer can reach it."""
        with suppress(ValueError):
            return ipaddress.ip_address(self.address[0]).is_loopback
        return False

    def open(self) -> None:
        """Take the port; what comes waits for `start`. `DeviceError` where it cannot be had."""
        host, port = self._wanted
        try:
            family, kind, protocol, _, where = socket.getaddrinfo(
                host, port, type=socket.SOCK_DGRAM
            )[0]
            self._socket = socket.socket(family, kind, protocol)
            self._socket.setblocking(False)
            with suppress(OSError):
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
            if sys.platform == "linux":
                self._socket.setsockopt(socket.SOL_SOCKET, _SO_RXQ_OVFL, 1)
            self._socket.bind(where)
        except OSError as error:
            self.close()
            raise DeviceError(_cannot(host, port, error)) from error

    def start(self) -> None:
        """Begin to hand on what comes."""
        self._thread = threading.Thread(target=self._listen, name="leitmotor osc", daemon=True)
        self._thread.start()

    def reply(self, source: str, data: bytes) -> None:
        """Send a datagram to a source, if the network takes it now."""
        host, _, port = source.rpartition(":")
        if self._socket is not None and port.isdecimal():
            with suppress(OSError, OverflowError):
                self._socket.sendto(data, (host.strip("[]"), int(port)))

    def close(self) -> None:
        """Give the port back. May be called twice."""
        with suppress(OSError):
            self._bell.send(b"x")
        if self._thread is not None:
            self._thread.join(LEAVE_WITHIN)
            self._thread = None
        for each in (self._socket, self._bell, self._bell_in):
            if each is not None:
                each.close()
        self._socket = None

    # -- the thread --------------------------------------------------------------------------------

    def _listen(self) -> None:
        wire = self._socket
        assert wire is not None
        with DefaultSelector() as selector:
            selector.register(wire, EVENT_READ)
            selector.register(self._bell_in, EVENT_READ)
            buffer = bytearray(_LARGEST)
            while all(key.fileobj is wire for key, _ in selector.select()):
                for _ in range(MOST_AT_ONCE):
                    if not self._receive(wire, buffer):
                        break

    def _receive(self, wire: socket.socket, buffer: bytearray) -> bool:
        """Take one datagram; whether there was one."""
        try:
            if sys.platform == "linux":
                size, told, _, where = wire.recvmsg_into([buffer], 64)
            else:
                (size, where), told = wire.recvfrom_into(buffer), []
        except BlockingIOError:
            return False
        except OSError:
            return True  # a reply that nobody took, on some systems: the next datagram may be fine
        now = time.perf_counter()
        source = _name_of(where)
        for level, what, value in told:
            self._count_lost(level, what, value, now)
        for came in self._intake.take(bytes(buffer[:size]), source, now, time.time()):
            try:
                self._heard(came)
            except Exception as error:  # a fault of ours must not make us deaf
                text = f"{came.message.address}: {type(error).__name__}: {error}"
                self._intake.refuse("internal error", source, text, now)
        return True

    def _count_lost(self, level: int, what: int, value: bytes, now: Seconds) -> None:
        if (level, what, len(value)) != (socket.SOL_SOCKET, _SO_RXQ_OVFL, 4):
            return
        (lost,) = struct.unpack("=I", value)
        more, self._lost = (lost - self._lost) % (1 << 32), lost
        if more:
            text = "the system dropped datagrams before they were read"
            self._intake.refuse("lost", "anybody", text, now, more)


def _name_of(where: tuple[object, ...]) -> str:
    host, port, *_ = where
    return f"[{host}]:{port}" if ":" in str(host) else f"{host}:{port}"


def _cannot(host: str, port: int, error: OSError) -> str:
    name = errno.errorcode.get(error.errno or 0, "")
    hint = _HINTS.get(name, "look at inputs.osc.listen of the rig")
    why = error.strerror or str(error)
    return f"cannot listen for OSC at {host}:{port}: {why}; {hint}"
