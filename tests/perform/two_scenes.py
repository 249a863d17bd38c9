"""A play of two scenes for the tests of entries: another key, tempo, palette and character."""

from __future__ import annotations

from leitmotor.music.scale import MINOR, Key
from leitmotor.score.compiled import Character, CompiledScore, Scene, Transition
from leitmotor.testing import builders

EB_MINOR = Key(2, -1, MINOR)


def play(
    *,
    way: Transition | None = None,
    mara: str = "1h 3h | 5w",
    pickup: int = 0,
    **calm: object,
) -> CompiledScore:
    """Two scenes: mara on a quay in C major, ilan with an upbeat at sea in Eb minor."""
    return builders.score(
        motifs=[
            builders.motif("mara", mara),
            builders.motif("ilan", "5-q | 1h 3h" if pickup else "1h 3h", pickup=pickup),
        ],
        figures=[builders.figure("rocking", "bed", "k1q k3 k5 k3")],
        progressions=[
            builders.progression("home", "I | IV | V"),
            builders.progression("away", "i | iv"),
        ],
        palettes=[
            builders.palette("warm", {"lead": "violin", "bed": "string ensemble", "bass": "cello"}),
            builders.palette("cold", {"lead": "clarinet", "bed": "horn", "bass": "cello"}),
        ],
        characters=[Character("mara", "mara", "", ()), Character("ilan", "ilan", "", ())],
        states=[
            builders.state("calm", palette="warm", harmony="home", **calm),
            builders.state(
                "storm", palette="cold", harmony="away", tempo=120.0, key=EB_MINOR, dynamic=6
            ),
        ],
        scenes=[
            Scene("quay", "", ("mara",), "calm"),
            Scene("sea", "", ("ilan",), "storm"),
            Scene("home", "", ("mara", "ilan"), "calm"),
        ],
        cues={
            "bright": "tempo 90, key D, palette cold, dynamic ff",
            "lasting": "keep palette cold, keep tempo 90",
            "out": "swell 1 bar to ff, then go sea",
        },
        transitions={("", ""): way} if way else None,
    )
