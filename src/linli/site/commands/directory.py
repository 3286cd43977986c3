"""``linli directory``: who is gone from the district's directory; with ``--close`` a person answers for closing out."""

import sys
from argparse import Namespace

from django.utils.translation import gettext as _

from linli.apps.people.models import User
from linli.site.directory import close_out, compare


def run(options: Namespace) -> int:
    """Print every comparison; close out whoever is gone where that was asked for. 1 where one is not believed."""
    found = compare()
    if not found:
        sys.stdout.write(_("No service of this house can tell who is gone.") + "\n")
    for one in found:
        words = {"service": one.service, "compared": one.compared, "gone": len(one.gone)}
        sys.stdout.write(_("%(service)s: %(compared)s accounts compared, %(gone)s gone") % words + "\n")
        for user in User.objects.filter(pk__in=one.gone).order_by("username"):
            sys.stdout.write(f"  {user.username}  {user.name}\n")
        if one.trouble:
            sys.stdout.write(_("  not believed: %(trouble)s") % {"trouble": one.trouble} + "\n")
        if options.close and one.gone:
            sys.stdout.write(_("  closed out: %(count)s") % {"count": close_out(one)} + "\n")
    return 1 if any(one.trouble for one in found) and not options.close else 0
