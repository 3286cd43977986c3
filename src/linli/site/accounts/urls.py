"""The addresses of accounts: what of django-allauth makes sense here, and our own; nothing else is mounted.

Not mounted: e-mail addresses and their proof, sign-in by a mailed code (the administrator keeps addresses), the
download of recovery codes (they are shown once, to be printed), the old addresses of allauth.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.urls import path, re_path

from linli.site.accounts import coming, provider, sessions
from linli.site.accounts.policy import leads_away
from linli.site.accounts.second_step import front, second_step
from linli.site.signing_in import reset_password

KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns = [
    path("", front, name="account_front"),
    path("login/", leads_away(account.login), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", provider.not_linked, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", reset_password, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(KEY, account.password_reset_from_key, name="account_reset_password_from_key"),
    path("second-step/", second_step, name="second_step"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sessions/", sessions.session_list, name="usersessions_list"),
    path("sessions/others/end/", sessions.end_others, name="end_other_sessions"),
    path("sessions/<int:pk>/end/", sessions.end, name="end_session"),
    path("3rdparty/", leads_away(social.connections), name="socialaccount_connections"),
    path("3rdparty/signup/", provider.not_linked, name="socialaccount_signup"),
    path("3rdparty/login/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("3rdparty/login/error/", social.login_error, name="socialaccount_login_error"),
    path("oidc/<slug:provider_id>/login/", leads_away(provider.begin), name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", provider.come_back, name="openid_connect_callback"),
    path("identity/<slug:provider_id>/login/", leads_away(coming.begin), name="identity_login"),
    path("identity/<slug:provider_id>/login/callback/", coming.come_back, name="identity_callback"),
]
