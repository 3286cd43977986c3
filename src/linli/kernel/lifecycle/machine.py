"""A lifecycle: the table and the one door through which a record's state changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit, events
from linli.kernel.errors import Conflict, NotAllowed
from linli.kernel.lifecycle.transitions import Transition
from linli.kernel.scope.actors import Actor, anchor_of
from linli.kernel.scope.roles import Role

_lifecycles: dict[str, "Lifecycle"] = {}


def lifecycles() -> tuple["Lifecycle", ...]:
    """Every lifecycle of the house, by name."""
    return tuple(_lifecycles[name] for name in sorted(_lifecycles))


class Lifecycle:
    """``Lifecycle("people.contact_card", states, (Transition(…), …))``; registers one action per verb.

    ``subject(row)`` is the record whose timeline tells the verb, where states stand on a row beside it.
    """

    def __init__(
        self,
        name: str,
        states: type[models.TextChoices],
        transitions: tuple[Transition, ...],
        *,
        title: str | Promise = "",
        column: str = "state",
        subject: Callable[[Any], Any] | None = None,
    ) -> None:
        self.name = name
        self._subject = subject
        self.title = title or name
        self.states = states
        self.column = column
        self.transitions = {transition.name: transition for transition in transitions}
        self._check(transitions)
        for transition in transitions:
            audit.register_action(
                self.action(transition.name),
                transition.told or transition.title or transition.name,
                keep=transition.keep,
                words={self.column: _("state"), **transition.words},
            )
        _lifecycles[name] = self

    def _check(self, transitions: Sequence[Transition]) -> None:
        known = set(self.states.values)
        for transition in transitions:
            unknown = {*transition.sources, transition.target} - known
            if unknown:
                message = f"{self.name}.{transition.name}: no state {sorted(unknown)}"
                raise ImproperlyConfigured(message)
        if len(self.transitions) != len(transitions):
            message = f"{self.name}: a verb is named twice"
            raise ImproperlyConfigured(message)

    def action(self, verb: str) -> str:
        """The registered action name of a verb: "people.contact_card.check"."""
        return f"{self.name}.{verb}"

    def state_of(self, record: Any) -> str:
        return str(getattr(record, self.column))

    def apply(
        self,
        verb: str,
        record: Any,
        *,
        actor: Actor | None,
        facts: Mapping[str, Any] | None = None,
        at: datetime | None = None,
        told: bool = True,
        **columns: Any,
    ) -> None:
        """Take ``record`` through ``verb``, writing ``columns`` with it: permission, guards, one UPDATE, clocks,
        audit, events, in one transaction. The record in hand is brought up to date.

        ``columns`` are plain values, no expressions: what is written is what the record in hand then shows.
        ``told=False`` is for records that are forgotten whole (a rehearsal): neither audit nor event.
        Raises NotAllowed, whatever Refusal a guard gives, Conflict when the state is not (or no longer) a source.
        """
        transition = self.transitions[verb]
        known = dict(facts or {})
        when = at or timezone.now()
        if not transition.allowed(actor, record):
            raise NotAllowed(_("You may not do this here. Ask whoever is responsible for this place."))
        self._require_source(transition, record)
        for guard in transition.guards:
            refusal = guard(record, known)
            if refusal is not None:
                raise refusal
        with transaction.atomic():
            moved = self._moved(self.state_of(record), transition.target)
            self._compare_and_set(transition, record, columns)
            transition.run_clocks(record, known, when)
            if told:
                subject = record if self._subject is None else self._subject(record)
                events.record(self.action(verb), subject, actor=actor, facts=known | moved, at=when)

    def _moved(self, before: str, after: str) -> dict[str, Any]:
        """What the record tells of the state, in its labels."""
        labels = dict(self.states.choices)
        return {self.column: audit.Change(labels[before], labels[after])}

    def _require_source(self, transition: Transition, record: Any) -> None:
        state = self.state_of(record)
        if state not in transition.sources:
            raise self._too_late(state)

    def _too_late(self, state: str) -> Conflict:
        label = str(dict(self.states.choices).get(state, state))
        return Conflict(
            _("Somebody was quicker: the state is now “%(state)s”. Reload the page to see who did what.")
            % {"state": label}
        )

    def _compare_and_set(self, transition: Transition, record: Any, columns: dict[str, Any]) -> None:
        before = self.state_of(record)
        values = {self.column: transition.target, **columns}
        rows = type(record)._default_manager.filter(pk=record.pk, **{self.column: before})
        if hasattr(record, "version"):
            rows = rows.filter(version=record.version)
            values["version"] = record.version + 1
        if not rows.update(**values):
            now = type(record)._default_manager.values_list(self.column, flat=True).filter(pk=record.pk).first()
            raise self._too_late(str(now or before))
        for name, value in values.items():
            setattr(record, name, value)

    def offered(self, actor: Actor | None, record: Any) -> list[Transition]:
        """The verbs this actor may use on this record now, in the order of the table. Guards are asked on use."""
        state = self.state_of(record)
        return [
            transition
            for transition in self.transitions.values()
            if state in transition.sources and transition.allowed(actor, record)
        ]

    def offered_for(self, actor: Actor | None, rows: Iterable[Any]) -> dict[Any, list[Transition]]:
        """Key of each row → the verbs offered on it, in at most two queries for any number of rows."""
        rows = list(rows)
        if actor is not None:
            actor.holds_at(frozenset(Role), [anchor_of(row) for row in rows])
        return {row.pk: self.offered(actor, row) for row in rows}
