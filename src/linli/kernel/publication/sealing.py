"""The seal of a text: what was read by checker and signer is what the public sees."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from linli.kernel.publication.declaring import PublicKind, public_kind
from linli.kernel.refs import kind_of


def kind_for(record: Any) -> PublicKind:
    """The declaration of a record's kind."""
    return public_kind(kind_of(record).name)


def files_for(record: Any) -> Iterable[Any]:
    return kind_for(record).files(record)


def digest_of(record: Any) -> str:
    """SHA-256 of every text, in its order, and every file the public will see of ``record``; headings do not count."""
    kind = kind_for(record)
    said = {
        "texts": list(kind.texts(record).values()),
        "files": sorted(str(file.sha256) for file in kind.files(record)),
    }
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
