"""Forms of plans and decisions: the rule with its knobs, an amount by hand, a sitting, what it changes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Fund
from linli.apps.reviews.models import ReviewSession
from linli.apps.rounds.forms.fields import day, text
from linli.apps.rounds.models import (
    Award,
    Filling,
    Method,
    PlanLot,
    PlanRule,
    ProgrammeWord,
    Proposal,
    Satisfaction,
)
from linli.apps.rounds.queries import StockRow
from linli.apps.rounds.services import Change, Knobs, Sitting, Step
from linli.kernel.money import MoneyFormField


class TiersField(forms.CharField):
    """One tier a line: the last rank, then an amount in yuan or a part of what was asked for in per cent."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(required=False, max_length=400, widget=widget, **options)

    def clean(self, value: Any) -> tuple[Step, ...]:
        """The steps. Raises ValidationError naming the line."""
        steps = []
        for number, line in enumerate(super().clean(value).splitlines(), start=1):
            words = line.replace("，", " ").replace(",", "").split()
            if not words:
                continue
            try:
                rank, given = int(words[0]), words[1]
                percent = given.rstrip("%％") if given[-1] in "%％" else None
                amount = Decimal(0) if percent is not None else Decimal(given)
                steps.append(Step(rank, amount, None if percent is None else Decimal(percent)))
            except (ValueError, IndexError, InvalidOperation):
                sentence = _(
                    "Line %(line)s: write the last rank and an amount or per cent, such as “3 20000” or “10 50%%”."
                )
                raise ValidationError(sentence % {"line": number}) from None
        return tuple(steps)


