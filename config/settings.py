"""Django's settings, composed from the environment (config/environment.py)."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from config import logs
from config.environment import ROOT, Environment, load

ENVIRONMENT: Environment = load()
VAR = ENVIRONMENT.var.resolve()
VAR.mkdir(parents=True, exist_ok=True)


def _secret_key(path: Path) -> str:
    """The key of this installation; made on the first start, so that links in mails stay valid."""
    if not path.exists():
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = ENVIRONMENT.secret_key or _secret_key(VAR / "secret-key")
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", urlsplit(ENVIRONMENT.site_url).hostname or ""]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "monitor.accounts",
    "monitor.trail",
    "monitor.jobs",
    "monitor.sources",
    "monitor.notices",
    "monitor.search",
    "monitor.bases",
    "monitor.deadlines",
    "monitor.impact",
    "monitor.cases",
    "monitor.web",
    "alerts",
]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "monitor.accounts.walls.middleware.Walls",
    "monitor.accounts.entrance.signed_in.SignedIn",
    "monitor.trail.middleware.Recorded",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = ["monitor.accounts.entrance.backend.PeopleBackend"]
SESSION_ENGINE = "monitor.accounts.entrance.sessions"
HTTPS = ENVIRONMENT.site_url.startswith("https://")
# The server in front ends https. It has to set X-Forwarded-Proto itself; `fenghuo serve` takes the
# header from FENGHUO_TRUSTED_PROXY only.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.site_url.rstrip("/")] if HTTPS else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
PASSWORD_RESET_TIMEOUT = 2 * 3600
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    # What earlier versions made; the first sign-in makes it the above.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": "monitor.accounts.entrance.passwords.GuessabilityValidator"},
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "object-src": [NONE],
    }
}

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "monitor.web.menus.menu",
            ],
        },
    }
]

# SQLite: WAL lets pages be read while a room writes; IMMEDIATE takes the write lock at BEGIN, so
# that two rooms wait for each other instead of failing when the second one comes to write.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
    ),
}
DATABASES = {
    "default": dj_database_url.parse(
        ENVIRONMENT.database_url or f"sqlite:///{VAR / 'fenghuo.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    # A file, not memory: the tests are to meet the same locks as the installation.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}

LOGGING = logs.settings("WARNING")

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone

STATIC_URL = "static/"
# Straight from the apps: there is nothing to collect, and nothing that can be out of date.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_TIMEOUT = 30
if ENVIRONMENT.smtp_url:
    _smtp = urlsplit(ENVIRONMENT.smtp_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _smtp.hostname or "localhost"
    EMAIL_PORT = _smtp.port or (465 if _smtp.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(_smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
    EMAIL_USE_TLS = _smtp.scheme == "smtp" and bool(_smtp.username)

# --- What the rooms read, so that monitor and alerts need not import config ----------------------

FENGHUO_KEYS = tuple(key.strip() for key in (ENVIRONMENT.encryption_keys or "").split(",") if key)
FENGHUO_KEYS_FILE = VAR / "encryption-keys"
FENGHUO_SAMPLE_PEOPLE = ENVIRONMENT.sample_people
FENGHUO_PACES = {"export": "30/minute", "suggest": "600/minute", "upload": "60/minute"}
FENGHUO_BUNDLES = VAR / "bundles"
FENGHUO_INDEX = VAR / "index"
FENGHUO_UPLOADS = VAR / "uploads"
"""What people put into the files of cases."""
FENGHUO_LARGEST_UPLOAD = 200 * 2**20
"""Bytes of one file."""
# No address takes a file but those that say so (monitor/web/uploading.py).
FILE_UPLOAD_HANDLERS = ["monitor.web.uploading.Refusing"]
FENGHUO_ELASTICSEARCH = ENVIRONMENT.elasticsearch_url
FENGHUO_ELASTICSEARCH_OPTIONS = {
    "api_key": ENVIRONMENT.elasticsearch_api_key,
    "ca_certs": ENVIRONMENT.elasticsearch_ca,
    "prefix": ENVIRONMENT.elasticsearch_index,
    "shards": ENVIRONMENT.elasticsearch_shards,
    "replicas": ENVIRONMENT.elasticsearch_replicas,
}
FENGHUO_SOURCES = ROOT / "config" / "sources"
FENGHUO_LEVELS = ROOT / "config" / "levels.toml"
FENGHUO_DEADLINES = ROOT / "config" / "deadlines"
FENGHUO_PLAYBOOKS = ROOT / "config" / "playbooks"
FENGHUO_LETTERS = ROOT / "config" / "letters"
FENGHUO_COMMENTS = ROOT / "config" / "comments"
FENGHUO_BASES = ROOT / "config" / "bases.toml"
FENGHUO_CASES = ROOT / "config" / "cases.toml"
FENGHUO_PAST_CASES = ROOT / "config" / "past_cases"
FENGHUO_SITE_URL = ENVIRONMENT.site_url.rstrip("/")
FENGHUO_WEBHOOK_ALLOW_PRIVATE = ENVIRONMENT.webhook_allow_private
FENGHUO_OIDC_ALLOW_PRIVATE = ENVIRONMENT.oidc_allow_private
