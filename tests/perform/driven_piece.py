"""A piece whose parameter is high or low, for the tests of what parameters drive."""

from __future__ import annotations

from collections.abc import Sequence

from leitmotor.score.compiled import Character, CompiledScore, Scene
from leitmotor.score.compiled_parameters import MappingRule, Parameter
from leitmotor.testing import builders
from leitmotor.testing.builders import parameter, state


def piece(
    *mappings: MappingRule,
    made: Parameter | None = None,
    states: Sequence[object] = (),
    tune: str = "1q 2 3 4",
    second: str = "chase",
    **keys: object,
) -> CompiledScore:
    """A tune over a bed; a pulse, a bass and a colder palette lie ready."""
    layers = ("lead", "bed")
    return builders.score(
        motifs=[builders.motif("tune", tune)],
        figures=[builders.figure("rocking", "bed", "k1q k3 k5 k3")],
        palettes=[
            builders.palette("warm", {"lead": "violin", "bed": "string ensemble", "pulse": "harp"}),
            builders.palette("cold", {"lead": "clarinet", "bed": "horn"}),
        ],
        progressions=[
            builders.progression("home", "I | IV"),
            builders.progression("away", "vi | ii"),
        ],
        characters=[Character("mara", "tune", "", ())],
        states=states  # type: ignore[arg-type]
        or [
            state("calm", palette="warm", harmony="home", layers=layers),
            state("chase", palette="warm", harmony="home", layers=layers),
            state("hunt", palette="warm", harmony="home", layers=layers),
        ],
        scenes=[Scene("one", "", ("mara",), "calm"), Scene("two", "", ("mara",), second)],
        parameters=[made or parameter()],
        mappings=mappings,
        **keys,  # type: ignore[arg-type]
    )
