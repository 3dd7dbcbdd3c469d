"""Public pages: unsubscribing without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alerts.models import Channel
from alerts.recipients import unsubscribe as stop
from monitor.accounts.walls.door import opened


# Exempt: mail programs post "List-Unsubscribe=One-Click" (RFC 8058) without a cookie. What is
# proven is the knowledge of the channel's token. A GET changes nothing, because the scanners of
# mail gateways follow every link.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    channels = Channel.objects.for_bearer(token=token).select_related("recipient")
    channel = get_object_or_404(channels)
    if request.method == "POST":
        with opened():  # whoever knows the token may
            stop(channel)
    context = {"channel": channel, "done": not channel.enabled}
    response = render(request, "alerts/unsubscribe.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
