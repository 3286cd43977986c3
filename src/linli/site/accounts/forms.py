"""The forms of the door, in our own words."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PRESENT = _("Present password")
NEW = _("New password")
AGAIN = _("The new password once more")
CODE = _("Code of the app (six digits)")


class _OurWords:
    """Labels of ours; no placeholder that vanishes while one types."""

    labels: ClassVar[dict[str, Promise]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            field = self.fields[name]  # type: ignore[attr-defined]  # mixed into the forms below
            field.label = label
            field.widget.attrs.pop("placeholder", None)
            if name != "password1":
                field.help_text = ""


class _TypedTwice(_OurWords):
    """A new password, typed twice alike."""

    def clean(self) -> dict[str, Any]:
        """What was entered, with an error where the two differ."""
        cleaned: dict[str, Any] = super(account.PasswordVerificationMixin, self).clean()  # type: ignore[misc]  # mixed into forms that have it
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Type the new one twice."))  # type: ignore[attr-defined]  # mixed into the forms below
        return cleaned


class SignInForm(_OurWords, account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """User name or telephone number, and the password."""

    labels: ClassVar = {
        "login": _("User name or telephone number"),
        "password": _("Password"),
        "remember": _("Stay signed in after the browser is closed"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocapitalize"] = "none"


class AgainForm(_OurWords, account.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The password once more, before something delicate."""

    labels: ClassVar = {"password": PRESENT}


class ChangeForm(_TypedTwice, account.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The present password and a new one."""

    labels: ClassVar = {"oldpassword": PRESENT, "password1": NEW, "password2": AGAIN}


class SetForm(_TypedTwice, account.SetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The first password of an account that had none."""

    labels: ClassVar = {"password1": NEW, "password2": AGAIN}


class ResetForm(_OurWords, account.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Where the link goes."""

    labels: ClassVar = {"email": _("E-mail address")}


class FromKeyForm(_TypedTwice, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """A new password by the link of the mail."""

    labels: ClassVar = {"password1": NEW, "password2": AGAIN}


class ActivateForm(_OurWords, ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The first code of a new app."""

    labels: ClassVar = {"code": CODE}
