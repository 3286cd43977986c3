"""The kind of the playground's leaflets, and what is searched of them."""

from linli.kernel import refs
from linli.kernel.contributions import Searchable, contribute
from tests.playground.models import Leaflet

LEAFLET = refs.register(
    refs.Kind(
        name="playground.leaflet",
        model=Leaflet,
        title="传单",
        visible_to=lambda rows, actor: rows if actor is not None else rows.filter(for_everybody=True),
    )
)
contribute(Searchable("playground.leaflet", lambda leaflet: f"{leaflet.title}\n{leaflet.text}"))
