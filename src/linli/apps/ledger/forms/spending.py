"""The shape of what is entered about spending."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import queries
from linli.apps.ledger.forms import PAPER, day
from linli.apps.ledger.models import BudgetLine, Commitment, Expenditure, PaidTo, SpendingMode, YearDecision
from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import found_by
from linli.kernel.money import InexactAmount, MoneyFormField, yuan
from linli.kernel.ui.versions import VersionedForm

FILES = "image/*,.pdf,.ofd,.xml"


class ExpenditureForm(forms.Form):
    """One spending as whoever carries it out types it."""

    line = forms.ModelChoiceField(BudgetLine.objects.none(), label=_("Budget line"), empty_label="—", required=False)
    kind = forms.ChoiceField(label=_("Kind of expense"))
    amount = MoneyFormField(label=_("Amount in yuan"))
    purpose = forms.CharField(label=_("What was bought, and what for"), max_length=200)
    spent_on = day(_("Day of the spending"))
    payee = forms.CharField(label=_("Payee"), max_length=120, help_text=_("As the invoice names the seller."))
    account = forms.CharField(label=_("Account of the payee"), max_length=120, required=False)
    paid_to = forms.ChoiceField(label=_("The money goes to"), choices=PaidTo, widget=forms.RadioSelect)
    heads = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=100_000, required=False)
    explanation = forms.CharField(
        label=_("Explanation"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only where something out of the ordinary was noticed."),
    )  # fmt: skip

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line, kind = self.fields["line"], self.fields["kind"]
        assert isinstance(line, forms.ModelChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        line.queryset = commitment.lines.all()
        kind.choices = [(one.code, one.title) for one in queries.expense_kinds().values()]
        self.fields["paid_to"].initial = PaidTo.PAYEE
        if commitment.lines.exists():
            line.required = True
        else:
            del self.fields["line"]


class ChangeExpenditureForm(ExpenditureForm, VersionedForm):
    """The same, put right: it knows which version it shows, so that of two tabs the second is asked."""

    class Meta:
        model = Expenditure
        fields = (
            "line", "kind", "amount", "purpose", "spent_on", "payee", "account", "paid_to", "heads", "explanation",
        )  # fmt: skip


class InvoiceFileForm(forms.Form):
    """A photo or file of an invoice."""

    file = forms.FileField(
        label=_("Invoice"), widget=forms.FileInput(attrs={"accept": FILES}),
        help_text=_("Take a photo, or choose the PDF, OFD or XML you were sent. What it says is filled in."),
    )  # fmt: skip


class InvoiceForm(forms.Form):
    """What an invoice says."""

    number = forms.CharField(label=_("Number of the invoice"), max_length=40)
    code = forms.CharField(
        label=_("Code of the invoice"), max_length=12, required=False,
        help_text=_("Only older invoices have one; those with 20 digits in the number have none."),
    )  # fmt: skip
    amount = MoneyFormField(label=_("Amount with tax"))
    share = MoneyFormField(label=_("Of it for this expenditure"), required=False, help_text=_("Empty: all of it."))
    issued_on = day(_("Date of the invoice"))
    buyer = forms.CharField(label=_("Buyer"), max_length=120, required=False)
    seller = forms.CharField(label=_("Seller"), max_length=120, required=False)
    items = forms.CharField(label=_("What it lists"), max_length=300, required=False)


class RedForm(forms.Form):
    """A red-letter invoice."""

    number = forms.CharField(label=_("Number of the red-letter invoice"), max_length=40)
    code = forms.CharField(label=_("Code of the invoice"), max_length=12, required=False)
    amount = MoneyFormField(label=_("Amount taken back"), help_text=_("With or without the minus."))
    issued_on = day(_("Date of the invoice"))


class SplitForm(forms.Form):
    """How an invoice is shared out: one expenditure a line."""

    shares = forms.CharField(
        label=_("Shares"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: the number of the expenditure, a space, the amount."),
    )  # fmt: skip
    elsewhere = MoneyFormField(label=_("Of it borne by other money"), required=False, min_value=0)

    def __init__(self, *args: Any, known: Iterable[Expenditure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {row.number: row for row in known}

    def clean_shares(self) -> list[tuple[Expenditure, Decimal]]:
        """The shares as written. Raises ValidationError for a number nobody here knows."""
        found = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["shares"].splitlines())):
            number, _space, amount = line.rpartition(" ")
            try:
                found.append((self.known[number.strip()], yuan(amount.replace(",", "").replace("¥", ""))))
            except (KeyError, InexactAmount):
                raise ValidationError(
                    _("This line names no expenditure open to you: “%(line)s”.") % {"line": line[:40]}
                ) from None
        return found

    def clean(self) -> dict[str, Any]:
        """Nothing said: nothing is borne elsewhere."""
        data = super().clean() or {}
        data["elsewhere"] = data.get("elsewhere") or Decimal(0)
        return data


class PaperFileForm(forms.Form):
    """One paper that goes with an expenditure."""

    upload = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": "image/*,.pdf,.docx,.xlsx,.ofd"}),
        help_text=_("Take a photo, or choose a PDF, Word or Excel file."),
    )  # fmt: skip


class FeeForm(forms.Form):
    """One line of the list of fees."""

    name = forms.CharField(label=_("Name of the person"), max_length=60)
    id_number = forms.CharField(label=_("Number of the identity document"), max_length=18, required=False)
    account = forms.CharField(label=_("Bank and account"), max_length=120, required=False)
    occasion = forms.CharField(label=_("Occasion"), max_length=80)
    times = forms.IntegerField(label=_("Days or sessions"), min_value=1, max_value=365, initial=1)
    each = MoneyFormField(label=_("Yuan for each"))
    tax = MoneyFormField(label=_("Tax withheld"), min_value=0, initial=0)


class ExplainForm(forms.Form):
    explanation = forms.CharField(
        label=_("Explanation"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class PaidForm(forms.Form):
    """What the receipt says."""

    receipt = forms.CharField(label=_("Number of the receipt"), max_length=60)
    paid_on = day(_("Paid on"))


class YearForm(forms.Form):
    """What is decided about a year's balance."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    decision = forms.ChoiceField(label=_("What becomes of the balance"), choices=YearDecision, widget=forms.RadioSelect)
    document = forms.CharField(label=_("Number of the paper"), max_length=80, help_text=PAPER)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class TermsForm(forms.Form):
    """How a commitment is spent, and by whom."""

    mode = forms.ChoiceField(label=_("How it is paid"), choices=SpendingMode, widget=forms.RadioSelect)
    begins_on = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    organization = forms.CharField(
        label=_("Who enters the spending"), required=False, max_length=120,
        help_text=_("Its full name or its unified social credit code, as the register has it."),
    )  # fmt: skip

    def clean_organization(self) -> list[Organization]:
        """The one organization of this name or code; none where nothing is written."""
        name = self.cleaned_data["organization"].strip()
        found = found_by(name) if name else []
        if name and len(found) != 1:
            raise ValidationError(_("The register has no organization of this name or code. Enter it there first."))
        return list(found)
