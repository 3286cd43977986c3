"""PDF by typst: a template of the app, the shared layout, and the data as JSON; nothing in the data is run."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import override

from linli.kernel.contributions import remarks
from linli.kernel.documents.fonts import faces, font_folders

FOLDER = Path("data/papers")


class PaperFault(Exception):
    """The template is missing or does not fit the data: a mistake of the programmer, never of the user."""


@lru_cache(maxsize=64)
def paper(name: str) -> Path:
    """The file of a template, named "app/file.typ" or "app/file.docx". Raises PaperFault.

    Templates stand in the folder ``data/papers`` of the app that owns them.
    """
    label, _slash, file = name.partition("/")
    try:
        path = Path(apps.get_app_config(label).path) / FOLDER / file
    except LookupError:
        raise PaperFault(f"no app {label!r} for the paper {name!r}") from None
    if not file or "/" in file or not path.is_file():
        raise PaperFault(f"there is no paper {name!r}")
    return path


def plain(value: Any) -> Any:
    """``value`` as JSON, with money as text and days as 2026-03-01. Raises TypeError for anything that is no data."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal | UUID | Promise):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    message = f"a paper takes plain data, not {type(value).__name__}"
    raise TypeError(message)


BEHIND = """#set page(background: context {
  let mark = json("data.json").watermark
  let face = json("data.json").faces.at("宋体")
  grid(columns: (1fr,) * 2, rows: (1fr,) * 4, align: center + horizon,
    ..range(8).map(_ => rotate(-24deg, text(font: face, size: 9pt, fill: luma(216), mark))))
})
"""
"""Set before the template's own pages: light words behind the text of every page."""


def render_pdf(
    template_name: str, data: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None, watermark: str = ""
) -> bytes:
    """The PDF of a typst template, which reads ``data.json`` and may import the layout ``linli.typ``.

    ``watermark`` stands lightly behind every page.

    ``pictures`` are further files by name ("qr-1.svg"). The compiler sees these files and the fonts of
    :func:`font_folders`: no disk, no network, no system fonts. Raises PaperFault, TypeError.
    """
    import typst

    with override("zh-hans"):  # whoever prints it
        above = remarks()
    given = {"data": plain(data), "faces": faces(), "remarks": above, "watermark": watermark}
    sources: dict[str, bytes] = {
        "main": (BEHIND.encode() if watermark else b"") + paper(template_name).read_bytes(),
        "linli.typ": paper("documents/linli.typ").read_bytes(),
        "data.json": json.dumps(given, ensure_ascii=False).encode(),
        **(pictures or {}),
    }
    compiling: Any = typst.compile  # its stubs do not know a table of virtual files
    try:
        return bytes(
            compiling(
                sources,
                font_paths=[str(folder) for folder in font_folders()],
                ignore_system_fonts=True,
                format="pdf",
            )
        )
    except typst.TypstError as error:
        raise PaperFault(f"{template_name}: {error}") from error
