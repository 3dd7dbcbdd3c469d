"""The pages' addresses. Warnings, feeds and mails link to them: they do not change."""

from django.urls import URLPattern, path, re_path

from monitor.web.views.bases import base
from monitor.web.views.captures import capture
from monitor.web.views.exports import export
from monitor.web.views.home import home
from monitor.web.views.impacts import impact
from monitor.web.views.measures import measure
from monitor.web.views.notices import notice
from monitor.web.views.operators import health
from monitor.web.views.search import search, suggest
from monitor.web.views.sources import sources
from monitor.web.views.versions import version

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("bases/<slug:code>/", base, name="base"),
    path("impacts/<int:pk>/", impact, name="impact"),
    path("measures/<int:pk>/", measure, name="measure"),
    path("notices/<int:pk>/", notice, name="notice"),
    path("notices/<int:pk>/versions/<int:number>/", version, name="version"),
    path("captures/<int:pk>/", capture, name="capture"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="suggest"),
    re_path(r"^search/export\.(?P<kind>csv|xlsx)$", export, name="export"),
    path("sources/", sources, name="sources"),
    path("health", health, name="health"),
]
