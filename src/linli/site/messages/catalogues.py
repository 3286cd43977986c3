"""Catalogues found and compiled, one ``locale/`` a folder; no gettext programs needed."""

import io
import secrets
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
LANGUAGE = "zh_Hans"


def catalogues(root: Path = HOUSE) -> Iterator[Path]:
    """Every ``django.po`` and ``djangojs.po`` under ``root``, in order of path."""
    yield from sorted(root.glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_one(source: Path) -> bool:
    """Write the ``.mo`` beside a ``.po`` at once and whole; False where it was up to date already.

    Raises OSError where the folder cannot be written.
    """
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return False
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name)
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    draft.write_bytes(buffer.getvalue())
    draft.replace(target)
    return True


def compile_all(root: Path = HOUSE) -> int:
    """Compile what changed under ``root``; how many were written."""
    return sum(compile_one(source) for source in catalogues(root))
