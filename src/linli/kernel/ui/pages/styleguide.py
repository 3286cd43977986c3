"""Every component in every state on one page: what a maker of pages reads, and what the tests look at."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linli.kernel.scope import permission, signed_in
from linli.kernel.ui.lists import Chip, ChipRow, Head
from linli.kernel.ui.versions import Difference


class SampleForm(forms.Form):
    """One field of each look."""

    title = forms.CharField(label=gettext_lazy("Title"), help_text=gettext_lazy("A short line others will read."))
    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=(("a", gettext_lazy("Comment")), ("b", gettext_lazy("Question")))
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How shall we answer?"),
        choices=(("phone", gettext_lazy("By telephone")), ("letter", gettext_lazy("By letter"))),
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=gettext_lazy("I have read the notice"), required=False)
    sum = forms.DecimalField(label=gettext_lazy("Sum in yuan"), disabled=True, initial=Decimal(12345), required=False)


@dataclass
class SamplePage:
    """The shape of a list page, without rows of a table."""

    heads: list[Head]
    chip_rows: list[ChipRow]
    count_text: str = "10,000+"
    earlier: str = "?before=x"
    later: str = "?after=x"


def _page() -> SamplePage:
    return SamplePage(
        heads=[
            Head(_("Title"), numeric=False, address="?sort=-title", sorted="ascending"),
            Head(_("Day"), numeric=False, address="?sort=at"),
            Head(_("Sum"), numeric=True),
        ],
        chip_rows=[
            ChipRow(
                _("State"),
                [Chip("", "?", current=True), Chip(_("Open"), "?s=1", False), Chip(_("Done"), "?s=2", False)],
            )
        ],
    )


def _samples() -> dict[str, Any]:
    now = timezone.now()
    days = [now - timedelta(days=back) for back in (9, 7, 3)]
    names = [_("Collected"), _("Analysed"), _("Handled"), _("Answered"), _("Rated")]
    states = ["done", "done", "now", "todo", "todo"]
    return {
        "form": SampleForm(),
        "broken": SampleForm({"kind": "a", "title": ""}, auto_id="broken_%s"),
        "page": _page(),
        "empty_page": SamplePage(heads=[], chip_rows=[], count_text="0", earlier="", later=""),
        "rows": [(_("Lamp in the stairwell"), days[0], 1280), (_("Bench by the well"), days[2], Decimal("36500.5"))],
        "stations": [
            {"name": name, "state": state, "at": at}
            for name, state, at in zip(names, states, [*days, None, None], strict=True)
        ],
        "entries": [
            {"words": _("The department promised an answer."), "who": _("Section for housing"), "at": days[2]},
            {"words": _("Handed to the section for housing."), "who": _("Street office"), "at": days[1]},
        ],
        "moment": days[2],
        "day": days[0].date(),
        "sum": Decimal("1234567.8"),
        "differences": [Difference("text", _("Text"), _("Open daily from 9:00."), _("Open on weekdays from 8:30."))],
        "kept": [],
    }


@permission(signed_in)
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/styleguide/index.html", _samples())
