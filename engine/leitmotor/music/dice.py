"""Chance from a place, not from a stream: the same place always throws the same (S32).

Adding a motif then does not change what another one throws, and slices of time agree. The hash is
BLAKE2b of a text in which neighbouring values cannot run together; it is the same on every machine.
"""

from __future__ import annotations

from hashlib import blake2b
from math import cos, log, sqrt, tau

_BITS = 53  # what a float holds
_HALF = float(1 << 26)


def dice(seed: int, *where: int | str) -> float:
    """A number in [0, 1) for this seed and place, evenly spread."""
    text = "".join(_written(part) for part in (seed, *where))
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> (64 - _BITS)) / (1 << _BITS)


def draw(seed: int, low: float, high: float, *where: int | str) -> float:
    """A number from `low` to `high` for this seed and place."""
    return low + (high - low) * dice(seed, *where)


def normal(seed: int, *where: int | str) -> float:
    """A number about 0 with standard deviation 1 for this seed and place (Box and Muller)."""
    whole, rest = divmod(dice(seed, *where) * _HALF, 1.0)  # two numbers out of one throw
    return sqrt(-2.0 * log(1.0 - whole / _HALF)) * cos(tau * rest)


def shuffled(seed: int, count: int, round_: int, name: str) -> tuple[int, ...]:
    """0 … count-1 in the order of round `round_` (from 0) of the series `name`.

    A round never begins with what the round before ended with (S32). Two therefore alternate, in
    the order of round 0; one alone comes again and again. ValueError for less than one.
    """
    if count < 1:
        raise ValueError(f"cannot shuffle {count} things; there must be one at least")
    if count <= 2:
        return _permutation(seed, count, 0, name)
    order = _permutation(seed, count, round_, name)
    # Exchanging the first two leaves the last alone: no round depends on more than the one before.
    if round_ > 0 and order[0] == _permutation(seed, count, round_ - 1, name)[-1]:
        return (order[1], order[0], *order[2:])
    return order


def pick(seed: int, count: int, nth: int, name: str) -> int:
    """The choice number `nth` (from 0) of the shuffled series `name` of `count` things."""
    round_, place = divmod(nth, max(count, 1))
    return shuffled(seed, count, round_, name)[place]


def _permutation(seed: int, count: int, round_: int, name: str) -> tuple[int, ...]:
    """An even shuffle (Fisher and Yates), without regard to its neighbours."""
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        other = int(dice(seed, "shuffle", name, count, round_, last) * (last + 1))
        order[last], order[other] = order[other], order[last]
    return tuple(order)


def _written(part: int | str) -> str:
    """One value so that neither its kind nor its end can be mistaken."""
    return f"{part:d}i" if isinstance(part, int) else f"{len(part)}:{part}"
