"""One-time codes at the door: a wrong one counts like a wrong password, and a closed account takes none."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class _Counted:
    """Puts the lock-out counter before and behind the check of a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]  # mixed into the forms below
        field.label = _("Code of the app, or a recovery code")
        field.widget.attrs.pop("placeholder", None)

    def clean_code(self) -> str:
        """The code, if it is right and the account is open."""
        if not AxesProxyHandler.is_allowed(self._request, self._credentials):
            self._request.axes_locked_out = True  # type: ignore[attr-defined]  # read by AxesMiddleware
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()  # type: ignore[misc]  # mixed into the forms below
        return code

    def _emit_authentication_failed(self, authenticator: object) -> None:
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]  # mixed into the forms below
        user_login_failed.send(sender=type(self), credentials=self._credentials, request=self._request)

    @property
    def _request(self) -> HttpRequest:
        request: HttpRequest = context.request
        return request

    @property
    def _credentials(self) -> dict[str, str]:
        return {"username": self.user.get_username()}  # type: ignore[attr-defined]  # set by allauth's form


class CodeForm(_Counted, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second step of signing in."""


class CodeAgainForm(_Counted, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """Asked again before something delicate is changed."""
