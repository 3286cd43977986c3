"""What the house does by itself: a closed account loses what signs it in; every night the record is proved."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.events import Event, hears
from linli.kernel.jobs import daily, periodic, task
from linli.site.accounts.leaving import drop_all
from linli.site.proving import prove_chains


@hears("people.user.close")
def forget_how_it_signed_in(event: Event) -> None:
    """Sessions, second step and linked identities go."""
    assert event.ref is not None  # the verb names the account
    drop_all(event.ref.id)


@periodic(daily(2, 30))
@task(title=_("Prove the audit"), max_attempts=2)
def prove_the_audit() -> int:
    """Every night; how many problems were found."""
    return len(prove_chains())
