"""A client's methods as text: signature, docstring and the call into core."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from portalgen.ahead import note_for
from portalgen.docstrings import Line, Section, Text, docstring, join_texts
from portalgen.escape import Code, SpecText, literal
from portalgen.models import provenance_text, split_description

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portalgen.ahead import Ahead
    from portalgen.catalogue import CodeView
    from portalgen.operations import OperationView, ParameterView
    from portalgen.registry import Token

__all__ = ["Method", "build_methods"]

_OPTIONS = "Timeouts, deadline, retries and headers of this call; they win over the client's."
_FILE = "The file: a path, or a `File` with a name. Streamed; the portal is told its name."
_DOCUMENTS = (
    "Files to upload first, and documents that are stored already. If the call fails, the error's "
    "`documents` says what has been stored."
)
_STORE = "Where files are uploaded to; its credential must be this client's."
_RAISES_CREDENTIAL = ("CredentialError", "No token could be got.")
_RAISES_ARGUMENT = ("InvalidArgument", "An argument can't be sent; nothing was.")
_RAISES_TRANSPORT = (
    "TransportError",
    "No answer came (ConnectionFailed, CallTimeout, DeadlineExceeded).",
)
_RAISES_UNKNOWN = (
    "OutcomeUnknown",
    "The portal may have done it: look before you send it again.",
)
_RAISES_DECODE = ("DecodeError", "The answer is not what the specification says.")
_API_ERROR = (
    "The portal said no; the class tells the status (BadRequest, Unauthorized, Forbidden, "
    "NotFound, Conflict, Unprocessable, TooManyRequests, ServerError)."
)


@attrs.frozen(kw_only=True)
class Method:
    """A method of a client.

    Attributes:
        operation: Its operation.
        name: Its name.
        prefix: `def` or `async def`.
        parameters: What stands in its parentheses.
        returns: Its return annotation.
        docstring: Its docstring.
        call: The statement that calls core.
    """

    operation: OperationView
    name: str
    prefix: str
    parameters: Code
    returns: Code
    docstring: Code
    call: Code


def build_methods(
    operations: Sequence[OperationView],
    *,
    codes: Sequence[CodeView],
    ahead: Sequence[Ahead],
    token: Token,
    asynchronous: bool,
) -> tuple[Method, ...]:
    """Build the methods of one client.

    Args:
        operations: The API's operations.
        codes: The API's business error codes.
        ahead: What of the API is in test only.
        token: The kind of token it takes.
        asynchronous: For the asynchronous client.
    """
    return tuple(
        _Writer(operation, codes, ahead, token, asynchronous).method() for operation in operations
    )


@attrs.frozen
class _Writer:
    operation: OperationView
    codes: Sequence[CodeView]
    ahead: Sequence[Ahead]
    token: Token
    asynchronous: bool

    def method(self) -> Method:
        # Pages and downloads send nothing before they are used, so there is nothing to await.
        awaited = self.asynchronous and self.operation.kind not in {"pages", "download"}
        return Method(
            operation=self.operation,
            name=self.operation.method_name,
            prefix="async def" if awaited else "def",
            parameters=self._parameters(),
            returns=self._returns(),
            docstring=self._docstring(),
            call=self._call(awaited=awaited),
        )

    def _parameters(self) -> Code:
        operation = self.operation
        parts = ["self", *(f"{one.name}: {one.annotation}" for one in operation.path_parameters)]
        if operation.body:
            parts.append(f"{operation.body.name}: {operation.body.annotation}")
        if operation.upload:
            parts.append("file: FileInput")
        parts.append("*")
        for one in operation.query_parameters:
            default = "" if one.required else " = None"
            parts.append(f"{one.name}: {one.annotation}{default}")
        if operation.documents:
            prefix = "Async" if self.asynchronous else ""
            parts.append("documents: Sequence[DocumentInput] = ()")
            parts.append(f"store: {prefix}DocumentStore | None = None")
        parts.append("options: CallOptions | None = None")
        return Code(", ".join(parts))

    def _returns(self) -> Code:
        operation = self.operation
        prefix = "Async" if self.asynchronous else ""
        if operation.kind == "download":
            return Code(f"{prefix}Download")
        if operation.answer_type is None:
            return Code("None")
        if operation.kind == "pages":
            return Code(f"{prefix}Pages[{operation.answer_type.annotation}]")
        return operation.answer_type.annotation

    def _call(self, *, awaited: bool) -> Code:
        operation = self.operation
        arguments = [f"_operations.{operation.constant}"]
        path = [one.name for one in operation.path_parameters]
        if path:
            arguments.append(f"({', '.join(path)}{',' if len(path) == 1 else ''})")
        if operation.upload:
            arguments += [] if path else ["()"]
            arguments.append("file")
        elif operation.kind == "download" and not path:
            arguments.append("()")
        if operation.body:
            arguments.append(f"body={operation.body.name}")
        if operation.query_parameters:
            pairs = (f"{literal(one.json_name)}: {one.name}" for one in operation.query_parameters)
            arguments.append(f"query={{{', '.join(pairs)}}}")
        if operation.documents:
            arguments += ["documents=documents", "store=store"]
        arguments.append("options=options")
        kind = "call_with_documents" if operation.documents else operation.kind
        call = f"self._{kind}({', '.join(arguments)})"
        returned = "" if self._returns() == "None" else "return "
        return Code(f"{returned}{'await ' if awaited else ''}{call}")

    def _docstring(self) -> Code:
        operation = self.operation
        node = operation.node
        description = SpecText(str(node.get("description", "")))
        if node.get("summary"):
            summary: Text = SpecText(str(node["summary"]))
        else:
            summary, description = split_description(node, f"Call {operation.id.raw}.")
        return docstring(
            summary,
            description,
            join_texts("**Deprecated:**", operation.deprecated) if operation.deprecated else "",
            note_for(self.ahead, operation=operation.id.raw),
            Line(f"`{operation.method} {operation.path.raw}`"),
            provenance_text(node),
            sections=(
                Section("Args", self._argument_texts()),
                Section("Returns", self._return_text()),
                Section("Raises", self._raises()),
            ),
            level=2,
        )

    def _argument_texts(self) -> tuple[tuple[str, Text], ...]:
        operation = self.operation
        parameters: list[ParameterView] = [*operation.path_parameters]
        if operation.body:
            parameters.append(operation.body)
        texts: list[tuple[str, Text]] = [_described(one) for one in parameters]
        if operation.upload:
            kind = SpecText(f"Content type {operation.upload.raw}.")
            texts.append(("file (FileInput)", join_texts(_FILE, kind)))
        texts += [_described(one) for one in operation.query_parameters]
        if operation.documents:
            prefix = "Async" if self.asynchronous else ""
            place = f"Added to `{'[0].'.join(operation.documents)}`."
            texts.append(
                ("documents (Sequence[DocumentInput])", join_texts(_DOCUMENTS, SpecText(place)))
            )
            texts.append((f"store ({prefix}DocumentStore | None)", _STORE))
        texts.append(("options (CallOptions | None)", _OPTIONS))
        return tuple(texts)

    def _return_text(self) -> tuple[tuple[str, Text], ...]:
        operation = self.operation
        text = join_texts(operation.answer.text or "The answer")
        text = SpecText(text.raw if text.raw.endswith(".") else f"{text.raw}.")
        if operation.kind == "download":
            extra = "Nothing is sent before it is read or saved; errors are raised there."
        elif operation.kind == "pages":
            extra = "Pages fetch themselves while you iterate; errors are raised there."
        elif operation.answer_type is None:
            return ()
        else:
            extra = ""
        return ((str(self._returns()), join_texts(text, extra)),)

    def _raises(self) -> tuple[tuple[str, Text], ...]:
        operation = self.operation
        found: list[tuple[str, Text]] = [_RAISES_ARGUMENT]
        if self.token != "open":  # noqa: S105 - a kind of token
            found.append(_RAISES_CREDENTIAL)
        found.append(("ApiError", self._codes_text()))
        found.append(_RAISES_TRANSPORT)
        if not operation.repeatable:
            found.append(_RAISES_UNKNOWN)
        if operation.answer_type:
            found.append(_RAISES_DECODE)
        return tuple(found)

    def _codes_text(self) -> Text:
        own = [
            SpecText(f"{code.code.raw} ({code.text.raw})")
            for code in self.codes
            if code.side == "api" and self.operation.id.raw in code.operations
        ]
        if not own:
            return _API_ERROR
        listed = "; ".join(code.raw for code in own)
        return join_texts(_API_ERROR, SpecText(f"Codes: {listed}."))


def _described(parameter: ParameterView) -> tuple[str, Text]:
    kind = "str | UUID" if parameter.annotation == "Identifier" else parameter.annotation
    return f"{parameter.name} ({kind})", parameter.text
