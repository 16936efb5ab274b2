"""Which model is sent to change which: the body and the answer of one PUT, or of one POST."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from portalgen.docstrings import Section, docstring
from portalgen.escape import Code, SpecText
from portalgen.models import ModelView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portalgen.imports import Import
    from portalgen.models import EnumView, FieldView
    from portalgen.operations import OperationView
    from portalgen.shapes import TypeView

__all__ = ["InputView", "find_inputs"]

_MODEL = re.compile(r"""ModelOf\(['"][\w.]+:(\w+)['"]\)""")
_KEEP_UNKNOWN = (
    "keep_unknown (bool)",
    "Whether members are sent too that this version does not know; an input need not allow them.",
)


@attrs.frozen(kw_only=True)
class InputView:
    """The input that a model can be turned into.

    Attributes:
        model: The input.
        reference: Its class as core names it, `"package.module:Class"`.
        imports: What the method's annotations need.
        docstring: The method's docstring.
    """

    model: ModelView
    reference: Code
    imports: frozenset[Import]
    docstring: Code

    @property
    def parameters(self) -> Code:
        """What stands in the method's parentheses."""
        changes: list[str] = []
        for one in self.model.fields:
            none = "" if one.required else " | None"
            changes.append(f"{one.name}: {one.type.annotation} | Keep{none} = KEEP")
        return Code(", ".join(["self", "*", *changes, "keep_unknown: bool = False"]))

    @property
    def changes(self) -> Code:
        """The changes as a dict."""
        pairs = (f'"{one.name}": {one.name}' for one in self.model.fields)
        return Code(f"{{{', '.join(pairs)}}}")


def find_inputs(
    models: Sequence[ModelView | EnumView], operations: Sequence[OperationView], package: str
) -> dict[str, InputView]:
    """Find the input of each model that has one, and only one: that of its PUT, else of its POST.

    Args:
        models: The API's models.
        operations: Its operations.
        package: The import path of its models.

    Returns:
        The inputs, by the class name of the answer's model.
    """
    by_class = {view.class_name: view for view in models if isinstance(view, ModelView)}
    found: dict[tuple[str, str], dict[str, SpecText]] = {}
    for operation in operations:
        body = _class_of(operation.body_type)
        answer = _class_of(operation.answer_type)
        if operation.kind == "call" and body and answer and body != answer:
            found.setdefault((answer, operation.method), {}).setdefault(body, operation.id)
    inputs: dict[str, InputView] = {}
    for answer in dict.fromkeys(answer for answer, _ in found):
        bodies = found.get((answer, "PUT")) or found.get((answer, "POST"), {})
        if len(bodies) == 1:
            ((body, operation_id),) = bodies.items()
            inputs[answer] = _input(by_class[body], operation_id, package)
    return inputs


def _class_of(view: TypeView | None) -> str | None:
    """The class of a type that is one model: `Krav` of `ModelOf("….krav:Krav")`."""
    found = _MODEL.fullmatch(view.shape) if view else None
    return found[1] if found else None


def _input(model: ModelView, operation_id: SpecText, package: str) -> InputView:
    path = f"{package}.{model.module}"
    imports = {one for field in model.fields for one in field.type.imports}
    imports |= {(path, model.class_name), ("skifteportal.core.inputs", "Keep")}
    return InputView(
        model=model,
        reference=Code(f'"{path}:{model.class_name}"'),
        imports=frozenset(imports),
        docstring=docstring(
            f"Turn it into a {model.class_name}: what both have is copied, by its name in JSON.",
            SpecText(
                f"That is what {operation_id.raw} takes. A reference to a document becomes its id "
                "where an id is asked for. What is given wins; None means none."
            ),
            sections=(
                Section("Args", (*(_change(one) for one in model.fields), _KEEP_UNKNOWN)),
                Section(
                    "Raises",
                    (
                        (
                            "InvalidArgument",
                            "Something that must be sent is neither here nor given.",
                        ),
                    ),
                ),
            ),
            level=2,
        ),
    )


def _change(field: FieldView) -> tuple[str, str]:
    return f"{field.name} ({field.annotation})", "In place of the answer's."
