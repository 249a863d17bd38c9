"""The built-in sound in a live performance, with a device that plays in virtual time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from leitmotor.messages import Attack, Cue, Do, Release
from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_device import AudioDevice
from leitmotor.outputs.audio_system import StreamWish
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.run.audio_plan import AudioPlan
from leitmotor.run.audio_start import Audible, audible
from leitmotor.run.plan import AtRest, PlayPlan
from leitmotor.run.protocol import Warned
from leitmotor.run.reports import Reports
from leitmotor.run.staged import Staged
from leitmotor.score.compiled import CompiledScore
from leitmotor.sound.samples import QUANTUM, Frames, Samples
from leitmotor.testing.counted_sound import PILOT, Delaying, Impulses, impulses, origins
from leitmotor.testing.fake_audio import DeviceTime, FakeDevice, FakeLink, FakeSoundDevice
from leitmotor.testing.live import Live, two_scenes

RATE = 48000
BEGIN: Seconds = 500.0


class Stamped(MemoryOutput):
    """Notes when each attack is sent."""

    def __init__(self, time: DeviceTime) -> None:
        super().__init__()
        self.time = time
        self.stamps: list[tuple[Seconds, Attack]] = []

    def send(self, event: object) -> None:
        if isinstance(event, Attack):
            self.stamps.append((self.time.now(), event))


class Stumbling(Impulses):
    """Takes 60 ms for one quantum."""

    def __init__(self, time: DeviceTime) -> None:
        super().__init__()
        self.time = time

    def render(self, quanta: int) -> Samples:
        if self.frame == 400 * QUANTUM:
            self.time.jump(0.06)
        return super().render(quanta)


class Ringing(Impulses):
    """Sounds for four seconds."""

    def __init__(self, _: DeviceTime) -> None:
        super().__init__()

    def render(self, quanta: int) -> Samples:
        block = super().render(quanta)
        block *= self.frame < 4.0 * RATE
        return block


class Room:
    """A performance with its sound, its device and a MIDI instrument beside it."""

    def __init__(
        self,
        plan: PlayPlan,
        *found: FakeDevice,
        cues: Sequence[tuple[Seconds, Cue]] = (),
        lasts: Seconds = 6.0,
        audio: AudioPlan | None = None,
        renderer: Callable[[DeviceTime], Impulses] = lambda _: Impulses(),
        at: Sequence[tuple[Seconds, list[FakeDevice]]] = (),
    ) -> None:
        self.time = DeviceTime(BEGIN)
        self.library = FakeSoundDevice(self.time, list(found))
        self.renderer = renderer(self.time)
        self.midi = Stamped(self.time)
        self.audio = audio or AudioPlan()
        for moment, devices in at:
            self.time.call_at(BEGIN + moment, lambda d=devices: self._find(d))  # type: ignore[misc]
        given = [(BEGIN + moment, cue) for moment, cue in cues]
        self.live = Live(plan, given, BEGIN + lasts, [self.midi], self.time, sound=self._sound)
        self.sounding.close(0.1)

    def _find(self, devices: list[FakeDevice]) -> None:
        self.library.found = devices

    def _sound(self, ready: Staged, reports: Reports) -> Audible:
        wish = StreamWish(self.audio.rate, self.audio.block, self.audio.latency)
        connect = partial(FakeLink, self.library)
        device = AudioDevice(self.audio.device, wish, connect, self.time.now)
        device.start()
        found = audible(
            device,
            self.audio,
            ready.setups,
            (),
            reports.warned,
            lambda _plan, _rate, _warn: (self.renderer, Delaying()),
            self.time,
        )
        assert found is not None
        self.sounding = found.sounding
        return found

    @property
    def warnings(self) -> list[str]:
        return [m.text for m in self.live.messages if isinstance(m, Warned)]

    def begin(self) -> Frames:
        """The renderer's frame at which the performance begins."""
        return self.renderer.attacks()[0][0]

    def origins(self, stream: int = 0) -> NDArray[np.int64]:
        """The renderer's frame of each frame that a stream played, -1 where there was none."""
        return origins(self.library.streams[stream].played)

    def heard(self, stream: int = 0) -> list[Seconds]:
        """When the attacks came out of the device."""
        return [
            begin + place / self.library.streams[stream].device.rate
            for begin, block in self.library.streams[stream].heard
            for place in impulses(block)
        ]


def assert_in_place(where: NDArray[np.int64]) -> None:
    """What sounds lies as far apart as it was rendered."""
    sounding = np.flatnonzero(where >= 0)
    assert np.array_equal(np.diff(where[sounding]), np.diff(sounding))


def offline(plan: PlayPlan, until: Seconds, rate: int = RATE) -> list[tuple[Frames, int]]:
    """(frame, pitch) of every attack, as a file has them."""
    events = plan.performance().advance(until * plan.speed)
    return [
        (round(event.seconds / plan.speed * rate), event.pitch)
        for event in events
        if isinstance(event, Attack)
    ]


