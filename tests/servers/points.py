"""What GitHub's rate limit would charge for a GraphQL query, by the formula it documents.

Each connection counts as often as its parents' ``first`` says; a hundred of these are a point.
"""

from __future__ import annotations

from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    parse,
)
from graphql.language import Node


def points(query: str, variables: dict[str, Any]) -> int:
    """Points of one request, at least one."""
    document = parse(query)
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    values = {
        v.variable.name.value: int(v.default_value.value)
        for v in operation.variable_definitions or ()
        if isinstance(v.default_value, IntValueNode)
    }
    asked = _fetches(operation.selection_set, 1, {**values, **variables}, _fragments(document))
    return max(1, round(asked / 100))


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}


def _fetches(
    selections: SelectionSetNode | None,
    times: int,
    variables: dict[str, Any],
    fragments: dict[str, FragmentDefinitionNode],
) -> int:
    total = 0
    for selection in selections.selections if selections else ():
        if isinstance(selection, FragmentSpreadNode):
            inner = fragments[selection.name.value].selection_set
            total += _fetches(inner, times, variables, fragments)
        elif isinstance(selection, InlineFragmentNode):
            total += _fetches(selection.selection_set, times, variables, fragments)
        elif isinstance(selection, FieldNode):
            total += _of_field(selection, times, variables, fragments)
    return total


def _of_field(
    field: FieldNode,
    times: int,
    variables: dict[str, Any],
    fragments: dict[str, FragmentDefinitionNode],
) -> int:
    given = {a.name.value: a.value for a in field.arguments or ()}
    size, own = 1, 0
    if "first" in given:
        size, own = int(_value(given["first"], variables)), times
    elif "ids" in given:
        size, own = len(_value(given["ids"], variables)), times
    return own + _fetches(field.selection_set, times * size, variables, fragments)


def _value(node: Node, variables: dict[str, Any]) -> Any:
    if isinstance(node, VariableNode):
        return variables[node.name.value]
    assert isinstance(node, IntValueNode)
    return node.value
