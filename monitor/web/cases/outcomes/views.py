"""What came of a case: what importers pay on whose goods, what notices print, how it is closed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.cases.models import Case, Proceeding, Respondent
from monitor.cases.outcomes.closing import close, left
from monitor.cases.outcomes.entering import CannotStandError, Said, enter
from monitor.cases.outcomes.expecting import outlook
from monitor.cases.outcomes.proposing import Found, Proposal, proposals
from monitor.cases.permission import MayNotError, ask_case
from monitor.cases.sharing import may_share_case
from monitor.web.cases import page as case_page
from monitor.web.cases.file.views import seen_case
from monitor.web.cases.outcomes import page as case_outcomes
from monitor.web.cases.outcomes.forms import CloseForm, OutcomeForm, TakeForm
from monitor.web.clock import real_now
from monitor.web.drafts import handed_in, offer
from monitor.web.templatetags.cases import proceedingname


@require_safe
@needs(Action.READ_CASES)
def case_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    return _Page(actor, seen_case(actor, pk)).render(request)


@require_POST
@needs(Action.EDIT_ANSWERS)
@handed_in
def enter_outcome(request: HttpRequest, pk: int) -> HttpResponseBase:
    """By the chamber, or by the firm for itself."""
    actor = actor_of(request)
    page = _Page(actor, seen_case(actor, pk))
    form = page.form(request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        row = page.told[form.cleaned_data["proceeding"]]
        if _entered(actor, row, form.respondent(), form.said(), form):
            messages.success(request, _("It is written down."))
            return redirect("case_outcome", pk=pk)
    return page.render(request, form=form, status=400)


@require_POST
@needs(Action.EDIT_ANSWERS)
def take_outcome(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a notice prints, if it still prints it."""
    actor = actor_of(request)
    page = _Page(actor, seen_case(actor, pk))
    key = str(request.POST.get("proposal"))
    proposal = next((each for each in page.found().proposals if each.key == key), None)
    if proposal is None:
        messages.warning(request, _("This line is written down already, or it is read otherwise."))
        return redirect("case_outcome", pk=pk)
    form = TakeForm(proposal, request.POST)
    if form.is_valid() and _entered(
        actor, proposal.proceeding, proposal.respondent, form.said(), form
    ):
        messages.success(request, _("It is written down."))
        return redirect("case_outcome", pk=pk)
    return page.render(request, taken=(key, form), status=400)


@require_POST
@needs(Action.EDIT_CASES)
@handed_in
def close_case(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    page = _Page(actor, seen_case(actor, pk))
    if not page.may_close():
        raise Http404
    form = CloseForm(request.POST, is_left=bool(page.left()))
    if form.is_valid():
        known = bool(form.cleaned_data.get("known_over"))
        close(page.case, form.cleaned_data["summary"], actor, real_now(), known_over=known)
        messages.success(request, _("The case is closed. It stays where it is, with all of it."))
        return redirect("case", pk=pk)
    return page.render(request, closing=form, status=400)


def _entered(
    actor: Actor,
    row: Proceeding,
    respondent: Respondent | None,
    said: Said,
    form: OutcomeForm | TakeForm,
) -> bool:
    """False: it contradicts itself, which the form says."""
    try:
        enter(row, respondent, said, actor, real_now())
    except MayNotError as error:
        raise Http404 from error
    except CannotStandError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.why))
        return False
    return True


class _Page:
    """What the page of one case is made of, read once."""

    def __init__(self, actor: Actor, case: Case) -> None:
        self.actor, self.case = actor, case
        self.measures = case_page.measures_of(actor, case)
        self.proceedings = case_page.proceedings_of(actor, case)
        self.told = {row.pk: row for row in self.proceedings if row.expected_on is None}
        for row in self.proceedings:
            row.case = case
        self.respondents = case_page.respondents_of(actor, case)
        for firm in self.respondents:
            firm.case = case
        self.outcomes = case_outcomes.outcomes_of(actor, case)
        self._leads = self._may_edit()
        self._mine = self._writable()

    def _may_edit(self) -> bool:
        try:
            ask_case(self.actor, self.case)
        except MayNotError:
            return False
        return self.case.closed_at is None

    def _writable(self) -> list[Respondent]:
        """For whom the reader may write."""
        reached = of(self.actor, Action.EDIT_ANSWERS)
        if reached is None or self.case.closed_at is not None:
            return []
        rows = Respondent.objects.for_actor(self.actor).filter(reached, case=self.case)
        keys = set(rows.values_list("pk", flat=True))
        return [
            row
            for row in self.respondents
            if row.pk in keys or (self._leads and row.organisation_id is None)
        ]

    def may_close(self) -> bool:
        return self._leads

    def left(self) -> list[Proceeding]:
        return left(self.proceedings)

    def _closing(self, is_left: list[Proceeding]) -> CloseForm | None:
        return CloseForm(is_left=bool(is_left)) if self.may_close() else None

    def _offer(
        self, request: HttpRequest, form: OutcomeForm | None, closing: CloseForm | None
    ) -> None:
        """What was typed here and not handed in."""
        named = (("enter_outcome", form), ("close_case", closing))
        forms = {
            reverse(name, args=[self.case.pk]): each for name, each in named if each is not None
        }
        offer(request, forms, reverse("case_outcome", args=[self.case.pk]))

    def form(self, data: Any = None) -> OutcomeForm | None:
        """None: there is nothing that the reader may write, or nothing yet to write it of."""
        if not self.told or not (self._mine or self._leads):
            return None
        names = {pk: proceedingname(row) for pk, row in self.told.items()}
        notices = case_outcomes.notices_of(self.measures)
        return OutcomeForm(names, self._mine, notices, data, for_all=self._leads)

    def found(self) -> Found:
        """Only what the reader may take over."""
        if not (self._mine or self._leads):
            return Found([], [])
        found = proposals(self.actor, list(self.told.values()), self.respondents, self.outcomes)
        mine = {row.pk for row in self._mine}
        allowed = [each for each in found.proposals if self._is_mine(each, mine)]
        return Found(allowed, found.strangers if self._leads else [])

    def _is_mine(self, each: Proposal, mine: set[int]) -> bool:
        return self._leads if each.respondent is None else each.respondent.pk in mine

    def render(
        self,
        request: HttpRequest,
        *,
        form: OutcomeForm | None = None,
        taken: tuple[str, TakeForm] | None = None,
        closing: CloseForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """`form`, `taken`, `closing`: what was refused."""
        stand = case_outcomes.standing(self.outcomes)
        found = self.found()
        key, refused = taken or ("", None)
        is_left = self.left()
        form, is_refused = form or self.form(), form is not None
        closing, close_refused = closing or self._closing(is_left), closing is not None
        self._offer(request, form, closing)
        context: dict[str, Any] = {
            "case": self.case,
            "measures": self.measures,
            "lines": case_outcomes.lines(self.measures, self.respondents, stand),
            "history": case_outcomes.by_proceeding(self.told.values(), self.outcomes),
            "proposals": [
                (each, refused if each.key == key and refused else TakeForm(each))
                for each in found.proposals
            ],
            "strangers": found.strangers,
            "form": form,
            "is_refused": is_refused,
            "ahead": outlook(self.proceedings),
            "left": is_left,
            "closing": closing,
            "close_refused": close_refused,
            "may_share": may_share_case(self.actor, self.case),
        }
        return render(request, "web/case_outcome.html", context, status=status)
