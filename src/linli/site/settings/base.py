"""Settings shared by every way of running Linli; what differs by house comes from the environment."""

import gc
import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from linli.site.settings.databases import database, schema_of
from linli.site.settings.doors import cookie_name, doors, of_door
from linli.site.settings.hosts import answered
from linli.site.settings.identity import providers
from linli.site.settings.keys import django_secret
from linli.site.settings.maps import for_tiles, tile_addresses
from linli.site.settings.messages import messages
from linli.site.settings.rehearsal import set_apart
from linli.site.settings.storage import default_storage
from linli.site.settings.syslog import collector
from linli.site.watching.logs import JSON_OBJECTS, LINES

gc.disable()
"""A house that starts makes no garbage; ``linli.site.apps``, the last app, sets the collector going again."""

PACKAGE = Path(__file__).resolve().parents[2]

LINLI_HOME = Path(os.environ.get("LINLI_HOME", "var")).resolve()
"""Database, files and keys of this district, apart from the code."""
LINLI_REHEARSAL = set_apart(os.environ, LINLI_HOME)
"""Whether this house is a rehearsal: what follows then leads nowhere outside its folder."""
LINLI_KEYS = Path(os.environ.get("LINLI_KEYS", LINLI_HOME / "keys"))
LINLI_ANCHORS = os.environ.get("LINLI_ANCHORS", "")
"""A folder beyond the reach of who runs this house, where the daily anchors of the audit stand as well."""
LINLI_SYSLOG = collector(os.environ)
"""The collector that is sent every row of the audit (RFC 5424); see docs/operate/backup.md. Empty: none."""
LINLI_KEY_SOURCE = os.environ.get("LINLI_KEY_SOURCE", "")
"""Where the keyring comes from if not from LINLI_KEYS: "command:/path", or the https address of a key server."""
LINLI_KEY_TOKEN_FILE = os.environ.get("LINLI_KEY_TOKEN_FILE", "")
LINLI_CRYPTO = os.environ.get("LINLI_CRYPTO") or "aes"
"""The ciphers of new seals: "aes" (AES-256-GCM, SHA-256) or "sm" (SM4-GCM, SM3)."""
LINLI_FILES = LINLI_HOME / "files"
LINLI_FONTS = os.environ.get("LINLI_FONTS", "")
"""A folder with the faces of official papers (小标宋, 仿宋, 楷体, 黑体); empty: the free substitute."""
LINLI_OFFICE_HOURS = os.environ.get("LINLI_OFFICE_HOURS", "09:00-12:00,13:30-17:30")

LINLI_DOORS = doors(os.environ)
"""Which of desk, portal, room and api this process opens; the addresses of the others are not found."""

DEBUG = False
SECRET_KEY = django_secret(LINLI_KEYS)
ALLOWED_HOSTS = answered(os.environ.get("LINLI_HOSTS", ""))
"""``linli up`` adds the addresses under which it opens the site."""
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("LINLI_ORIGINS", "").split(",") if origin]

KERNEL = [
    f"linli.kernel.{name}"
    for name in (
        "texts", "refs", "seals", "slips", "audit", "jobs", "events", "files", "deadlines", "scope", "lifecycle",
        "contributions", "settings", "privacy", "search", "notices", "publication", "documents", "tables", "money", "rubric",
        "api", "ui",
    )
]  # fmt: skip
SUBJECTS = [
    f"linli.apps.{name}"
    for name in (
        "places", "organizations", "people", "ledger", "publicity", "agreements", "reviews", "activities", "surveys", "needs", "rounds",
        "projects", "ordering", "incubation",
    )
]  # fmt: skip

INSTALLED_APPS = [
    *KERNEL,
    *SUBJECTS,
    "linli.demo",
    "linli.site.opening",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.forms",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "rules",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "django_tasks",
    "ninja",
    "linli.site",
]

MIDDLEWARE = [
    "linli.site.watching.middleware.Watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "linli.kernel.ui.middleware.Private",
    "linli.kernel.ui.middleware.Uploads",
    "linli.kernel.ui.middleware.Doors",
    "linli.site.opening.waiting.FirstPage",
    "linli.kernel.ui.idle.IdleSession",
    "linli.site.accounts.first_password.FirstPassword",
    "linli.site.accounts.second_step.SecondStep",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "linli.kernel.ui.middleware.Seen",
    "linli.kernel.ui.middleware.Sentences",
    "linli.kernel.ui.exporting.Reasons",
    "linli.kernel.ui.once.Once",
]

ROOT_URLCONF = "linli.site.urls"
WSGI_APPLICATION = "linli.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.kernel.ui.context.page",
            ],
        },
    }
]


