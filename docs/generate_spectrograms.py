"""Draws moments of scores/elephants-dream as spectrograms, into docs/guide/spectrograms/.

By hand, with what `pip install .[docs]` brings: `python docs/generate_spectrograms.py`. It also
prints what was measured beside what the captions claim. Which moments, their captions and their
claims stand in docs/guide/spectrograms/moments.toml; tests/test_spectrograms.py renders the same
moments and checks the same claims, without matplotlib.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from leitmotor.messages import BarLine, Control, Distance, Event, Room, Setup, Voice
from leitmotor.music.time import Seconds
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.run.patches import patches_of
from leitmotor.run.plan import PlayPlan, standing
from leitmotor.run.render import render_plan
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.load import load_score, load_script
from leitmotor.sound.renderer import Renderer
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Samples

ROOT = Path(__file__).parents[1]
SCORE = ROOT / "scores" / "elephants-dream"
FOLDER = ROOT / "docs" / "guide" / "spectrograms"
TABLE = FOLDER / "moments.toml"

RATE = 48000
RUN_UP: Seconds = 5.0
"""So much is rendered before a moment and not shown: notes and room are then under way."""

Window: TypeAlias = tuple[Seconds, Seconds]
Powers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Claim:
    """A number in a caption, and how it is measured.

    `rise` and `fall`: how many dB more, or less, a band has in the window `after` than in `before`.
    `centroid`: how many times higher the mean frequency by power lies. `partial`: how many dB the
    partial `nth` of `hertz` is weaker than the first, in `after`. Windows are seconds of the film.
    `role` is the only one that is measured; empty is whoever is heard.
    """

    name: str
    measure: str
    value: float
    within: float
    after: Window
    before: Window = (0.0, 0.0)
    band: tuple[float, float] = (20.0, 20000.0)
    hertz: float = 0.0
    nth: int = 2
    role: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at an instant of the picture."""

    at: Seconds
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Some seconds of the film: what is heard of them, what is drawn and what is said of them.

    `role` is the only one that is heard; empty is everybody. Several spans stand side by side.
    """

    name: str
    title: str
    spans: tuple[Window, ...]
    caption: str
    claims: tuple[Claim, ...]
    marks: tuple[Mark, ...] = ()
    role: str = ""

    def told(self) -> str:
        """The caption with its numbers."""
        return " ".join(self.caption.format_map({each.name: each for each in self.claims}).split())


def moments() -> tuple[Moment, ...]:
    """The moments of the table."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(map(_moment, table["moments"]))


def _moment(row: dict[str, Any]) -> Moment:
    claims = tuple(Claim(**_tuples(claim)) for claim in row.pop("claims"))
    marks = tuple(Mark(at, text) for at, text in row.pop("marks", ()))
    return Moment(**_tuples(row), claims=claims, marks=marks)


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _tuple(value) for key, value in row.items()}


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value


# --------------------------------------------------------------------------------------------------
# Rendering


@dataclass(frozen=True, slots=True)
class Film:
    """The performance of the whole script: its score, how its voices begin, its events."""

    score: CompiledScore
    setups: tuple[Setup, ...]
    events: tuple[Event, ...]


@cache
def film(until: Seconds) -> Film:
    """The film's music up to a second."""
    loaded = load_score(SCORE)
    if loaded.script is None:
        raise ValueError(f"{SCORE} has no cue script")
    script = load_script(loaded.script, loaded)
    start, _ = standing(loaded.score, [script])
    memory = MemoryOutput()
    render_plan(PlayPlan(loaded.score, None, start, script, until=until), [memory])
    return Film(loaded.score, tuple(memory.setups), tuple(memory.events))


@cache
def rendered(span: Window, role: str) -> Samples:
    """What is heard of a span, both sides as one, (frames,): the mix before the master stage."""
    whole = film(max(end for each in moments() for _, end in each.spans))
    begin, end = span
    first = max(begin - RUN_UP, 0.0)
    patches = patches_of(whole.score)
    player = Renderer(patches, RATE, hears=lambda voice: role in ("", voice.role))
    player.prepare(_standing(whole, first))
    for event in whole.events:
        if first <= event.seconds < end:
            player.send(event, round((event.seconds - first) * RATE))
    frames = round((end - first) * RATE)
    quanta = LONGEST_BLOCK // QUANTUM
    blocks = [player.render(quanta).mean(axis=0) for _ in range(0, frames, LONGEST_BLOCK)]
    return np.concatenate(blocks)[round((begin - first) * RATE) : frames]


