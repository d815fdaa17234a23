"""Values: what stands below a field is its description wherever a schema is shown."""

from __future__ import annotations

from pydantic import Field

from evaluator.models.base import Value


class Berth(Value):
    """Where a ship lies."""

    number: int
    """Counted from the river.

    The first is 1.
    """
    length_m: float = Field(alias="length")
    """In metres."""
    name: str = Field(description="As painted on the wall.")
    """Not shown."""
    depth: int | None = None


class Quay(Berth):
    """A berth of a quay."""

    name: str
    """On its signs."""
    neighbour: Berth
    """The next one."""


def shown(model: type[Value]) -> dict[str, str | None]:
    properties = model.model_json_schema()["properties"]
    return {name: field.get("description") for name, field in properties.items()}


def test_the_text_below_a_field_is_its_description() -> None:
    assert shown(Berth) == {
        "number": "Counted from the river.\n\nThe first is 1.",
        "length": "In metres.",
        "name": "As painted on the wall.",
        "depth": None,
    }


def test_fields_keep_it_in_a_class_below_and_in_one_that_names_another() -> None:
    found = shown(Quay)
    assert found["number"] == shown(Berth)["number"]
    assert (found["name"], found["neighbour"]) == ("On its signs.", "The next one.")
    below = Quay.model_json_schema()["$defs"]["Berth"]["properties"]
    assert below["length"]["description"] == "In metres."


def test_a_class_without_a_source_has_a_schema_without_descriptions() -> None:
    space: dict[str, type[Value]] = {"Value": Value}
    exec("class Typed(Value):\n    number: int\n    'Counted.'\n", space)
    assert "description" not in space["Typed"].model_json_schema()["properties"]["number"]
