"""Two firms that are one: made one by a person's decision, with a way back.

Everything that points to the merged firm or its organisation is moved to the kept one; what cannot
be there twice is set aside. The merged organisation stays as a stub, for what was recorded about
it. All of that stands in the `Merger`, and taking it back does the same in reverse. Either is one
transaction; whatever it changes of recorded rows is told of row by row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from monitor.accounts.models import Membership, Organisation, Share
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.words import Kind
from monitor.bases.models import Enterprise, Merger

LEFT_ALONE = frozenset({"bases.merger", "accounts.provider"})
"""Decisions are about the firms as they were; who vouches for the people of one is not to vouch for
those of the other."""
APPEND_ONLY = frozenset({"trail"})
"""Apps whose rows nobody changes."""
OWN = frozenset({"bases.enterprise", "accounts.organisation"})
TAKEN = (
    "name_zh", "name_en", "uscc", "city", "products", "hs_codes", "markets", "annual_export_usd",
    "contact", "phone", "email", "legal_representative", "address", "employees", "certifications",
)  # fmt: skip
"""What of the merged firm the kept one may take, field by field."""


class CannotMergeError(Exception):
    """They are the same row, of no firm, or merged already."""


class BothActedForError(Exception):
    """People act for both: those of one would see what the other showed to nobody. An office may
    decide that, a chamber may not."""


class CannotUndoError(Exception):
    """What happened since is in the way: a later merger, or a firm that has the name now."""


@dataclass
class _Record:
    moved: list[list[Any]] = field(default_factory=list)
    aside: list[dict[str, Any]] = field(default_factory=list)


def merge(
    actor: Actor,
    kept: Enterprise,
    merged: Enterprise,
    take: Sequence[str],
    reason: str,
    now: datetime,
) -> Merger:
    """`take`: the fields whose value is that of the merged firm.

    Raises `CannotMergeError`, `BothActedForError`.
    """
    with opened(), transaction.atomic():
        first, second = _held_firms(kept.pk, merged.pk)
        ours, theirs = _organisations(actor, first, second)
        _hold(ours, theirs, second)
        record = _Record()
        _close_shares(actor, ours, theirs, now, record)
        _move_all(Organisation, theirs.pk, ours.pk, record)
        _move_all(Enterprise, second.pk, first.pk, record)
        _set_aside(second, record)
        taken = _take(first, second, take)
        _named(ours, first, record)
        _made_stub(theirs, ours, record)
        return Merger.objects.create(
            kept=ours,
            merged=theirs,
            decided_by=actor.user,
            decided_at=now,
            reason=reason,
            taken=taken,
            moved=record.moved,
            aside=record.aside,
        )


def undo(actor: Actor, merger: Merger, now: datetime) -> None:
    """Restore both firms, and what pointed to them where it still is where the merger put it.

    What was changed or added since stays as it is, with the kept firm. Raises `CannotUndoError`.
    """
    try:
        with opened(), transaction.atomic():
            firm = _held_firm_of(merger.kept_id)
            open_ = Merger.objects.filter(pk=merger.pk, undone_at=None)
            if _later(merger) or not open_.update(undone_at=now, undone_by=actor.user):
                raise CannotUndoError
            _give_back(firm, merger)
            for move in reversed(merger.moved):
                _move_back(*move)
            for row in reversed(merger.aside):
                _bring_back(row)
    except IntegrityError as error:
        raise CannotUndoError from error


def _held_firms(kept: int, merged: int) -> tuple[Enterprise, Enterprise]:
    """Nobody else merges either of them, or takes a merger of them back, meanwhile."""
    firms = Enterprise.objects.select_for_update(of=("self",)).order_by("pk")
    by_pk = firms.select_related("organisation").in_bulk([kept, merged])
    if len(by_pk) != 2:
        raise CannotMergeError
    return by_pk[kept], by_pk[merged]


def _held_firm_of(organisation: int) -> Enterprise:
    firm = Enterprise.objects.select_for_update().filter(organisation=organisation).first()
    if firm is None:
        raise CannotUndoError
    return firm


def _hold(ours: Organisation, theirs: Organisation, firm: Enterprise) -> None:
    """Lock what is going to change before the trail is written, behind which nothing is locked."""
    list(
        Organisation.objects.select_for_update().order_by("pk").filter(pk__in=[ours.pk, theirs.pk])
    )
    list(Share.objects.select_for_update().order_by("pk").filter(owner__in=[ours, theirs]))
    for model, pk in ((Organisation, theirs.pk), (Enterprise, firm.pk)):
        for pointing, column in _relations(model):
            rows = pointing._default_manager.select_for_update()  # noqa: SLF001 - documented
            list(rows.order_by("pk").filter(**{column: pk}).values_list("pk"))


def _organisations(
    actor: Actor, first: Enterprise, second: Enterprise
) -> tuple[Organisation, Organisation]:
    ours, theirs = first.organisation, second.organisation
    if ours is None or theirs is None or first.sample != second.sample:
        raise CannotMergeError
    both = {ours.pk, theirs.pk}
    acted_for = Membership.objects.filter(organisation__in=both, ended_at=None)
    by_office = actor.organisation is not None and actor.organisation.kind == Kind.OFFICE
    if acted_for.values("organisation").distinct().count() == 2 and not by_office:
        raise BothActedForError
    return ours, theirs


def _close_shares(
    actor: Actor, ours: Organisation, theirs: Organisation, now: datetime, record: _Record
) -> None:
    """Only whom both showed their figures sees those of the one firm: the others end."""
    open_ = Share.objects.filter(owner__in=[ours, theirs], withdrawn_at=None).order_by("pk")
    by_owner = {
        owner.pk: {share.receiver_id for share in open_ if share.owner_id == owner.pk}
        for owner in (ours, theirs)
    }
    both = by_owner[ours.pk] & by_owner[theirs.pk]
    for share in open_.exclude(receiver__in=both):
        by = actor.user.pk if actor.user else None
        _set(Share, [share.pk], "withdrawn_by_id", None, by, record)
        _set(Share, [share.pk], "withdrawn_at", None, now, record)


def _relations(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """(model, column) of everything that points to rows of the model, in an order of its own."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's API
        if not isinstance(relation, models.ForeignObjectRel) or relation.many_to_many:
            continue
        pointing = relation.related_model
        label, app = pointing._meta.label_lower, pointing._meta.app_label  # noqa: SLF001
        if label not in LEFT_ALONE | OWN and app not in APPEND_ONLY:
            found.append((label, pointing, relation.field.attname))
    found.sort(key=lambda row: (row[0], row[2]))
    return [(pointing, column) for _label, pointing, column in found]


