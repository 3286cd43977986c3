"""Doors of posts: the list, one post with its terms and substitutes, and the verbs on it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.organizations.queries import in_force as organizations_in_force
from linli.apps.people import queries, services
from linli.apps.people.forms import EndForm, NewPostForm, OfficeForm, SubstituteForm, TermForm
from linli.apps.people.models import Office, Post, Substitute
from linli.apps.people.permissions import (
    BELOW_OFFICER,
    arranges_substitutes,
    gives_posts,
    keeps_staff,
    reads_posts,
)
from linli.apps.people.views.acting import act, me, press
from linli.apps.people.views.telling import story
from linli.apps.places.models import Place
from linli.kernel.audit import timeline
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("role", _("Role"), sort="role"),
    Column("person", _("Person")),
    Column("where", _("Place or organization")),
    Column("phone", _("Telephone")),
    Column("started_on", _("Since"), sort="started_on"),
    Column("term", _("Term runs until")),
    Column("ended_on", _("Until")),
)


def page_of(request: HttpRequest) -> ListPage:
    """The posts I look after, as the list and the workbook show them."""
    rows = queries.posts_visible_to(me(request)).select_related("user", "place", "organization")
    roles = (Filter("role", _("Role"), Role.choices),)
    return ListPage(request, rows, columns=COLUMNS, filters=roles, first_sort="role")


@permission(keeps_staff)
def post_list(request: HttpRequest) -> HttpResponse:
    """The posts at the places and organizations I look after."""
    actor, page = me(request), page_of(request)
    titles = queries.titles_of(page.rows, timezone.localdate())
    for post in page.rows:
        post.title_now = titles[post.pk]
    return render(request, "people/posts.html", {"page": page, "may_give": reads_posts(actor, None)})


def _post(request: HttpRequest, pk: UUID) -> Post:
    """A post I look after, or my own."""
    rows = Post.objects.select_related("user", "place__street", "organization__place__street")
    actor = me(request)
    found: Post = get_object_or_404(
        rows.filter(pk__in=queries.posts_visible_to(actor).order_by().values("pk")) | rows.filter(user=actor), pk=pk
    )
    return found


@permission(keeps_staff)
def post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One post: who, where, which term, who stands in, what I may do, what happened."""
    row, actor = _post(request, pk), me(request)
    context = {
        "post": row,
        "title": queries.titles_of([row], timezone.localdate())[row.pk],
        "substitutes": row.substitutes.select_related("deputy"),
        "handovers": row.handovers.select_related("taker"),
        "may_give": row.ended_on is None and gives_posts(actor, row),
        "may_arrange": row.ended_on is None and _may_arrange(actor, row),
        "may_hand_over": row.ended_on is None and _may_hand_over(actor, row),
        "today": timezone.localdate(),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "people/post.html", context)


def _may_arrange(actor: Any, row: Post) -> bool:
    return gives_posts(actor, row) or (row.role in BELOW_OFFICER and arranges_substitutes(actor, row))


def _may_hand_over(actor: Any, row: Post) -> bool:
    return actor.pk == row.user_id or _may_arrange(actor, row)


def _page(row: Post) -> str:
    return reverse("people:post", args=[row.pk])


@permission(reads_posts)
def new(request: HttpRequest) -> HttpResponse:
    """Give somebody a post."""
    actor, today = me(request), timezone.localdate()
    reach = actor.reach(Role.SYSTEM_ADMINISTRATOR)
    form = NewPostForm(
        request.POST or None,
        users=queries.users_visible_to(actor).filter(is_active=True).order_by("name"),
        places=Place.objects.filter(pk__in=reach.places, valid_to__isnull=True).order_by("code"),
        organizations=organizations_in_force(today).filter(pk__in=reach.organizations).order_by("name"),
        initial={"started_on": today, "user": request.GET.get("user")},
    )
    return act(
        request,
        form,
        lambda data: services.give_post(actor=actor, **{**data, "role": Role(data["role"])}),
        back=reverse("people:posts"),
        done=_("The post is given."),
        title=_("Give a post"),
        lead=_("What an account may do comes from its posts alone."),
        press=_("Give the post"),
        crumb=_("Posts"),
    )


@permission(reads_posts)
def set_term(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set or move the planned end."""
    row = _post(request, pk)
    return act(
        request,
        TermForm(request.POST or None, initial={"term_ends_on": row.term_ends_on}),
        lambda data: services.set_term(row, actor=actor_of(request), **data),
        back=_page(row),
        done=_("Saved."),
        title=_("Set the term"),
        lead=_("The planned end reminds thirty days before; the post goes on until somebody ends it."),
        press=_("Save"),
        crumb=str(row),
    )


@permission(reads_posts)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a post on the day it ends."""
    row = _post(request, pk)
    return act(
        request,
        EndForm(request.POST or None, initial={"ended_on": timezone.localdate()}),
        lambda data: services.end_post(row, actor=actor_of(request), **data),
        back=_page(row),
        done=_("The post has ended."),
        title=_("End the post"),
        lead=_(
            "Is work open in it? Then draw up a handover instead: it ends the post and moves the work in one piece."
        ),
        press=_("End the post"),
        danger=True,
        crumb=str(row),
    )


@permission(keeps_staff)
def substitute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name who acts in a post while its holder is away."""
    row = _post(request, pk)
    form = SubstituteForm(
        request.POST or None, users=queries.colleagues_of(row), initial={"valid_from": timezone.localdate()}
    )
    return act(
        request,
        form,
        lambda data: services.name_substitute(row, actor=actor_of(request), **data),
        back=_page(row),
        done=_("The substitute is named. He acts by himself on the days the holder is away."),
        title=_("Name a substitute"),
        lead=_("Somebody of the same place, or of the one above. While the holder is away he has this post's powers."),
        press=_("Name a substitute"),
        crumb=str(row),
    )


@permission(keeps_staff)
@require_POST
def end_substitute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a substitution from today on."""
    rows = queries.substitutes_visible_to(me(request)).select_related("post__user", "deputy")
    row: Substitute = get_object_or_404(rows, pk=pk)
    back = _page(row.post)
    return press(
        request,
        lambda: services.end_substitute(row, actor=actor_of(request)),
        back=back,
        done=_("The substitution has ended."),
    )


@permission(reads_posts)
def offices(request: HttpRequest) -> HttpResponse:
    """What each office is called, and a new title."""
    actor = me(request)
    places = Place.objects.filter(pk__in=actor.reach(Role.SYSTEM_ADMINISTRATOR).places, valid_to__isnull=True)
    rows = queries.offices_visible_to(actor, Office.objects.select_related("place"))
    return act(
        request,
        OfficeForm(request.POST or None, places=places.order_by("code"), initial={"valid_from": timezone.localdate()}),
        lambda data: services.rename_office(actor=actor, **{**data, "role": Role(data["role"])}),
        back=reverse("people:offices"),
        done=_("The office has its new title."),
        title=_("Titles of offices"),
        lead=_("When an office is renamed, papers of the days before keep the old title."),
        press=_("Save"),
        crumb=_("Posts"),
        up=reverse("people:posts"),
        offices=list(rows[:200]),
    )
