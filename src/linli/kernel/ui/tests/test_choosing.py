"""What stands in a list before something was chosen says what to do; a row of dashes says nothing."""

from django import forms
from django.utils.translation import override

from linli.kernel.files.models import StoredFile


class Asking(forms.Form):
    file = forms.ModelChoiceField(StoredFile.objects.none())
    other = forms.ChoiceField(choices=[("", "—"), ("a", "甲")])


def test_it_asks_to_choose_and_leaves_what_a_form_says_itself() -> None:
    with override("zh-hans"):
        shown = str(Asking()["file"]) + str(Asking()["other"])
    assert ("请选择" in shown, "---" in shown, ">—<" in shown, ">甲<" in shown) == (True, False, True, True)
