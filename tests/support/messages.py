"""The messages of errors that a user can meet, collected from the source of the program."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[2] / "alescrawl"
ERRORS = (
    *("ArgumentError", "DatasetError", "OlderLedgerError", "HeldError", "UsageError"),
    *("OwnNamesError", "SpacyTaggerError", "ExplorationError"),
)


class Message(NamedTuple):
    """Where an error is raised, and what it says; ``…`` stands for what is told of the case."""

    place: str
    text: str


def messages() -> list[Message]:
    return sorted(
        found for path in PACKAGE.rglob("*.py") for found in _of_module(path) if found.text
    )


def _of_module(path: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS and node.args:
            place = f"{path.relative_to(PACKAGE)}:{node.lineno}"
            yield Message(place, _text(node.args[0], constants))


def _text(node: ast.expr, constants: dict[str, ast.expr]) -> str:
    """Return what *node* says, as far as the module itself tells."""
    match node:
        case ast.Constant(value=value):
            text = str(value)
        case ast.JoinedStr(values=parts):
            text = "".join(_text(part, constants) for part in parts)
        case ast.FormattedValue(value=ast.Name(id=name)) if name in constants:
            text = _text(constants[name], constants)
        case ast.BinOp(left=left, right=right):
            text = _text(left, constants) + _text(right, constants)
        case ast.Name(id=name) if name in constants:
            text = _text(constants[name], constants)
        case ast.Call(func=ast.Attribute(value=value, attr="format")):
            text = _text(value, constants)
        case ast.FormattedValue():
            text = "…"
        case _:
            text = ""
    return text
