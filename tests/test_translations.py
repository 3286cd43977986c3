"""Chinese is complete: every sentence of the code is translated, none is doubtful, placeholders are the same."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from linli.site.messages.catalogues import HOUSE, catalogues, compile_one
from linli.site.messages.extraction import folders, sentences
from linli.site.messages.verbs import missing, read, update

pytestmark = pytest.mark.sqlite_only
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
FOLDERS = folders()


def name_of(folder: Path) -> str:
    """How a folder is shown in the list of tests."""
    return folder.relative_to(HOUSE).as_posix()


def messages(folder: Path) -> list[Message]:
    """The messages of a folder's catalogue without its header."""
    return [message for message in read(folder) if message.id]


def texts(said: object) -> list[str]:
    """One text, or singular and plural, as a list."""
    return [said] if isinstance(said, str) else [str(one) for one in said or ()]  # type: ignore[attr-defined]


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_it_translates_every_sentence(folder: Path) -> None:
    assert [f"{one.places[0]}: {one.key}" for one in missing(folder)] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_it_leaves_no_translation_in_doubt(folder: Path) -> None:
    assert [message.id for message in messages(folder) if message.fuzzy] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_it_keeps_no_sentence_the_code_no_longer_says(folder: Path) -> None:
    said = {(one.context, texts(one.key)[0]) for one in sentences(folder)}
    kept = {(message.context, texts(message.id)[0]) for message in messages(folder)}
    assert sorted(text for _context, text in kept - said) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_it_keeps_the_placeholders(folder: Path) -> None:
    different = []
    for message in messages(folder):
        wanted = Counter(PLACEHOLDER.findall(texts(message.id)[-1]))
        different += [text for text in texts(message.string) if text and Counter(PLACEHOLDER.findall(text)) != wanted]
    assert different == []


def test_it_keeps_one_catalogue_a_folder() -> None:
    owners = {source.parents[3] for source in catalogues()}
    assert sorted(name_of(owner) for owner in owners - {*FOLDERS, HOUSE}) == []


def test_it_translates_one_sentence_one_way_everywhere() -> None:
    said: dict[tuple[object, object], set[object]] = {}
    for folder in FOLDERS:
        for message in messages(folder):
            if message.id:
                said.setdefault((message.context, message.id), set()).add(message.string)
    assert {key: sorted(map(str, ways)) for key, ways in said.items() if len(ways) > 1} == {}


def test_it_writes_chinese_with_chinese_punctuation() -> None:
    half = re.compile(r"[\u4e00-\u9fff”》」][,;:?!](?:[\u4e00-\u9fff“《「]|$)")
    said = [str(message.string) for folder in FOLDERS for message in messages(folder)]
    assert [text for text in said if half.search(text)] == []


def test_it_extracts_from_python_and_templates(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text('_("One %(n)s")\nngettext("a row", "rows", 2)\npgettext("verb", "Open")\n')
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text('{% load i18n %}<p>{% translate "Two" %}</p>')
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text('_("Never")')
    assert [(one.context, one.key) for one in sentences(tmp_path)] == [
        (None, "Two"),
        (None, "One %(n)s"),
        (None, ("a row", "rows")),
        ("verb", "Open"),
    ]


def test_it_updates_a_catalogue_and_keeps_what_was_translated(tmp_path: Path) -> None:
    catalogue = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source = tmp_path / "views.py"
    source.write_text('_("Old")\n_("Gone")')
    assert update(tmp_path) == 2
    catalogue.write_text(catalogue.read_text("utf-8").replace('msgid "Old"\nmsgstr ""', 'msgid "Old"\nmsgstr "旧"'))
    source.write_text('_("Old")\n_("New")')
    assert update(tmp_path) == 1
    assert [(message.id, message.string) for message in messages(tmp_path)] == [("Old", "旧"), ("New", "")]


def test_it_compiles_a_changed_catalogue_once(tmp_path: Path) -> None:
    source = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Old"\nmsgstr "旧"\n', "utf-8"
    )
    assert [compile_one(source), compile_one(source)] == [True, False]
    assert source.with_suffix(".mo").exists()
