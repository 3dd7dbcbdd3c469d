"""The file of a case: its documents, searching them, putting one in."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action, Whose
from monitor.cases import sharing
from monitor.cases.files import filing, searching
from monitor.cases.files.packages import Refused
from monitor.cases.models import Case, Document, DocumentShare, Proceeding, Version
from monitor.cases.walls import open_shares
from monitor.web.cases.file.forms import DocumentForm
from monitor.web.clock import real_now
from monitor.web.filters import page_number
from monitor.web.looked import looked_into
from monitor.web.paces import paced
from monitor.web.text import Piece
from monitor.web.uploading import received, takes_a_file

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """`latest`: of each form that the reader sees, the newest version; `shown_to`: the shares that
    hold now; of another's document, none."""

    document: Document
    latest: list[Version]
    shown_to: list[DocumentShare]
    is_ours: bool


@dataclass(frozen=True)
class Found:
    version: Version
    pieces: list[Piece]


@require_safe
@needs(Action.READ_FILES)
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """With `?q=` the versions in which that stands."""
    return _page(request, seen_case(actor_of(request), pk))


def _may_add(request: HttpRequest, pk: int) -> None:
    seen_case(actor_of(request), pk)


@require_POST
@needs(Action.EDIT_FILES)
@paced("upload")
@takes_a_file(_may_add)
def add_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    case = seen_case(actor, pk)
    form = DocumentForm(_proceedings(actor, case), request.POST, request.FILES)
    try:
        name, part = received(request)
        if form.is_valid():
            document = filing.add(actor, case, name, part, form.wish(), real_now())
            messages.success(request, _("The document is in the file."))
            return redirect("document", pk=document.pk)
    except Refused as refused:
        form.refuse(refused)
    except filing.MayNotError as error:
        raise Http404 from error
    return _page(request, case, form, status=400)


def seen_case(actor: Actor, pk: int) -> Case:
    """Raises Http404."""
    return get_object_or_404(Case.objects.for_actor(actor), pk=pk)


def light(rows: "QuerySet[Version]") -> "QuerySet[Version]":
    """Without what a list does not show and may be long."""
    return rows.defer("text", "terms").select_related("uploaded_by")


def address_of_version(version: Version) -> str:
    return reverse("download", args=[version.document_id, version.number, version.form])


def _page(
    request: HttpRequest, case: Case, form: DocumentForm | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    page = Paginator(_documents(actor, case), PER_PAGE).get_page(page_number(request.GET))
    asked = request.GET.get("q", "").strip()[: searching.LONGEST]
    may_add = actor.may(Action.EDIT_FILES, Whose.OWN)
    context: dict[str, Any] = {
        "case": case,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "rows": [_row(actor, document) for document in page.object_list],
        "asked": asked,
        "hits": _hits(request, case, asked) if asked else [],
        "most": searching.MOST,
        "may_share": sharing.may_share_case(actor, case),
        "form": (form or DocumentForm(_proceedings(actor, case))) if may_add else None,
    }
    return render(request, "web/case_file.html", context, status=status)


def _documents(actor: Actor, case: Case) -> "QuerySet[Document]":
    versions = light(Version.objects.for_actor(actor)).order_by("form", "-number")
    shares = DocumentShare.objects.for_actor(actor).filter(open_shares())
    rows = Document.objects.for_actor(actor).filter(case=case).select_related("organisation")
    return rows.prefetch_related(
        Prefetch("versions", versions, to_attr="seen"),
        Prefetch("shares", shares.select_related("receiver"), to_attr="shown"),
    )


def _row(actor: Actor, document: Any) -> Row:
    by_form: dict[str, Version] = {}
    for version in document.seen:
        by_form.setdefault(version.form, version)
    ours = is_ours(actor, document)
    return Row(document, list(by_form.values()), document.shown if ours else [], ours)


def is_ours(actor: Actor, document: Document) -> bool:
    own, whose = actor.organisation, document.organisation
    return own is not None and own.pk in (whose.pk, whose.merged_into_id)


def _hits(request: HttpRequest, case: Case, asked: str) -> list[Found]:
    hits = searching.found(actor_of(request), case, asked)
    for hit in hits:
        if hit.excerpt:
            looked_into(request, hit.version, address_of_version(hit.version))
    return [Found(hit.version, _pieces(hit.excerpt)) for hit in hits]


def _pieces(excerpt: searching.Excerpt | None) -> list[Piece]:
    if excerpt is None:
        return []
    return [Piece(excerpt.before), Piece(excerpt.found, marked=True), Piece(excerpt.after)]


def _proceedings(actor: Actor, case: Case) -> "QuerySet[Proceeding]":
    return Proceeding.objects.for_actor(actor).filter(case=case).select_related("measure")
