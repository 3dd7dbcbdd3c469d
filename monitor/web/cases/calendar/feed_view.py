"""The legal dates of somebody's cases, for a calendar program, which cannot sign in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from monitor.accounts.secrets.links import bearer
from monitor.accounts.walls.policy import Action
from monitor.web.cases.calendar.feed import calendar, dates
from monitor.web.clock import real_now, today

LANGUAGES = {"zh": "zh-hans", "en": "en"}


@require_safe
@cache_control(private=True, max_age=0)
def case_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """`?lang=zh|en`, default zh. Whoever knows the secret of a link reads what its person reads;
    whoever has signed in beside counts for nothing."""
    actor = bearer(secret, real_now())
    if actor is None or not actor.whose(Action.READ_CASES):
        raise Http404
    with translation.override(_language(request)):
        body = calendar(dates(actor, today()))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="fenghuo.ics"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _language(request: HttpRequest) -> str:
    lang = request.GET.get("lang", "zh")
    if lang not in LANGUAGES:
        raise Http404("lang: zh or en")
    return LANGUAGES[lang]
