"""What the clock does by a setting: forgetting audit facts whose time is over."""

from linli.kernel.audit import seal_away
from linli.kernel.jobs import daily, periodic, task
from linli.kernel.settings.looking import value_of


@periodic(daily(2, 30))
@task(title="封存到期的审计内容")
def forget_old_facts() -> list[str]:
    """Destroy the keys of months past ``audit.retention_days``; returns their names."""
    return seal_away(days=value_of("audit.retention_days"))
