"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.people import views

app_name = "people"
urlpatterns = [
    path("", views.listed, name="list"),
    path("invite", views.invite, name="invite"),
    path("<int:number>", views.change, name="change"),
    path("join/<str:secret>", views.accept, name="accept"),
]
