"""The kind of the playground's contacts."""

from linli.kernel import refs
from tests.playground.models import Contact

CONTACT = refs.register(
    refs.Kind(
        name="playground.contact",
        model=Contact,
        title="contact",
        visible_to=lambda rows, actor: rows if actor is not None else rows.none(),
        label=lambda contact: contact.remark,
    )
)
