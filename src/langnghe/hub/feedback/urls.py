"""Addresses of the feedback line."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.feedback import public, views

app_name = "feedback"
urlpatterns = [
    path("", public.write, name="write"),
    path("read", public.read, name="read"),
    path("inbox", views.inbox, name="inbox"),
    path("inbox/<int:number>", views.letter, name="letter"),
    path("inbox/<int:number>/take", views.take, name="take"),
    path("inbox/<int:number>/assign", views.assign, name="assign"),
    path("inbox/<int:number>/answer", views.answer, name="answer"),
    path("inbox/<int:number>/close", views.close, name="close"),
    path("figures", views.told, name="figures"),
    path("figures/study.csv", views.export, name="export"),
    path("rules", views.rules, name="rules"),
    path("rules/<int:number>", views.rule, name="rule"),
]
