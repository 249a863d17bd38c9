"""The renderer: the same events make the same samples, and nothing clicks."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sound.toy import (
    BAR,
    RATE,
    TOYS,
    attack,
    control,
    release,
    rendered,
    voice,
)

from leitmotor.messages import Distance, Event, Panic, Room, Setup, Voice
from leitmotor.sound import catalogue
from leitmotor.sound.bank import Bank
from leitmotor.sound.patch import Patch
from leitmotor.sound.renderer import Renderer
from leitmotor.sound.samples import QUANTUM, Frames, Samples

DRY = Setup(voice(), (), room=("dry", 0.0))


@pytest.fixture(autouse=True)
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "leitmotor.sound.renderer.recipe_of",
        lambda patch: TOYS.get(patch.sound) or catalogue.recipe_of(patch),
    )


def renderer(polyphony: int = 16) -> Renderer:
    """A renderer of toys, dry."""
    made = Renderer({}, RATE, bank=Bank(RATE, samples=4_000_000), polyphony=polyphony)
    made.prepare([DRY])
    return made


def steps(samples: Samples) -> float:
    """The greatest step from one sample to the next."""
    return float(np.abs(np.diff(samples)).max())


def test_a_note_begins_at_its_very_frame() -> None:
    for frame in (0, 1, 255, 256, 700, 1023, 1024):
        out = rendered(renderer(), [(frame, attack(1, who=voice("toy click")))], [4, 4])
        heard = np.flatnonzero(np.abs(out[0]) > 1e-6)
        assert heard.tolist() == [frame]


script = st.lists(
    st.tuples(
        st.integers(0, 12_000),
        st.sampled_from(["attack", "release", "level", "expression", "tone", "distance", "panic"]),
        st.integers(0, 9),
        st.integers(1, 127),
    ),
    max_size=24,
)


def played(entry: tuple[Frames, str, int, int], number: int) -> Event:
    """An event of a random script."""
    _, kind, which, value = entry
    who = voice(("toy sine", "toy bell")[which % 2], ("lead", "bed")[which % 3 == 0], which % 3)
    match kind:
        case "attack":
            return attack(number, 48 + value // 4, who, value, ("legato", "")[value % 2])
        case "release":
            return release(which, who=who)
        case "distance":
            return Distance(0, 0.0, BAR, who, value / 4)
        case "panic":
            return Panic(0, 0.0, BAR)
        case _:
            return control({"level": 7, "expression": 11, "tone": 74}[kind], value, who)


@given(entries=script, cuts=st.lists(st.integers(1, 4), min_size=12, max_size=12))
def test_the_samples_do_not_depend_on_the_blocks(
    entries: list[tuple[Frames, str, int, int]], cuts: list[int]
) -> None:
    events = [(entry[0], played(entry, n)) for n, entry in enumerate(entries)]
    whole = rendered(renderer(6), events, [4] * 12)
    cut = rendered(renderer(6), events, [*cuts, *[1] * (48 - sum(cuts))])
    assert np.abs(whole - cut).max() < 2e-6


@given(entries=script)
def test_the_same_events_give_the_same_bytes(entries: list[tuple[Frames, str, int, int]]) -> None:
    events = [(entry[0], played(entry, n)) for n, entry in enumerate(entries)]
    once, again = (rendered(renderer(6), events, [4] * 12) for _ in range(2))
    assert once.tobytes() == again.tobytes()


def test_a_late_event_acts_at_the_next_block() -> None:
    player = renderer()
    player.render(2)
    out = rendered(player, [(10, attack(1, who=voice("toy click")))], [1])
    assert np.flatnonzero(np.abs(out[0]) > 1e-6).tolist() == [0]


def test_notes_end_restrike_and_connect_without_a_click() -> None:
    """S28, and legato: no step beyond what two sines of this loudness explain."""
    events: list[tuple[Frames, Event]] = []
    for number in range(12):
        begin = 3000 + number * 4001
        touch = "legato" if number % 3 else ""
        events += [(begin, attack(number, 69 + number % 2, touch=touch))]
        events += [(begin + 4001 + (800 if number % 2 else -900), release(number))]
    out = rendered(renderer(), events, [4] * 60)
    loudest = float(np.abs(out).max())
    steepest = 2 * np.pi * 2 * 466.2 / RATE  # of the octave above Bb4
    assert steps(out[0]) < 2.0 * loudest * steepest


def test_a_released_note_falls_by_60_db_in_its_release_time() -> None:
    out = rendered(renderer(), [(0, attack(1)), (24_000, release(1))], [4] * 40)[0]
    before = np.abs(out[22_000:24_000]).max()
    after = np.abs(out[24_000 + 4800 - 100 : 24_000 + 4800 + 100]).max()
    assert 20 * np.log10(after / before) == pytest.approx(-60, abs=3)


def test_a_note_that_fades_by_itself_follows_its_rate() -> None:
    out = rendered(renderer(), [(0, attack(1, who=voice("toy bell")))], [4] * 100)[0]
    first = np.abs(out[36_000:38_000]).max()
    later = np.abs(out[84_000:86_000]).max()
    assert 20 * np.log10(later / first) == pytest.approx(-20, abs=0.3)


@pytest.mark.parametrize("instrument", ["toy sine", "toy bell"])
def test_louder_is_louder_and_brighter(instrument: str) -> None:
    """S23: a struck note by its velocity, a held one by CC11."""
    loudness, brightness = [], []
    for value in (16, 33, 49, 64, 80, 96, 112, 126):
        who = voice(instrument)
        struck = instrument == "toy bell"
        events: list[tuple[Frames, Event]] = [
            (0, control(11, 127 if struck else value, who)),
            (2048, attack(1, 69, who, value if struck else 80)),
        ]
        out = rendered(renderer(), events, [4] * 24)[0][12_000:20_000]
        spectrum = np.abs(np.fft.rfft(out * np.hanning(len(out))))
        bins = np.fft.rfftfreq(len(out), 1 / RATE)
        loudness.append(np.sqrt(np.mean(out**2)))
        fundamental = spectrum[np.abs(bins - 440) < 20].sum()
        brightness.append(spectrum[np.abs(bins - 880) < 20].sum() / fundamental)
    assert np.all(np.diff(loudness) > 0)
    assert np.all(np.diff(brightness) > 0)


def test_where_too_many_sound_the_lowest_role_gives_way_and_never_the_lead() -> None:
    player = renderer(4)
    lead = [voice("toy sine", "lead", n) for n in range(2)]
    bed, colour = voice("toy sine", "bed", 3), voice("toy sine", "colour", 4)
    first = [(0, attack(1, 60, lead[0])), (0, attack(2, 64, lead[1]))]
    rendered(player, [*first, (0, attack(3, 50, bed)), (0, attack(4, 73, colour))], [4] * 4)
    out = rendered(player, [(4096, attack(5, 53, bed))], [4] * 20)[0]
    assert player.sounding == 4
    assert player.refused == 0
    spectrum = np.abs(np.fft.rfft(out[8192:16384] * np.hanning(8192)))

    def heard(pitch: int) -> float:
        at = 440 * 2 ** ((pitch - 69) / 12) * 8192 / RATE
        return float(spectrum[round(at) - 1 : round(at) + 2].max())

    assert heard(73) < 0.01 * heard(53)
    assert heard(60) > 0.3 * heard(53)


def test_a_lead_is_taken_by_nobody() -> None:
    player = renderer(2)
    events = [(0, attack(n, 60 + n, voice("toy sine", "lead", n))) for n in range(2)]
    rendered(player, [*events, (600, attack(5, 70, voice("toy sine", "bed", 5)))], [4])
    assert player.refused == 1
    assert player.sounding == 2


def test_what_was_released_goes_first() -> None:
    player = renderer(2)
    events: list[tuple[Frames, Event]] = [
        (0, attack(1, 60, voice("toy sine", "bed", 1))),
        (0, attack(2, 64, voice("toy sine", "colour", 2))),
        (1024, release(1, 60, voice("toy sine", "bed", 1))),
        (1100, attack(3, 67, voice("toy sine", "colour", 2))),
    ]
    rendered(player, events, [4] * 8)
    assert player.sounding == 2
    assert player.refused == 0


def test_a_voice_that_gives_way_does_not_click() -> None:
    player = renderer(1)
    bed = voice("toy sine", "bed")
    out = rendered(player, [(0, attack(1, 57, bed)), (20_000, attack(2, 76, bed))], [4] * 30)[0]
    loudest = float(np.abs(out).max())
    assert steps(out[19_000:21_500]) < loudest * 2 * np.pi * 2 * 659.3 / RATE * 1.5


def test_silence_is_silence_within_20_ms() -> None:
    player = renderer()
    rendered(player, [(0, attack(n, 60 + n)) for n in range(6)], [4] * 10)
    player.silence()
    out = rendered(player, [], [4] * 4)
    assert np.abs(out[:, 20 * RATE // 1000 :]).max() < 1e-5
    assert steps(out[0]) < 0.05


def _is_in(role: str, who: Voice) -> bool:
    return who.role == role


@pytest.mark.parametrize("polyphony", [16, 3])
def test_what_a_stem_hears_adds_up_to_the_whole(polyphony: int) -> None:
    """Also where notes give way to those of another stem."""
    who = [voice("toy sine", "lead", 0), voice("toy sine", "bed", 1)]
    events: list[tuple[Frames, Event]] = [(0, Room(0, 0.0, BAR, "hall", 2.0))]
    events += [(500 * n, attack(n, 60 + n, who[n % 2])) for n in range(8)]
    bank = Bank(RATE, samples=4_000_000)
    whole = rendered(Renderer({}, RATE, bank=bank, polyphony=polyphony), events, [4] * 20)
    parts = []
    for role in ("lead", "bed"):
        hears = partial(_is_in, role)
        stem = Renderer({}, RATE, bank=bank, polyphony=polyphony, hears=hears)
        parts.append(rendered(stem, events, [4] * 20))
    assert np.abs(whole - sum(parts)).max() < 1e-3 * np.abs(whole).max()


def test_tone_and_distance_act_while_a_note_sounds() -> None:
    """T13: the direct sound darkens and the room stays."""

    def octave(out: Samples) -> float:
        spectrum = np.abs(np.fft.rfft(out * np.hanning(len(out))))
        bins = np.fft.rfftfreq(len(out), 1 / RATE)
        low, high = (spectrum[np.abs(bins - hertz) < 20].sum() for hertz in (440, 880))
        return float(high / low)

    events = [(0, control(11, 74)), (0, attack(1)), (24_000, control(74, 127))]
    out = rendered(renderer(), events, [4] * 60)[0]
    assert octave(out[34_000:44_000]) > 1.5 * octave(out[14_000:24_000])


@pytest.mark.parametrize("before", ["nothing", "a tail"])
def test_a_note_is_as_loud_as_its_channel_was_told_just_before_it(before: str) -> None:
    """Also where an earlier note still rings: nothing begins louder than it goes on."""
    who = voice("toy click")
    events: list[tuple[Frames, Event]] = [(0, control(7, 100, who))]
    if before == "a tail":
        events += [(7000, attack(1, 60, who)), (7500, release(1, 60, who))]
    events += [(8192, control(7, 25, who)), (8192, attack(2, 62, who))]
    events += [(20_000, attack(3, 64, who))]
    out = np.abs(rendered(renderer(), events, [4] * 24)[0])
    first, second = out[8192:9000].max(), out[20_000:21_000].max()
    loud_enough = 1.001 if before == "nothing" else 20.0
    assert second <= first < loud_enough * second


def test_a_patch_decides_what_an_instrument_sounds_as() -> None:
    patches = {"glass": Patch("toy click")}
    player = Renderer(patches, RATE, bank=Bank(RATE, samples=4_000_000))
    player.prepare([DRY])
    out = rendered(player, [(5, attack(1, who=voice("glass")))], [1])
    assert np.flatnonzero(np.abs(out[0]) > 1e-6).tolist() == [5]


def test_frames_are_counted_in_quanta() -> None:
    player = renderer()
    player.render(3)
    assert player.frame == 3 * QUANTUM
