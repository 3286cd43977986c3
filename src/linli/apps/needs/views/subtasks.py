"""Sub-tasks: given from a need, answered by the unit on the desk, or by an outside party with its link."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.apps.needs import queries, services
from linli.apps.needs.forms import parts as forms
from linli.apps.needs.lifecycle.subtask import SUB_TASKS
from linli.apps.needs.models import SubTask
from linli.apps.needs.permissions import handles, keeps_sub_tasks, sub_task_pages
from linli.apps.needs.queries.subtasks import joined, sub_tasks_for
from linli.apps.needs.views.acting import found, page_of, sent
from linli.kernel.errors import Missing, Refusal, TooMany
from linli.kernel.scope import Actor, everyone, permission, signed_in
from linli.kernel.ui.acting import act, explain, me
from linli.kernel.ui.rates import knock

LINKS = _("Too many links that lead nowhere were opened from your network. Wait ten minutes, or ring us.")
Do = Callable[[SubTask, dict[str, Any], Actor], Any]


@permission(signed_in)
def new_sub_task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a piece of the need to a unit or an outside party."""
    row = found(request, pk, handles)
    form = forms.SubTaskForm(request.POST or None, need=row, initial={"title": row.title})

    def give(data: dict[str, Any]) -> str:
        task = services.give_sub_task(row, services.Asked(**data), actor=me(request))
        return reverse("needs:sub_task", args=[task.pk])

    return act(
        request, form, give, back=page_of(row), done=_("Given."), title=_("Give a sub-task"), press=_("Give it"),
        crumb=row.title, lead=_("What the resident said, the voice and the photos stay with the need."),
    )  # fmt: skip


def _found(request: HttpRequest, pk: UUID) -> SubTask:
    row: SubTask = get_object_or_404(joined(sub_tasks_for(me(request))), pk=pk)
    return row


DOINGS: dict[str, tuple[Any, Do]] = {
    "answer": (forms.SubAnswerForm, lambda row, data, actor: services.answer_sub_task(row, actor=actor, **data)),
    "settle": (forms.NothingForm, lambda row, _data, actor: services.settle_sub_task(row, actor=actor)),
    "send_back": (forms.ReasonForm, lambda row, data, actor: services.send_back(row, actor=actor, **data)),
    "drop": (forms.ReasonForm, lambda row, data, actor: services.drop_sub_task(row, actor=actor, **data)),
    "renew": (forms.RenewForm, lambda row, data, actor: services.renew_link(row, actor=actor, **data)),
}


@permission(sub_task_pages)
@require_safe
def sub_task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sub-task; its link for those who work on the need."""
    row, actor = _found(request, pk), me(request)
    keeps = keeps_sub_tasks(actor, row) and queries.visible_to(actor).filter(pk=row.need_id).exists()
    link = reverse("needs:sub_task_link", args=[services.link_of(row)]) if row.outside and keeps else ""
    context = {
        "task": row,
        "keeps": keeps,
        "verbs": [one for one in SUB_TASKS.offered(actor, row) if one.name in DOINGS],
        "link": request.build_absolute_uri(link) if link and row.state == "open" else "",
        "ended": row.ends_at is not None and row.ends_at <= timezone.now(),
    }
    return render(request, "needs/sub_task.html", context)


@permission(sub_task_pages)
def do_sub_task(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One verb of a sub-task."""
    row, actor = _found(request, pk), me(request)
    if verb not in DOINGS:
        raise Http404
    form_of, do = DOINGS[verb]
    transition = SUB_TASKS.transitions.get(verb)
    title = transition.title if transition else _("Make a new link")
    return act(
        request, form_of(sent(request)), lambda data: do(row, data, actor),
        back=reverse("needs:sub_task", args=[row.pk]), done=_("Saved."), title=title, press=title, crumb=row.title,
        danger=bool(transition and transition.weighty),
    )  # fmt: skip


@permission(everyone)
@never_cache
def sub_task_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an outside party: the words written for it, and the answer, once. What was typed is never lost."""
    form = forms.SubAnswerForm(request.POST if request.method == "POST" else None)
    try:
        task, link = _opened(request, token)
    except Refusal as refusal:
        status = 429 if isinstance(refusal, TooMany) else 404
        return _closed(request, form, str(refusal), status=status)
    dead = services.dead_because(task, link, at=timezone.now())
    if dead:
        return _closed(request, form, dead, status=410 if form.is_bound else 200)
    if form.is_bound and form.is_valid():
        try:
            services.answer_by_link(task, link, text=form.cleaned_data["text"])
        except Refusal as refusal:
            explain(form, refusal)
        else:
            return render(request, "needs/sub_task_closed.html", {"thanks": True})
    contact = _contact(task)
    context = {"task": task, "form": form, "contact": contact, "street": task.need.street.name}
    return render(request, "needs/sub_task_link.html", context, status=422 if form.errors else 200)


def _opened(request: HttpRequest, token: str) -> tuple[SubTask, int]:
    try:
        return services.by_link(token)
    except Missing:
        knock("needs.sub_task_link", str(request.META.get("REMOTE_ADDR", "")), limit=30, minutes=10, sentence=LINKS)
        raise


def _closed(request: HttpRequest, form: forms.SubAnswerForm, sentence: str, *, status: int) -> HttpResponse:
    """A link that opens nothing: why, and what was typed, to be copied."""
    typed = str(form.data.get("text", ""))[:2000] if form.is_bound else ""
    return render(request, "needs/sub_task_closed.html", {"sentence": sentence, "typed": typed}, status=status)


def _contact(task: SubTask) -> tuple[str, str] | None:
    """Name and telephone, where their passing on was agreed to and still is; opening them was kept on record."""
    contact = getattr(task.need, "contact", None)
    if contact is None or not task.shares_contact or not contact.may_pass_on:
        return None
    because = "passed on with consent"
    return contact.name.for_machine(because=because), contact.phone.for_machine(because=because)
