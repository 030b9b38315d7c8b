"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.people import passwords, views

app_name = "people"
urlpatterns = [
    path("", views.listed, name="list"),
    path("invite", views.invite, name="invite"),
    path("<int:number>", views.change, name="change"),
    path("<int:number>/password", passwords.link, name="reset"),
    path("password/<int:number>/<str:token>", passwords.choose, name="password"),
    path("join/<str:secret>", views.accept, name="accept"),
]
