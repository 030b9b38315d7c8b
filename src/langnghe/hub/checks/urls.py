"""Addresses of published checks: those that the pages themselves link to."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.checks import views

app_name = "checks"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:name>", views.page, name="page"),
    path("checks/<str:name>", views.check, name="check"),
]
