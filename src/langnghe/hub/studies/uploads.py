"""Uploading a file: in one go, or in parts that go on where a weak network broke them off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from langnghe.hub.audit.models import record
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.studies import jobs
from langnghe.hub.studies.forms import FileForm
from langnghe.hub.studies.models import MOST_BYTES, State, Study, Upload, safe_name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from langnghe.hub.people.models import Person

PART = 1_000_000
"""Bytes of a part."""


@require_POST
def whole(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file in one go; works without JavaScript."""
    from langnghe.hub.studies.views import shown  # noqa: PLC0415 - the page to show again where the file is refused

    study = get_object_or_404(Study, pk=number)
    form = FileForm(request.POST, request.FILES)
    if study.is_at_work or not form.is_valid():
        return shown(request, study, file_form=form)
    file = form.cleaned_data["file"]
    upload = _begun(study, file.name, file.size)
    for piece in file.chunks(PART):
        upload.append(piece)
    _finish(request, study, upload)
    return redirect("studies:show", number)


@require_POST
def announce(request: HttpRequest, number: int) -> JsonResponse:
    """Say which file will come in parts. The one of the same name and size that was broken off goes on."""
    study = get_object_or_404(Study, pk=number)
    told = _json(request)
    size = told.get("size")
    if study.is_at_work or not isinstance(size, int) or not 0 < size <= MOST_BYTES:
        said = say("Tệp rỗng hoặc lớn hơn 200 MB.", "The file is empty or larger than 200 MB.")
        return JsonResponse({"error": said}, status=409)
    name = safe_name(str(told.get("name", "")))
    broken_off = study.uploads.filter(name=name, size=size, whole=False, erased=None).last()
    upload = broken_off or _begun(study, name, size)
    return JsonResponse({"upload": upload.pk, "received": upload.received, "part": PART})


@require_http_methods(["PUT"])
def part(request: HttpRequest, number: int, upload: int) -> JsonResponse:
    """Take the part that begins at ?from=; one that is there already, or that leaves a gap, is not taken."""
    with transaction.atomic():
        entry = get_object_or_404(Upload.objects.select_for_update(), pk=upload, study=number, whole=False, erased=None)
        data = request.body
        start = request.GET.get("from", "")
        if start == str(entry.received) and len(data) <= PART and entry.received + len(data) <= entry.size:
            entry.append(data)
        if entry.received == entry.size:
            _finish(request, entry.study, entry)
    return JsonResponse({"received": entry.received, "whole": entry.whole})


def _begun(study: Study, name: str, size: int) -> Upload:
    """A new upload; a file that waited to be read gives way to it."""
    for before in study.uploads.filter(erased=None):
        before.erase()
    return Upload.objects.create(study=study, name=safe_name(name), size=size)


def _finish(request: HttpRequest, study: Study, upload: Upload) -> None:
    upload.whole = True
    upload.save(update_fields=["whole"])
    record(cast("Person", request.user), "study.uploaded", study.pk)
    study.become(State.READING, reading={}, fault={})
    jobs.look.enqueue(study.pk)


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body)
    except ValueError as fault:
        raise BadRequest from fault
    if not isinstance(told, dict):
        raise BadRequest
    return told
