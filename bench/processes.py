"""What a running process uses: processor time and resident memory. Linux only."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_KIB_PER_MB = 1024


def cpu_seconds(pid: int) -> float:
    """User and system time of all threads, to within 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_SECOND


def resident_mb(pid: int) -> float:
    """Resident memory; pages that it shares with others count in full."""
    return _memory(pid, "status", "VmRSS:")


def shared_mb(pid: int) -> float:
    """What of the resident memory is another program's shared memory, as that of a JACK server."""
    return _memory(pid, "status", "RssShmem:")


def proportional_mb(pid: int) -> float:
    """Resident memory; a page shared by n processes counts for one n-th."""
    return _memory(pid, "smaps_rollup", "Pss:")


def _memory(pid: int, file: str, key: str) -> float:
    for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
        if line.startswith(key):
            return int(line.split()[1]) / _KIB_PER_MB
    raise ValueError(f"/proc/{pid}/{file} has no {key}")


def children(pid: int) -> list[int]:
    """The processes that it has started and their own, in the order of their numbers."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for text in (task / "children").read_text().split():
            found += [int(text), *children(int(text))]
    return sorted(set(found))


def name_of(pid: int) -> str:
    """The command line, shortened."""
    text = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    return " ".join(text.split()[1:4])