def _standing(whole: Film, at: Seconds) -> list[Setup]:
    """What holds for every voice just before a second."""
    controls: dict[Voice, dict[int, int]] = {s.voice: dict(s.controls) for s in whole.setups}
    metres = {setup.voice: setup.metres for setup in whole.setups}
    room = whole.setups[0].room
    for event in whole.events:
        if event.seconds >= at:
            break
        match event:
            case Control():
                controls.setdefault(event.voice, {})[event.controller] = event.value
            case Distance():
                metres[event.voice] = event.metres
            case Room():
                room = (event.name, event.rings)
    return [
        Setup(voice, tuple(values.items()), metres.get(voice, 0.0), room)
        for voice, values in controls.items()
    ]


# --------------------------------------------------------------------------------------------------
# Measuring


def measured(claim: Claim, moment: Moment) -> float:
    """What the samples of a moment say of a claim."""
    after = _power(claim.after, claim, moment)
    if claim.measure == "partial":
        return _db(_partial(after, claim.hertz) / _partial(after, claim.nth * claim.hertz))
    before = _power(claim.before, claim, moment)
    match claim.measure:
        case "rise":
            return _db(_within(after, claim.band) / _within(before, claim.band))
        case "fall":
            return _db(_within(before, claim.band) / _within(after, claim.band))
        case "centroid":
            return _centroid(after, claim.band) / _centroid(before, claim.band)
    raise ValueError(f"{claim.name}: nobody knows how to measure {claim.measure}")


def _power(window: Window, claim: Claim, moment: Moment) -> tuple[Powers, Powers]:
    """Hertz and mean power at each, in a window of the film."""
    begin, end = window
    span = next(each for each in moment.spans if each[0] <= begin and end <= each[1])
    samples = rendered(span, claim.role or moment.role)
    heard = samples[round((begin - span[0]) * RATE) : round((end - span[0]) * RATE)]
    spectrum = np.fft.rfft(heard * np.hanning(len(heard)))
    hertz = np.fft.rfftfreq(len(heard), 1.0 / RATE)
    return hertz, np.square(np.abs(spectrum)) / len(heard) ** 2


def _within(power: tuple[Powers, Powers], band: tuple[float, float]) -> float:
    hertz, at = power
    return float(at[(hertz >= band[0]) & (hertz < band[1])].sum())


def _centroid(power: tuple[Powers, Powers], band: tuple[float, float]) -> float:
    hertz, at = power
    chosen = (hertz >= band[0]) & (hertz < band[1])
    return float((hertz * at)[chosen].sum() / at[chosen].sum())


def _partial(power: tuple[Powers, Powers], hertz: float) -> float:
    return _within(power, (0.97 * hertz, 1.03 * hertz))


def _db(ratio: float) -> float:
    return float(10.0 * np.log10(ratio))


# --------------------------------------------------------------------------------------------------
# Pictures

LOWEST_HZ, OCTAVES, ROWS_AN_OCTAVE = 55.0, 8, 36
STEP = 480
"""Frames from one column to the next: 10 ms."""
FLOOR_DB = -66.0
PERIODS = 22.0
"""A row's window holds so many periods of it, within the two limits."""
LEAST_WINDOW, MOST_WINDOW = 1024, 16384
SIZE, DPI, COLOURS = (10.0, 4.8), 100, 48
INK, PAPER, ACCENT = "#1f2328", "#ffffff", "#ffffff"


