"""One document of a case: its versions, who sees it, taking it away."""

import logging
from contextlib import ExitStack
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.cases import sharing
from monitor.cases.files import filing, storing
from monitor.cases.files.kinds import HTML
from monitor.cases.files.packages import Refused
from monitor.cases.models import Case, Document, DocumentShare, Version
from monitor.web.cases.file.forms import ShareDocumentForm, VersionForm
from monitor.web.cases.file.views import is_ours, light
from monitor.web.clock import real_now
from monitor.web.looked import looked_into
from monitor.web.paces import paced
from monitor.web.uploading import received, takes_a_file

log = logging.getLogger(__name__)

OPAQUE = "application/octet-stream"


@require_safe
@needs(Action.READ_FILES)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, seen_document(actor_of(request), pk))


@require_GET
@needs(Action.READ_FILES)
def download(request: HttpRequest, pk: int, number: int, form: str) -> HttpResponseBase:
    """The bytes as they were filed, to be saved and never shown as a page. Whoever takes the
    confidential form of another's document is recorded before they have it."""
    rows = Version.objects.for_actor(actor_of(request)).defer("text", "terms")
    whole = rows.select_related("document__organisation")
    version = get_object_or_404(whole, document=pk, number=number, form=form)
    try:
        file = storing.opened_file(version)
    except (storing.FileMissing, storing.FileDamaged) as error:
        log.error("version %d: %s", version.pk, error)  # noqa: TRY400 - its words say all
        return _without(request, version)
    with ExitStack() as undoing:
        undoing.callback(file.close)
        looked_into(request, version, request.path)
        undoing.pop_all()
    response = StreamingHttpResponse(
        storing.checked(file, version), content_type=_harmless(version.content_type)
    )
    response.headers["Content-Length"] = str(version.size)
    response.headers["Content-Disposition"] = content_disposition_header(True, version.name) or ""  # noqa: FBT003 - its signature
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _may_edit(request: HttpRequest, pk: int) -> None:
    edited_document(actor_of(request), pk)


@require_POST
@needs(Action.EDIT_FILES)
@paced("upload")
@takes_a_file(_may_edit)
def add_version(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    shown, form = edited_document(actor, pk), VersionForm(request.POST, request.FILES)
    try:
        name, part = received(request)
        if form.is_valid():
            asked = form.cleaned_data["form"]
            filing.add_version(actor, shown, asked, name, part, real_now())
            messages.success(request, _("The version is in the file; those before it stay."))
            return redirect("document", pk=pk)
    except Refused as refused:
        form.refuse(refused)
    except filing.SameAsBeforeError as same:
        said = _("Version %(number)d holds exactly this already; nothing was added.")
        messages.info(request, said % {"number": same.version.number})
        return redirect("document", pk=pk)
    return _page(request, shown, form, status=400)


@require_POST
@needs(Action.EDIT_FILES)
def open_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`to_all`: `1`, or empty where it is to be closed again."""
    actor = actor_of(request)
    filing.set_open(actor, edited_document(actor, pk), to_all=bool(request.POST.get("to_all")))
    return redirect("document", pk=pk)


@require_POST
@needs(Action.EDIT_FILES)
def withdraw_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`back`: `1` where it is to be shown again."""
    actor = actor_of(request)
    shown = edited_document(actor, pk)
    if request.POST.get("back"):
        filing.bring_back(actor, shown)
    else:
        filing.withdraw(actor, shown, real_now())
    return redirect("document", pk=pk)


@require_POST
@needs(Action.SHARE_FILES)
def share_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    shown = seen_document(actor, pk)
    if not sharing.may_share_document(actor, shown):
        raise Http404
    form = ShareDocumentForm(_receivers(actor, shown), request.POST)
    if form.is_valid():
        try:
            sharing.share_document(
                actor,
                shown,
                form.receiver(),
                form.end(),
                real_now(),
                confidential=form.confidential(),
            )
        except sharing.EndsBeforeError:
            form.add_error("until", _("This day has passed."))
        else:
            messages.success(request, _("They see it from now on."))
            return redirect("document", pk=pk)
    return _page(request, shown, sharing_form=form, status=400)


def seen_document(actor: Actor, pk: int) -> Document:
    """Raises Http404."""
    rows = Document.objects.for_actor(actor).select_related("case", "organisation", "created_by")
    return get_object_or_404(rows, pk=pk)


def edited_document(actor: Actor, pk: int) -> Document:
    """Raises Http404."""
    found = seen_document(actor, pk)
    if not may_edit(actor, found):
        raise Http404
    return found


def may_edit(actor: Actor, shown: Document) -> bool:
    return reaches(actor, Action.EDIT_FILES, shown.organisation)


def _page(
    request: HttpRequest,
    shown: Document,
    form: VersionForm | None = None,
    *,
    sharing_form: ShareDocumentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, now = actor_of(request), real_now()
    versions = light(Version.objects.for_actor(actor).filter(document=shown))
    shares = (
        DocumentShare.objects.for_actor(actor)
        .filter(document=shown)
        .select_related("receiver", "owner", "shared_by", "withdrawn_by")
    )
    ours = is_ours(actor, shown)
    context: dict[str, Any] = {
        "document": shown,
        "sample": shown.case.sample,
        "ours": ours,
        # Whom only the document was shown learns the name of its case, and no more of it.
        "case_is_seen": Case.objects.for_actor(actor).filter(pk=shown.case_id).exists(),
        "versions": versions.order_by("-uploaded_at", "-pk"),
        "shares": [(s, sharing.runs(s, now)) for s in shares.order_by("-since", "-pk")],
    }
    if may_edit(actor, shown):
        context["form"] = form or VersionForm()
    if sharing.may_share_document(actor, shown) and shown.withdrawn_at is None:
        context["sharing_form"] = sharing_form or ShareDocumentForm(_receivers(actor, shown))
    return render(request, "web/document.html", context, status=status)


def _receivers(actor: Actor, shown: Document) -> list[Organisation]:
    known = sharing.of_the_case(actor, shown.case)
    return list(dict.fromkeys([*known, *sharing.receivers(actor)]))


def _without(request: HttpRequest, version: Version) -> HttpResponse:
    return render(request, "web/no_file.html", {"version": version}, status=500)


def _harmless(content_type: str) -> str:
    """No browser takes it for a page."""
    return OPAQUE if content_type == HTML.content_type else content_type
