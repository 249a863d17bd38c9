"""One small parser for each musical unit (rule 3 of the language).

Each takes a number or a text and raises ValueError that says what was expected, what came and what
to write.
"""

from __future__ import annotations

from leitmotor.music.length import LengthRange
from leitmotor.score.nearest import normal_key
from leitmotor.score.units.clock import (
    is_timecode,
    parse_clock_position,
    parse_clock_span,
    parse_frame_rate,
    parse_time_of_day,
    parse_timecode,
    timecode_label,
    timecode_seconds,
)
from leitmotor.score.units.lengths import (
    parse_boundary,
    parse_fade,
    parse_length,
    parse_length_range,
    parse_offset,
    parse_seconds,
)
from leitmotor.score.units.musical import (
    parse_dynamic,
    parse_dynamic_range,
    parse_interval,
    parse_key,
    parse_metre,
    parse_mode,
    parse_note,
    parse_note_range,
    parse_tempo,
    usual_tempo,
)
from leitmotor.score.units.numbers import (
    Level,
    Reverb,
    parse_decibels,
    parse_factor,
    parse_level,
    parse_loudness,
    parse_metres,
    parse_number,
    parse_number_range,
    parse_percent,
    parse_reverb,
    parse_swing,
    parse_tone,
    parse_whole_range,
)

__all__ = [
    "LengthRange",
    "Level",
    "Reverb",
    "is_timecode",
    "normal_key",
    "parse_boundary",
    "parse_clock_position",
    "parse_clock_span",
    "parse_decibels",
    "parse_dynamic",
    "parse_dynamic_range",
    "parse_factor",
    "parse_fade",
    "parse_frame_rate",
    "parse_interval",
    "parse_key",
    "parse_length",
    "parse_length_range",
    "parse_level",
    "parse_loudness",
    "parse_metre",
    "parse_metres",
    "parse_mode",
    "parse_note",
    "parse_note_range",
    "parse_number",
    "parse_number_range",
    "parse_offset",
    "parse_percent",
    "parse_reverb",
    "parse_seconds",
    "parse_swing",
    "parse_tempo",
    "parse_time_of_day",
    "parse_timecode",
    "parse_tone",
    "parse_whole_range",
    "timecode_label",
    "timecode_seconds",
    "usual_tempo",
]
