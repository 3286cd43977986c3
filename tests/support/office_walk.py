"""The rows of the permission walk about accounts, posts, absences, handovers and skills, and what they stand on.

Columns as in ``tests/test_permissions_walk.py``.
"""

from datetime import timedelta

from django.utils import timezone

from linli.apps.people import services
from linli.apps.people.models import User

OFFICE_ROWS = {
    "GET desk/opening/": "302 403 403 403 403 403 403 200 403 403",
    "POST desk/opening/shipped/": "302 403 403 403 403 403 403 302 403 403",
    "GET first-run/": "302 302 302 302 302 302 302 302 302 302",
    "POST first-run/": "302 302 302 302 302 302 302 302 302 302",
    "POST first-run/administrators/{worker}/password/": "302 302 302 302 302 302 302 302 302 302",
    "GET first-run/administrators/{worker}/password/": "405 405 405 405 405 405 405 405 405 405",
    "GET look/1f5a96.css": "200 200 200 200 200 200 200 200 200 200",
    "GET look/ffcc00.css": "404 404 404 404 404 404 404 404 404 404",
    "GET desk/posts/new/": "302 403 403 403 403 403 403 200 403 403",
    "POST desk/posts/new/": "302 403 403 403 403 403 403 422 403 403",
    "GET desk/posts/offices/": "302 403 403 403 403 403 403 200 403 403",
    "GET desk/posts/{post}/": "302 403 403 404 200 200 403 200 403 403",
    "GET desk/posts/{post}/term/": "302 403 403 403 403 403 403 200 403 403",
    "POST desk/posts/{post}/end/": "302 403 403 403 403 403 403 422 403 403",
    "GET desk/posts/{post}/substitute/": "302 403 403 404 200 200 403 200 403 403",
    "POST desk/posts/{post}/substitute/": "302 403 403 404 422 422 403 422 403 403",
    "POST desk/posts/substitutes/{substitute}/end/": "302 403 403 404 302 302 403 302 403 403",
    "GET desk/accounts/": "302 403 403 403 403 403 403 200 403 403",
    "GET desk/accounts/export/": "302 403 403 403 403 403 403 200 403 403",
    "GET desk/posts/export/": "302 403 403 200 200 200 403 200 403 403",
    "GET desk/absences/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/handovers/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/cards/export/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/accounts/?q=user": "302 403 403 403 403 403 403 200 403 403",
    "GET desk/accounts/new/": "302 403 403 403 403 403 403 200 403 403",
    "POST desk/accounts/new/": "302 403 403 403 403 403 403 422 403 403",
    "GET desk/accounts/{worker}/": "302 403 403 403 403 403 403 200 403 403",
    "GET desk/accounts/{worker}/correct/": "302 403 403 403 403 403 403 200 403 403",
    "POST desk/accounts/{worker}/password/": "302 403 403 403 403 403 403 200 403 403",
    "GET desk/accounts/{worker}/let-in/": "302 403 403 403 403 403 403 405 403 403",
    "POST desk/accounts/{worker}/let-in/": "302 403 403 403 403 403 403 302 403 403",
    "POST desk/accounts/{worker}/close/": "302 403 403 403 403 403 403 302 403 403",
    "GET desk/absences/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/absences/new/": "302 403 200 200 200 200 200 200 200 200",
    "POST desk/absences/new/": "302 403 422 422 422 422 422 422 422 422",
    "POST desk/absences/{absence}/call-off/": "302 403 302 404 302 302 404 302 404 404",
    "GET desk/handovers/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/handovers/new/{post}/": "302 403 200 404 200 200 404 200 404 404",
    "POST desk/handovers/new/{post}/": "302 403 422 404 422 422 404 422 404 404",
    "GET desk/handovers/{slip}/": "302 403 200 404 200 200 404 200 404 404",
    "GET desk/handovers/{slip}/add/": "302 403 200 404 200 200 404 200 404 404",
    "POST desk/handovers/{slip}/add/": "302 403 422 404 422 422 404 422 404 404",
    "POST desk/handovers/items/{item}/remove/": "302 403 302 404 302 302 404 302 404 404",
    "GET desk/handovers/{slip}/print/": "302 403 200 404 200 200 404 200 404 404",
    "POST desk/handovers/{slip}/witness/": "302 403 302 404 302 302 404 302 404 404",
    "POST desk/handovers/{slip}/call_off/": "302 403 302 404 302 302 404 302 404 404",
    "POST desk/handovers/{slip}/erase/": "302 403 404 404 404 404 404 404 404 404",
    "GET desk/skills/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/skills/new/": "302 403 200 200 200 200 200 200 200 200",
    "POST desk/skills/new/": "302 403 422 422 422 422 422 422 422 422",
    "GET desk/skills/export/": "302 403 403 200 200 200 403 200 403 403",
    "POST desk/skills/{skill}/end/": "302 403 302 404 302 302 404 302 404 404",
}


def posts_of(worker: User, secretary: User, officer: User) -> dict[str, str]:
    """The worker's post with a substitute, days away, a slip with a line, a skill."""
    post, today = worker.posts.get(), timezone.localdate()
    substitute = services.name_substitute(post, deputy=secretary, actor=None)
    tomorrow = today + timedelta(days=1)
    away = services.enter_absence(worker, first_day=tomorrow, last_day=tomorrow, kind="leave", actor=None)
    slip = services.draw_up_handover(post, taker=secretary, witness=officer, actor=worker)
    made = {
        "post": post,
        "substitute": substitute,
        "absence": away.absence,
        "slip": slip,
        "item": services.add_item(slip, kind="key", title="钥匙", actor=worker),
        "skill": services.add_skill(worker, skill="english", actor=None),
    }
    return {name: str(row.pk) for name, row in made.items()}
