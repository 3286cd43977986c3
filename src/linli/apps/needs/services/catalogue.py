"""The tree of categories and the templates of answers: loaded once as they come, then the street's own."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import AnswerTemplate, Category
from linli.apps.needs.permissions import keeps_rules
from linli.apps.needs.services.keeping import moment, require, said
from linli.apps.places.models import Place
from linli.kernel.audit import changes, seen
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

DATA = Path(__file__).resolve().parent.parent / "data"
COLUMNS = ("name", "limit", "sensitivity", "community_part", "hint", "is_active", "position")


def load_catalogue(*, actor: Actor | None, at: datetime | None = None) -> int:
    """Write the categories and templates that come with the house, where they are not there yet; how many are new.

    What the district changed stays as it is: a code that is known is left alone.
    """
    require(keeps_rules, actor, None)
    with transaction.atomic():
        found = _categories() + _templates()
        first = Category.objects.order_by("position").first()
        if found and first is not None:
            record("needs.category.load", first, actor=actor, facts={"count": found}, at=moment(at))
    return found


def _categories() -> int:
    groups = tomllib.loads((DATA / "categories.toml").read_text(encoding="utf-8"))["group"]
    known = set(Category.objects.values_list("code", flat=True))
    new = 0
    for group in groups:
        parent, made = Category.objects.get_or_create(
            code=group["code"], defaults={"name": group["name"], "position": int(group["code"]) * 100}
        )
        new += made
        for code, name, limit, part, sensitive, hint in group["items"]:
            if code not in known:
                Category.objects.create(
                    code=code, name=name, parent=parent, depth=2, position=int(code), limit=limit,
                    community_part=part, sensitivity=sensitive, hint=hint,
                )  # fmt: skip
                new += 1
    return new


def _templates() -> int:
    rows = tomllib.loads((DATA / "templates.toml").read_text(encoding="utf-8"))["template"]
    new = 0
    for row in rows:
        own = {name: row[name] for name in ("text", "official")}
        _kept, made = AnswerTemplate.objects.get_or_create(
            street=None, outcome=row["outcome"], title=row["title"], defaults=own
        )
        new += made
    return new


def write_category(
    *,
    code: str,
    name: str,
    actor: Actor | None,
    category: Category | None = None,
    parent: Category | None = None,
    at: datetime | None = None,
    **columns: Any,
) -> Category:
    """A new category, or another name, limit, part of one. A code is never changed; needs keep what they were given.

    Whether a category is sensitive is settled before its first need: afterwards it would open or shut what is there.
    """
    require(keeps_rules, actor, None)
    unknown = set(columns) - set(COLUMNS)
    assert not unknown, unknown
    row = category or Category(code=said(code, "code", _("Give the category a code."), most=24), parent=parent)
    before = seen(row, ["name", "limit", "community_part", "is_active"]) if category else None
    if category is None:
        row.depth = parent.depth + 1 if parent else 1
        row.position = columns.get("position") or _last() + 1
        _room(row)
    elif columns.get("sensitivity", row.sensitivity) != row.sensitivity and row.needs.exists():
        raise Refusal(_("Needs stand in this category: whether it is sensitive stays as it is."), field="sensitivity")
    row.name = said(name, "name", _("Give the category a name."), most=60)
    for column, value in columns.items():
        setattr(row, column, value)
    with transaction.atomic():
        row.version += 1
        row.save()
        facts: dict[str, Any] = {"code": row.code, "name": row.name}
        if before is not None:
            after = seen(row, ["name", "limit", "community_part", "is_active"])
            facts |= changes(before, after)
        record("needs.category.write", row, actor=actor, facts=facts, at=moment(at))
    return row


def _last() -> int:
    return Category.objects.order_by("-position").values_list("position", flat=True).first() or 0


def _room(row: Category) -> None:
    if row.depth > 3:
        raise Refusal(_("Categories have three levels at most."), field="parent")
    if Category.objects.filter(code=row.code).exists():
        raise Conflict(_("There is a category of this code already."), field="code")


def write_template(
    *,
    street: Place,
    outcome: str,
    title: str,
    text: str,
    actor: Actor | None,
    official: str = "",
    is_active: bool = True,
    template: AnswerTemplate | None = None,
    at: datetime | None = None,
) -> AnswerTemplate:
    """A template of the street, new or changed; the house's own are only added to."""
    row = template or AnswerTemplate(street=street)
    require(keeps_rules, actor, row)
    if row.street_id != street.pk:
        raise Refusal(_("This template comes with the house. Write one of your own."), field="title")
    row.title = said(title, "title", _("Give the template a title."), most=60)
    row.text = said(text, "text", _("Write the answer to the resident."), most=4000)
    row.outcome, row.official, row.is_active = outcome, official.strip()[:6000], is_active
    with transaction.atomic():
        row.save()
        record("needs.template.write", row, actor=actor, facts={"title": row.title}, at=moment(at))
    return row
