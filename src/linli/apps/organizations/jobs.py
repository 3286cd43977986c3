"""What organizations do when a place goes into another one."""

from linli.apps.organizations import services
from linli.apps.places.models import Place
from linli.apps.places.queries import sole_heir
from linli.kernel.events import Event, hears


@hears("places.place.merge", "places.place.split")
def follow_the_place(event: Event) -> None:
    """Where exactly one place succeeds it, what sits there goes along; else it is shown as left behind."""
    assert event.ref is not None  # both verbs name the place
    place = Place.objects.get(pk=event.ref.id)
    heir = sole_heir(place)
    if heir is not None and place.valid_to is not None:
        services.follow(place, heir, on=place.valid_to, actor=None)
