"""Templates of letters: those that everybody has, and a chamber's own in their place."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.files.kinds import DOCX
from monitor.cases.files.packages import Refused
from monitor.cases.letters import own
from monitor.cases.letters.catalog import LANGUAGES, catalog
from monitor.cases.letters.templates import LARGEST, Fault
from monitor.cases.models import LetterTemplate
from monitor.web.cases.letters.forms import TemplateForm
from monitor.web.clock import real_now
from monitor.web.paces import paced
from monitor.web.uploading import received, takes_a_file


@require_safe
@needs(Action.EDIT_FILES)
def letter_templates(request: HttpRequest) -> HttpResponse:
    return _page(request, _keeper(request))


@require_safe
@needs(Action.EDIT_FILES)
def letter_template(request: HttpRequest, letter: str, language: str) -> HttpResponse:
    """The common one, to be changed in Word; with `?own=` that of the organisation, by its key."""
    actor = _keeper(request)
    sort = catalog().sorts.get(letter)
    if sort is None or language not in LANGUAGES:
        raise Http404
    name, content = f"{letter}.{language}.docx", b""
    if (key := request.GET.get("own", "")).isdecimal():
        rows = LetterTemplate.objects.for_actor(actor).filter(organisation=actor.organisation)
        row = get_object_or_404(rows, pk=key, letter=letter, language=language)
        name, content = row.name, bytes(row.content)
    response = HttpResponse(
        content or catalog().template(letter, language), content_type=DOCX.content_type
    )
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""  # noqa: FBT003 - its signature
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _may_add(request: HttpRequest) -> None:
    _keeper(request)


@require_POST
@needs(Action.EDIT_FILES)
@paced("upload")
@takes_a_file(_may_add)
def add_letter_template(request: HttpRequest) -> HttpResponseBase:
    actor = _keeper(request)
    form = TemplateForm(catalog().manifest.letters, request.POST, request.FILES)
    try:
        upload = _uploaded(request)
        if form.is_valid():
            given = form.cleaned_data
            sort = catalog().sorts[given["letter"]]
            own.keep(actor, catalog(), sort, given["language"], upload, real_now())
            messages.success(request, _("Your letters are made from it from now on."))
            return redirect("letter_templates")
    except Refused as refused:
        form.is_valid()
        form.refuse_for([Fault(refused.code)])
    except own.FaultyError as error:
        form.refuse_for(error.faults)
    return _page(request, actor, form, status=400)


@require_POST
@needs(Action.EDIT_FILES)
def end_letter_template(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = _keeper(request)
    rows = LetterTemplate.objects.for_actor(actor).filter(organisation=actor.organisation)
    own.put_aside(actor, get_object_or_404(rows, pk=pk, ended_at=None), real_now())
    messages.success(request, _("Your letters are made from the common template again."))
    return redirect("letter_templates")


def _uploaded(request: HttpRequest) -> own.Upload:
    """Raises `Refused`."""
    name, part = received(request)
    if part.size > LARGEST:
        raise Refused("too_large")
    part.finish()
    return own.Upload(name, part.path.read_bytes())


def _keeper(request: HttpRequest) -> Actor:
    """Raises Http404 where they keep none."""
    actor = actor_of(request)
    if not own.may_keep(actor):
        raise Http404
    return actor


def _page(
    request: HttpRequest, actor: Actor, form: TemplateForm | None = None, status: int = 200
) -> HttpResponse:
    known = catalog()
    rows = list(own.all_of(actor))
    context: dict[str, Any] = {
        "sorts": [
            (sort, [(name, known.blanks[name]) for name in sort.all_fields])
            for sort in known.manifest.letters
        ],
        "languages": LANGUAGES,
        "kept": [(row, known.sorts.get(row.letter)) for row in rows],
        "form": form or TemplateForm(known.manifest.letters),
    }
    return render(request, "web/letter_templates.html", context, status=status)
