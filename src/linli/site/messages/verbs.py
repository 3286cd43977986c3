"""``linli messages``: see what is not translated, bring the catalogues up to date, compile them."""

import sys
from argparse import Namespace
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from linli.site.messages.catalogues import HOUSE, LANGUAGE, compile_all
from linli.site.messages.extraction import Sentence, folders, sentences


def catalogue_path(folder: Path) -> Path:
    """Where the Chinese catalogue of a folder lies."""
    return folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def read(folder: Path) -> Catalog:
    """The catalogue of a folder; an empty one where there is none."""
    path = catalogue_path(folder)
    if not path.exists():
        return Catalog(locale=LANGUAGE, project="Linli", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def missing(folder: Path) -> list[Sentence]:
    """Sentences of the code which the catalogue lacks or leaves empty."""
    held = read(folder)
    return [one for one in sentences(folder) if not _translated(held.get(one.key, one.context))]


def _translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    said = message.string
    return bool(said) if isinstance(said, str) else bool(said) and all(said or ())


def update(folder: Path) -> int:
    """Add new sentences (empty), drop those the code no longer says; how many are empty."""
    held = read(folder)
    fresh = Catalog(
        locale=LANGUAGE,
        project="Linli",
        charset="utf-8",
        creation_date=held.creation_date,
        revision_date=held.revision_date,
    )
    for one in sentences(folder):
        old = held.get(one.key, one.context)
        comments = list(old.user_comments) if old else []
        said = old.string if old and not old.fuzzy else ""
        fresh.add(one.key, said, locations=_files(one), user_comments=comments, context=one.context)
    if not len(fresh):
        return 0
    path = catalogue_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=100, omit_header=False, sort_output=False, include_lineno=False)
    return len(missing(folder))


def _files(one: Sentence) -> list[tuple[str, int]]:
    return [(file, 0) for file in dict.fromkeys(file for file, _line in one.places)]


def _chosen(options: Namespace) -> list[Path]:
    every = folders()
    if not options.folders:
        return every
    wanted = {Path(name).resolve() for name in options.folders}
    return [folder for folder in every if folder in wanted or folder.name in options.folders]


def run(options: Namespace) -> int:
    """Do the verb; 1 where sentences stay without a translation."""
    if options.verb == "compile":
        sys.stdout.write(f"{compile_all()} catalogues compiled\n")
        return 0
    open_sentences = 0
    for folder in _chosen(options):
        if options.verb == "update":
            update(folder)
        for one in missing(folder):
            open_sentences += 1
            file, line = one.places[0]
            sys.stdout.write(f"{folder.relative_to(HOUSE)}/{file}:{line}: {one.key!r}\n")
    return 1 if open_sentences else 0
