"""``linli needs train``: learns a model of labelled texts and writes it to a file; without Django."""

import datetime
import os
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from linli.apps.needs.commands.labelled import refused, rows
from linli.kernel.contributions.commands import Malformed

if TYPE_CHECKING:
    from linli.algorithms.classify import Model


def run(options: Namespace) -> int:
    """Write the model, print how good it was on texts held out; 2 and one line where a file is not as expected."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that would only be started and stopped
    from linli.algorithms.classify import dumped, train

    if not options.out.absolute().parent.is_dir():
        return refused(f"{options.out}: expected a folder that is there")
    try:
        told = [(text, label) for _line, (text, label) in rows(options.file, ("text", "label"))]
        model = train(told, day=datetime.datetime.now(datetime.UTC).astimezone().date())
    except Malformed as wrong:
        return refused(wrong)
    except ValueError as wrong:
        return refused(f"{options.file}: {wrong}")
    data = dumped(model)
    try:
        _write(options.out, data)
    except OSError as error:
        return refused(f"{options.out}: expected a file that can be written ({error.strerror})")
    sys.stdout.write(told_of(model, len(told), len(data)))
    return 0


def told_of(model: "Model", rows_read: int, size: int) -> str:
    """What the terminal is told of a model."""
    facts, report = model.facts, model.facts.report
    lines = [
        f"rows: {rows_read}, different texts: {facts.texts}, labels: {len(facts.labels)}",
        f"held-out texts: {report.texts}",
        f"held-out accuracy: {report.accuracy:.4f}",
        f"macro-F1: {report.macro_f1:.4f}",
        f"right among the first two: {report.in_two:.4f}",
        f"sure of: {report.answered:.4f}, right of those: {report.right_of_answered:.4f}",
        *(f"  {one.label}: F1 {one.f1:.4f}, {one.texts} texts" for one in report.per_label),
        f"model: {size / 1e6:.1f} MB, data {facts.data_hash[:12]}",
    ]
    return "\n".join(lines) + "\n"


def _write(out: Path, data: bytes) -> None:
    """The whole file or none: written beside, then put in its place."""
    with tempfile.NamedTemporaryFile(dir=out.absolute().parent, delete=False) as part:
        part.write(data)
    try:
        Path(part.name).chmod(0o644)
        Path(part.name).replace(out)
    except OSError:
        Path(part.name).unlink()
        raise
