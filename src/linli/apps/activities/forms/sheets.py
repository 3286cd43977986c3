"""Forms of lists that come from elsewhere: a typed paper sheet, a list from the group."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.services import SheetLine

LINE = re.compile(r"^\s*(?:\d{1,3}\s*[.、．)）]\s*)?(?P<name>.*?)[\s,，、]*(?P<mark>\d{4})?\s*$")


class SheetForm(forms.Form):
    """The lines of a paper sheet, its head-count, its scan; any of them may be left out, not all."""

    lines = forms.CharField(
        label=_("Lines of the sheet"), max_length=60_000, required=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One person a line: name, then the last four digits of the telephone."),
    )  # fmt: skip
    total = forms.IntegerField(label=_("People counted"), min_value=1, max_value=1_000_000, required=False)
    minors = forms.IntegerField(label=_("Of them children"), min_value=0, required=False)
    scan = forms.FileField(label=_("Scan of the sheet"), required=False, help_text=_("PDF or a photo."))

    def clean_lines(self) -> list[SheetLine]:
        rows = []
        for line in self.cleaned_data["lines"].splitlines():
            match = LINE.match(line)
            if line.strip() and match:
                rows.append(SheetLine(match.group("name").strip(), match.group("mark") or ""))
        if len(rows) > 1000:
            raise forms.ValidationError(_("Type at most 1,000 lines at once."))
        return rows

    def clean(self) -> None:
        given = self.cleaned_data
        if not self.errors and not any(given.get(name) for name in ("lines", "total", "scan")):
            raise forms.ValidationError(_("Type the lines, or the head-count, or add the scan."))


class ChainForm(forms.Form):
    """A list as it stands in the group."""

    text = forms.CharField(
        label=_("The list from the group"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Paste the whole list. One person a line; telephone, door and “+1” are understood."),
    )  # fmt: skip
