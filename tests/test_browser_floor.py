"""Own and vendored assets run on Chromium 90, Safari 15 and WeChat's view: nothing newer, or behind a fallback."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite_only
SOURCE = Path(__file__).resolve().parents[1] / "src" / "linli"
NEWER = {
    "css": {
        "color-mix": r"color-mix\(",
        ":has": r":has\(",
        "nesting": r"(?m)^\s+&[\s:.\[>+~]",
        "@container": r"@container\b",
        "@layer": r"@layer\b",
        "dvh": r"\d(?:dvh|svh|lvh)\b",
    },
    "js": {
        ":has": r"[\"'`][^\"'`\n]*:has\([^\"'`\n]*[\"'`]",
        "static block": r"\bstatic\s*\{",
        "Object.hasOwn": r"\bObject\.hasOwn\b",
        "structuredClone": r"\bstructuredClone\b",
        ".at(": r"\.at\(",
        "findLast": r"\.findLast(?:Index)?\(",
        "replaceAll with a flag": r"\.toSorted\(|\.toReversed\(|\.toSpliced\(",
    },
}
FALLBACKS: dict[tuple[str, str], str] = {
    ("tabler.min.css", ":has"): "one rule of its own that takes a link's underline away; dropped where unknown",
}
"""(file, what is newer) → why it does no harm."""


def assets() -> list[Path]:
    """Every script and style sheet that is served."""
    return sorted(path for path in SOURCE.rglob("static/**/*") if path.suffix in (".css", ".js", ".mjs"))


def newer(path: Path) -> list[str]:
    """What of the list the file uses."""
    text = path.read_text(encoding="utf-8")
    kind = "css" if path.suffix == ".css" else "js"
    return [name for name, pattern in NEWER[kind].items() if re.search(pattern, text)]


@pytest.mark.parametrize("path", assets(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_it_uses_nothing_newer_than_the_floor(path: Path) -> None:
    assert [name for name in newer(path) if (path.name, name) not in FALLBACKS] == []


def test_it_lists_no_fallback_that_is_not_used() -> None:
    used = {(path.name, name) for path in assets() for name in newer(path)}
    assert sorted(set(FALLBACKS) - used) == []


def test_it_would_see_newer_syntax(tmp_path: Path) -> None:
    script = tmp_path / "new.js"
    script.write_text("class A { static { [1].at(0); structuredClone(Object.hasOwn({}, 'a')); } }")
    style = tmp_path / "new.css"
    style.write_text("a {\n  &:hover { color: color-mix(in srgb, red, blue); }\n}\np:has(a) {}")
    assert newer(script) == ["static block", "Object.hasOwn", "structuredClone", ".at("]
    assert newer(style) == ["color-mix", ":has", "nesting"]
