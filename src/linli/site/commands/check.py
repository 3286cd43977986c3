"""``linli check``: Django's checks and the house's own, a sentence each; exit code 1 where one stands."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from linli.site.troubles import sentence_for

QUIET = frozenset(
    {
        "security.W003",  # the CSRF middleware stands in base settings; kept for its sibling checks
        "security.W021",  # HSTS preload is a decision about the whole domain, the operator's to make
        "security.W005",  # the same of subdomains
    }
)


def django_findings(*, deploy: bool) -> Iterator[str]:
    """What Django's framework says, warnings included when ``deploy``."""
    for message in checks.run_checks(include_deployment_checks=deploy):
        if message.is_silenced() or message.id in QUIET:
            continue
        if deploy or message.level >= checks.ERROR:
            yield f"{message.id}: {message.msg}" + (f" ({message.hint})" if message.hint else "")


def house_findings() -> Iterator[str]:
    """What a real house must have beside Django's own list."""
    if settings.DEBUG:
        yield _("DEBUG is on. Set DJANGO_SETTINGS_MODULE=linli.site.settings.production")
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield _("LINLI_HOSTS must name the addresses this site answers to; now it answers to any.")
    if not os.environ.get("DJANGO_SECRET_KEY") and not (Path(settings.LINLI_KEYS) / "django.key").exists():
        yield _("There is no secret key: set DJANGO_SECRET_KEY, or make %(folder)s writable.") % {
            "folder": settings.LINLI_KEYS
        }
    if _guessable(settings.SECRET_KEY):
        yield _("The secret key is a sample. Make one of your own, at least 50 characters long.")
    if not settings.LINLI_SECOND_STEP or settings.LINLI_DEMO_WITHOUT_SECOND_STEP:
        yield _(
            "Administrators and finance officers could sign in without a second step; only a demo may allow that. "
            "Set DJANGO_SETTINGS_MODULE=linli.site.settings.production"
        )
    yield from _services()
    yield from _keys()


def _services() -> Iterator[str]:
    """Services that prove identities over an open line; the settings of production refuse them at once."""
    for app in (app for one in settings.SOCIALACCOUNT_PROVIDERS.values() for app in one["APPS"]):
        own = app["settings"]
        addresses = [own.get(name, "") for name in ("server_url", "address", "front", "api")]
        for open_line in (one for one in addresses if one.startswith("http://")):
            yield _(
                "%(name)s is asked over an open line (%(address)s): anybody on the way could be whom he likes. "
                "Give its https:// address."
            ) % {"name": app["name"], "address": open_line}
        if app["provider_id"] == "house" and not (app["client_id"] != "house" and app["secret"]):
            yield _(
                "LINLI_OIDC_SERVER is set without LINLI_OIDC_CLIENT and LINLI_OIDC_SECRET: nobody can sign in by it."
            )


def _guessable(secret: str) -> bool:
    sample = any(word in secret.lower() for word in ("change", "example", "insecure", "tests-only", "sample"))
    return sample or len(secret) < 50 or len(set(secret)) < 10


def _keys() -> Iterator[str]:
    from linli.kernel.seals import KeysMissing, current_keyring

    try:
        current_keyring()
    except KeysMissing as missing:
        yield str(missing)
        return
    home, keys = Path(settings.LINLI_HOME).resolve(), Path(settings.LINLI_KEYS).resolve()
    if keys == home or Path(settings.LINLI_FILES).resolve() in (keys, *keys.parents):
        yield _("LINLI_KEYS must be a folder of its own, apart from the database and the files. Move the keys, set it.")
    for file in keys.glob("*key*"):
        if os.name == "posix" and file.stat().st_mode & 0o077:
            yield _("%(file)s can be read by other accounts: chmod 600.") % {"file": file}


def database_findings() -> Iterator[str]:
    """Whether the database answers, is set up, and carries no demo accounts."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield _("The database is not up to date. Run: linli setup")
            return
        if get_user_model().objects.filter(is_demo=True, is_active=True).exists():
            yield _("There are demo accounts, whose password everybody knows. Start on an empty database.")
    except Exception as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        yield sentence


def run(options: Namespace) -> int:
    """Print every finding, or the table that was asked for; 1 where there is a finding. Raises Trouble."""
    if options.mlps3:
        from linli.site.commands.protection import show

        show(options.format, options.to)
        return 0
    findings = list(django_findings(deploy=options.deploy))
    if options.host:
        from linli.site.commands.hosting import host_findings

        findings += host_findings()
    if options.deploy:
        findings += house_findings()
    if options.database:
        findings += database_findings()
    for finding in findings:
        sys.stdout.write(f"- {finding}\n")
    if not findings:
        sys.stdout.write(_("Nothing wrong was found.") + "\n")
    return 1 if findings else 0
