"""「意见建议/减负投诉」: everybody may write, also without an account; no line manager can read or delete."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.kernel.errors import TooMany
from linli.kernel.scope import everyone, holds, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui import feedback as letters
from linli.kernel.ui.lists import Column, Filter, ListPage
from linli.kernel.ui.models import Feedback
from linli.kernel.ui.rates import knock

LONGEST = 5000


class FeedbackForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Feedback.Kind.choices,
        widget=forms.RadioSelect,
        initial=Feedback.Kind.COMMENT,
    )
    text = forms.CharField(
        label=_("What would you like to tell us?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For example: a form asked for twice, a report nobody reads, a page that is hard to use."),
    )
    contact = forms.CharField(
        label=_("Telephone or e-mail"),
        max_length=120,
        required=False,
        help_text=_("Only if you want an answer. It is kept encrypted."),
    )
    path = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)


@permission(everyone)
def feedback(request: HttpRequest) -> HttpResponse:
    """The form; after sending, a page that says what happens now."""
    if "say" in request.POST:  # begun on the portal's front page: the words are kept, nothing is sent yet
        begun = FeedbackForm(initial={"path": "/", "text": request.POST["say"][:LONGEST]})
        return render(request, "ui/feedback.html", {"form": begun, "begun": True})
    form = FeedbackForm(request.POST or None, initial={"path": request.GET.get("from", "")})
    if request.method == "POST" and form.is_valid():
        try:
            knock(
                "feedback",
                request.META.get("REMOTE_ADDR", ""),
                limit=20,
                minutes=10,
                sentence=_("Many messages came from your network just now. Please send it again in ten minutes."),
            )
        except TooMany as refusal:
            form.add_error(None, str(refusal.sentence))
            return render(request, "ui/feedback.html", {"form": form}, status=refusal.status)
        letters.write(**form.cleaned_data)
        return redirect("ui:feedback_sent")
    return render(request, "ui/feedback.html", {"form": form})


@permission(everyone)
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/feedback_sent.html")


@permission(holds(*letters.READERS))
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What was written, newest first."""
    page = ListPage(
        request,
        letters.visible_to(actor_of(request)),
        columns=(Column("at", _("When"), sort="id"), Column("kind", _("Kind")), Column("text", _("Text"))),
        filters=(Filter("kind", _("Kind"), Feedback.Kind.choices),),
    )
    for row in page.rows:
        row.contact = letters.contact_of(row)
    return render(request, "ui/feedback_inbox.html", {"page": page})
