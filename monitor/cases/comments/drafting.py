"""The text of the comment, paragraph by paragraph, version by version; and who stands by it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor.accounts.walls.actor import Actor
from monitor.cases.comments.bank import bank
from monitor.cases.comments.holding import finish_play, held
from monitor.cases.models import (
    Case,
    CommentApproval,
    CommentParagraph,
    CommentRound,
    CommentSent,
    CommentWording,
)
from monitor.cases.overtaking import merged
from monitor.cases.permission import MayNotError


class CannotWriteError(Exception):
    """The text does not take it; `why` tells the reader."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Words:
    """Of a paragraph. `provision`: the article of the draft; `articles`: ids of
    `config/comments/articles.toml`; `gone`: it is left out."""

    provision: str = ""
    articles: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""
    gone: bool = False


def write(actor: Actor, round_: CommentRound, words: Words, now: datetime) -> CommentWording:
    """One more paragraph. Raises MayNotError, CannotWriteError."""
    with held(actor, round_) as row:
        _check(row, words)
        last = row.paragraphs.aggregate(last=Max("position"))["last"] or 0
        paragraph = CommentParagraph.objects.create(
            round=row, position=last + 1, created_at=now, created_by=actor.user
        )
        return _worded(paragraph, 1, words, actor, now)


def edit(
    actor: Actor, paragraph: CommentParagraph, seen: int, words: Words, now: datetime
) -> CommentWording:
    """`seen`: the version that the form was filled with. What somebody else has changed of other
    parts meanwhile stays. Raises as `write`, and `Overtaken` where they changed the same."""
    with held(actor, paragraph.round) as row:
        _check(row, words)
        last = paragraph.wordings.select_related("written_by").latest("version")
        base = paragraph.wordings.filter(version=seen).first()
        if base is None:
            raise CannotWriteError(_("There is no such version of the paragraph."))
        fields = merged(last, _plain(base), asdict(words), _plain(last), last.written_by)
        if fields == _plain(last):
            return last
        return _worded(paragraph, last.version + 1, Words(**fields), actor, now)


def approve(actor: Actor, round_: CommentRound, shown: Iterable[int], now: datetime) -> int:
    """Whoever did not write a wording stands by it (四眼). `shown`: the primary keys of the
    wordings as the page had them: one that was changed since is not approved unread. Returns how
    many were approved now. Raises MayNotError, also for a program."""
    if actor.user is None:
        raise MayNotError
    with held(actor, round_) as row:
        wanted = set(shown)
        open_ = [
            each
            for each in standing(row)
            if each.pk in wanted and each.written_by_id != actor.user.pk and not _approved(each)
        ]
        for wording in open_:
            CommentApproval.objects.create(wording=wording, by=actor.user, at=now)
        if is_approved(row):
            finish_play(row.case, "draft", actor.user, now)
        return len(open_)


def standing(round_: CommentRound) -> list[CommentWording]:
    """The newest wording of each paragraph, those that were left out too: that is a change like any
    other, and approved like one. Within the door."""
    rows = CommentWording.objects.filter(paragraph__round=round_)
    dressed = rows.select_related("paragraph", "written_by").prefetch_related("approvals__by")
    ordered = dressed.order_by("paragraph__position", "version")
    return list({each.paragraph_id: each for each in ordered}.values())


def is_approved(round_: CommentRound) -> bool:
    """Somebody other than its writer stands by every paragraph, and there is one. Within the
    door."""
    return all_approved(standing(round_))


def all_approved(wordings: Sequence[CommentWording]) -> bool:
    return any(not each.gone for each in wordings) and all(map(_approved, wordings))


@dataclass(frozen=True)
class Paragraph:
    """Plain, for whoever makes a letter of it. `articles`: (agreement, number) of the Agreement
    that it leans on, in order."""

    number: int
    provision: str
    articles: tuple[tuple[str, str], ...]
    zh: str
    en: str
    approved: bool


def paragraphs(actor: Actor, case: Case) -> list[Paragraph]:
    """The comment of the newest round of the case, as far as the actor sees it; none: an empty
    list."""
    rounds = CommentRound.objects.for_actor(actor).filter(case=case, called_off_at=None)
    round_ = rounds.order_by("-number").first()
    if round_ is None:
        return []
    rows = CommentWording.objects.for_actor(actor).filter(paragraph__round=round_)
    ordered = rows.select_related("paragraph").order_by("paragraph__position", "version")
    newest = {each.paragraph_id: each for each in ordered}
    approvals = CommentApproval.objects.for_actor(actor).filter(wording__in=newest.values())
    approved = set(approvals.values_list("wording", flat=True))
    kept = [each for each in newest.values() if not each.gone]
    return [_out(number, each, each.pk in approved) for number, each in enumerate(kept, start=1)]


def _out(number: int, wording: CommentWording, approved: bool) -> Paragraph:  # noqa: FBT001
    known = bank().articles
    leaned = (known[name] for name in wording.articles if name in known)
    articles = tuple((each.agreement, each.number) for each in leaned)
    return Paragraph(number, wording.provision, articles, wording.zh, wording.en, approved)


def _approved(wording: CommentWording) -> bool:
    """As it stands, also where whoever approved it has no account any more."""
    return bool(wording.approvals.all())


def _check(round_: CommentRound, words: Words) -> None:
    if CommentSent.objects.filter(round=round_, withdrawn_at=None).exists():
        raise CannotWriteError(_("The comment was sent: its text stays as it was."))
    if not (words.zh or words.en or words.gone):
        raise CannotWriteError(_("Write the paragraph in Chinese or in English."))
    if set(words.articles) - bank().articles.keys():
        raise CannotWriteError(_("There is no such article."))


def _plain(wording: CommentWording) -> dict[str, object]:
    words = Words(wording.provision, tuple(wording.articles), wording.zh, wording.en, wording.gone)
    return asdict(words)


def _worded(
    paragraph: CommentParagraph, version: int, words: Words, actor: Actor, now: datetime
) -> CommentWording:
    fields = asdict(words) | {"articles": list(words.articles)}
    return CommentWording.objects.create(
        paragraph=paragraph, version=version, written_at=now, written_by=actor.user, **fields
    )
