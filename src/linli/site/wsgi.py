"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings.base")

application = get_wsgi_application()

from linli.kernel.contributions import verify  # noqa: E402  # only after Django stands

verify()
