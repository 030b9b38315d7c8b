"""Addresses of units."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.units import views

app_name = "units"
urlpatterns = [
    path("", views.listed, name="list"),
    path("add", views.add, name="add"),
    path("<int:number>", views.change, name="change"),
]
