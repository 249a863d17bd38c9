"""The pictures of docs/guide/sound.md show what their captions claim."""

from __future__ import annotations

from typing import Any

import pytest
from tests.regenerate import ROOT
from tests.test_docs import generator

spectrograms = generator("generate_spectrograms")
MOMENTS = spectrograms.moments()
PAGE = ROOT / "docs" / "guide" / "sound.md"

every_moment = pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.name)


@every_moment
def test_what_the_caption_claims_is_measured(moment: Any) -> None:
    """Where the sound has changed: `python docs/generate_spectrograms.py` says what it is now."""
    off = {
        claim.name: (found, claim.value)
        for claim in moment.claims
        if abs((found := spectrograms.measured(claim, moment)) - claim.value) > claim.within
    }
    assert off == {}


@every_moment
def test_every_number_of_a_caption_is_a_claim_that_is_measured(moment: Any) -> None:
    told = moment.caption
    assert all("{" + claim.name + "." in told for claim in moment.claims)


@every_moment
def test_picture_and_caption_stand_on_the_page(moment: Any) -> None:
    name = moment.name
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert moment.told() in page
    assert f"(spectrograms/{name}.png)" in page
    picture = (spectrograms.FOLDER / f"{name}.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 200_000
