"""The calendar of working days: until when it is known, the days entered by hand, and entering one."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from linli.kernel import deadlines
from linli.kernel.errors import Refusal
from linli.kernel.scope import holds, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui.streets import asked_street


class DayForm(forms.Form):
    """One day and whether offices work on it."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    works = forms.ChoiceField(
        label=_("On this day"),
        choices=[("no", _("Day off")), ("yes", _("Working day")), ("clear", _("As published"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), max_length=60, required=False)


def _save(form: DayForm, request: HttpRequest, street: UUID | None) -> None:
    day, works = form.cleaned_data["day"], form.cleaned_data["works"]
    actor = actor_of(request)
    if works == "clear":
        deadlines.clear_day(day, actor=actor, street=street)
    else:
        note = form.cleaned_data["note"]
        deadlines.set_day(day, is_working=works == "yes", actor=actor, street=street, note=note)


@permission(holds(*STAFF))
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Days entered for a street (or the whole district); whoever keeps the calendar enters them here."""
    street = asked_street(request)
    key = street.ref.id if street else None
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _save(form, request, key)
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The calendar was changed. Deadlines already running keep their date."))
            return redirect(request.get_full_path())
    context = {
        "street": street,
        "form": form,
        "may_keep": deadlines.may_keep(actor_of(request), key),
        "known": deadlines.known_until_sentence(),
        "days": deadlines.entered_days(key, since=timezone.localdate().replace(month=1, day=1))[:400],
    }
    return render(request, "ui/calendar.html", context)