def spectrogram(samples: Samples) -> Powers:
    """Power by (row, column): rows in equal parts of an octave from LOWEST_HZ upwards.

    Low rows have long windows, which tell notes apart, and high ones short windows, which tell
    strokes apart.
    """
    hertz = row_hertz()
    wanted = 2 ** np.round(np.log2(PERIODS * RATE / hertz))
    windows = np.clip(wanted, LEAST_WINDOW, MOST_WINDOW).astype(int)
    rows = np.empty((len(hertz), len(samples) // STEP))
    for size in np.unique(windows):
        chosen = windows == size
        rows[chosen] = _columns(samples, int(size), hertz[chosen])
    return rows


def row_hertz() -> Powers:
    """The frequency of each row."""
    return LOWEST_HZ * 2.0 ** (np.arange(OCTAVES * ROWS_AN_OCTAVE + 1) / ROWS_AN_OCTAVE)


def _columns(samples: Samples, size: int, hertz: Powers) -> Powers:
    window = np.hanning(size)
    padded = np.pad(samples, size // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, size)[: len(samples) : STEP]
    frames = frames[: len(samples) // STEP]
    power = np.square(np.abs(np.fft.rfft(frames * window, axis=1)) / window.sum())
    half = 2.0 ** (0.5 / ROWS_AN_OCTAVE)
    places = hertz * size / RATE
    first = np.floor(places / half).astype(int)
    last = np.ceil(places * half).astype(int)
    return np.stack(
        [power[:, low : high + 1].max(axis=1) for low, high in zip(first, last, strict=True)]
    )


def draw(moment: Moment) -> bytes:
    """A picture of a moment, PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt
    from PIL import Image

    spans = moment.spans
    powers = [spectrogram(rendered(span, moment.role)) for span in spans]
    loudest = max(float(power.max()) for power in powers)
    shares = [end - begin for begin, end in spans]
    figure = plt.figure(figsize=SIZE, dpi=DPI, layout="constrained")
    axes = figure.subplots(1, len(spans), sharey=True, squeeze=False, width_ratios=shares)
    for axis, span, power in zip(axes[0], spans, powers, strict=True):
        db = 10.0 * np.log10(np.maximum(power / loudest, 1e-12))
        times = span[0] + np.arange(db.shape[1] + 1) * STEP / RATE
        edges = row_hertz()[0] * 2.0 ** ((np.arange(len(db) + 1) - 0.5) / ROWS_AN_OCTAVE)
        shown = axis.pcolormesh(times, edges, db, vmin=FLOOR_DB, vmax=0.0, cmap="magma")
        _axes(axis, span, moment)
    axes[0][0].set_ylabel("pitch, and its frequency")
    figure.suptitle(moment.title, color=INK, fontsize=13)
    bar = figure.colorbar(shown, ax=axes[0].tolist(), pad=0.02, fraction=0.03)
    bar.set_label("dB below the loudest")
    kept = io.BytesIO()
    figure.savefig(kept, format="png", facecolor=PAPER)
    plt.close(figure)
    small = io.BytesIO()
    # Few colours: the file has half the size, and nobody sees it.
    Image.open(kept).convert("RGB").quantize(COLOURS).save(small, "png", optimize=True)
    return small.getvalue()


def _axes(axis: Any, span: Window, moment: Moment) -> None:
    """Seconds below, bars above, notes and Hz at the side, and the marks."""
    begin, end = span
    axis.set_yscale("log", base=2)
    notes = [(f"c{n}  {_hertz(440.0 * 2.0 ** (n - 4.75))}", n) for n in range(2, 10)]
    axis.set_yticks([440.0 * 2.0 ** (n - 4.75) for _, n in notes], [text for text, _ in notes])
    axis.set_ylim(LOWEST_HZ, LOWEST_HZ * 2.0**OCTAVES)
    axis.set_xlim(*span)
    axis.xaxis.set_major_formatter(lambda at, _: f"{int(at // 60)}:{round(at % 60):02d}")
    axis.xaxis.set_major_locator(_every(1.0 if end - begin < 8.0 else 2.0))
    axis.set_xlabel("time in the film")
    bars = [(at, number) for at, number in _bars() if begin <= at <= end - 0.02]
    above = axis.secondary_xaxis("top")
    above.set_xticks([at for at, _ in bars], [str(number) for _, number in bars], fontsize=8)
    above.set_xlabel("bar")
    for at, _ in bars:
        axis.axvline(at, color=ACCENT, alpha=0.18, linewidth=0.6)
    for mark in moment.marks:
        if not begin <= mark.at < end:
            continue
        axis.axvline(mark.at, color=ACCENT, linewidth=1.2, linestyle=(0, (4, 3)))
        axis.annotate(
            mark.text,
            (mark.at, LOWEST_HZ * 2.0**OCTAVES),
            xytext=(5, -14),
            textcoords="offset points",
            color=ACCENT,
            fontsize=10,
        )


def _every(seconds: Seconds) -> Any:
    from matplotlib.ticker import MultipleLocator

    return MultipleLocator(seconds)


def _hertz(hertz: float) -> str:
    return f"{hertz:.0f} Hz" if hertz < 1000.0 else f"{hertz / 1000.0:.1f} kHz"


def _bars() -> Iterator[tuple[Seconds, int]]:
    whole = film(max(end for each in moments() for _, end in each.spans))
    return (
        (event.seconds, event.bar.number) for event in whole.events if isinstance(event, BarLine)
    )


def main() -> None:
    """Draw every moment, and print claims and measurements."""
    for moment in moments():
        for claim in moment.claims:
            found = measured(claim, moment)
            print(f"{moment.name}: {claim.name} {found:.2f}, told {claim.value:g}")
        picture = FOLDER / f"{moment.name}.png"
        picture.write_bytes(draw(moment))
        print(f"{picture}: {picture.stat().st_size // 1024} KB\n{moment.told()}\n")


if __name__ == "__main__":
    main()
