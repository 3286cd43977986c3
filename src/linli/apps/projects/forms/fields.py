"""Fields the forms of projects share: days, organizations by name, and lists typed one a line."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.services import Line
from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import found_by
from linli.apps.projects.services import FindingText, IndicatorText, TeamPart
from linli.kernel.money import yuan

BY_NAME = _("Its full name or its unified social credit code, as the register has it.")
UNREADABLE = _("Line %(number)s does not read “%(shape)s”.")


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def words(label: Any, most: int, rows: int = 3, **options: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


class OrganizationField(forms.CharField):
    """An organization of the register, written as its name or its credit code."""

    def clean(self, value: Any) -> Organization | None:
        """The one organization. Raises ValidationError where there is none, or several."""
        text = super().clean(value)
        if not text:
            return None
        found = found_by(text)
        if len(found) != 1:
            raise ValidationError(_("The register has no organization of this name or code. Enter it there first."))
        return found[0]


class RowsField(forms.CharField):
    """A list, one a line, cells parted by a bar; ``shape`` says what a line looks like."""

    shape = ""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        options.setdefault("help_text", _("One a line: %(shape)s") % {"shape": self.shape})
        super().__init__(**options)

    def clean(self, value: Any) -> list[Any]:
        """What each line says. Raises ValidationError for a line that does not read so."""
        text = super().clean(value).replace("\uff5c", "|")
        return [self._row(number, line) for number, line in enumerate(filter(str.strip, text.splitlines()), start=1)]

    def _row(self, number: int, line: str) -> Any:
        cells = [*(cell.strip() for cell in line.split("|")), "", "", "", ""]
        try:
            return self.read(cells)
        except (ValueError, InvalidOperation):
            raise ValidationError(UNREADABLE, params={"number": number, "shape": self.shape}) from None

    def read(self, cells: list[str]) -> Any:
        """One line. Raises ValueError."""
        raise NotImplementedError


def _name(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


class LinesField(RowsField):
    """A budget."""

    shape = "科目 | 金额 | 测算依据"

    def read(self, cells: list[str]) -> Line:
        """Item, amount, basis."""
        return Line(_name(cells[0]), yuan(Decimal(cells[1].replace(",", ""))), cells[2])


class IndicatorsField(RowsField):
    """Indicators."""

    shape = "指标 | 目标值 | 单位 | 期限（2026-12-31） | 基线值"

    def read(self, cells: list[str]) -> IndicatorText:
        """Name, target, unit, due, baseline."""
        return IndicatorText(_name(cells[0]), Decimal(cells[1]), Decimal(cells[4] or 0), cells[2], _day(cells[3]))


class FindingsField(RowsField):
    """What a visit found."""

    shape = "问题 | 整改时限（2026-12-31）"

    def read(self, cells: list[str]) -> FindingText:
        """Finding and day."""
        return FindingText(_name(cells[0]), date.fromisoformat(cells[1]))


class PartsField(RowsField):
    """Whom a team is made of."""

    shape = "单位或人员 | 人数"

    def read(self, cells: list[str]) -> TeamPart:
        """Name and number of people; an organization of the register where the name is one."""
        known = found_by(_name(cells[0]))
        return TeamPart(int(cells[1]), cells[0], known[0] if len(known) == 1 else None)