LINLI_DATABASE = of_door(os.environ, "DATABASE_URL", LINLI_DOORS) or f"sqlite:///{LINLI_HOME / 'linli.sqlite3'}"
LINLI_SCHEMA = schema_of(LINLI_DATABASE)
"""The PostgreSQL schema of this district (``?schema=``), which its role carries; see ``linli setup``."""
DATABASES = {"default": database(LINLI_DATABASE, pooled=os.environ.get("LINLI_PGBOUNCER") == "1")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "linli.site.accounts.names.ByNameOrPhone",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
"""The second refuses for all behind it: a wrong password is hashed once. The last two carry sessions only."""
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "linli.site.accounts.passwords.LongOrMixed"},
    {"NAME": "linli.site.accounts.passwords.NotCommon"},
    {"NAME": "linli.site.accounts.passwords.NotThePerson"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/" if "desk" in LINLI_DOORS else "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "linli.site.signing_in.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
"""Nobody learns, and no stranger gets mail, because somebody asked for a password."""
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "linli.site.accounts.forms.SignInForm",
    "reauthenticate": "linli.site.accounts.forms.AgainForm",
    "change_password": "linli.site.accounts.forms.ChangeForm",
    "set_password": "linli.site.accounts.forms.SetForm",
    "reset_password": "linli.site.accounts.forms.ResetForm",
    "reset_password_from_key": "linli.site.accounts.forms.FromKeyForm",
}
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_ADAPTER = "linli.site.accounts.linking.LinkedOnly"
SOCIALACCOUNT_PROVIDERS = providers(os.environ, loopback=True)
ACCOUNT_RATE_LIMITS = False
"""django-axes is the only lock-out counter."""
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "linli.site.accounts.names.counted_name"
AXES_SENSITIVE_PARAMETERS = ["username", "login", "ip_address", "code"]
MFA_ADAPTER = "linli.site.accounts.second_step.SealedSecrets"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LINLI_SECOND_STEP = True
"""Administrators, finance officers and auditors open the desk only with a second step."""
LINLI_DEMO_WITHOUT_SECOND_STEP = True
"""Accounts of the demo street may do without; never in a real house (see production.py)."""
MFA_FORMS = {
    "authenticate": "linli.site.codes.CodeForm",
    "reauthenticate": "linli.site.codes.CodeAgainForm",
    "activate_totp": "linli.site.accounts.forms.ActivateForm",
}
AXES_LOCKOUT_CALLABLE = "linli.kernel.ui.pages.errors.locked_out"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = LINLI_HOME / "static"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": default_storage(os.environ, LINLI_FILES),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["linli.kernel.files.uploading.Bounded"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LINLI_MAP_NUMBER = os.environ.get("LINLI_MAP_NUMBER", "").strip()
"""The number of approval (审图号) of the base map: without it there is none."""
LINLI_MAP_NAME = os.environ.get("LINLI_MAP_NAME", "天地图")
LINLI_MAP_TILES = tile_addresses(os.environ)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
CONTENT_SECURITY_POLICY["DIRECTIVES"] |= for_tiles(CONTENT_SECURITY_POLICY["DIRECTIVES"], os.environ)
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = cookie_name("session", LINLI_DOORS)
CSRF_COOKIE_NAME = cookie_name("csrf", LINLI_DOORS)
LANGUAGE_COOKIE_NAME = cookie_name("language", LINLI_DOORS)
SESSION_COOKIE_DOMAIN = CSRF_COOKIE_DOMAIN = LANGUAGE_COOKIE_DOMAIN = (
    of_door(os.environ, "LINLI_COOKIE_DOMAIN", LINLI_DOORS) or None
)
"""Whose doors stand apart has cookies apart: what a resident's browser holds opens nothing at the desk."""
SESSION_COOKIE_AGE = 12 * 3600
LINLI_IDLE_MINUTES = os.environ.get("LINLI_IDLE_MINUTES", "15")
"""After so long without a key pressed, the desk asks whether somebody is still there."""
LINLI_FACE_SECONDS: float | None = 5
"""So long a page may show a name, colour or rehearsal that was changed meanwhile; None: these are never read."""
LINLI_HOTLINE = os.environ.get("LINLI_HOTLINE", "12345")
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CSRF_FAILURE_VIEW = "linli.kernel.ui.pages.errors.csrf_failure"

TASKS = {"default": {"BACKEND": "linli.kernel.jobs.backend.TableBackend"}}

EMAIL_BACKEND = os.environ.get("LINLI_EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
DEFAULT_FROM_EMAIL = os.environ.get("LINLI_EMAIL_FROM", "linli@localhost")

LINLI_MESSAGES = messages(os.environ, loopback=True)
"""The ways to telephones (SMS, WeCom, DingTalk, Official Account) and their secrets; see docs/operate/messages.md."""

LINLI_API_CALLS_A_MINUTE = int(os.environ.get("LINLI_API_CALLS_A_MINUTE") or 300)
LINLI_WEBHOOKS_TO_PRIVATE = os.environ.get("LINLI_WEBHOOKS_TO_PRIVATE") == "1"
"""Whether webhooks may go to the house's own network, also by http."""
LINLI_LANGUAGE_ENDPOINT = os.environ.get("LINLI_LANGUAGE_ENDPOINT", "")
"""A language model of the house that suggests categories; nobody is asked unless it is set."""
LINLI_LANGUAGE_MODEL = os.environ.get("LINLI_LANGUAGE_MODEL", "")
LINLI_LANGUAGE_KEY = os.environ.get("LINLI_LANGUAGE_KEY", "")
LINLI_LANGUAGE_HOSTS = [host for host in os.environ.get("LINLI_LANGUAGE_HOSTS", "").split(",") if host]

LINLI_METRICS_TOKEN = os.environ.get("LINLI_METRICS_TOKEN", "")
"""Who shows it may read ``/metrics`` from elsewhere; without it only this machine may."""
LINLI_CERTIFICATE = os.environ.get("LINLI_CERTIFICATE", "")
"""The certificate (PEM) the proxy shows, so that ``linli check --host`` and ``/metrics`` know when it ends."""
LINLI_LOGS = os.environ.get("LINLI_LOGS", "line")
"""``json``: a JSON object a line, without personal data."""
LOGGING = dict(JSON_OBJECTS if LINLI_LOGS == "json" else LINES)
