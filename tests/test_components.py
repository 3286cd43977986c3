"""Holds templates to the components: only declared attributes, no raw markup where a component exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "linli"
COTTON = SOURCE / "kernel" / "ui" / "templates" / "cotton"
STYLEGUIDE = SOURCE / "kernel" / "ui" / "templates" / "ui" / "styleguide"

ATTRIBUTE = r"""[:\w.-]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]+))?"""
TAG = re.compile(rf"<(?P<close>/)?c-(?P<name>[\w.-]+)(?P<attributes>(?:\s+{ATTRIBUTE})*)\s*(?P<alone>/)?>")
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)

RAW = {
    r"<button\b": "c-button",
    r"<form\b": "c-form",
    r"<input\b": "c-field, c-hidden, c-file-input or c-search-box",
    r"<select\b": "c-field",
    r"<textarea\b": "c-field",
    r"<table\b": "c-table",
    r"<dl\b": "c-lines",
    r"<svg\b": "c-icon",
    r"<progress\b": "c-progress",
    r"<dialog\b": "c-dialog",
    r"<time\b": "c-date",
    r'class="[^"]*\bbtn\b': "c-button or c-link-button",
    r'class="[^"]*\b(alert|notice)\b': "c-alert",
    r'class="[^"]*\b(card|box)\b': "c-card",
    r'class="[^"]*\b(badge|tag)\b': "c-badge",
    r'class="[^"]*\blamp\b': "c-lamp",
    r'\sstyle="': "a class",
    r'\son(?!ce=|ly=)[a-z]+="': "a data attribute and a module",
}


class Use(NamedTuple):
    """One attribute or slot given to a component."""

    component: str
    attribute: str


def templates(root: Path = SOURCE) -> list[Path]:
    """Every template of the house, e-mails and papers apart."""
    return sorted(path for path in root.glob("**/templates/**/*.html") if "documents" not in path.parts)


def declared(component: str) -> set[str]:
    """What ``<c-vars>`` of a component declares."""
    text = (COTTON / (component.replace("-", "_").replace(".", "/") + ".html")).read_text(encoding="utf-8")
    found = re.search(rf"<c-vars((?:\s+{ATTRIBUTE})*)\s*/?>", text)
    return {name.lstrip(":") for name, _ in attributes(found.group(1))} if found else set()


def attributes(text: str) -> Iterator[tuple[str, str]]:
    """(name, value) of each attribute; a dynamic one keeps its colon."""
    for part in re.findall(ATTRIBUTE, text):
        name, _, value = part.partition("=")
        yield name, value.strip("\"'")


def uses(text: str) -> Iterator[Use]:
    """Each attribute and each named slot a template gives, with the component it is given to."""
    stack: list[str] = []
    for tag in TAG.finditer(COMMENT.sub("", text)):
        name = tag["name"]
        if tag["close"]:
            stack.pop() if name != "slot" else None
        elif name == "slot":
            yield Use(stack[-1], dict(attributes(tag["attributes"]))["name"])
        elif name != "vars":
            for attribute, _ in attributes(tag["attributes"]):
                yield Use(name, attribute.lstrip(":"))
            if not tag["alone"]:
                stack.append(name)


def undeclared(text: str) -> list[Use]:
    """Uses that no ``<c-vars>`` knows."""
    return [use for use in uses(text) if use.attribute not in declared(use.component)]


def raw(text: str) -> list[str]:
    """Raw markup for which there is a component."""
    cut = COMMENT.sub("", text)
    return [f"{found[0]} (use {instead})" for pattern, instead in RAW.items() if (found := re.search(pattern, cut))]


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_it_gives_components_only_what_they_declare(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert undeclared(text) == []
    assert len(re.findall(r"<c-", COMMENT.sub("", text))) == len(
        [tag for tag in TAG.finditer(COMMENT.sub("", text)) if not tag["close"]]
    )


@pytest.mark.parametrize(
    "path",
    [path for path in templates() if COTTON not in path.parents],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_it_uses_no_raw_markup_where_a_component_exists(path: Path) -> None:
    assert raw(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(COTTON.glob("**/*.html")), ids=lambda path: path.stem)
def test_it_shows_every_component_in_the_style_guide(path: Path) -> None:
    shown = "".join(page.read_text(encoding="utf-8") for page in sorted(STYLEGUIDE.glob("*.html")))
    assert f"<c-{path.stem.replace('_', '-')}" in shown


def test_it_finds_an_undeclared_attribute() -> None:
    assert undeclared('<c-button colour="red">Go</c-button>') == [Use("button", "colour")]


def test_it_finds_an_undeclared_slot() -> None:
    assert undeclared('<c-card><c-slot name="footer">x</c-slot></c-card>') == [Use("card", "footer")]


def test_it_reads_attributes_with_template_tags_inside() -> None:
    text = """<c-alert kind="stop" title="{% translate 'a > b' %}" tone="{{ x|default:'y' }}">z</c-alert>"""
    assert undeclared(text) == [Use("alert", "tone")]


def test_it_finds_raw_markup() -> None:
    assert raw('<p><button type="submit">Go</button></p>') == ["<button (use c-button)"]
