"""What the house does by itself: a closed account loses what signs it in; every night the record is proved."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.kernel.events import Event, hears
from linli.kernel.jobs import daily, every, periodic, task
from linli.site.accounts.leaving import drop_all
from linli.site.directory import follow_the_directory
from linli.site.proving import prove_chains, send_record
from linli.site.settings.identity import OWN


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


@task(title=_("Send the audit to its collector"), atomic=False, max_attempts=1)
def send_the_audit() -> int:
    """Every minute where a collector is named; how many rows were taken."""
    return send_record()


@task(title=_("Compare the accounts with the directory"), atomic=False, max_attempts=1)
def compare_with_the_directory() -> int:
    """Every hour where a service can tell who is gone; how many were closed out."""
    return follow_the_directory()


if settings.SOCIALACCOUNT_PROVIDERS.get(OWN):
    periodic(every(hours=1))(compare_with_the_directory)
if settings.LINLI_SYSLOG:
    periodic(every(minutes=1))(send_the_audit)
