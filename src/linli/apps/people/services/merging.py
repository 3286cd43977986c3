"""Joining two rows of the roster that are one person, and taking them apart again exactly as they were."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.apps.people.models import Merge, Person, User
from linli.apps.people.permissions import keeps_roster
from linli.kernel import audit
from linli.kernel.contributions import Person as Subject
from linli.kernel.contributions import PersonalData, TaskSource, contributions
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

FILLED = ("phone", "landline", "id_number", "born_on", "gender", "household", "relation")
"""Columns that the kept row takes from the other where its own are empty."""
TEXT = (*FILLED, "id_kind", "other_names")
"""What a merge and its undoing may change in the kept row."""
SEALED = frozenset({"phone", "landline", "id_number"})
SHOWN = 3


def merge_persons(
    *,
    kept: Person,
    gone: Person,
    reason: str,
    actor: Actor | None,
    versions: tuple[int, int] | None = None,
    at: datetime | None = None,
) -> Merge:
    """``gone`` becomes ``kept``: empty columns are filled, everything that points at ``gone`` points at ``kept``.

    Refuses two people with open tasks, two document numbers of one kind, two accounts, a row that is merged already
    or was changed meanwhile. One transaction; nothing is changed when it refuses.
    """
    at = at or timezone.now()
    _check(kept, gone, reason, actor)
    versions = versions or (kept.version, gone.version)
    with transaction.atomic():
        _hold({kept.pk: versions[0], gone.pk: versions[1]}, at)
        kept.refresh_from_db()
        gone.refresh_from_db()
        _refuse_two_people(kept, gone)
        _refuse_open_tasks(kept, gone)
        moved = {
            item.name: item.merge(_subject(kept), _subject(gone))
            for item in contributions(PersonalData)
            if item.merge is not None
        }
        seen = audit.seen(kept, TEXT)
        before = _fill(kept, gone)
        Person.objects.filter(pk=gone.pk).update(merged_into=kept)
        kept.save()
        gone.refresh_from_db()
        row = Merge(
            kept=kept, gone=gone, reason=reason.strip(), before=json.dumps(before, ensure_ascii=False), moved=moved,
            done_by_id=actor.actor_id if isinstance(actor, User) else None, done_at=at,
        )  # fmt: skip
        row.save(force_insert=True)
        facts = _told(kept, gone, row.reason, seen)
        record("people.person.merge", kept, actor=actor, facts=facts, at=at)
    return row


def undo_merge(row: Merge, *, reason: str, actor: Actor | None, at: datetime | None = None) -> Merge:
    """Take the two apart: what moved goes back; of the kept row, what the merge filled and nobody changed since.

    Refuses a merge undone already, and one whose kept row was itself merged away since.
    """
    at = at or timezone.now()
    if not keeps_roster(actor, row.kept):
        raise NotAllowed(_("Only people who work in this community keep its roster."))
    if not reason.strip():
        raise Refusal(_("Say in a sentence why."), field="reason")
    doer = actor.actor_id if isinstance(actor, User) else None
    with transaction.atomic():
        open_row = Merge.objects.filter(pk=row.pk, undone_at__isnull=True)
        if not open_row.update(undone_at=at, undone_by=doer, undo_reason=reason.strip()):
            raise Conflict(_("This merge was undone already."))
        row.refresh_from_db()
        kept, gone = row.kept, row.gone
        if kept.merged_into_id is not None:
            raise Refusal(_("The kept person was merged into another one since. Undo that merge first."))
        _hold({kept.pk: kept.version, gone.pk: gone.version}, at, merged=gone.pk)
        kept.refresh_from_db()
        seen = audit.seen(kept, TEXT)
        _restore(kept, json.loads(row.before.for_machine(because="undoing a merge")))
        kept.save()
        Person.objects.filter(pk=gone.pk).update(merged_into=None)
        known = {item.name: item for item in contributions(PersonalData)}
        for name, moved in reversed(list(row.moved.items())):
            undo = known[name].unmerge if name in known else None
            if undo is not None:
                undo(moved)
        facts = _told(kept, gone, row.undo_reason, seen)
        record("people.person.unmerge", kept, actor=actor, facts=facts, at=at)
    return row


def _told(kept: Person, gone: Person, reason: str, before: dict[str, Any]) -> dict[str, Any]:
    """For ever: which row, why, and what changed in the kept one; what is personal goes with the person's key."""
    edits = audit.changes(before, audit.seen(kept, TEXT), of=kept.pk)
    return {"gone": gone.pk, "reason": audit.Personal(kept.pk, reason), **edits}


