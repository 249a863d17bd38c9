"""Several pieces of sound at once, each in a process of its own, or one after the other."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from leitmotor.errors import DeviceError, InternalError, LeitmotorError
from leitmotor.music.time import Seconds
from leitmotor.run.spawned import spawned

EVERY: Seconds = 0.1
"""How often a process says how far it has come."""

LEAVE_WITHIN: Seconds = 5.0
"""A process that is not needed any more notices when it next says how far it has come."""

_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""The processes have the cores: threads of their linear algebra would be in each other's way."""

ResultT = TypeVar("ResultT", covariant=True)
HeardT = TypeVar("HeardT", contravariant=True)
T = TypeVar("T")


class Job(Protocol[ResultT]):
    """A piece of work that can be pickled."""

    def __call__(self, listens: Callable[[Seconds], None]) -> ResultT:
        """Do it; `listens` is told how far it has come, in seconds of sound."""
        ...

    def sweep(self) -> None:
        """Remove what a process leaves that was ended in the middle."""
        ...


class Told(Protocol[HeardT]):
    """Whoever waits for the jobs."""

    def at(self, number: int, seconds: Seconds) -> None:
        """Job `number` has come so far."""
        ...

    def done(self, number: int, result: HeardT) -> None:
        """Job `number` is done."""
        ...


def cores() -> int:
    """How many of this machine's cores we may use."""
    with suppress(AttributeError, OSError):  # not everywhere, and then all of them
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worked(jobs: Sequence[Job[T]], workers: int, told: Told[T]) -> None:
    """Do all jobs, so many at a time; with one, or where no process can be had, in this process.

    The first failure is raised once all others have been stopped. Thread: one; blocks to the end.
    """
    crew: list[_Worker[T]] = []
    try:
        with suppress(OSError), _one_thread_each():
            if workers > 1:
                crew += (_Worker[T]() for _ in range(min(workers, len(jobs))))
        if crew:
            _shared_out(jobs, crew, told)
        else:
            for number, job in enumerate(jobs):
                told.done(number, job(_to(told, number)))
    finally:
        _dismissed(crew, told)


def _to(told: Told[T], number: int) -> Callable[[Seconds], None]:
    return lambda seconds: told.at(number, seconds)


class _Worker(Generic[T]):
    """The parent's side of one process. `number` is the job it does, -1 while it has none."""

    def __init__(self) -> None:
        self.process: SpawnProcess
        self.connection: Connection
        self.process, self.connection = spawned(work, "leitmotor sound")
        self.number = -1
        self.job: Job[T] | None = None

    def give(self, number: int, job: Job[T]) -> None:
        self.number, self.job = number, job
        with suppress(OSError):  # it has died, which is noticed when it is listened to
            self.connection.send(job)

    def rest(self) -> None:
        self.number, self.job = -1, None

    def stop(self) -> None:
        with suppress(OSError):
            self.connection.send(None)


def _shared_out(jobs: Sequence[Job[T]], crew: Sequence[_Worker[T]], told: Told[T]) -> None:
    waiting = iter(enumerate(jobs))
    for worker in crew:
        _next_job(worker, waiting)
    while busy := [worker for worker in crew if worker.job is not None]:
        ready = wait([worker.connection for worker in busy])
        for worker in busy:
            if worker.connection in ready and _heard(worker, told):
                _next_job(worker, waiting)


def _next_job(worker: _Worker[T], waiting: Iterator[tuple[int, Job[T]]]) -> None:
    worker.rest()
    for number, job in waiting:
        worker.give(number, job)
        return


def _heard(worker: _Worker[T], told: Told[T]) -> bool:
    """Take one message; whether the job is done. Raises what went wrong in it."""
    try:
        message = worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join(LEAVE_WITHIN)
        raise DeviceError(
            "a process that computed sound ended all of a sudden (exit code"
            f" {worker.process.exitcode}); it may have had too little memory: close other programs"
            " and try again"
        ) from None
    match message:
        case _At(seconds):
            told.at(worker.number, seconds)
            return False
        case _Done(result):
            told.done(worker.number, result)
            return True
        case _Failed(error):
            raise error
        case _:
            raise InternalError(f"a process said something unknown: {type(message).__name__}")


def _dismissed(crew: Sequence[_Worker[T]], told: Told[T]) -> None:
    """Let all processes end; what was done before they heard of it counts."""
    for worker in crew:
        worker.stop()
    until = time.monotonic() + LEAVE_WITHIN
    for worker in crew:
        with suppress(EOFError, OSError):
            while worker.connection.poll(max(until - time.monotonic(), 0.0)):
                message = worker.connection.recv()
                if isinstance(message, _Done):
                    told.done(worker.number, message.result)
                    worker.rest()
        worker.connection.close()
        worker.process.join(max(until - time.monotonic(), 0.1))
        if worker.process.is_alive():
            worker.process.terminate()
            worker.process.join()
            if worker.job is not None:
                worker.job.sweep()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


# --------------------------------------------------------------------------------------------------
# In the process


class _At(NamedTuple):
    seconds: Seconds


class _Done(NamedTuple):
    result: Any


class _Failed(NamedTuple):
    error: LeitmotorError


def work(connection: Connection) -> None:
    """What the process does: one job after the other, until it is told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent as well
    with suppress(EOFError, OSError):
        while (job := connection.recv()) is not None:
            connection.send(_outcome(job, connection))


def _outcome(job: Job[object], connection: Connection) -> _Done | _Failed:
    report = _Reporter(connection)
    try:
        return _Done(job(report))
    except LeitmotorError as error:
        return _Failed(error)
    except _NobodyListens:
        raise EOFError from None
    except Exception as error:
        return _Failed(InternalError(f"the sound failed: {type(error).__name__}: {error}"))


class _NobodyListens(Exception):
    """The parent has gone, or does not want the result any more."""


class _Reporter:
    """Says how far a job has come, now and then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next = time.monotonic()

    def __call__(self, seconds: Seconds) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        try:
            if self._connection.poll():  # in the middle of a job nothing comes but the word to stop
                raise _NobodyListens
            self._connection.send(_At(seconds))
        except OSError:
            raise _NobodyListens from None
