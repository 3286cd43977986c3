"""What terms, handovers and skills show: the menu, tasks, and the part of an organization's page."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.organizations.models import Organization
from linli.apps.people import queries
from linli.apps.people.models import HandoverState, Post
from linli.apps.people.permissions import keeps_staff, opens_the_desk, reads_posts
from linli.kernel.contributions import NavItem, PagePart, Task, TaskSource
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor, Role

NEXT = {
    HandoverState.DRAFTED: (gettext_lazy("Read and confirm"), gettext_lazy("Waits for you to take it over")),
    HandoverState.CONFIRMED: (gettext_lazy("Read and witness"), gettext_lazy("Waits for you as the witness")),
    HandoverState.WITNESSED: (gettext_lazy("Carry out"), gettext_lazy("Signed by all; waits to be carried out")),
}


def find_handovers(actor: Actor) -> Iterable[Task]:
    """Slips that wait for this actor's signature; one query beside his posts."""
    for slip in queries.waiting_slips(actor):
        verb, why = NEXT[HandoverState(slip.state)]
        address = reverse("people:handover", args=[slip.pk])
        title = _("Handover: %(title)s") % {"title": slip.title}
        yield Task(ref_of(slip), title, address, str(verb), why=str(why), since=slip.drawn_up_at)


def find_terms(actor: Actor) -> Iterable[Task]:
    """Terms that run out within thirty days, for who gives posts; one query beside his posts."""
    if Role.SYSTEM_ADMINISTRATOR not in actor.roles():
        return
    seen = queries.posts_visible_to(actor, Post.objects.select_related("user", "place", "organization"))
    for post in queries.ending_terms(timezone.localdate(), seen):
        words = {"name": post.user.name, "role": post.get_role_display(), "where": str(post.where)}
        why = _("The term runs until %(day)s") % {"day": f"{post.term_ends_on:%Y-%m-%d}"}
        title = _("%(where)s: %(role)s %(name)s") % words
        address = reverse("people:post", args=[post.pk])
        yield Task(ref_of(post), title, address, _("Renew, end or hand over"), why=why, since=timezone.now())


def stays(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """Signatures and terms go with the post, not with the person: nothing is moved."""
    return 0


def posts_of(actor: Actor | None, row: Organization) -> dict[str, Any] | None:
    """Who leads and works there: names for who may see posts, a number for the others; skills as numbers."""
    today = timezone.localdate()
    posts = list(Post.objects.in_force(today).filter(organization=row).select_related("user").order_by("role"))
    skills = queries.skills_of(row, today) if posts else []
    if not posts and not row.is_team:
        return None
    return {"posts": posts, "skills": skills, "may_see": keeps_staff(actor, row), "is_team": row.is_team}


OFFICE_PAGES = (
    NavItem(
        "accounts", gettext_lazy("Accounts"), "people:accounts", reads_posts, icon="users", order=89, section="people"
    ),
    NavItem("posts", gettext_lazy("Posts"), "people:posts", keeps_staff, icon="users", order=90, section="people"),
    NavItem(
        "absences",
        gettext_lazy("Absences"),
        "people:absences",
        opens_the_desk,
        icon="calendar",
        order=91,
        section="people",
    ),
    NavItem(
        "handovers",
        gettext_lazy("Handovers"),
        "people:handovers",
        opens_the_desk,
        icon="file-text",
        order=92,
        section="people",
    ),
    NavItem(
        "skills", gettext_lazy("Skills"), "people:skills", opens_the_desk, icon="list-check", order=93, section="people"
    ),
    TaskSource("people.handovers", find_handovers, stays),
    TaskSource("people.terms", find_terms, stays),
    PagePart("organizations.organization", "people.posts", "people/part_posts.html", posts_of, order=35),
)
