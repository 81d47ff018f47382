"""Write docs/assessment.schema.json from the model; `--check` only says whether it is stale."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from privscan.model.assessment import SCHEMA, Assessment, Threshold
from privscan.model.finding import Finding
from privscan.model.kinds import Level
from privscan.model.profile import Risk
from privscan.model.report import Report

FILE = Path(__file__).parent / "assessment.schema.json"

REPORT = "urn:privscan:report:1"
ELSEWHERE = {
    Report: REPORT,
    Finding: f"{REPORT}#/$defs/finding",
    Risk: f"{REPORT}#/$defs/risk",
    Level: f"{REPORT}#/$defs/level",
}
"""Shapes that the schema of reports has."""

COUNTED = {Threshold: ("met", "open")}
"""Counts that are written beside a shape's fields."""

PLAIN: Mapping[Any, Mapping[str, str]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
}
SAID = {
    "description": "A text in each language.",
    "type": "object",
    "required": ["en", "ja"],
    "additionalProperties": {"type": "string"},
}


def schema() -> dict[str, Any]:
    """The schema of an assessment: every key that is written is asked for, more may come."""
    shapes: dict[str, Any] = {"text": SAID}
    whole = shape(Assessment, shapes)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:privscan:assessment:1",
        "title": SCHEMA,
    }
    about = (
        "What an impact assessment by privscan holds. Within version 1 keys are only added, so a "
        "reader passes over keys that it does not know. The report inside is valid by "
        "report.schema.json. No raw value of the data is anywhere in it."
    )
    whole["required"] = ["schema", *whole["required"]]
    whole["properties"] = {"schema": {"const": SCHEMA}, **whole["properties"]}
    return {**head, "description": about, **whole, "$defs": dict(sorted(shapes.items()))}


def shape(made: type, shapes: dict[str, Any]) -> dict[str, Any]:
    """An object with the fields of a class of the model."""
    hints = get_type_hints(made)
    keys = {field.name: value(hints[field.name], shapes) for field in fields(made)}
    keys |= {key: {"type": "integer", "minimum": 0} for key in COUNTED.get(made, ())}
    return {"type": "object", "required": [*keys], "properties": keys}


def value(hint: Any, shapes: dict[str, Any]) -> dict[str, Any]:
    """What a value of that annotation is in JSON; classes become definitions."""
    if hint in ELSEWHERE:
        return {"$ref": ELSEWHERE[hint]}
    if hint in PLAIN:
        return dict(PLAIN[hint])
    if get_origin(hint) is UnionType:
        return {"anyOf": [value(one, shapes) for one in get_args(hint)]}
    if get_origin(hint) is tuple:
        return sequence(get_args(hint), shapes)
    if get_origin(hint) is Mapping or get_origin(hint) is dict:
        return {"$ref": "#/$defs/text"}
    name = hint.__name__[0].lower() + hint.__name__[1:]
    if name not in shapes:
        shapes[name] = {}
        about = {"description": " ".join((hint.__doc__ or "").split())}
        if isinstance(hint, type) and issubclass(hint, Enum):
            shapes[name] = {**about, "enum": [one.value for one in hint]}
        elif is_dataclass(hint):
            shapes[name] = {**about, **shape(hint, shapes)}
        else:
            raise TypeError(hint)
    return {"$ref": f"#/$defs/{name}"}


def sequence(inner: tuple[Any, ...], shapes: dict[str, Any]) -> dict[str, Any]:
    """A list of one kind, or of a fixed number of kinds."""
    if inner[1:] == (Ellipsis,):
        return {"type": "array", "items": value(inner[0], shapes)}
    every = [value(one, shapes) for one in inner]
    return {"type": "array", "prefixItems": every, "minItems": len(every), "maxItems": len(every)}


def main(*, check: bool) -> int:
    """Rewrite the file, or with `check` only say that it is stale; 1 if it was."""
    text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    stale = not FILE.exists() or FILE.read_text("utf-8") != text
    if stale:
        sys.stdout.write(f"{'stale' if check else 'rewritten'}: {FILE.name}\n")
        if not check:
            FILE.write_text(text, "utf-8")
    return int(check and stale)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
