"""The picture of the editor shows the schema as it is."""

from __future__ import annotations

import importlib.util
from types import ModuleType
from xml.etree import ElementTree

from tests.regenerate import ROOT


def drawing() -> ModuleType:
    path = ROOT / "docs" / "generate_editor_picture.py"
    spec = importlib.util.spec_from_file_location("generate_editor_picture", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_is_up_to_date() -> None:
    """Where it is not: `python docs/generate_editor_picture.py`."""
    made = drawing()
    assert made.PICTURE.read_text(encoding="utf-8") == made.picture()


def test_the_picture_offers_every_key_of_a_cue_and_stays_inside() -> None:
    root = ElementTree.fromstring(drawing().picture())
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    texts = [each for each in root if each.tag.endswith("text")]
    said = {each.text for each in texts}
    assert {"do", "set", "scale", "while", "once", "cooldown", "number", "note", "list"} <= said
    for each in texts:
        assert float(each.attrib["x"]) + 8.4 * len(each.text or "") <= wide
        assert float(each.attrib["y"]) < high
