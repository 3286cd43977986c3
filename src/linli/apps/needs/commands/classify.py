"""``linli needs classify``: what each text of a CSV file is about, by a model's file; without Django."""

import gc
import json
import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linli.apps.needs.commands.labelled import refused, rows
from linli.kernel.contributions.commands import Malformed

if TYPE_CHECKING:
    from linli.algorithms.classify import Model


def run(options: Namespace) -> int:
    """Print a category for each row; 2 and one line where a file is not as expected."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that would only be started and stopped
    from linli.algorithms.classify import Damaged

    gc.disable()  # a short life: nothing is worth looking for
    try:
        model = _model(options.model)
        answers = [_answer(model, key, text) for _line, (key, text) in rows(options.file, ("id", "text"))]
    except Malformed as wrong:
        return refused(wrong)
    except Damaged as wrong:
        return refused(f"{options.model}: {wrong}")
    if options.json:
        sys.stdout.write(json.dumps({"rows": answers}, ensure_ascii=False) + "\n")
        return 0
    for one in answers:
        sys.stdout.write(f"{one['id']} {one['category']} {one['confidence']:.2f} {'、'.join(one['reasons'])}\n")
    return 0


def _model(file: Path) -> "Model":
    from linli.algorithms.classify import loaded

    try:
        return loaded(file.read_bytes())
    except OSError as error:
        raise Malformed(file, 0, f"expected a file that can be read ({error.strerror or error})") from None


def _answer(model: "Model", key: str, text: str) -> dict[str, Any]:
    """One row; ``category`` is null where the text has no word the model could know."""
    answer = model.answer(text)
    return {
        "id": key,
        "category": answer.label or None,
        "confidence": round(answer.confidence, 4),
        "reasons": list(answer.reasons),
    }