def _move_all(model: type[models.Model], before: int, after: int, record: _Record) -> None:
    for pointing, column in _relations(model):
        rows = pointing._default_manager.filter(**{column: before})  # noqa: SLF001
        keys = sorted(rows.values_list("pk", flat=True))
        if keys and not _moved(pointing, keys, column, before, after, record):
            for key in keys:
                if not _moved(pointing, [key], column, before, after, record):
                    _set_aside(pointing._default_manager.get(pk=key), record)  # noqa: SLF001


def _moved(
    model: type[models.Model],
    keys: list[Any],
    column: str,
    before: Any,
    after: Any,
    record: _Record,
) -> bool:
    """False where one of the rows cannot be there twice."""
    try:
        with transaction.atomic():
            _set(model, keys, column, before, after, record)
    except IntegrityError:
        return False
    return True


def _set(
    model: type[models.Model],
    keys: list[Any],
    column: str,
    before: Any,
    after: Any,
    record: _Record,
) -> None:
    # By the manager that tells of what it changes.
    model._default_manager.filter(pk__in=keys).update(**{column: after})  # noqa: SLF001
    label = model._meta.label_lower  # noqa: SLF001
    record.moved.append([label, column, keys, _plain(before), _plain(after)])


def _move_back(label: str, column: str, keys: list[Any], before: Any, after: Any) -> None:
    model = apps.get_model(label)
    was, is_ = _value(model, column, before), _value(model, column, after)
    rows = model._default_manager.filter(pk__in=keys, **{column: is_})  # noqa: SLF001
    rows.update(**{column: was})


