"""A provider of OpenID Connect: django-oauth-toolkit as it is, with one client and some people.

`PROVIDER` (environment) names a folder: `state.json` says who the people are and what is said of
them, and holds the keys, the first of which signs. It is read anew at every question.
"""

import json
import os
from pathlib import Path

FOLDER = Path(os.environ["PROVIDER"])
STATE = FOLDER / "state.json"
_KEYS = json.loads(STATE.read_text(encoding="utf-8"))["keys"]

SECRET_KEY = "of the provider in the tests only, and of nothing else"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.provider.urls"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "oauth2_provider",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
SESSION_COOKIE_NAME = "provider"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "db.sqlite3"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_PAGE = (
    '<!doctype html><html lang="en"><title>Sign in there</title><form method="post">'
    "{% csrf_token %}{{ form.as_p }}<button>Sign in</button></form></html>"
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.locmem.Loader", {"registration/login.html": _PAGE}),
                "django.template.loaders.app_directories.Loader",
            ]
        },
    }
]
LOGIN_URL = "/login/"
OAUTH2_PROVIDER = {
    "OIDC_ENABLED": True,
    "OIDC_RSA_PRIVATE_KEY": _KEYS[0],
    "OIDC_RSA_PRIVATE_KEYS_INACTIVE": _KEYS[1:],
    "SCOPES": {"openid": "openid", "email": "email", "profile": "profile"},
    "OAUTH2_VALIDATOR_CLASS": "tests.provider.saying.Validator",
    "ALLOWED_SCHEMES": ["https", "http"],
    "PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
}
