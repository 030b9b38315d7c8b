"""Addresses of surveys: those of staff, and the short ones that stand on posters."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.surveys import public, views

app_name = "surveys"
urlpatterns = [
    path("s/<slug:slug>", public.answer, name="answer"),
    path("surveys/", views.listed, name="list"),
    path("surveys/example", views.example, name="example"),
    path("surveys/add", views.add, name="add"),
    path("surveys/<int:number>", views.show, name="show"),
    path("surveys/<int:number>/change", views.change, name="change"),
    path("surveys/<int:number>/preview", views.preview, name="preview"),
    path("surveys/<int:number>/release", views.release, name="release"),
    path("surveys/<int:number>/close", views.close, name="close"),
    path("surveys/<int:number>/poster", views.poster, name="poster"),
    path("surveys/<int:number>/results", views.results, name="results"),
    path("surveys/<int:number>/answers.<str:ending>", views.export, name="export"),
    path("surveys/<int:number>/import", views.bring, name="import"),
    path("surveys/<int:number>/study", views.study, name="study"),
]
