"""The addresses of the hub; who may see which is written in `langnghe.hub.roles`."""

from __future__ import annotations

from django.urls import include, path

from langnghe.hub.people.account import account

urlpatterns = [
    path("", include("langnghe.hub.surveys.urls")),  # first: hundreds may be answering in the same minute
    path("", include("langnghe.hub.base.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", account, name="mfa_index"),  # instead of allauth's
    path("account/2fa/", include("allauth.mfa.urls")),
    path("people/", include("langnghe.hub.people.urls")),
    path("units/", include("langnghe.hub.units.urls")),
    path("feedback/", include("langnghe.hub.feedback.urls")),
    path("studies/", include("langnghe.hub.studies.urls")),
    path("issues/", include("langnghe.hub.issues.urls")),
    path("coding/", include("langnghe.hub.coding.urls")),
    path("checks/", include("langnghe.hub.checks.urls")),
    path("audit/", include("langnghe.hub.audit.urls")),
]
handler403 = "langnghe.hub.base.views.forbidden"
handler404 = "langnghe.hub.base.views.missing"
handler500 = "langnghe.hub.base.views.broken"
