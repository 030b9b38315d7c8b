"""Addresses of the pages that all share."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.base import views

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("language/<str:lang>", views.language, name="language"),
]
