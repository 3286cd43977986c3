"""Publication: the scan before anything is public, author → check → sign-off, withdrawal at once."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.publication.declaring import PublicKind, declare, may_stand, public_kind, public_kinds
    from linli.kernel.publication.looking import refuse_findings, scan_file, scan_record, scan_text, scan_texts
    from linli.kernel.publication.models import Publication, PublicationState
    from linli.kernel.publication.passing import (
        begin,
        belongs_anew,
        changed,
        check,
        hold_until_checked,
        publication_of,
        send_back,
        sign_off,
        submit,
        take_up_again,
        withdraw,
    )
    from linli.kernel.publication.reading import (
        in_state,
        is_public,
        offered,
        public,
        publications_of,
        signed,
        verbs_for,
        with_standing,
    )
    from linli.kernel.publication.redacting import redacted
    from linli.kernel.publication.scanning.findings import Finding, FindingKind
    from linli.kernel.publication.scanning.properties import clean_properties
    from linli.kernel.publication.sealing import digest_of
else:
    __getattr__ = lazily(
        __name__,
        declaring="PublicKind declare may_stand public_kind public_kinds",
        looking="refuse_findings scan_file scan_record scan_text scan_texts",
        models="Publication PublicationState",
        passing=(
            "begin belongs_anew changed check hold_until_checked publication_of send_back sign_off submit "
            "take_up_again withdraw"
        ),
        reading="in_state is_public offered public publications_of signed verbs_for with_standing",
        redacting="redacted",
        sealing="digest_of",
        **{"scanning.findings": "Finding FindingKind", "scanning.properties": "clean_properties"},
    )

__all__ = [
    "Finding",
    "FindingKind",
    "PublicKind",
    "Publication",
    "PublicationState",
    "begin",
    "belongs_anew",
    "changed",
    "check",
    "clean_properties",
    "declare",
    "digest_of",
    "hold_until_checked",
    "in_state",
    "is_public",
    "may_stand",
    "offered",
    "public",
    "public_kind",
    "public_kinds",
    "publication_of",
    "publications_of",
    "redacted",
    "refuse_findings",
    "scan_file",
    "scan_record",
    "scan_text",
    "scan_texts",
    "send_back",
    "sign_off",
    "signed",
    "submit",
    "take_up_again",
    "verbs_for",
    "with_standing",
    "withdraw",
]
