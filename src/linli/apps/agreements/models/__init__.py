"""Agreements with their parties, parts, indicators, duties, opinions, signature; templates and the run of numbers."""

from linli.apps.agreements.models.agreement import Agreement, AgreementState, Mode
from linli.apps.agreements.models.content import (
    AgreementClause,
    AgreementIndicator,
    AgreementPart,
    AgreementParty,
    Side,
)
from linli.apps.agreements.models.review import OfficeOpinion, OpinionOffice, OpinionView, Signature
from linli.apps.agreements.models.template import AgreementTemplate, NumberRun

__all__ = [
    "Agreement",
    "AgreementClause",
    "AgreementIndicator",
    "AgreementPart",
    "AgreementParty",
    "AgreementState",
    "AgreementTemplate",
    "Mode",
    "NumberRun",
    "OfficeOpinion",
    "OpinionOffice",
    "OpinionView",
    "Side",
    "Signature",
]
