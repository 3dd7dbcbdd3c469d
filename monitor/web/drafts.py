"""Half-typed work in the forms of pages: kept while somebody types, offered to them when they open
the form again, thrown away when it was handed in. Without a script forms work as they did.

A form takes part by four things:

- the view that shows it calls `offer(request, {address: form}, page)`, `address` where the form is
  sent to (with a `#` and a word behind it where several are sent there), `page` where it is shown;
- the view that takes it is `@handed_in` (right above the function) and, where it refuses the form,
  shows it again by way of `offer`;
- its element has an `id`;
- `{% include "web/parts/draft.html" with form_id="that id" %}` stands before the element, where the
  variable `form` is the form.

Fields that are hidden are kept too, so that what a form was made of is known when it is taken up
again. A form with a password or a secret in it does not take part.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from secrets import token_urlsafe
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDict
from django.utils.text import Truncator

from monitor.accounts.walls.gates import actor_of
from monitor.cases import drafts
from monitor.cases.models import Draft
from monitor.web.text import tame

KEY, OF = "draft_key", "draft_of"
"""Of a form that is sent: which opening of it; where it is sent to."""
TAKEN = "draft"
"""Of a page's address: the primary key of the draft that is taken up."""
DONE = "draft_done"
"""The cookie that tells the page's script which draft was handed in: it holds a key, no text."""
SHOWN = 3
GLIMPSE = 160

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True)
class Kept:
    """`glimpse`: the beginning of the longest text in which it differs from the form, by which its
    writer knows it again."""

    draft: Draft
    glimpse: str

    @property
    def fields(self) -> str:
        """As JSON: by these the page's script knows whether the server has what the browser has."""
        return json.dumps(self.draft.fields)


@dataclass(frozen=True)
class Offer:
    """`key`: of this opening; `kept`: of earlier ones, newest first; `taken`: the one that the form
    is filled from."""

    address: str
    page: str
    key: str
    kept: Sequence[Kept]
    taken: Draft | None


def offer(request: HttpRequest, forms_: Mapping[str, forms.Form], page: str) -> None:
    """Give each form, by the address that it is sent to, its `draft`, an `Offer`; fill the one from
    what the reader takes up (`?draft=`), unless it was sent. One query."""
    found = drafts.kept(actor_of(request), forms_)
    for address, form in forms_.items():
        kept = found.get(address, [])
        taken = None if form.is_bound else _taken(request, kept)
        if taken is not None:
            _fill(form, taken)
        key = _key(request, address, form, taken)
        others = [Kept(each, _glimpse(form, each)) for each in kept if each.key != key][:SHOWN]
        form.draft = Offer(address, page, key, others, taken)  # type: ignore[attr-defined]


def handed_in(view: View[P]) -> View[P]:
    """The view takes a form; where it sends the reader on, the form was handed in, and what was
    kept of it is thrown away."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        key = request.POST.get(KEY, "")
        if key and 300 <= response.status_code < 400:
            drafts.throw_away(actor_of(request), key)
            response.set_cookie(DONE, key, max_age=3600, samesite="Lax")
        return response

    return asked


def typed(data: QueryDict) -> dict[str, list[str]]:
    """The fields of a form as a draft keeps them."""
    apart = {KEY, OF, "csrfmiddlewaretoken"}
    return {name: data.getlist(name) for name in data if name not in apart}


def _glimpse(form: forms.Form, draft: Draft) -> str:
    """Of a choice or a number there is nothing to be shown."""
    written = {bound.html_name: bound.initial for bound in form if _is_text(bound.field)}
    texts = [
        text
        for name, initial in written.items()
        for text in draft.fields.get(name, ())
        if text != str(initial or "")
    ]
    return tame(Truncator(max(texts, key=len, default="")).chars(GLIMPSE))


def _is_text(field: forms.Field) -> bool:
    return type(field) is forms.CharField and not field.widget.is_hidden


def _taken(request: HttpRequest, kept: Sequence[Draft]) -> Draft | None:
    asked = request.GET.get(TAKEN)
    return next((draft for draft in kept if str(draft.pk) == asked), None)


def _key(request: HttpRequest, address: str, form: forms.Form, taken: Draft | None) -> str:
    if taken is not None:
        return taken.key
    if (
        form.is_bound
        and request.path == address.partition("#")[0]
        and (key := request.POST.get(KEY))
    ):
        return key
    return token_urlsafe(12)


def _fill(form: forms.Form, draft: Draft) -> None:
    """With the values as they were typed, right or wrong."""
    data: MultiValueDict[str, Any] = MultiValueDict(draft.fields)
    for name, field in form.fields.items():
        full = form.add_prefix(name)
        if not field.widget.value_omitted_from_data(data, MultiValueDict(), full):
            form.initial[name] = field.widget.value_from_datadict(data, MultiValueDict(), full)
