"""``linli messages``: see what is not translated, bring the catalogues up to date, compile them."""

import sys
from argparse import Namespace
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from linli.site.messages.catalogues import HOUSE, LANGUAGE, compile_all
from linli.site.messages.extraction import Sentence, folders, sentences

HEADER = f"""\
# Simplified Chinese of this folder's sentences; kept by: make messages
msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


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
    fresh = Catalog(locale=LANGUAGE, project="Linli", charset="utf-8", fuzzy=False)
    for one in sentences(folder):
        old = held.get(one.key, one.context)
        comments = list(old.user_comments) if old else []
        said = old.string if old and not old.fuzzy else ""
        fresh.add(one.key, said, locations=_files(one), user_comments=comments, context=one.context)
    if not len(fresh):
        return 0
    write(fresh, catalogue_path(folder))
    return len(missing(folder))


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue with a header that changes only when a sentence does."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, omit_header=True, sort_output=False, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + buffer.getvalue().decode(), encoding="utf-8")


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
