"""What jobs do for the audit: an anchor a day for every chain that grew, and the check of all chains."""

from typing import Any

from linli.kernel.audit import verify, write_anchors
from linli.kernel.audit.models import ChainHead
from linli.kernel.jobs import daily, periodic, task


@periodic(daily(1, 30))
@task(title="写入审计锚点")
def anchor_chains() -> int:
    """Append today's anchors. Running twice writes nothing new."""
    return write_anchors()


@task(title="核验审计链", max_attempts=2)
def check_chains() -> dict[str, Any]:
    """Verify every chain; ``{"chains", "rows", "problems": [{"chain", "number", "sentence"}]}``."""
    reports = [verify(chain) for chain in ChainHead.objects.order_by("chain").values_list("chain", flat=True)]
    problems = [
        {"chain": report.chain, "number": problem.number, "sentence": str(problem.sentence)}
        for report in reports
        for problem in report.problems
    ]
    return {"chains": len(reports), "rows": sum(report.rows for report in reports), "problems": problems[:200]}
