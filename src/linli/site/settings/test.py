"""Settings of the suite: a throw-away home, fast hashing, no outside world."""

import os
import tempfile

os.environ.setdefault("LINLI_HOME", tempfile.mkdtemp(prefix="linli-test-"))
os.environ.setdefault("DJANGO_SECRET_KEY", "tests-only-" + "x" * 50)

from linli.site.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False
INSTALLED_APPS = [*INSTALLED_APPS, "tests.playground"]
DATABASES["default"].setdefault("TEST", {})
