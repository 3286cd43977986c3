"""The only Jinja a template may use: declared fields, conditions, loops over declared lists, a few filters."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import SandboxedEnvironment

from linli.kernel.errors import Refusal
from linli.kernel.money import format_yuan, in_capitals

ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Filter,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
LOOP = frozenset({"index", "first", "last", "length"})
DEEPEST = 2


def show_day(value: date | str) -> str:
    """2026年3月1日."""
    day = value if isinstance(value, date) else date.fromisoformat(value[:10])
    return f"{day.year}年{day.month}月{day.day}日"


FILTERS: dict[str, Any] = {
    "yuan": lambda amount: format_yuan(Decimal(amount)),
    "capitals": lambda amount: in_capitals(Decimal(amount)),
    "day": show_day,
}


class TemplateEnvironment(SandboxedEnvironment):
    """A sandbox on top of a short list: whatever is not allowed is refused before anything runs.

    ``declared`` names the fields: "title", and "cards.office" for a field of each row of the list "cards".
    """

    def __init__(self, declared: Collection[str]) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.declared = frozenset(declared)
        self.globals.clear()
        self.filters = dict(FILTERS)
        self.tests.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Reader(self.declared).read(tree, {}, depth=0)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a row, never an attribute or method of the row itself."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class _Reader:
    """Walks a parsed template; ``names`` maps loop variables to the declared list they run over."""

    def __init__(self, declared: frozenset[str]) -> None:
        self.declared = declared
        self.lists = frozenset(name.rpartition(".")[0] for name in declared if "." in name)

    def read(self, node: nodes.Node, names: Mapping[str, str], *, depth: int) -> None:
        """Refuse the first thing that is not allowed."""
        if not isinstance(node, ALLOWED):
            word = type(node).__name__
            raise _refuse(_("The template uses “%(word)s”; it may only show, test and repeat fields."), word)
        if isinstance(node, nodes.For):
            self._read_loop(node, names, depth=depth + 1)
        elif isinstance(node, nodes.Name | nodes.Getattr):
            self._field(node, names)
        elif isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.args or node.kwargs):
            raise _refuse(_("The template uses the filter “%(word)s”, which there is not."), node.name)
        else:
            for child in node.iter_child_nodes():
                self.read(child, names, depth=depth)

    def _read_loop(self, node: nodes.For, names: Mapping[str, str], *, depth: int) -> None:
        if depth > DEEPEST or node.recursive or node.test is not None:
            raise _refuse(_("The template repeats inside “%(word)s” too deeply."), _path_text(node.iter))
        if not isinstance(node.target, nodes.Name) or not isinstance(node.iter, nodes.Name | nodes.Getattr):
            raise _refuse(_("The template may only repeat over a declared list, not over “%(word)s”."), "…")
        over = self._field(node.iter, names)
        if over not in self.lists:
            raise _refuse(_("The template may only repeat over a declared list, not over “%(word)s”."), over)
        inside = {**names, node.target.name: over, "loop": "loop"}
        for child in _body(node):
            self.read(child, inside, depth=depth)

    def _field(self, node: nodes.Node, names: Mapping[str, str]) -> str:
        """The declared path a name or attribute stands for. Raises Refusal naming it."""
        steps: list[str] = []
        at = node
        while isinstance(at, nodes.Getattr):
            steps.insert(0, at.attr)
            at = at.node
        if not isinstance(at, nodes.Name):
            raise _refuse(_("The template uses “%(word)s”, which is no field."), ".".join(["…", *steps]))
        path = ".".join([names.get(at.name, at.name), *steps])
        in_loop = path.startswith("loop.") and "loop" in names and steps[0] in LOOP and len(steps) == 1
        if not in_loop and path not in self.declared and path not in self.lists:
            raise _refuse(_("The template asks for the field “%(word)s”, which this paper does not have."), path)
        return path


def _body(node: nodes.For) -> Iterator[nodes.Node]:
    yield from node.body
    yield from node.else_


def _path_text(node: nodes.Node) -> str:
    return node.attr if isinstance(node, nodes.Getattr) else getattr(node, "name", "…")


def _refuse(sentence: Any, word: str) -> Refusal:
    return Refusal(sentence % {"word": word[:60]}, code="bad-template", field="template")
