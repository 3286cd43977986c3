"""Settings of the suite: a throw-away home, fast hashing, no outside world."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "LINLI_HOME" not in os.environ:
    os.environ["LINLI_HOME"] = tempfile.mkdtemp(prefix="linli-test-")
    atexit.register(shutil.rmtree, os.environ["LINLI_HOME"], ignore_errors=True)
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker and Path(os.environ["LINLI_HOME"]).name != worker:
    os.environ["LINLI_HOME"] = str(Path(os.environ["LINLI_HOME"]) / worker)
    Path(os.environ["LINLI_HOME"]).mkdir(exist_ok=True)
os.environ.setdefault("DJANGO_SECRET_KEY", "tests-only-" + "x" * 50)

from linli.site.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
LINLI_SECOND_STEP = False
"""The gate is tried by its own tests; all others sign in as whom they need."""
LINLI_FACE_SECONDS = None
"""Pages ask nothing of it, so that counted questions stay the same; its own tests set it to 0."""
WHITENOISE_AUTOREFRESH = True
"""Static files are found when asked for, instead of all being listed anew for every test client."""
INSTALLED_APPS = [*INSTALLED_APPS, "tests.playground"]
DATABASES["default"].setdefault("TEST", {})
if os.environ.get("LINLI_TEST_TEMPLATE") and not DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"]["TEMPLATE"] = os.environ["LINLI_TEST_TEMPLATE"]
STATIC_ROOT.mkdir(exist_ok=True)