def relative(room: Room) -> list[tuple[Frames, int]]:
    begin = room.begin()
    return [(frame - begin, pitch) for frame, pitch in room.renderer.attacks()]


@pytest.mark.parametrize("speed", [0.37, 1.0, 3.7])
@pytest.mark.parametrize("rate", [44100, 48000])
def test_events_have_the_frames_that_they_have_in_a_file(
    score: CompiledScore, speed: float, rate: int
) -> None:
    plan = PlayPlan(score, speed=speed)
    room = Room(plan, FakeDevice(rate=rate, drift=2e-4))
    given = relative(room)
    assert len(given) >= 5
    assert given == offline(plan, 6.0, rate)[: len(given)]
    assert room.begin() % QUANTUM == 0
    assert room.renderer.late == 0
    assert room.live.ended.lateness.lost_frames == 0


devices = st.builds(
    FakeDevice,
    rate=st.sampled_from((44100, 48000)),
    block=st.sampled_from((128, 256, 441, 480, 1024, 2048)),
    latency=st.floats(0.002, 0.06),
    drift=st.floats(-5e-4, 5e-4),
    late=st.lists(st.floats(0.0, 0.001), min_size=1, max_size=9).map(
        lambda delays: lambda n: delays[n % len(delays)]
    ),
)


@settings(max_examples=20)
@given(devices)
def test_what_is_played_is_what_is_rendered_frame_by_frame(device: FakeDevice) -> None:
    room = Room(PlayPlan(two_scenes()), device, lasts=2.0)
    where = room.origins()
    sounding = np.flatnonzero(where >= 0)
    assert len(sounding) == sounding[-1] - sounding[0] + 1 > 1.5 * device.rate
    assert_in_place(where)
    assert room.renderer.late == 0
    assert room.live.ended.lateness.lost_frames == 0
    assert room.warnings == []


@settings(max_examples=15)
@given(devices)
def test_midi_is_sent_when_its_note_is_heard(device: FakeDevice) -> None:
    """One master clock: the impulse leaves the device when the MIDI message is sent."""
    room = Room(PlayPlan(two_scenes()), device, lasts=2.5)
    sent = sorted({stamp for stamp, _ in room.midi.stamps})
    late = max(device.late(n) for n in range(9))
    assert len(room.heard()) >= 3
    for instant in room.heard():
        nearest = min(sent, key=lambda stamp: abs(stamp - instant))
        assert abs(nearest - instant) < late + 0.002


def test_a_cue_by_hand_acts_after_the_horizon_that_the_device_needs(score: CompiledScore) -> None:
    device = FakeDevice(latency=0.03)
    room = Room(PlayPlan(score), device, cues=[(2.0, Do("go files at now"))])
    [answered] = room.live.answers
    assert isinstance(answered.at, float)
    horizon = room.sounding.horizon
    assert 0.03 + 2 * QUANTUM / RATE < horizon < 0.06
    # In the second scene the first note comes when the cue acts.
    acts = BEGIN + 2.0 + horizon
    assert min(abs(instant - acts) for instant in room.heard()) < 0.002
    assert room.renderer.late == 0


def test_muted_parts_are_not_rendered(score: CompiledScore) -> None:
    room = Room(PlayPlan(score, mute=frozenset({"bed"})), FakeDevice())
    roles = {e.voice.role for _, e in room.renderer.given if isinstance(e, (Attack, Release))}
    assert roles == {"lead", "bass"}


@pytest.mark.parametrize(("out", "sounds"), [("desk", False), ("house", True), ("", True)])
def test_voices_of_its_output_sound_and_those_of_none(
    score: CompiledScore, out: str, sounds: bool
) -> None:
    voices = {key: voice._replace(out=out) for key, voice in score.voices.items()}
    plan = PlayPlan(replace(score, voices=voices))
    room = Room(plan, FakeDevice(), audio=AudioPlan(out="house"))
    assert bool(room.renderer.attacks()) is sounds
    assert bool(room.renderer.setups) is sounds
    assert len(room.midi.stamps) > 5


# --------------------------------------------------------------------------------------------------
# What goes wrong


def test_a_hiccup_is_bridged_and_no_alarm(score: CompiledScore) -> None:
    hiccup = FakeDevice(stands=lambda now: 502.0 < now < 502.03)
    room = Room(PlayPlan(score), hiccup)
    assert room.warnings == []
    assert relative(room) == offline(PlayPlan(score), 6.0)[: len(relative(room))]
    assert len(room.library.streams) == 1


