"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.people import account, passwords, views

app_name = "people"
urlpatterns = [
    path("", views.listed, name="list"),
    path("invite", views.invite, name="invite"),
    path("<int:number>", views.change, name="change"),
    path("<int:number>/password", passwords.link, name="reset"),
    path("password/<int:number>/<str:token>", passwords.choose, name="password"),
    path("sessions/end", account.end_own, name="end"),
    path("sessions/end-all", account.end_all, name="end_all"),
    path("join/<str:secret>", views.accept, name="accept"),
]
