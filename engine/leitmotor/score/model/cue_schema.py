"""What an editor is told about `when`, `do` and `while`, which have readers of their own."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import WithJsonSchema

_TEXT = {"type": ["string", "number"]}

MATCHERS: dict[str, dict[str, Any]] = {
    "osc": {
        "type": "string",
        "pattern": r"^/\S*$",
        "description": "An address of OSC; * stands for one segment, $1 in do: for what it was.",
        "examples": ["/scene/quay", "/scene/*"],
    },
    "midi": {
        "type": "string",
        "pattern": r"^((note|cc|program)\s+[0-9]+|mmc\s+[a-z ]+)$",
        "description": "A MIDI message: note 36, cc 1, program 5, mmc play.",
        "examples": ["note 36", "cc 1", "program 5", "mmc play"],
    },
    "press": {**_TEXT, "description": "A key of the operator's keyboard.", "examples": ["b"]},
    "key": {**_TEXT, "description": "The same as press."},
    "timecode": {
        "type": "string",
        "pattern": r"^\d\d:\d\d:\d\d[:;]\d\d$",
        "description": "A place of the picture, in quotes.",
        "examples": ["01:00:10:00"],
    },
    "clock": {
        "type": "string",
        "pattern": r"^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$",
        "description": "A time of day. At the start the latest one of the day is applied first.",
        "examples": ["18:00"],
    },
    "every": {
        "type": "string",
        "description": "Again and again, counted from the beginning of the performance.",
        "examples": ["20 min", "1 h"],
    },
    "event": {
        **_TEXT,
        "description": "A named event, with the fields that where: asks for. It arrives from the"
        " network in a later release; until then fire the cue by its own name.",
    },
    "marker": {**_TEXT, "description": "A mark of the music is passed."},
    "scene": {**_TEXT, "description": "A scene is entered."},
    "dialogue": {"enum": ["starts", "ends"], "description": "Somebody begins or ends to speak."},
    "off": {"type": "boolean", "description": "With osc: fires on 0 and false instead."},
    "channel": {
        "type": "integer",
        "minimum": 1,
        "maximum": 16,
        "description": "With midi: on this channel only.",
    },
    "where": {
        "type": "object",
        "additionalProperties": _TEXT,
        "description": "With event: fields that must be equal.",
    },
    "for": {**_TEXT, "description": "With PARAM above and below: held for so long."},
}
"""Every key of a matcher; thresholds and groups are added to them."""

_ONE = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": MATCHERS
    | {
        word: {"type": "array", "items": {"type": "object"}, "minItems": 1, "description": said}
        for word, said in (
            ("all of", "All of these, within two seconds."),
            ("any of", "Any of these."),
        )
    },
    "patternProperties": {
        "^.+ (above|below)$": {"type": "number", "description": "A parameter crosses this value."}
    },
}

VERB_EXAMPLES: tuple[str, ...] = (
    "go SCENE",
    "go next",
    "go back",
    "state S",
    "motif M",
    "motif M as STATE in ROLE with INSTRUMENT",
    "passage P",
    "enter C",
    "leave C",
    "arc C = STATE",
    "arc C next",
    "relationship A & B = STATUS",
    "tempo 90 over 4 bars",
    "tempo x1.1",
    "key D via pivot",
    "mode minor",
    "metre 3/4",
    "harmony P",
    "chord bVI for 1 bar",
    "palette P",
    "play ROLE on INSTRUMENT",
    "figure ROLE F",
    "layers lead bed",
    "mute X",
    "unmute X",
    "solo X",
    "level X -6 dB over 1 bar",
    "dynamic f",
    "swell 2 bars to ff",
    "crescendo 4 bars p to f",
    "fade 2 bars",
    "fade out 2 bars",
    "set PARAM = 0.5 over 2 s",
    "density 0.5",
    "stinger S",
    "silence S",
    "wait 2 bars",
    "hold until CUE",
    "vamp 2 bars until CUE",
    "continue",
    "hit H in 2 s",
    "dialogue on",
    "pause",
    "resume",
    "finish",
    "stop",
    "undo CUE",
    "cancel all",
    "panic",
    "log TEXT",
)
"""One or more a verb, names in capitals: what an editor offers."""

_VERB = {"type": "string", "examples": list(VERB_EXAMPLES)}
_VERBS = {"anyOf": [_VERB, {"type": "array", "items": _VERB}]}
_IN_TURN = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
    "properties": {
        word: {"type": "array", "items": _VERBS, "minItems": 1, "description": said}
        for word, said in (
            ("in turn", "One entry each time, one after the other."),
            ("shuffled", "One entry each time, never the same twice running."),
        )
    },
}
_CONDITION = {
    "type": "string",
    "pattern": r"^\s*(scene|state|clock)\s+\S.*$",
    "examples": ["scene SCENE", "state STATE", "clock 10:00..18:00"],
}

WhenValue: TypeAlias = Annotated[
    Any, WithJsonSchema({"anyOf": [_ONE, {"type": "array", "items": _ONE}]})
]
DoValue: TypeAlias = Annotated[
    Any, WithJsonSchema({"anyOf": [_VERB, {"type": "array", "items": _VERB}, _IN_TURN]})
]
WhileValue: TypeAlias = Annotated[
    Any, WithJsonSchema({"anyOf": [_CONDITION, {"type": "array", "items": _CONDITION}]})
]
