"""Who may do what, where: roles, actors, predicates, and the permission each door names."""

from linli.kernel.scope.actors import Actor, Anchor, ApiActor, Reach, anchor_of, holds_everywhere
from linli.kernel.scope.doors import permission, permission_of
from linli.kernel.scope.grades import (
    GradedAction,
    IdentityGrade,
    declare_graded,
    grade_of,
    graded,
    graded_actions,
    graded_for,
)
from linli.kernel.scope.predicates import clock, everyone, holds, nobody, signed_in
from linli.kernel.scope.roles import Role

__all__ = [
    "Actor",
    "Anchor",
    "ApiActor",
    "GradedAction",
    "IdentityGrade",
    "Reach",
    "Role",
    "anchor_of",
    "clock",
    "declare_graded",
    "everyone",
    "grade_of",
    "graded",
    "graded_actions",
    "graded_for",
    "holds",
    "holds_everywhere",
    "nobody",
    "permission",
    "permission_of",
    "signed_in",
]
