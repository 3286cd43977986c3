"""Sentences found in Python files, templates and modules: what a catalogue of a folder must hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract

from linli.site.messages.catalogues import HOUSE

PYTHON = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "_": None,
}
SKIPPED = frozenset({"tests", "migrations", "static", "locale", "__pycache__"})


@dataclass
class Sentence:
    """One sentence to translate: ``key`` is its text (or singular and plural), ``places`` where it stands."""

    key: str | tuple[str, str]
    context: str | None
    places: list[tuple[str, int]] = field(default_factory=list)


def folders(house: Path = HOUSE) -> list[Path]:
    """Every folder with a catalogue of its own: mechanisms, apps, site and demo."""
    apps = [*house.glob("kernel/*/apps.py"), *house.glob("apps/*/apps.py"), *house.glob("*/apps.py")]
    return sorted({file.parent for file in apps})


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        is_template = path.suffix in (".html", ".txt") and "templates" in inside
        if (path.suffix == ".py" or is_template) and not SKIPPED.intersection(inside[:-1]):
            yield path


def _python_of(path: Path) -> bytes:
    """The file as Python with its sentences in calls; Django's ``templatize`` rewrites templates."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    from django.utils.translation.template import templatize

    return templatize(text, origin=str(path)).encode()


def sentences(folder: Path) -> list[Sentence]:
    """Every sentence of ``folder``, in order of place."""
    found: dict[tuple[str | None, str | tuple[str, str]], Sentence] = {}
    for path in _sources(folder):
        content = BytesIO(_python_of(path))
        for line, message, _comments, context in extract("python", content, keywords=PYTHON):
            if not message or not (message if isinstance(message, str) else message[0]):
                continue
            key = message if isinstance(message, str) else (message[0], message[1])
            sentence = found.setdefault((context, key), Sentence(key, context))
            sentence.places.append((path.relative_to(folder).as_posix(), line))
    return list(found.values())
