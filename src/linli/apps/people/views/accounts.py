"""Doors of accounts: list and search, one account with its posts and its story, and the verbs on it."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.apps.people import queries, services
from linli.apps.people.forms import AccountForm, NewAccountForm
from linli.apps.people.models import User
from linli.apps.people.permissions import reads_posts
from linli.apps.people.views.acting import act, explain, me, press
from linli.apps.people.views.telling import story
from linli.kernel.audit import timeline
from linli.kernel.errors import Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("username", _("User name"), sort="username"),
    Column("name", _("Name of the person")),
    Column("posts", _("Posts")),
    Column("state", _("State")),
)
OPEN = (("True", _("account in use")), ("False", _("account closed")))


@permission(reads_posts)
def account_list(request: HttpRequest) -> HttpResponse:
    """The accounts I look after; searched by name or user name."""
    return render(request, "people/accounts.html", {"page": page_of(request), "asked": asked_of(request)})


def asked_of(request: HttpRequest) -> str:
    """What the list is searched for."""
    return request.GET.get("q", "").strip()[:60]


def page_of(request: HttpRequest) -> ListPage:
    """The accounts I look after, as the list and the workbook show them."""
    asked = asked_of(request)
    rows = queries.users_visible_to(me(request)).prefetch_related("posts__place", "posts__organization")
    if asked:
        rows = rows.filter(Q(name__contains=asked) | Q(username__icontains=asked))
    states = (Filter("is_active", _("State"), OPEN),)
    return ListPage(request, rows, columns=COLUMNS, filters=states, first_sort="username")


def _user(request: HttpRequest, pk: UUID) -> User:
    found: User = get_object_or_404(queries.users_visible_to(me(request)), pk=pk)
    return found


@permission(reads_posts)
def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account: its posts from the first on, its skills and absences, what happened to it."""
    row = _user(request, pk)
    posts = list(row.posts.select_related("place", "organization").order_by("-started_on", "id"))
    titles = queries.titles_of(posts, timezone.localdate())
    context = {
        "account": row,
        "posts": [(post, titles[post.pk]) for post in posts],
        "skills": row.skills.in_force(timezone.localdate()),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "people/account.html", context)


@permission(reads_posts)
def new(request: HttpRequest) -> HttpResponse:
    """Open an account; the next page shows its password once."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_account(password=None, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            return redirect("people:account", made.pk)
    context = {
        "form": form,
        "back": reverse("people:accounts"),
        "crumb": _("Accounts"),
        "title": _("Open an account"),
        "lead": _("It may do nothing until it has a post, and cannot sign in until it has a password."),
        "press": _("Open the account"),
    }
    return render(request, "people/act.html", context, status=422 if form.errors else 200)


@permission(reads_posts)
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put name, telephone or e-mail address right."""
    row = _user(request, pk)
    form = AccountForm(
        request.POST or None, initial={"name": row.name, "email": row.email, "staff_number": row.staff_number}
    )
    form.fields["phone"].help_text = _("Left empty: the number stays as it is.")
    return act(
        request,
        form,
        lambda data: services.correct_account(row, actor=actor_of(request), **{**data, "phone": data["phone"] or None}),
        back=reverse("people:account", args=[pk]),
        done=_("Saved."),
        title=_("Correct the account"),
        lead=_("The user name stays: it stands in the records."),
        press=_("Save"),
        crumb=row.name,
    )


@permission(reads_posts)
@require_POST
@never_cache
def password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new password, shown this once, to be printed and handed over."""
    row = _user(request, pk)
    secret = services.issue_password(row, actor=actor_of(request))
    return render(request, "people/password_slip.html", {"account": row, "secret": secret, "at": timezone.now()})


@permission(reads_posts)
@require_POST
def let_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody whom the directory had lost signs in again."""
    return press(
        request,
        lambda: services.let_in_again(_user(request, pk), actor=actor_of(request)),
        back=reverse("people:account", args=[pk]),
        done=_("This account signs in again."),
    )


@permission(reads_posts)
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Empty an account for good. Nobody closes his own."""
    row = _user(request, pk)
    if row == me(request):
        raise Http404
    return press(
        request,
        lambda: services.close_account(row, actor=actor_of(request)),
        back=reverse("people:accounts"),
        done=_("The account is closed."),
    )
