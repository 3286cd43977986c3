"""How far the house is: read from its rows, so that a closed window or a killed process loses nothing."""

from linli.apps.people.models import Post, User
from linli.apps.places.models import Level, Place
from linli.kernel.scope import Role
from linli.kernel.scope.roles import ADMINISTRATORS
from linli.site.opening.models import FirstRun

STEPS = ("places", "face", "administrators", "finish")


def first_run() -> FirstRun | None:
    """The row; None in a house opened by the command line, by the demo, or not yet."""
    return FirstRun.objects.first()


def is_empty() -> bool:
    """Whether there is neither a place nor an account."""
    return not Place.objects.exists() and not User.objects.exists()


def step_of(run: FirstRun) -> str:
    """The step that waits, of ``STEPS``."""
    done = (run.places_at, run.named_at, run.administrators_at)
    return next((step for step, moment in zip(STEPS, done, strict=False) if moment is None), STEPS[-1])


def district() -> Place | None:
    """The district of this house."""
    return Place.objects.filter(level=Level.DISTRICT, valid_to__isnull=True).first()


def administrators() -> list[Post]:
    """The open posts of the three administrators with their people, in the order of the roles. One query."""
    rows = Post.objects.filter(role__in=sorted(ADMINISTRATORS), ended_on__isnull=True).select_related("user")
    order = [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR]
    return sorted(rows, key=lambda post: (order.index(Role(post.role)), post.user.username))
