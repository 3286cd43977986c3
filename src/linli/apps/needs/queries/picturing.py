"""What whoever holds the code sees of the place: the photos of finished stages, before and after."""

from linli.apps.needs.models import Need, NeedState, Stage
from linli.apps.needs.models.stages import PICTURED
from linli.kernel.files import photos
from linli.kernel.files.models import Photo
from linli.kernel.refs import ref_of


def pictures_for_the_code(need: Need) -> list[tuple[Stage, Photo]]:
    """Photos taken at the point before and after the work, oldest first; of a joined need, those of the other one.

    None of a matter that only named people may see. One query, and one a finished stage.
    """
    shown = need.joined_to if need.state == NeedState.JOINED and need.joined_to is not None else need
    if any(one.sensitivity or one.about_kind for one in (need, shown)):
        return []
    stages = Stage.objects.filter(plan__need=shown, kind__in=PICTURED, done_at__isnull=False).order_by("position")
    return [(stage, photo) for stage in stages for photo in photos.of(ref_of(stage))]
