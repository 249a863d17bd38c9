"""Where notes come from: the pool, else the store, else they are baked."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Protocol

from leitmotor.sound.pool import POOL_SAMPLES, Placed, Pool
from leitmotor.sound.recipe import Recipe
from leitmotor.sound.tables import Table, baked_table

LOWEST_BAKED, HIGHEST_BAKED = 12, 120
"""Below there is nothing to hear and above nothing but the fundamental: the octave is kept."""


class Store(Protocol):
    """Keeps baked notes beyond the end of the process."""

    def load(self, recipe: Recipe, pitch: int, rate: int) -> Table | None:
        """A note that was kept and is whole; None for any other. Never raises."""
        ...

    def save(self, recipe: Recipe, pitch: int, rate: int, table: Table) -> None:
        """Keep a note, if that can be done. Never raises."""
        ...


class NoStore:
    """Keeps nothing."""

    def load(self, recipe: Recipe, pitch: int, rate: int) -> Table | None:  # noqa: ARG002
        """Nothing was kept."""
        return None

    def save(self, recipe: Recipe, pitch: int, rate: int, table: Table) -> None:
        """Let it go."""


def within_the_bakeable(pitch: int) -> int:
    """The pitch, or the nearest of its octaves that is baked."""
    while pitch < LOWEST_BAKED:
        pitch += 12
    while pitch > HIGHEST_BAKED:
        pitch -= 12
    return pitch


class Bank:
    """Notes by recipe and pitch, at one rate.

    Thread: one. `note` takes microseconds where it is known, some milliseconds where it is baked.
    """

    def __init__(self, rate: int, store: Store | None = None, samples: int = POOL_SAMPLES) -> None:
        self.rate = rate
        self.pool = Pool(samples)
        self.baked = 0  # notes that nothing had foreseen
        self._store: Store = store if store is not None else NoStore()

    def note(
        self, recipe: Recipe, pitch: int, in_use: Callable[[], Set[int]] = frozenset
    ) -> Placed | None:
        """A note in the pool; None where all the room is taken by what is being played."""
        key = (recipe.name, recipe.version, pitch)
        placed = self.pool.get(key)
        if placed is None:
            placed = self.pool.put(key, self._table(recipe, pitch), in_use)
        return placed

    def _table(self, recipe: Recipe, pitch: int) -> Table:
        pitch = within_the_bakeable(pitch)
        table = self._store.load(recipe, pitch, self.rate)
        if table is None:
            table = baked_table(recipe, pitch, self.rate)
            self.baked += 1
            self._store.save(recipe, pitch, self.rate, table)
        return table
