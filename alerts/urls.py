"""Public addresses: feeds, and unsubscribing."""

from django.urls import URLPattern, path

from alerts.feeds import base_feed
from alerts.own import own_reminders
from alerts.sentinel_feed import sentinel_feed
from alerts.views import unsubscribe

urlpatterns: list[URLPattern] = [
    path("feeds/bases/<slug:code>.atom", base_feed, name="base_feed"),
    path("feeds/sentinels/<str:token>.atom", sentinel_feed, name="sentinel_feed"),
    path("account/reminders/", own_reminders, name="own_reminders"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
]
