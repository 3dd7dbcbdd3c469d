"""The pages' addresses. Warnings, feeds and mails link to them: they do not change."""

from django.urls import URLPattern, path

from monitor.web.views.bases import base
from monitor.web.views.home import home
from monitor.web.views.impacts import impact
from monitor.web.views.measures import measure
from monitor.web.views.notices import notice
from monitor.web.views.operators import health
from monitor.web.views.search import search
from monitor.web.views.sources import sources

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("bases/<slug:code>/", base, name="base"),
    path("impacts/<int:pk>/", impact, name="impact"),
    path("measures/<int:pk>/", measure, name="measure"),
    path("notices/<int:pk>/", notice, name="notice"),
    path("search/", search, name="search"),
    path("sources/", sources, name="sources"),
    path("health", health, name="health"),
]
