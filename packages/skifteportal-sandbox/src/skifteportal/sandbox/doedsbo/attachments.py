"""Attachments (bilag) to registrations of any kind: uploaded, listed, downloaded, deleted (guide 4.3.4 and 4.3.5)."""

from skifteportal.sandbox.answers import Fault, json_answer
from skifteportal.sandbox.call import Call
from skifteportal.sandbox.documents import download, sent_name
from skifteportal.sandbox.doedsbo.kinds import Kind
from skifteportal.sandbox.doedsbo.registrations import check_open, registration_of, touch
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.store import Attachment, Registration

__all__ = ["add", "admit", "delete", "get", "get_all"]


def _described(kind: Kind, registration: Registration, found: Attachment) -> dict[str, str]:
    url = f"/doedsbojournaler/{registration.estate}/{kind.collection}/{registration.id}/bilag/{found.id}"
    return {"id": found.id, "filnavn": found.name, "url": url}


def add(kind: Kind, call: Call) -> Answer:
    """Attach a PDF file, named in Content-Disposition, which was looked through."""
    registration = admit(kind, call)
    found = Attachment(id=new_id(), name=sent_name(call), content=call.body)
    registration.attachments[found.id] = found
    touch(call, registration)
    status = call.world.settings.created_status
    return json_answer(status, _described(kind, registration, found))


def _open(kind: Kind, call: Call) -> Registration:
    """Return the registration that the path names, if its attachments may be changed: where a setting says so, f21, f22, f23."""
    registration = registration_of(kind, call)
    if call.world.settings.attachments_follow_deadlines:
        check_open(kind, call, registration)
    return registration


def admit(kind: Kind, call: Call) -> Registration:
    """Return the registration that a file is for, if it has a name and the registration has room for it: doedsbo.f19."""
    registration = _open(kind, call)
    sent_name(call)
    most = call.world.settings.max_attachments
    if len(registration.attachments) >= most:
        raise call.refuse("doedsbo.f19", str(most))
    return registration


def get_all(kind: Kind, call: Call) -> Answer:
    """List a registration's attachments: id, file name and address."""
    registration = registration_of(kind, call)
    return json_answer(
        200, [_described(kind, registration, found) for found in registration.attachments.values()]
    )


def _attachment_of(registration: Registration, call: Call) -> Attachment:
    found = registration.attachments.get(call.parameters.path["bilagId"].lower())
    if found is None:
        raise Fault(404, "Bilaget findes ikke", field="bilagId")
    return found


def get(kind: Kind, call: Call) -> Answer:
    """Download an attachment."""
    found = _attachment_of(registration_of(kind, call), call)
    return download(found.name, found.content)


def delete(kind: Kind, call: Call) -> Answer:
    """Delete an attachment."""
    registration = _open(kind, call)
    del registration.attachments[_attachment_of(registration, call).id]
    touch(call, registration)
    return Answer(status=call.world.settings.deleted_status)
