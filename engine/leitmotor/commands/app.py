"""What the command `leitmotor` can be asked for, with every option.

Nothing but the command-line library is imported here; each command imports what it needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from leitmotor import __version__
from leitmotor.errors import LeitmotorError


class _Commands(TyperGroup):
    """Turns what goes wrong into a sentence and an exit code, also where a test calls a command."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (Exception, KeyboardInterrupt) as error:
            if _is_a_way_to_end(error):
                raise
            from leitmotor.commands.blame import explained

            raise typer.Exit(explained(error)) from None


def _is_a_way_to_end(error: BaseException) -> bool:
    """Whether the command-line library deals with it: an end on purpose, or a usage error."""
    return isinstance(error, typer.Abort) or (
        hasattr(error, "exit_code") and not isinstance(error, LeitmotorError)
    )


class _Rehearsed(TyperCommand):
    """A command two of whose options may stand without a value: `--click`, `--count-in`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        following = [*args[1:], "--"]
        bare = [
            f"{arg}=" if arg in ("--click", "--count-in") and after.startswith("-") else arg
            for arg, after in zip(args, following, strict=True)
        ]
        return super().parse_args(ctx, bare)


app = typer.Typer(
    name="leitmotor",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Plays scores that listen: live over MIDI, or offline to the very same notes.",
    epilog="Exit codes: 0 fine, 1 the score, 2 the command, 3 the equipment, 4 leitmotor itself.",
)

ScorePath = Annotated[
    Path, typer.Argument(metavar="PATH", help="A score, or a folder with a score.yaml.")
]
Cues = Annotated[
    Path | None,
    typer.Option("--cues", metavar="FILE", help="A cue script, or the journal of a performance."),
]
Outs = Annotated[list[str] | None, typer.Option("--out", metavar="OUT")]
Trace = Annotated[
    Path | None,
    typer.Option("--trace", metavar="FILE", help="Write every event as a line of text."),
]
Rig = Annotated[
    Path | None,
    typer.Option("--rig", metavar="FILE", help="The rig: which instrument plays where."),
]
Seed = Annotated[
    int | None, typer.Option("--seed", metavar="N", help="For what is left to chance.")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="T", help="End there: 90, 1:30 or 00:01:30:12.")
]
Clock = Annotated[
    str | None,
    typer.Option("--clock", metavar="T", help="Begin at this time of day: 10:00."),
]
ClockSpan = Annotated[
    str | None,
    typer.Option(
        "--clock",
        metavar="T",
        help="Begin at this time of day: 10:00; or play these hours: 10:00..18:00.",
    ),
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="PLACE", help="Begin at a scene, a cue, a bar or a time."),
]
Loop = Annotated[
    str | None,
    typer.Option(
        "--loop",
        metavar="A..B",
        help="Bars A to B over and over: 5..8, 'wood 1..4' or '5..8 4 times'.",
    ),
]
CountIn = Annotated[
    str | None,
    typer.Option(
        "--count-in",
        metavar="[T]",
        help="Clicks before the beginning: T, the score's count-in, or 1 bar.",
    ),
]
ClickOn = Annotated[
    str | None,
    typer.Option(
        "--click",
        metavar="[ON]",
        help="A metronome: on channel 10, on 'channel N' or an instrument of the score.",
    ),
]
Mute = Annotated[
    list[str] | None,
    typer.Option("--mute", metavar="X", help="Leave out a role, character, instrument or click."),
]
Solo = Annotated[list[str] | None, typer.Option("--solo", metavar="X", help="Hear one alone.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"leitmotor {__version__}")
        raise typer.Exit


@app.callback()
def _leitmotor(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which this is.")
    ] = False,
) -> None:
    pass


@app.command()
def check(
    path: ScorePath,
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Notes are errors, too.")] = False,
    rig: Rig = None,
) -> None:
    """Say what is wrong with a score, and what is worth a thought."""
    from leitmotor.commands import check as command

    raise typer.Exit(command.check(command.Inquiry(path, rig, strict, as_json)))


@app.command()
def explain(path: ScorePath, rig: Rig = None, as_json: AsJson = False) -> None:
    """Show the score as it was understood, with every default, and who wins where several speak."""
    from leitmotor.commands import explain as command

    (command.explain_for_programs if as_json else command.explain)(path, rig)


@app.command()
def cues(
    path: ScorePath,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="For spreadsheets.")] = False,
    rig: Rig = None,
) -> None:
    """Print the cue sheet: every cue, what fires it and what it does."""
    from leitmotor.commands import cues as command
    from leitmotor.errors import CueError

    if as_json and as_csv:
        raise CueError("--json and --csv contradict each other; give one of them")
    form = command.Form.JSON if as_json else command.Form.CSV if as_csv else command.Form.TABLE
    command.cues(path, rig, form)


@app.command()
def new(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The folder to make.")],
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="theatre, game or installation.")
    ] = "theatre",
) -> None:
    """Make a folder with a score to start from: it plays, and says what each part is for."""
    from leitmotor.commands import new as command

    command.new(name, kind)


@app.command(cls=_Rehearsed)
def render(
    path: ScorePath,
    cues: Cues = None,
    out: Outs = None,
    trace: Trace = None,
    seed: Seed = None,
    until: Until = None,
    rig: Rig = None,
    clock: ClockSpan = None,
    begin: From = None,
    loop: Loop = None,
    count_in: CountIn = None,
    click: ClickOn = None,
    mute: Mute = None,
    solo: Solo = None,
    stems: Annotated[
        Path | None,
        typer.Option(
            "--stems", metavar="FOLDER", help="Write each role and instrument as sound of its own."
        ),
    ] = None,
    bits: Annotated[
        str | None,
        typer.Option("--bits", metavar="N", help="Of sound: 16, 24 (the default) or 32f."),
    ] = None,
    rate: Annotated[
        int | None,
        typer.Option(
            "--rate", metavar="N", help="Of sound: 44100, 48000 or 96000 samples a second."
        ),
    ] = None,
) -> None:
    """Perform offline, into files: the very notes that would be played, and their sound.

    OUT is X.wav, X.flac, X.mid or X.events; several may be given. --click and --count-in may stand
    without a value, after PATH.
    """
    from leitmotor.commands import render as command

    wishes = command.Wishes(
        path=path,
        rig=rig,
        cues=cues,
        outs=tuple(out or ()),
        trace=trace,
        seed=seed,
        until=until,
        clock=clock,
        begin=begin,
        loop=loop,
        count_in=count_in,
        click=click,
        mute=tuple(mute or ()),
        solo=tuple(solo or ()),
        stems=stems,
        bits=bits,
        rate=rate,
    )
    command.render(wishes)


@app.command(cls=_Rehearsed)
def play(
    path: ScorePath,
    rig: Rig = None,
    out: Outs = None,
    cues: Cues = None,
    no_cues: Annotated[
        bool, typer.Option("--no-cues", help="Leave the folder's cue script aside.")
    ] = False,
    trace: Trace = None,
    journal: Annotated[
        Path | None,
        typer.Option("--journal", metavar="FILE", help="Write every cue with its place."),
    ] = None,
    begin: From = None,
    loop: Loop = None,
    count_in: CountIn = None,
    click: ClickOn = None,
    speed: Annotated[
        str, typer.Option("--speed", metavar="PERCENT", help="Slower or faster: 80%.")
    ] = "100%",
    mute: Mute = None,
    solo: Solo = None,
    horizon: Annotated[
        str, typer.Option("--horizon", metavar="T", help="How far ahead notes are decided.")
    ] = "10ms",
    seed: Seed = None,
    until: Until = None,
    clock: Clock = None,
) -> None:
    """Perform live, with keys and cues.

    OUT is audio, audio:NAME, midi:NAME, virtual, null or X.mid; several may be given. While it
    plays: a key fires its cue, Enter is GO, : opens a line for cue names and verbs, ? shows the
    keys, Ctrl-C stops.

    --click and --count-in may stand without a value, after PATH.
    """
    from leitmotor.outputs.audio_names import may_sound
    from leitmotor.run.calling import call_performer, call_sounding_performer

    # It takes longer to come than the rest takes to be imported, so it is called first.
    called = call_sounding_performer() if may_sound(out or ()) else call_performer()
    from leitmotor.commands import play as command

    wishes = command.Wishes(
        path=path,
        rig=rig,
        outs=tuple(out or ()),
        cues=cues,
        no_cues=no_cues,
        trace=trace,
        journal=journal,
        begin=begin,
        speed=speed,
        mute=tuple(mute or ()),
        solo=tuple(solo or ()),
        horizon=horizon,
        seed=seed,
        until=until,
        clock=clock,
        loop=loop,
        count_in=count_in,
        click=click,
    )
    raise typer.Exit(command.play(wishes, called))


@app.command()
def listen(
    path: ScorePath,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="A motif, character, palette, figure, passage or stinger; or 'mara as lost'.",
        ),
    ] = None,
    palette: Annotated[
        list[str] | None,
        typer.Option("--palette", metavar="P", help="In this palette; give several to compare."),
    ] = None,
    times: Annotated[
        int, typer.Option("--times", metavar="N", min=1, help="Motifs and figures so often.")
    ] = 1,
    only_list: Annotated[
        bool, typer.Option("--list", help="Say what would be heard, and when.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="That list for programs.")] = False,
    out: Outs = None,
    rig: Rig = None,
) -> None:
    """Hear motifs, one character state after another, and palettes side by side.

    Each thing is announced as it begins. Without a NAME: every character in every state, then the
    other motifs. OUT as for play; where only files are given they are written at once. Ctrl-C
    stops.
    """
    from leitmotor.commands import listen as command

    wishes = command.Wishes(
        path=path,
        names=tuple(names or ()),
        palettes=tuple(palette or ()),
        times=times,
        outs=tuple(out or ()),
        rig=rig,
    )
    if as_json:
        command.list_for_programs(wishes)
    elif only_list:
        command.list_for_people(wishes)
    else:
        command.listen(wishes)


@app.command()
def ports(as_json: AsJson = False) -> None:
    """List what can be played on."""
    from leitmotor.commands import ports as command

    command.ports(as_json)


@app.command()
def presets(
    file: Annotated[Path, typer.Argument(help="A SoundFont.")], as_json: AsJson = False
) -> None:
    """List the sounds of a SoundFont, as a rig's `preset:` names them."""
    from leitmotor.commands import presets as command

    command.presets(file, as_json)


@app.command()
def schema(
    rig: Annotated[bool, typer.Option("--rig", help="That of rig files instead.")] = False,
) -> None:
    """Print the JSON Schema of scores, for completion in editors."""
    from leitmotor.commands import schema as command

    command.print_schema("rig" if rig else "score")
