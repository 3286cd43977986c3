"""What comes round by the clock."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.files.keeping import sweep
from linli.kernel.jobs import daily, periodic, task


@periodic(daily(3, 40))
@task(title=_("Remove stored bytes without a record"), atomic=False)
def sweep_files() -> int:
    """Returns how many files were removed."""
    return sweep()
