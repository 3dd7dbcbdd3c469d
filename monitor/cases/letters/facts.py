"""What of a letter is known from the case, in the letter's language; nothing is guessed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import override

from bundles import places
from monitor.accounts.walls.actor import Actor
from monitor.bases.models import ProductLine
from monitor.cases.comments.drafting import paragraphs
from monitor.cases.letters.about import About
from monitor.cases.letters.catalog import Bases, Catalog, Desk, Sort
from monitor.cases.letters.parties import parties
from monitor.cases.models import Adopted, Case, CaseMeasure, StageChange
from monitor.cases.words import Paper, Stage
from monitor.deadlines.authority import UNCHECKED
from monitor.deadlines.library import Library
from monitor.deadlines.rules import Whom
from monitor.notices.labels import KINDS
from monitor.notices.models import Measure, MeasureKey, Notice, ProductClaim
from monitor.search.similar import goods

MOST_DATES = 8
MONTHS = (
    "January February March April May June July August September October November December".split()
)
FOR_FIRMS = (Whom.EXPORTER, Whom.PARTY)


def known(
    actor: Actor, about: About, sort: Sort, catalog: Catalog, language: str, today: date
) -> dict[str, str]:
    """Field → text, of those that are known; of a long one with a line for each paragraph."""
    told = _Told(actor, about, sort, catalog, language)
    found = {**told.fields(today), **parties(actor, about, sort, language, today)}
    return {name: text for name, text in found.items() if text and name in sort.all_fields}


def dates(
    actor: Actor, about: About, sort: Sort, catalog: Catalog, language: str, today: date
) -> str:
    """Of what is known only those that firms have to keep, a line each."""
    return "\n".join(_Told(actor, about, sort, catalog, language).dates(today))


def day(found: date, language: str) -> str:
    """As letters write it."""
    if language == "zh":
        return f"{found.year}年{found.month}月{found.day}日"
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def listed(words: Iterable[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(dict.fromkeys(word for word in words if word))


class _Told:
    """What the case tells. Read when it is asked for."""

    def __init__(
        self, actor: Actor, about: About, sort: Sort, catalog: Catalog, language: str
    ) -> None:
        self._actor, self._about, self._sort = actor, about, sort
        self._language, self._zh = language, language == "zh"
        self._case = about.case
        self._desk: Desk | None = catalog.desks.get(self._authority_id)
        self._catalog = catalog

    def fields(self, today: date) -> Mapping[str, str]:
        return {
            "today": day(today, self._language),
            "case_name": self._caption(),
            "case_numbers": listed(self._numbers(), self._language),
            "measures": self._kinds(),
            "authority": listed(self._authorities(), self._language),
            "notice": self._notice(),
            "notifier": _place(self._case.jurisdiction, self._language),
            "regulation": "" if self._zh else listed((m.title for m in self._measures), "en"),
            "product": self._product(),
            "codes": listed(self._codes(), "en"),
            "dates": "\n".join(self.dates(today)),
            "comments": self._comments(),
            **self._of_desk(),
            **self._of_date(),
        }

    @cached_property
    def _measures(self) -> Sequence[Measure]:
        if self._about.proceeding is not None and not self._sort.whole:
            return [self._about.proceeding.measure]
        rows = CaseMeasure.objects.for_actor(self._actor).filter(case=self._case)
        return [row.measure for row in rows.select_related("measure").order_by("pk")]

    @cached_property
    def _notices(self) -> Sequence[Notice]:
        """Of the opening, or of all; where none is known, the first of the measures."""
        rows = StageChange.objects.for_actor(self._actor).filter(
            proceeding__case=self._case, stage=Stage.OPENED, notice__isnull=False
        )
        if self._about.proceeding is not None:
            rows = rows.filter(proceeding=self._about.proceeding)
        found = [row.notice for row in rows.select_related("notice").order_by("-day", "-pk")]
        if not found:
            of = Notice.objects.filter(entries__measure__in=self._measures).defer("body")
            found = list(of.order_by("published", "pk")[:1])
        return list(dict.fromkeys(notice for notice in found if notice is not None))

    @property
    def _authority_id(self) -> str:
        row = self._about.proceeding
        return row.ruleset.partition("/")[0] if row else ""

    def _authorities(self) -> Iterator[str]:
        known_ = Library.load(Path(settings.FENGHUO_DEADLINES)).authorities
        found = known_.get(self._authority_id)
        if found is not None and found.jurisdiction != "WTO":
            yield found.zh if self._zh else found.en
        elif not self._zh:
            yield from (measure.authority for measure in self._measures)

    def _numbers(self) -> Iterator[str]:
        """Case numbers and symbols, without the names that say kind and product. Of one authority,
        where it is known how its numbers look."""
        rows = MeasureKey.objects.filter(measure__in=self._measures).order_by("measure", "pk")
        names = [row.key.partition(":")[2] for row in rows]
        plain = [name for name in names if name and ":" not in name]
        mine = re.compile(self._desk.numbers) if self._desk and not self._sort.whole else None
        return (name for name in plain if mine is None or mine.search(name))

    def _caption(self) -> str:
        """As the house calls it; to an authority in English as its own notices do."""
        if self._zh:
            return self._case.name_zh
        if self._sort.paper == Paper.SUBMISSION and self._measures:
            return str(self._measures[0].title)
        return self._case.name_en

    def _kinds(self) -> str:
        with override("zh-hans" if self._zh else "en"):
            said = (str(KINDS[measure.kind]) for measure in self._measures)
            return listed((each if self._zh else each.lower() for each in said), self._language)

    def _notice(self) -> str:
        newest = next(iter(self._notices), None)
        if newest is None:
            return ""
        on = day(newest.published, self._language)
        return f"{newest.number}，{on}" if self._zh else f"{newest.number}, {on}"

    def _product(self) -> str:
        """In English as the notice prints it, in Chinese as the bases call their goods."""
        if not self._zh:
            return next((n.product.strip() for n in self._notices if n.product.strip()), "")
        codes = self._claimed
        cases = Case.objects.for_actor(self._actor).filter(pk=self._case.pk)
        bases = [base for base in cases.values_list("bases", flat=True) if base]
        lines = ProductLine.objects.filter(base__in=bases).order_by("hs", "pk")
        fitting = (line for line in lines if any(code.startswith(line.hs) for code in codes))
        return listed((line.name_zh for line in fitting), "zh")

    @cached_property
    def _claimed(self) -> Sequence[str]:
        claims = ProductClaim.objects.filter(notice__entries__measure__in=self._measures)
        return goods(claims.defer("evidence", "model").distinct())

    def _codes(self) -> list[str]:
        """Printed ones, or else those that the notices are likely about."""
        printed = [code["printed"] for n in self._notices for code in n.item.get("codes", ())]
        return list(dict.fromkeys(printed)) or list(self._claimed)

    def dates(self, today: date) -> Iterator[str]:
        """What firms have to keep, still to come, with how each came about."""
        mine = Q(respondent=None)
        if self._about.respondent is not None:
            mine |= Q(respondent=self._about.respondent)
        rows = Adopted.objects.for_actor(self._actor).filter(
            mine,
            proceeding__case=self._case,
            proceeding__ended=None,
            gone_at=None,
            day__gte=today,
            whom__in=FOR_FIRMS,
            due__happened=None,
        )
        ahead = rows.exclude(due__bound="earliest").order_by("day", "pk")
        # Two measures of one case have many a date in common.
        return islice(dict.fromkeys(self._dated(row) for row in ahead), MOST_DATES)

    def _dated(self, row: Adopted) -> str:
        name, why = self._said(row, ""), self._said(row, "explanation_")
        on = day(row.day, self._language) if row.day else ""
        return f"{on}　{name}：{why}" if self._zh else f"{on}: {name}. {why}"

    def _said(self, row: Adopted, what: str) -> str:
        return str(row.due.get(f"{what}{self._language}") or "")

    def _comments(self) -> str:
        """What was drafted in a round of comments, with the provision that each is about."""
        if "comments" not in self._sort.all_fields:
            return ""
        drafted = (
            (each.provision, each.zh if self._zh else each.en)
            for each in paragraphs(self._actor, self._case)
        )
        colon = "：" if self._zh else ": "
        return "\n".join(f"{where}{colon}{said}" if where else said for where, said in drafted)

    def _of_desk(self) -> Mapping[str, str]:
        desk, row = self._desk, self._about.proceeding
        if desk is None or row is None:
            return {}
        return {
            "authority_address": "\n".join(desk.address),
            "filing": desk.filing_zh if self._zh else desk.filing_en,
            "extension_basis": _basis(desk.extension, row.measure.kind),
            "hearing_basis": _basis(desk.hearing, row.measure.kind),
            "appearance_basis": _basis(desk.appearance, row.measure.kind),
        }

    def _of_date(self) -> Mapping[str, str]:
        row = self._about.date
        if row is None:
            return {}
        return {
            "date": day(row.day, self._language) if row.day else "",
            "date_name": self._said(row, ""),
            "date_basis": _law(row.due),
        }


def _law(due: Mapping[str, Any]) -> str:
    """What the date stands in, by its number: what nobody has read there, or what only practice
    says, is not written to an authority."""
    basis = str(due["basis"])
    is_law = due["verified"] != UNCHECKED and any(c.isdigit() for c in basis)
    return basis if is_law else ""


def _basis(bases: Bases, kind: str) -> str:
    by_word = {str(word): basis for word, basis in bases.items()}
    return by_word.get(kind) or by_word.get("any", "")


def _place(code: str, language: str) -> str:
    try:
        return places.name(code, language)
    except KeyError:
        return code