def test_a_device_that_is_silent_for_long_is_told_and_goes_on_where_it_should_be(
    score: CompiledScore,
) -> None:
    silent = FakeDevice(stands=lambda now: 502.0 < now < 502.3)
    room = Room(PlayPlan(score), silent)
    lost, back = room.warnings
    assert "`Speakers` asks for no more sound: the music goes on without it" in lost
    assert "plays again" in back
    assert len(room.library.streams) == 1
    given = relative(room)
    assert given == offline(PlayPlan(score), 6.0)[: len(given)]
    assert room.heard()[-1] == pytest.approx(room.midi.stamps[-1][0], abs=0.002)


@pytest.mark.parametrize("dies", [True, False])
def test_a_lost_device_is_reopened_when_it_returns_and_midi_goes_on(
    score: CompiledScore, dies: bool
) -> None:
    """62: noticed within 3 periods (but no sooner than 50 ms), told, found again."""
    plan = PlayPlan(score)
    whole = Room(plan, FakeDevice())
    gone = FakeDevice(stands=lambda now: now > 502.0)
    other = FakeDevice("Handset", "USB")
    lost = Room(
        plan,
        gone,
        audio=AudioPlan("speakers"),
        at=[(2.0, [other]), (4.0, [other, FakeDevice(latency=0.02)])]
        if dies
        else [(2.0, []), (4.0, [FakeDevice(block=512)])],
    )
    told, back = lost.warnings
    assert "the music goes on without it, and plays on it again once it returns" in told
    assert back == "the audio device `Speakers` plays from now on"
    assert [e for _, e in lost.midi.stamps] == [e for _, e in whole.midi.stamps]
    for (stamp, _), (other_stamp, _) in zip(lost.midi.stamps, whole.midi.stamps, strict=True):
        assert stamp == pytest.approx(other_stamp, abs=0.01)
    given = relative(lost)
    assert given == offline(plan, 6.0)[: len(given)]
    assert len(lost.library.streams) == 2
    assert not lost.library.streams[0]._runs
    # It sounds on, in its place, and comes in softly.
    assert_in_place(lost.origins(1))
    left = lost.library.streams[1].played[0]
    assert left[np.flatnonzero(left)[0]] < 0.01 * PILOT
    assert lost.heard(1)[-1] == pytest.approx(lost.midi.stamps[-1][0], abs=0.002)


def test_a_device_that_is_not_there_is_waited_for(score: CompiledScore) -> None:
    room = Room(PlayPlan(score), at=[(2.5, [FakeDevice()])], audio=AudioPlan(rate=48000))
    assert room.warnings == ["the audio device `Speakers` plays from now on"]
    given = relative(room)
    assert given == offline(PlayPlan(score), 6.0)[: len(given)]
    assert room.library.streams[0].played[0].any()


def test_one_that_comes_back_at_another_rate_is_told_how_to_be_had(score: CompiledScore) -> None:
    gone = FakeDevice(stands=lambda now: now > 502.0)
    room = Room(PlayPlan(score), gone, at=[(2.0, [FakeDevice(rate=44100)])])
    assert any("set the device to 48000" in text for text in room.warnings)
    assert len(room.midi.stamps) > 5


def test_frames_that_a_device_loses_are_counted(score: CompiledScore) -> None:
    """Compared by its own time: no flag is needed."""
    room = Room(PlayPlan(score), FakeDevice(stands=lambda now: 502.0 < now < 502.006))
    heard = room.library.streams[0].heard
    gaps = [round((then - now) * RATE) - 256 for (now, _), (then, _) in pairwise(heard)]
    assert room.live.ended.lateness.lost_frames == sum(gaps) in (256, 512)


def test_a_performer_that_stands_still_leaves_a_hole_and_stays_in_place(
    score: CompiledScore,
) -> None:
    """The frames of the hole are counted; what comes after it lies where it belongs."""

    room = Room(PlayPlan(score), FakeDevice(), renderer=Stumbling)
    assert room.live.ended.lateness.lost_frames > 0.04 * RATE
    assert_in_place(room.origins())
    assert len(room.library.streams) == 1


def test_it_fades_out_within_the_time_that_a_stop_may_take(score: CompiledScore) -> None:
    room = Room(PlayPlan(score), FakeDevice(), lasts=3.3)
    assert room.time.now() - (BEGIN + 3.3) < 0.2
    left = room.library.streams[0].played[0]
    end = np.flatnonzero(left)[-1] + 1
    assert end < len(left)
    assert np.all(left[end - 2000 : end - 512] >= PILOT)
    assert np.abs(np.diff(left[end - 512 :])).max() < 0.01


def test_music_that_ends_by_itself_may_ring_out(score: CompiledScore) -> None:
    plan = PlayPlan(score, script=((1.0, Do("stop at now")),), at_rest=AtRest.END)
    room = Room(plan, FakeDevice(), renderer=Ringing)
    assert room.live.ended.reason == "the music has ended"
    assert (room.origins() >= 0).sum() > 3.5 * RATE
