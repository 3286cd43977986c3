"""What the clock does by a setting: forgetting audit facts whose time is over."""

from linli.kernel.audit import seal_away
from linli.kernel.jobs import daily, periodic, task
from linli.kernel.settings.looking import value_of
from linli.kernel.settings.relief import switch_off_ended


@periodic(daily(2, 30))
@task(title="封存到期的审计内容")
def forget_old_facts() -> list[str]:
    """Destroy the keys of months past ``audit.retention_days``; returns their names."""
    return seal_away(days=value_of("audit.retention_days"))


@periodic(daily(0, 20))
@task(title="关闭到期的限制性功能")
def end_switches() -> int:
    """Note the switches whose document ran out; returns how many."""
    return switch_off_ended()
