"""Addresses of studies."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.studies import uploads, views

app_name = "studies"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.begin, name="begin"),
    path("<int:number>/", views.show, name="show"),
    path("<int:number>/progress", views.progress, name="progress"),
    path("<int:number>/columns", views.columns, name="columns"),
    path("<int:number>/start", views.start, name="start"),
    path("<int:number>/erase", views.erase, name="erase"),
    path("<int:number>/report", views.report, name="report"),
    path("<int:number>/compare", views.compare, name="compare"),
    path("<int:number>/download/<str:what>", views.download, name="download"),
    path("<int:number>/upload", uploads.whole, name="upload"),
    path("<int:number>/parts", uploads.announce, name="announce"),
    path("<int:number>/parts/<int:upload>", uploads.part, name="part"),
]
