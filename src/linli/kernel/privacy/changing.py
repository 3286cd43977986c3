"""What ``linli keys`` does, in sentences for the terminal."""

import sys
from argparse import Namespace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kernel.privacy.jobs import write_anew
from linli.kernel.privacy.rotation import reseal, rotate


def run(options: Namespace) -> int:
    """Rotate, or only write anew, now or by a worker. 1 when some values could not be opened: they are named."""
    if options.verb == "rotate":
        key_id = rotate(options.purpose)
        sys.stdout.write(_("The new key is %(key)s. Back up the key file now.") % {"key": key_id} + "\n")
    if options.later:
        write_anew.enqueue()
        sys.stdout.write(_("A worker writes everything anew; its progress stands on the page of jobs.") + "\n")
        return 0
    written, unreadable = reseal()
    said = ngettext("%(count)s value was written anew.", "%(count)s values were written anew.", written)
    sys.stdout.write(said % {"count": written} + "\n")
    for place in unreadable:
        sys.stderr.write(_("This value cannot be opened: %(place)s") % {"place": place} + "\n")
    return 1 if unreadable else 0
