"""Django's settings of the hub.

What differs between instances comes from the environment: LANGNGHE_HUB, DATABASE_URL, LANGNGHE_HOSTS (names that it is reached by, separated by commas) and LANGNGHE_HTTPS=1 behind a proxy that speaks HTTPS.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url

from langnghe.hub.instance import Instance
from langnghe.hub.roles import LONGEST

INSTANCE = Instance.from_environment()
HTTPS = os.environ.get("LANGNGHE_HTTPS") == "1"

DEBUG = False
SECRET_KEY = INSTANCE.secret() if INSTANCE.folder.is_dir() else secrets.token_urlsafe(64)
ALLOWED_HOSTS = [name for name in os.environ.get("LANGNGHE_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "langnghe.hub.base",  # before allauth: its templates come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "langnghe.hub.audit",
    "langnghe.hub.units",
    "langnghe.hub.people",
    "langnghe.hub.surveys",
    "langnghe.hub.feedback",
    "langnghe.hub.studies",
    "langnghe.hub.issues",
    "langnghe.hub.coding",
]

MIDDLEWARE = [
    "langnghe.hub.base.middleware.security_headers",
    "langnghe.hub.base.middleware.no_marks",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "langnghe.hub.base.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "langnghe.hub.people.sessions.limits",
    "langnghe.hub.base.middleware.gate",
]

ROOT_URLCONF = "langnghe.hub.urls"
WSGI_APPLICATION = "langnghe.hub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "langnghe.hub.base.context.page",
            ],
            "builtins": ["langnghe.hub.base.templatetags.say"],
        },
    }
]

# ---- database: SQLite with one writer at a time, or PostgreSQL ---------------------------------------------------------

DATABASES: dict[str, Any] = {"default": dj_database_url.parse(INSTANCE.database_url, conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # addresses live in memory alone
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DAILY = [  # functions that run every day: see `langnghe.hub.base.daily`
    "langnghe.hub.feedback.duties.daily",
    "langnghe.hub.surveys.models.erase_old",
    "langnghe.hub.people.sessions.erase_old",
    "langnghe.hub.base.scrub.scrub_all",
]

# ---- people ------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"langnghe.hub.people.rules.{name}"} for name in ("LongEnough", "NotCommon", "NotLikeTheName", "OwnWords")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "langnghe.hub.people.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "langnghe.hub.people.entrance.LoginForm",
    "reauthenticate": "langnghe.hub.people.entrance.AgainForm",
    "change_password": "langnghe.hub.people.entrance.ChangeForm",
}
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an instance may have no mail; accounts are made by invitation alone
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "langnghe.hub.people.second.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Lắng Nghe"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "langnghe.hub.people.entrance.CodeForm",
    "reauthenticate": "langnghe.hub.people.entrance.CodeAgainForm",
    "activate_totp": "langnghe.hub.people.entrance.ActivateForm",
}
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,6/15m/key"}  # counted in memory, never stored

# ---- what a browser is told --------------------------------------------------------------------------------------------

SESSION_ENGINE = "langnghe.hub.people.sessions"
SESSION_COOKIE_AGE = LONGEST * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:  # a browser takes cookies of these names from this host alone, over HTTPS alone
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = (
    "same-origin"  # "no-referrer" would make browsers send forms as from nowhere, which CSRF refuses
)
CSRF_FAILURE_VIEW = "langnghe.hub.base.views.stale"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS = ["langnghe.hub.base.uploads.Limited"]
FILE_UPLOAD_TEMP_DIR = (
    str(INSTANCE.uploads) if INSTANCE.uploads.is_dir() else None
)  # never in a folder that others share

# ---- language, time, files ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
STATIC_URL = "/static/"
STATICFILES_DIRS = [("faces", str(Path(__file__).resolve().parent.parent / "report" / "faces"))]
WHITENOISE_USE_FINDERS = True

# ---- logs: what happened, never who or what was written ----------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "langnghe": {"level": "INFO"},
        "django.request": {"level": "ERROR"},  # the minute of a mistyped receipt code is nobody's business
        "django.security.csrf": {"level": "ERROR"},  # nor is that of a visitor with an old cookie
    },
}
