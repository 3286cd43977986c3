"""The handover slip (工作交接单): drawn up, filled in, confirmed, witnessed, and carried out in one transaction."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.lifecycle import HANDOVERS
from linli.apps.people.models import Handover, HandoverItem, HandoverState, ItemKind, Post, User
from linli.apps.people.permissions import BELOW_OFFICER, draws_up, gives_posts
from linli.apps.people.queries.handovers import open_work
from linli.apps.people.queries.offices import titles_of
from linli.apps.people.services.posts import end_post, give_post
from linli.kernel.audit import Personal
from linli.kernel.contributions import Task, TaskSource
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor, Role

LONGEST = 200


def draw_up_handover(
    post: Post,
    *,
    taker: User,
    witness: User,
    actor: Actor | None,
    moves_post: bool = False,
    at: datetime | None = None,
) -> Handover:
    """A slip about ``post`` with everything its holder has open in it. ``moves_post``: the taker gets the post too.

    Refuses fewer than three people, a post that ended, a second open slip about it.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    title = f"{post.where} {titles_of([post], day)[post.pk]}"
    slip = Handover(
        giver=post.user, taker=taker, witness=witness, post=post, moves_post=moves_post, title=title, drawn_up_at=at
    )
    _require_may(slip, actor)
    _require_three(slip)
    try:
        with transaction.atomic():
            slip.save(force_insert=True)
            HandoverItem.objects.bulk_create(_items(slip))
            facts = {
                "taker": Personal(taker.pk, taker.name),
                "witness": Personal(witness.pk, witness.name),
                "items": slip.items.count(),
            }
            record("people.handover.draw_up", slip, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(
            _("A handover of this post is open already. Finish it, or call it off."), code="handover-open"
        ) from error
    return slip


def _require_may(slip: Handover, actor: Actor | None) -> None:
    own = actor is not None and actor.actor_id == slip.giver_id
    if own or gives_posts(actor, slip) or (slip.post.role in BELOW_OFFICER and draws_up(actor, slip)):
        return
    raise NotAllowed(_("Who hands over draws the slip up, or the system administrator or street officer for him."))


def _require_three(slip: Handover) -> None:
    if slip.post.ended_on is not None:
        raise Refusal(_("This post has ended already."), field="post")
    if len({slip.giver_id, slip.taker_id, slip.witness_id}) < 3:
        raise Refusal(
            _("Who hands over, who takes over and who witnesses it are three people."),
            code="three-people",
            field="witness" if slip.giver_id != slip.taker_id else "taker",
        )
    if not (slip.taker.is_active and slip.witness.is_active):
        raise Refusal(_("This account is closed for good. Open a new one."), field="taker")


def _items(slip: Handover, *, came_later: bool = False) -> list[HandoverItem]:
    """Lines for the open work that the slip does not list yet; what is quiet moves without a line."""
    listed = set(slip.items.exclude(ref_id=None).values_list("ref_kind", "ref_id"))
    lines: dict[tuple[str, UUID], HandoverItem] = {}
    for source, tasks in open_work(slip.post):
        for task in tasks:
            key = (task.ref.kind, task.ref.id)
            if not task.quiet and key not in listed and key not in lines:  # several tasks on one record are one line
                lines[key] = HandoverItem(
                    handover=slip,
                    kind=ItemKind.WORK,
                    title=task.title[:LONGEST],
                    progress=_neutral(task)[:LONGEST],
                    source=source.name,
                    ref_kind=task.ref.kind,
                    ref_id=task.ref.id,
                    came_later=came_later,
                )
    return list(lines.values())


def _neutral(task: Task) -> str:
    """What is to be done with a task, whoever reads the slip: its verb, and the day it is due."""
    due = f"，截止{timezone.localdate(task.due):%Y-%m-%d}" if isinstance(task.due, datetime) else ""
    return f"待办：{task.verb}{due}"


def add_item(
    slip: Handover,
    *,
    kind: str,
    title: str,
    actor: Actor | None,
    progress: str = "",
    remark: str = "",
    at: datetime | None = None,
) -> HandoverItem:
    """A line written by hand: a seal, keys, papers, an account, other work. Only while the slip is being drawn up."""
    _require_may(slip, actor)
    words = {"title": title.strip(), "progress": progress.strip(), "remark": remark.strip()}
    if not words["title"]:
        raise Refusal(_("Say what is handed over."), field="title")
    for field, text in words.items():
        if len(text) > LONGEST:
            raise Refusal(_("At most %(most)d characters.") % {"most": LONGEST}, field=field)
    with transaction.atomic():
        _touch(slip)
        item = HandoverItem(handover=slip, kind=ItemKind(kind), **words)
        item.save(force_insert=True)
        record("people.handover.add_item", slip, actor=actor, facts={"what": item.title}, at=at)
    return item


def remove_item(item: HandoverItem, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a line written by hand off the slip. Open work stays: it is read from the records."""
    slip = item.handover
    _require_may(slip, actor)
    if item.ref_id is not None:
        raise Refusal(_("Open work is read from the records. Finish it, then it leaves the list."))
    with transaction.atomic():
        _touch(slip)
        if not HandoverItem.objects.filter(pk=item.pk).delete()[0]:
            raise Conflict(_("This line is gone already."))
        record("people.handover.remove_item", slip, actor=actor, facts={"what": item.title}, at=at)


def _touch(slip: Handover) -> None:
    rows = Handover.objects.filter(pk=slip.pk, state=HandoverState.DRAFTED)
    if not rows.update(version=F("version") + 1):
        raise Conflict(_("This slip has been confirmed. Its list is not changed any more."))
    slip.refresh_from_db(fields=["version", "state"])


def confirm_handover(
    slip: Handover, *, actor: Actor | None, version: int | None = None, at: datetime | None = None
) -> None:
    """The taker signs for the list of ``version``."""
    at = at or timezone.now()
    HANDOVERS.apply("confirm", slip, actor=actor, facts={"version": version}, at=at, confirmed_at=at)


def witness_handover(
    slip: Handover, *, actor: Actor | None, version: int | None = None, at: datetime | None = None
) -> None:
    """The third person signs that he was there."""
    at = at or timezone.now()
    HANDOVERS.apply("witness", slip, actor=actor, facts={"version": version}, at=at, witnessed_at=at)


def call_off_handover(slip: Handover, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Nothing is handed over; the slip stays as a record."""
    HANDOVERS.apply("call_off", slip, actor=actor, at=at)


def carry_out_handover(
    slip: Handover, *, actor: Actor | None, version: int | None = None, at: datetime | None = None
) -> int:
    """Move all open work of the post to the taker, and the post itself where the slip says so; how many moved.

    One transaction over every source: what one of them refuses leaves nothing changed. Work that came up since the
    list was confirmed moves too and is added to the slip.
    """
    at = at or timezone.now()
    try:
        with transaction.atomic():
            late = _items(slip, came_later=True)
            work = open_work(slip.post)
            HANDOVERS.apply(
                "carry_out", slip, actor=actor, facts={"version": version, "late": len(late)}, at=at, done_at=at
            )
            HandoverItem.objects.bulk_create(late)
            moved = sum(_move(slip, source, [task.ref for task in tasks]) for source, tasks in work)
            if slip.moves_post:
                _pass_on(slip, actor, at)
    except Refusal:
        slip.refresh_from_db()
        raise
    return moved


def _move(slip: Handover, source: TaskSource, refs: list[Ref]) -> int:
    return source.hand_over(slip.giver_id, slip.taker_id, refs)


def _pass_on(slip: Handover, actor: Actor | None, at: datetime) -> None:
    post = slip.post
    end_post(post, actor=actor, at=at)
    give_post(
        user=slip.taker,
        role=Role(post.role),
        place=post.place,
        organization=post.organization,
        term_ends_on=post.term_ends_on if post.term_ends_on and post.term_ends_on >= timezone.localdate(at) else None,
        actor=actor,
        at=at,
    )
