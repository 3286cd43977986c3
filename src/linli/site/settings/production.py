"""Settings of a real house: behind https; see docs/operate/production.env."""

import os

from linli.site.settings.base import *
from linli.site.settings.identity import providers
from linli.site.settings.messages import messages

ALLOWED_HOSTS = [host.strip() for host in os.environ.get("LINLI_HOSTS", "").split(",") if host.strip()]
LINLI_DEMO_WITHOUT_SECOND_STEP = False
SOCIALACCOUNT_PROVIDERS = providers(os.environ, loopback=False)
LINLI_MESSAGES = messages(os.environ, loopback=False)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = int(os.environ.get("LINLI_HSTS_SECONDS") or 31_536_000)
if os.environ.get("LINLI_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
EMAIL_HOST = os.environ.get("LINLI_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LINLI_EMAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("LINLI_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LINLI_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LINLI_EMAIL_TLS", "1") == "1"
