"""The words that may stand in parentheses among notes: a closed list (language §2)."""

from __future__ import annotations

from functools import lru_cache

from leitmotor.records import record
from leitmotor.score.nearest import nearest


@record
class Word:
    """What a word says. None, 0 and "" mean that it says nothing of that kind.

    `level` is a dynamic as its step (ppp 0 … fff 7), `hairpin` +1 for louder and -1 for softer.
    """

    level: int | None = None
    hairpin: int = 0
    surge: str = ""
    articulation: str | None = None
    technique: str | None = None
    muted: bool | None = None


WORDS: dict[str, Word] = {
    "ppp": Word(level=0),
    "pp": Word(level=1),
    "p": Word(level=2),
    "mp": Word(level=3),
    "mf": Word(level=4),
    "f": Word(level=5),
    "ff": Word(level=6),
    "fff": Word(level=7),
    "sf": Word(surge="sf"),
    "sfz": Word(surge="sfz"),
    "fp": Word(surge="fp", level=2),
    "cresc": Word(hairpin=1),
    "dim": Word(hairpin=-1),
    "legato": Word(articulation="legato"),
    "staccato": Word(articulation="staccato"),
    "portato": Word(articulation="portato"),
    "pizz": Word(technique="pizz"),
    "arco": Word(technique=""),
    "trem": Word(technique="trem"),
    "trill": Word(technique="trill"),
    "con sord": Word(muted=True),
    "senza sord": Word(muted=False),
    "ord": Word(articulation="", technique=""),
}

LONG_FORMS: dict[str, str] = {
    "pianississimo": "ppp",
    "pianissimo": "pp",
    "piano": "p",
    "mezzopiano": "mp",
    "mezzo piano": "mp",
    "mezzoforte": "mf",
    "mezzo forte": "mf",
    "forte": "f",
    "fortissimo": "ff",
    "fortississimo": "fff",
    "sforzando": "sfz",
    "sforzato": "sfz",
    "fortepiano": "fp",
    "forte piano": "fp",
    "crescendo": "cresc",
    "diminuendo": "dim",
    "decresc": "dim",
    "decrescendo": "dim",
    "stacc": "staccato",
    "pizzicato": "pizz",
    "tremolo": "trem",
    "tr": "trill",
    "con sordino": "con sord",
    "con sordini": "con sord",
    "senza sordino": "senza sord",
    "senza sordini": "senza sord",
    "ordinario": "ord",
    "normal": "ord",
}


@lru_cache(maxsize=1024)
def find_word(text: str) -> Word | None:
    """The word that stands between parentheses; None where it is not in the list."""
    name = _plain(text)
    return WORDS.get(LONG_FORMS.get(name, name))


def unknown_word(text: str) -> str:
    """The message for a text in parentheses that `find_word` does not know."""
    name = _plain(text)
    if not name:
        return "() is empty: write a word in it, (p) or (cresc), or leave it out"
    first = name.split()[0]
    if first != name and find_word(first):
        return f"close the parenthesis after the word: ({first}), not ({_short(text)})"
    if any(sign.isdigit() for sign in name):
        return (
            f"({_short(text)}) has no head: a group is t3( … ), x3( … ), grace( … ), slur( … ), "
            "8va( … ) or 8vb( … )"
        )
    near = nearest(name, [*WORDS, *LONG_FORMS])
    wanted = f"did you mean ({near})? " if near else ""
    return f"({_short(text)}) is not a word for notes: {wanted}the words are {', '.join(WORDS)}"


def _plain(text: str) -> str:
    """Lower case, without dots; blank, `_` and `-` are the same (language rule 2)."""
    return " ".join(text.casefold().translate(_SAME).split())


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


_SAME = str.maketrans({".": None, "_": " ", "-": " "})
