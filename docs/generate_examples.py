"""Writes docs/reference/examples.md from the ladder of examples: the reference links there.

By hand: `python docs/generate_examples.py`. MkDocs runs this before every build (`hooks:` in
mkdocs.yml); a test says when the committed page is out of date.
"""

from __future__ import annotations

from pathlib import Path

from leitmotor.testing.ladder import Rung, rungs

DOCS = Path(__file__).parent
EXAMPLES = DOCS.parent / "examples"
PAGE = DOCS / "reference" / "examples.md"

HEAD = """\
# Examples

The ladder of small pieces in the folder `examples`, one idea each. Every one is performed by the
tests and compared, event by event, with the list `expected.events` beside it. Which of them use
a key or a verb stands in [Score format](score-format.md).

```sh
leitmotor render examples/01-one-motif --out ferry.mid
leitmotor play examples/05-cues
```
"""


def on_pre_build(config: object) -> None:  # noqa: ARG001 - MkDocs calls it by this name
    """MkDocs' hook. Writes only what has changed, or `mkdocs serve` would build for ever."""
    text = page()
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        PAGE.write_text(text, encoding="utf-8")


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *map(_told, rungs(EXAMPLES))])


def _told(rung: Rung) -> str:
    files = "\n".join(
        f"`{file.parent.name}/{file.name}`\n\n```text\n{file.read_text(encoding='utf-8')}```\n"
        for file in rung.files
    )
    return f"## {rung.title}\n\n{rung.readme}\n\n{files}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
