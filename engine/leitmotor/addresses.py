"""Addresses as OSC writes them: `/scene/quay`. Names in them, wildcards, and what lets go of a key.

Sources, scores and the performer have to agree on these, so they are said once, here.
"""

from __future__ import annotations

import re

FORBIDDEN = " #*,?[]{}"
"""What an address that is sent may not hold: OSC 1.0 keeps these signs for patterns."""

_NOT_IN_A_SEGMENT = re.compile(rf"[\s/{re.escape(FORBIDDEN)}]")


def segment_of(name: str) -> str:
    """A name as one part of an address: blanks, and what OSC does not allow, are `_`.

    `segment_of("to the quay") == "to_the_quay"`.
    """
    return _NOT_IN_A_SEGMENT.sub("_", name)


def captured(pattern: str, address: str) -> tuple[str, ...] | None:
    """What the `*` of a pattern stand for in an address, in order; None where it does not fit.

    A `*` is one whole segment and never empty. The cost is linear in the two lengths.
    """
    wanted, came = pattern.split("/"), address.split("/")
    if len(wanted) != len(came):
        return None
    found: list[str] = []
    for want, segment in zip(wanted, came, strict=True):
        if want == "*" and segment:
            found.append(segment)
        elif want != segment:
            return None
    return tuple(found)


def is_release(values: tuple[float | str, ...]) -> bool:
    """Whether a message says that a button was let go: 0 or false is all that came with it."""
    return len(values) == 1 and not isinstance(values[0], str) and values[0] == 0
