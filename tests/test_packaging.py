"""What is shipped: one package, `leitmotor`, under one version; `engine` is only a folder."""

from __future__ import annotations

import ast
import importlib.metadata
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import leitmotor

ROOT = Path(__file__).resolve().parents[1]
OURS = ("engine", "tests", "examples", "scores", "bench", "docs")


def imported_names(source: str) -> Iterator[str]:
    """Every dotted name that `source` imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_version_is_the_installed_one() -> None:
    assert importlib.metadata.version("leitmotor") == leitmotor.__version__


def test_the_version_heads_the_changelog() -> None:
    headings = [
        line
        for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("## ")
    ]
    assert headings[0].startswith(f"## [{leitmotor.__version__}]")


def test_the_wheel_holds_only_leitmotor(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"leitmotor", f"leitmotor-{leitmotor.__version__}.dist-info"}
    shipped = {name for name in names if name.endswith(".py")}
    written = {
        path.relative_to(ROOT / "engine").as_posix() for path in (ROOT / "engine").rglob("*.py")
    }
    assert shipped == written
    assert "leitmotor/py.typed" in names


def test_the_source_archive_holds_no_stray_tree(tmp_path: Path) -> None:
    (archive,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(archive) as tar:
        inside = {Path(name).parts[1] for name in tar.getnames()}
    assert {"engine", "tests", "README.md", "LICENSE", "pyproject.toml"} <= inside
    assert not {".venv", ".git", "site", "dist"} & inside


@pytest.mark.parametrize("folder", OURS)
def test_nobody_imports_engine(folder: str) -> None:
    offenders = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for name in imported_names(path.read_text(encoding="utf-8"))
        if name.split(".")[0] == "engine"
    ]
    assert offenders == []
