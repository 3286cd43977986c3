"""The shape of a choice among equals, of a verdict, of a ballot."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import Entry, Verdict


class OrderForm(forms.Form):
    """Numbers of the entries of one rank, the first chosen first."""

    order = forms.CharField(
        label=_("Order"), max_length=80, help_text=_("The numbers of all entries of one rank, the best first: 3 1.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, numbers: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._numbers = set(numbers)

    def clean_order(self) -> list[int]:
        """The numbers as they were written."""
        found = [int(part) for part in re.findall(r"\d+", self.cleaned_data["order"])]
        if not found or not set(found) <= self._numbers or len(set(found)) != len(found):
            raise ValidationError(_("Put all entries of one equal rank in order, and only those."))
        return found


class VerdictForm(forms.Form):
    """The chair's verdict."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class BallotForm(forms.Form):
    """What a judge ticked on paper."""

    def __init__(self, *args: Any, entries: Sequence[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._entries = {str(entry.pk): entry for entry in entries}
        self.fields["yes"] = forms.MultipleChoiceField(
            label=_("Ticked"),
            required=False,
            choices=[(key, f"{entry.number} {entry.title}") for key, entry in self._entries.items()],
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_yes(self) -> list[Entry]:
        """The entries themselves."""
        return [self._entries[key] for key in self.cleaned_data["yes"]]
