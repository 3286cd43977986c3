"""A closed account keeps nothing that signs it in."""

from linli.kernel.events import Event, hears
from linli.site.accounts.leaving import drop_all


@hears("people.user.close")
def forget_how_it_signed_in(event: Event) -> None:
    """Sessions, second step and linked identities go."""
    assert event.ref is not None  # the verb names the account
    drop_all(event.ref.id)
