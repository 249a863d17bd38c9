"""Programs run as a user runs them, with what they cost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from bench.report import ROOT

KIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a program took. `memory_mb` is the most that was resident."""

    seconds: float
    cpu_seconds: float
    memory_mb: float
    exit_code: int
    output: str  # both streams


def environment() -> dict[str, str]:
    """The environment in which this source tree is the one that is imported.

    Byte code is kept, as after an installation, but not in the tree.
    """
    paths = [str(ROOT / "engine"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "leitmotor-bench-bytecode"),
    }


def leitmotor(*arguments: str) -> list[str]:
    """The command line that the command `leitmotor` stands for."""
    return [sys.executable, "-m", "leitmotor", *arguments]


def run(
    command: Sequence[str],
    patience_seconds: float = 60.0,
    *,
    core: int | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Cost:
    """Run a program to its end; one that does not end in time is killed.

    It may be kept to one core, and be given variables beyond those of `environment`.
    """
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**environment(), **more},
            cwd=ROOT,
            preexec_fn=lambda: _bounded(patience_seconds, core),
        )
        # Not `wait`: only this call tells what that one child has used.
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    return Cost(
        seconds,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / KIB,
        process.returncode,
        said,
    )


def _bounded(cpu_seconds: float, core: int | None) -> None:
    """Bounds that a measurement does not run into, for the sake of the machine."""
    import resource

    if core is not None:
        os.sched_setaffinity(0, {core})
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds) + 1, int(cpu_seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


def fastest(command: Sequence[str], times: int) -> Cost:
    """The least time of each kind: what else the machine does can only add to it.

    One run before them is not counted: it finds cold files, and modules not yet compiled. Memory,
    exit code and output are those of the last run.
    """
    run(command)
    runs = [run(command) for _ in range(times)]
    return replace(
        runs[-1],
        seconds=min(each.seconds for each in runs),
        cpu_seconds=min(each.cpu_seconds for each in runs),
    )