def _subject(person: Person) -> Subject:
    user = User.objects.filter(person=person).values_list("pk", flat=True).first()
    return Subject(user_id=user, person_id=person.pk)


def _check(kept: Person, gone: Person, reason: str, actor: Actor | None) -> None:
    if not (keeps_roster(actor, kept) and keeps_roster(actor, gone)):
        raise NotAllowed(_("Both persons must be of communities whose roster you keep."))
    if kept.pk == gone.pk:
        raise Refusal(_("This is one and the same row. Choose another person."), field="gone")
    if not reason.strip():
        raise Refusal(_("Say in a sentence why."), field="reason")


def _hold(versions: dict[UUID, int], at: datetime, *, merged: UUID | None = None) -> None:
    """Take both rows in the order of their keys, if they are still those somebody read. Raises Conflict."""
    for pk in sorted(versions):
        rows = Person.objects.filter(pk=pk, version=versions[pk], merged_into__isnull=pk != merged)
        if not rows.update(version=versions[pk] + 1, changed_at=at):
            raise Conflict(_("Somebody changed or merged one of the two meanwhile. Read both pages again."))


def _refuse_two_people(kept: Person, gone: Person) -> None:
    if kept.id_print and gone.id_print and kept.id_kind == gone.id_kind:
        raise Refusal(
            _("The two have different document numbers: two people, or a wrong number. Correct it first."),
            code="two-documents",
        )
    if User.objects.filter(person__in=[kept, gone]).count() > 1:
        raise Refusal(_("Both have an account. Close one of the accounts first."), code="two-accounts")


def _refuse_open_tasks(kept: Person, gone: Person) -> None:
    tasks = [
        task
        for user in User.objects.filter(person__in=[kept, gone])
        for source in contributions(TaskSource)
        for task in source.find(user)
    ]
    if tasks:
        named = "、".join(f"“{task.verb if task.quiet else task.title}”" for task in tasks[:SHOWN])
        sentence = ngettext(
            "There is %(count)s open task: %(tasks)s. Finish it or hand it over, then merge.",
            "There are %(count)s open tasks, among them %(tasks)s. Finish or hand them over, then merge.",
            len(tasks),
        )
        raise Refusal(sentence % {"count": len(tasks), "tasks": named}, code="open-tasks")


def _plain(person: Person, column: str) -> Any:
    value = getattr(person, column)
    if column in SEALED:
        return value.for_machine(because="merging") if value else ""
    if column == "household":
        return str(person.household_id) if person.household_id else ""
    return value.isoformat() if isinstance(value, date) else value or ""


def _put(person: Person, column: str, value: str) -> None:
    if column == "household":
        person.household_id = UUID(value) if value else None
        person.building_id = person.household.building_id if person.household else None
    elif column == "born_on":
        person.born_on = date.fromisoformat(value) if value else None
    else:
        setattr(person, column, value)


def _fill(kept: Person, gone: Person) -> dict[str, list[str]]:
    """Fill what is empty in ``kept``; column → [before, after] of what changed."""
    changed: dict[str, list[str]] = {}
    for column in FILLED:
        mine, theirs = _plain(kept, column), _plain(gone, column)
        if theirs and not mine:
            changed[column] = [mine, theirs]
            if column == "id_number":
                changed["id_kind"] = [kept.id_kind, gone.id_kind]
                kept.id_kind = gone.id_kind
            _put(kept, column, theirs)
    kept.telephones = bool(kept.phone) + bool(kept.landline)
    if gone.name != kept.name and gone.name not in kept.other_names.split("、"):
        after = "、".join(part for part in (kept.other_names, gone.name) if part)[:200]
        changed["other_names"] = [kept.other_names, after]
        kept.other_names = after
    return changed


def _restore(kept: Person, before: dict[str, list[str]]) -> None:
    for column, (old, new) in before.items():
        if _plain(kept, column) == new:
            _put(kept, column, old)
    kept.telephones = bool(kept.phone) + bool(kept.landline)


def kept_of(person: Person) -> Person:
    """The person a row stands for now: itself, or the one it was merged into, along the whole chain."""
    seen = {person.pk}
    while person.merged_into is not None and person.merged_into.pk not in seen:
        person = person.merged_into
        seen.add(person.pk)
    return person