def _set_aside(row: models.Model, record: _Record) -> None:
    """Take it out, and before it whatever would go with it."""
    for pointing, column in _relations(type(row)):
        for child in pointing._default_manager.filter(**{column: row.pk}):  # noqa: SLF001
            _set_aside(child, record)
    fields = row._meta.concrete_fields  # noqa: SLF001
    values = {each.attname: _plain(each.value_from_object(row)) for each in fields}
    record.aside.append({"model": row._meta.label_lower, "fields": values})  # noqa: SLF001
    row.delete()


def _bring_back(row: dict[str, Any]) -> None:
    model = apps.get_model(row["model"])
    values = {name: _value(model, name, plain) for name, plain in row["fields"].items()}
    model._default_manager.bulk_create([model(**values)])  # noqa: SLF001 - as it was, key and all


def _plain(value: Any) -> Any:
    """For JSON; Django's own encoder would drop microseconds. Fields read it back as it was."""
    if value is None or isinstance(value, str | int | float | list | dict):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _value(model: type[models.Model], column: str, plain: Any) -> Any:
    """What `_plain` wrote of the column."""
    field = model._meta.get_field(column)  # noqa: SLF001 - Django's API
    return field.to_python(plain) if isinstance(field, models.Field) else plain


def _take(kept: Enterprise, merged: Enterprise, take: Sequence[str]) -> dict[str, list[Any]]:
    taken = {}
    for name in TAKEN:
        before, after = getattr(kept, name), getattr(merged, name)
        if name in take and before != after:
            taken[name] = [_plain(before), _plain(after)]
            setattr(kept, name, after)
    kept.save(update_fields=list(taken))
    return taken


def _give_back(firm: Enterprise, merger: Merger) -> None:
    names = []
    for name, (before, after) in merger.taken.items():
        if getattr(firm, name) == _value(Enterprise, name, after):
            setattr(firm, name, _value(Enterprise, name, before))
            names.append(name)
    firm.save(update_fields=names)


def _named(organisation: Organisation, firm: Enterprise, record: _Record) -> None:
    for name in ("name_en", "city"):
        _rename(organisation, name, getattr(firm, name), record)
    if organisation.name_zh != firm.name_zh:
        # The name is the stub's until that has another.
        stub = Organisation.objects.filter(kind=organisation.kind, name_zh=firm.name_zh).first()
        if stub is not None:
            _rename(stub, "name_zh", _stub_name(stub), record)
        _rename(organisation, "name_zh", firm.name_zh, record)


def _made_stub(stub: Organisation, kept: Organisation, record: _Record) -> None:
    stub.refresh_from_db()
    _rename(stub, "name_zh", _stub_name(stub), record)
    _rename(stub, "merged_into_id", kept.pk, record)


def _stub_name(stub: Organisation) -> str:
    """So that a firm may have its name again."""
    mark = f" #{stub.pk}"
    return stub.name_zh if stub.name_zh.endswith(mark) else stub.name_zh[: 200 - len(mark)] + mark


def _rename(organisation: Organisation, name: str, after: Any, record: _Record) -> None:
    before = getattr(organisation, name)
    if before != after:
        _set(Organisation, [organisation.pk], name, before, after, record)
        setattr(organisation, name, after)


def _later(merger: Merger) -> bool:
    """Whether either of them was merged again since: the last decision is taken back first."""
    both = [merger.kept_id, merger.merged_id]
    open_ = Merger.objects.filter(undone_at=None).exclude(pk=merger.pk)
    since = open_.filter(pk__gt=merger.pk)
    return since.filter(kept__in=both).exists() or since.filter(merged__in=both).exists()
