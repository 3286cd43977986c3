"""What the code says of itself, as Markdown: its lifecycles, and who hears and fills what."""

from collections.abc import Iterable

from linli.kernel.audit import actions
from linli.kernel.contributions import (
    NavItem,
    NavSection,
    Number,
    PagePart,
    PersonalData,
    PortalDoor,
    Searchable,
    SheetOffer,
    TaskSource,
    Verb,
    contributions,
    slots,
)
from linli.kernel.events.hearing import subscribers
from linli.kernel.lifecycle.drawing import document

KINDS = (NavSection, NavItem, PortalDoor, Number, PagePart, Verb, TaskSource, Searchable, PersonalData, SheetOffer)


def lifecycles() -> str:
    """Every lifecycle as a Mermaid diagram."""
    return document()


def map_of_names() -> str:
    """Which actions there are and who hears them; which slots and who fills them; what else is contributed."""
    lines = ["# Who hears what", "", "| action | heard by |", "|---|---|"]
    names = sorted(action.name for action in actions())
    lines += [f"| `{name}` | {_list(subscribers(name))} |" for name in names]
    lines += ["", "# Who fills which slot", "", "| slot | parts |", "|---|---|"]
    parts = contributions(PagePart)
    lines += [f"| `{slot}` | {_list(part.name for part in parts if part.slot == slot)} |" for slot in sorted(slots())]
    lines += ["", "# What is contributed", "", "| what | by name |", "|---|---|"]
    lines += [f"| {kind.__name__} | {_list(_name(item) for item in contributions(kind))} |" for kind in KINDS]
    return "\n".join(lines)


def _name(item: object) -> str:
    return str(getattr(item, "name", "") or getattr(item, "kind", "") or type(item).__name__)


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"
