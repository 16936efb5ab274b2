"""What else happens in a case when something is filed: deadlines are met, tasks done, numbers given."""

from skifteportal.sandbox.call import Call
from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.dissolution.deadlines import declaration_asked, runs
from skifteportal.sandbox.dissolution.parties import identity
from skifteportal.sandbox.identifiers import new_id

__all__ = ["appeal_numbered", "declaration_given", "open_task", "report_made"]


def open_task(call: Call, case: Case, kind: str) -> str:
    """Give the court a task, and return its id.

    Args:
        call: The call that gives it.
        case: The case.
        kind: As `opgaveType` has it.
    """
    now = call.world.clock.now_ns()
    task = Record(
        id=new_id(),
        kind="opgave",
        case=case.id,
        data={"type": kind, "status": "AKTIV"},
        created=now,
        changed=now,
    )
    case.add(task)
    return task.id


def appeal_numbered(call: Call, case: Case, record: Record) -> None:
    """Number an appeal as the court does, and file it under its case's number."""
    count = sum(1 for _ in case.of_kind("kaeremaal"))
    record.amend(call.world.clock.now_ns(), kaeremaalsnummer=f"{case.number}-{count}")


def report_made(call: Call, case: Case, record: Record) -> None:
    """Note that the task that asked for a report is done, and its deadline met."""
    now = call.world.clock.now_ns()
    task = case.records.get(str(record.data.get("opgaveId", "")).lower())
    if task is None or task.kind != "opgave":
        return
    record.task = task.id
    task.amend(now, status="UDFOERT")
    for deadline in case.of_kind("frist"):
        if deadline.data.get("opgaveId") == task.id:
            deadline.amend(now, status="OPFYLDT")


def declaration_given(call: Call, case: Case, record: Record) -> None:
    """Note that the request for a declaration is answered, and its deadline met; what ran out before stays so."""
    clock = call.world.clock
    who = identity(record.data["part"])
    for kind, status in (("erklaeringsanmodning", "UDFYLDT"), ("frist", "OPFYLDT")):
        for asked in declaration_asked(case, kind, who):
            if runs(asked, clock):
                asked.amend(clock.now_ns(), status=status)
