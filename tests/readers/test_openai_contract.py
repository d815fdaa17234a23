"""Every request body is valid by OpenAI's published description, whatever the endpoint made us drop."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from evaluator.readers.messages import build_messages
from evaluator.readers.parameters import FORMS, Effort, EndpointCapabilities, ModelOptions, Tier

from .test_llm import request

_FILE = Path(__file__).resolve().parents[1] / "peers" / "openai_chat.json"
DESCRIPTION: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
CHAT = {**DESCRIPTION, "$ref": "#/components/schemas/CreateChatCompletionRequest"}


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(CHAT)


def known_fields(schema: dict[str, Any]) -> set[str]:
    """Names of all fields of a component, through its parts."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return known_fields(DESCRIPTION["components"]["schemas"][name])
    found = set(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        found |= known_fields(part)
    return found


def bodies() -> list[dict[str, Any]]:
    """Bodies over all forms, with and without everything a user can set."""
    messages = build_messages(request())
    again = [*messages, {"role": "user", "content": "The last reply was not valid."}]
    made = []
    for form, effort, tier, dropped in product(
        range(len(FORMS)), [None, *get_args(Effort)], [None, *get_args(Tier)], [set(), {"max_completion_tokens"}]
    ):  # fmt: skip
        options = ModelOptions(model="gpt-6-luna", base_url="http://x/v1", effort=effort, service_tier=tier, temperature=0.2)  # fmt: skip
        arguments = EndpointCapabilities(form=form, dropped=set(dropped)).arguments(options, 4_000)
        made.append({"model": options.model, "messages": again, **arguments})
    return made


def test_bodies_are_valid_and_hold_no_unknown_field() -> None:
    check, fields = validator(), known_fields(CHAT)
    assert {"model", "messages", "response_format", "max_completion_tokens"} <= fields
    for body in bodies():
        check.validate(body)
        assert set(body) <= fields


@pytest.mark.parametrize(
    "spoil",
    [
        {"model": None},
        {"messages": []},
        {"messages": [{"role": "wizard", "content": "x"}]},
        {"response_format": {"type": "json_schema", "json_schema": {"schema": {}}}},
        {"max_completion_tokens": "many"},
        {"temperature": 9},
    ],
)
def test_the_check_would_notice(spoil: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        validator().validate({**bodies()[0], **spoil})