class FundField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A fund with its code and year: names repeat from year to year."""

    def label_from_instance(self, obj: Any) -> str:
        """「创投2026 · 2026年党建项目创投资金」."""
        return f"{obj.code} · {obj}"


class PlanForm(forms.Form):
    """The rule and its knobs."""

    rule = forms.ChoiceField(label=_("rule"), choices=PlanRule.choices, widget=forms.RadioSelect, initial=PlanRule.RANK)
    fund = FundField(label=_("fund"), queryset=Fund.objects.none(), empty_label=None)
    pot = MoneyFormField(label=_("to be divided"), required=False, help_text=_("Empty: all the fund has free."))
    sessions = forms.ModelMultipleChoiceField(
        label=_("Scores from"), queryset=ReviewSession.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    line = forms.DecimalField(
        label=_("Least score"), required=False, min_value=0, max_value=100, decimal_places=2,
        help_text=_("Whoever scored less gets nothing."),
    )  # fmt: skip
    cap = MoneyFormField(label=_("Most for one project"), required=False)
    floor = MoneyFormField(label=_("Least that is given"), required=False)
    most = forms.IntegerField(label=_("How many at most"), required=False, min_value=0, max_value=500)
    partly = forms.BooleanField(label=_("Who does not fit has what is left"), required=False)
    tiers = TiersField(label=_("Tiers"), help_text=_("One a line: last rank, amount in yuan or per cent."))
    method = forms.ChoiceField(
        label=_("How votes choose"), choices=Method.choices, initial=Method.EQUAL_SHARES, required=False
    )
    worth = forms.ChoiceField(
        label=_("What a vote is worth"), choices=Satisfaction.choices, initial=Satisfaction.COST, required=False,
        help_text=_("Phragmén does not ask."),
    )  # fmt: skip
    filling = forms.ChoiceField(
        label=_("What equal shares leave"), choices=Filling.choices, initial=Filling.ADD1, required=False,
        help_text=_("Only for equal shares."),
    )  # fmt: skip
    title = forms.CharField(label=_("title"), required=False, max_length=80)

    def __init__(
        self, *args: Any, funds: Any, sessions: Any, classes: Sequence[ProgrammeWord] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["fund"].queryset = funds  # type: ignore[attr-defined]  # a choice of records
        self.fields["sessions"].queryset = sessions  # type: ignore[attr-defined]  # same
        self.fields["sessions"].initial = [one.pk for one in sessions]
        self.classes = list(classes)
        for word in self.classes:
            self.fields[f"class_{word.pk}"] = forms.DecimalField(
                label=_("Part of “%(name)s” in per cent") % {"name": word.title}, required=False, min_value=0,
                max_value=100, decimal_places=2,
            )  # fmt: skip

    def knobs(self) -> Knobs:
        """The knobs as the service takes them."""
        data = self.cleaned_data
        parts = {word.pk: data[f"class_{word.pk}"] for word in self.classes if data.get(f"class_{word.pk}")}
        return Knobs(
            cap=data["cap"] or Decimal(0), floor=data["floor"] or Decimal(0), line=data["line"],
            most=data["most"] or 0, partly=data["partly"], tiers=data["tiers"], classes=parts,
            method=data["method"] or Method.EQUAL_SHARES, worth=data["worth"] or Satisfaction.COST,
            filling=data["filling"] or Filling.ADD1,
        )  # fmt: skip

    def plan(self) -> dict[str, Any]:
        """What was asked for, as the service takes it."""
        named = {name: self.cleaned_data[name] for name in ("fund", "rule", "pot", "title")}
        return {**named, "sessions": list(self.cleaned_data["sessions"]), "knobs": self.knobs()}

    def parts(self) -> list[tuple[Any, list[Any], bool]]:
        """The fields in groups: heading, fields, whether something in it was filled in."""
        classes = [f"class_{word.pk}" for word in self.classes]
        groups = (
            (_("Bounds for every rule"), ("line", "cap", "floor", "most", "partly")),
            (_("Tiers by rank"), ("tiers",)),
            (_("Parts of the classes"), classes),
            (_("By the residents' votes"), ("method", "worth", "filling")),
        )
        return [
            (heading, [self[name] for name in names], any(self.data.get(name) for name in names) and self.is_bound)
            for heading, names in groups
            if names
        ]


class AmountForm(forms.Form):
    """What one proposal gets by hand: money, of each resource how much, and what is not counted in words."""

    amount = MoneyFormField(label=_("given"))
    resources = forms.CharField(
        label=_("Besides, in words"), required=False, max_length=200,
        help_text=_("What is not counted, such as guidance by an expert."),
    )  # fmt: skip
    reason = text(_("reason"), rows=2, most=300, required=True)

    def __init__(
        self, *args: Any, stock: Sequence[StockRow] = (), given: Sequence[PlanLot] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.stock = list(stock)
        now = {lot.resource_id: lot for lot in given}
        for row in self.stock:
            lot = now.get(row.resource.pk)
            told = {"asked": lot.asked if lot else 0, "there": row.resource.amount, "unit": row.resource.unit}
            self.fields[f"lot_{row.resource.pk}"] = forms.IntegerField(
                label=row.resource.title, required=False, min_value=0, max_value=row.resource.amount,
                initial=lot.amount if lot else 0,
                help_text=_("Asked for %(asked)s %(unit)s; the street offers %(there)s in all.") % told,
            )  # fmt: skip
        self.order_fields(["amount", *(f"lot_{row.resource.pk}" for row in self.stock), "resources", "reason"])

    def changes(self) -> dict[str, Any]:
        """What was entered, as the service takes it."""
        lots = {row.resource.pk: self.cleaned_data.get(f"lot_{row.resource.pk}") or 0 for row in self.stock}
        return {**{name: self.cleaned_data[name] for name in ("amount", "resources", "reason")}, "lots": lots}


class ResourceForm(forms.Form):
    """One row of what the street offers besides money; an empty one is nothing."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Resource"), max_length=40, required=False)
    amount = forms.IntegerField(label=_("How much"), min_value=0, max_value=1_000_000, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=10, required=False)
    note = forms.CharField(label=_("Where and when"), max_length=120, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("title", "amount", "unit", "note"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("title"):
            for name in ("amount", "unit"):
                if values.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("How much there is, and in which unit, belong to a resource."))
        return values


ResourceSet = forms.formset_factory(ResourceForm, extra=3, max_num=40)


class DemandForm(forms.Form):
    """How much of each resource a proposal needs."""

    def __init__(self, *args: Any, stock: Sequence[StockRow], now: Mapping[UUID, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.stock = list(stock)
        for row in self.stock:
            told = {"there": row.resource.amount, "unit": row.resource.unit, "note": row.resource.note}
            self.fields[f"demand_{row.resource.pk}"] = forms.IntegerField(
                label=row.resource.title, required=False, min_value=0, initial=now.get(row.resource.pk, 0),
                help_text=_("The street offers %(there)s %(unit)s in all. %(note)s") % told,
            )  # fmt: skip

    def demands(self) -> dict[UUID, int]:
        """Resource → how much."""
        return {row.resource.pk: self.cleaned_data.get(f"demand_{row.resource.pk}") or 0 for row in self.stock}


class SittingForm(forms.Form):
    """Who decided, when, by which minutes."""

    body = forms.CharField(label=_("who decided"), max_length=80)
    held_on = day(_("day"))
    minutes_number = forms.CharField(label=_("number of the minutes"), max_length=60)
    present = text(_("present"), rows=2, most=400, required=True)
    recused = text(_("recused"), rows=2, most=400)
    note = text(_("note"), rows=2, most=600)
    scan = forms.FileField(label=_("scan of the minutes"), required=False)

    def sitting(self) -> Sitting:
        """The sitting as the service takes it."""
        names = ("body", "held_on", "minutes_number", "present", "recused", "note", "scan")
        return Sitting(**{name: self.cleaned_data[name] for name in names})


class DecisionForm(SittingForm):
    """A sitting that makes a plan binding, with a reason of its own for whoever gets nothing."""

    def __init__(self, *args: Any, refused: Sequence[tuple[Proposal, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.refused = [proposal.pk for proposal, _why in refused]
        for proposal, why in refused:
            self.fields[f"reason_{proposal.pk}"] = forms.CharField(
                label=_("Why not “%(title)s”") % {"title": proposal.title}, max_length=600, initial=why, required=False
            )

    def reasons(self) -> dict[UUID, str]:
        """Proposal → the reason it is told."""
        return {key: self.cleaned_data[f"reason_{key}"] for key in self.refused}


class ChangeForm(SittingForm):
    """A later sitting: for each proposal a new amount, where it changes, and why."""

    def __init__(self, *args: Any, table: Sequence[tuple[Proposal, Award | None]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.table = list(table)
        for proposal, award in self.table:
            now = award.amount if award is not None else Decimal(0)
            self.fields[f"amount_{proposal.pk}"] = MoneyFormField(
                label=_("“%(title)s” from now on") % {"title": proposal.title}, required=False,
                help_text=_("Now %(amount)s of %(asked)s asked for. Empty: stays as it is; 0: taken back.")
                % {"amount": f"¥{now:,.2f}", "asked": f"¥{proposal.asked:,.2f}"},
            )  # fmt: skip
            self.fields[f"reason_{proposal.pk}"] = forms.CharField(label=_("Why"), max_length=600, required=False)

    def changes(self) -> list[Change]:
        """What changes, as the service takes it."""
        found = []
        for proposal, _award in self.table:
            amount = self.cleaned_data.get(f"amount_{proposal.pk}")
            if amount is not None:
                found.append(Change(proposal, amount, self.cleaned_data.get(f"reason_{proposal.pk}", "")))
        return found


class AnnounceForm(forms.Form):
    """Who takes objections to the notice; what the street settled on stands in it already."""

    title = forms.CharField(label=_("title"), max_length=120)
    office = forms.CharField(label=_("Office that takes objections"), max_length=80)
    phones = forms.CharField(label=_("Telephones of the office"), max_length=120)
    address = forms.CharField(label=_("Address of the office"), max_length=160, required=False)
    email = forms.CharField(label=_("E-mail of the office"), max_length=120, required=False)
