"""The built-in addresses: what each means for any score, and what is said of a wrong one."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.cues.nouns import Nouns
from leitmotor.cues.osc_nouns import Unheard, cue_of
from leitmotor.cues.osc_packet import Message
from leitmotor.errors import CueError
from leitmotor.messages import GO, Cue, Do, Fire, Set
from leitmotor.score.nearest import did_you_mean

NOUNS = Nouns(
    cues=("betrayal", "to the quay", "blick zurück", "a b", "a_b"),
    numbers=("1", "3.5"),
    scenes=("the quay", "files", "x y", "x?y"),
    states=("calm", "wild chase"),
    parameters=("tension", "sea level"),
    arcs={"mara": ("lost", "found again"), "old ilan": (), "nora": ("next", "last")},
    suggest=did_you_mean,
)


def cue(address: str, *values: float | str) -> Cue | Unheard:
    return cue_of(Message(address, values), NOUNS)


@pytest.mark.parametrize(
    ("address", "values", "expected"),
    [
        ("/cue/betrayal/go", (), Fire("betrayal")),
        ("/cue/to_the_quay/go", (1.0,), Fire("to the quay")),
        ("/cue/blick_zurück/go", (127.0,), Fire("blick zurück")),
        ("/cue/3.5/go", (), Fire("3.5")),
        ("/cue/a_b/go", (), Fire("a_b")),
        ("/cue/betrayal/go", ("who=mara", "value = 0.5"), Fire(
            "betrayal", (("who", "mara"), ("value", "0.5")))),
        ("/scene/the_quay/go", (), Do("go the quay")),
        ("/state/wild_chase/go", (1.0,), Do("state wild chase")),
        ("/character/mara/arc", ("found again",), Do("arc mara = found again")),
        ("/character/mara/arc", ("found_again",), Do("arc mara = found again")),
        ("/character/mara/arc", ("next",), Do("arc mara next")),
        ("/character/nora/arc", ("next",), Do("arc nora = next")),
        ("/parameter/tension", (0.25,), Set("tension", 0.25)),
        ("/parameter/sea_level", (0.0,), Set("sea level", 0.0)),
        ("/tempo", (90.0,), Do("tempo 90")),
        ("/tempo", (90.0999985,), Do("tempo 90.1")),
        ("/tempo", (100.0,), Do("tempo 100")),
        ("/go", (), GO),
        ("/panic", (1.0,), Do("panic")),
        ("/stop", (), Do("stop")),
    ],
)  # fmt: skip
def test_what_an_address_means(
    address: str, values: tuple[float | str, ...], expected: Cue
) -> None:
    assert cue(address, *values) == expected


@pytest.mark.parametrize(
    "address", ["/go", "/panic", "/stop", "/cue/betrayal/go", "/scene/files/go", "/state/calm/go"]
)
def test_a_button_that_is_let_go_does_nothing(address: str) -> None:
    assert cue(address, 0.0) is Unheard.RELEASE
    assert not isinstance(cue(address, 0.5), Unheard)


@pytest.mark.parametrize(
    "address",
    ["/", "/cue", "/cue/betrayal", "/cue/betrayal/stop", "/scene/files", "/going", "/a/b/c/d"],
)
def test_other_addresses_are_the_scores(address: str) -> None:
    assert cue(address) is Unheard.NO_NOUN


@pytest.mark.parametrize(
    ("address", "values", "said"),
    [
        ("/cue/betrayl/go", (), 'there is no cue "betrayl"; did you mean "betrayal"?'),
        ("/scene/the_key/go", (), 'there is no scene "the_key"; did you mean "the quay"?'),
        ("/scene/x_y/go", (), '"x_y" may be x y or x?y: no address tells them apart'),
        ("/state/sorrow/go", (), 'there is no state "sorrow"; known: calm, wild chase'),
        (
            "/character/ilan/arc",
            ("lost",),
            'there is no character "ilan"; known: mara, old ilan, nora',
        ),
        ("/character/mara/arc", ("fond again",), 'no state of mara "fond again"; did you mean'),
        ("/character/old_ilan/arc", ("lost",), "the score has no state of old ilan at all"),
        ("/character/mara/arc", (), "the name of a state, or next, belongs to it, not nothing"),
        ("/character/mara/arc", (2.0,), "belongs to it, not 2"),
        ("/parameter/tenshun", (1.0,), 'there is no parameter "tenshun"; did you mean "tension"?'),
        ("/parameter/tension", (), "one number belongs to it, such as 0.5, not nothing"),
        ("/parameter/tension", ("high",), 'not "high"'),
        ("/parameter/tension", (1.0, 2.0), "not 1, 2"),
        ("/tempo", (0.0,), "a tempo is a number of beats a minute, such as 90, not 0"),
        ("/tempo", (1e30,), "not 1e+30"),
    ],
)
def test_what_is_said_of_a_wrong_one(
    address: str, values: tuple[float | str, ...], said: str
) -> None:
    with pytest.raises(CueError) as error:
        cue(address, *values)
    assert said in str(error.value)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["cue", "scene", "character", "go", "arc", "mara", "tempo", "files"]),
            st.text(min_size=1, max_size=5),
        ),
        min_size=1,
        max_size=4,
    ),
    st.lists(st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=5))),
)
def test_any_message_is_a_cue_or_none_or_refused(
    segments: list[str], values: list[float | str]
) -> None:
    found: Cue | Unheard | None = None
    with suppress(CueError):
        found = cue("/" + "/".join(segments), *values)
    assert found is None or isinstance(found, (Fire, Do, Set, Unheard))
