"""Works out the table of Presidio's recognizers from the installed Presidio; written as JSON.

usage: python -m privscan.recognition._derive   (make table)
"""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from privscan.recognition.iban import REGEX
from privscan.recognition.predefined import REGISTRY_FLAGS
from privscan.rulebook._presidio import presidio
from privscan.rulebook.compile import Compiled, Edge, compiled

FILE = Path(__file__).with_name("_presidio.json")

LANGUAGES = ("en", "es", "it", "pl", "de", "fr", "ko", "th", "fi", "sv", "tr", "ja", "pt", "nl")
"""Languages asked for; the list of any other is that of the last with general recognizers only."""


def derived() -> dict[str, Any]:
    """Everything that a scan must know of Presidio's recognizers without importing it."""
    classes = {name: _facts(kind()) for name, kind in _pattern_classes()}
    phone = presidio().predefined_recognizers.PhoneRecognizer()
    return {
        "about": "derived from presidio-analyzer, MIT licence",
        "presidio": version("presidio_analyzer"),
        "languages": {language: _registry(language) for language in LANGUAGES},
        "recognizers": classes,
        "phone": {
            "entity": phone.supported_entities[0],
            "context": list(phone.context),
            "regions": list(phone.supported_regions),
            "leniency": phone.leniency,
        },
    }


def _pattern_classes() -> list[tuple[str, Any]]:
    base = presidio().PatternRecognizer
    every = inspect.getmembers(presidio().predefined_recognizers, inspect.isclass)
    return [(name, kind) for name, kind in every if issubclass(kind, base) and kind is not base]


def _facts(own: Any) -> dict[str, Any]:
    kind, base = type(own), presidio().PatternRecognizer
    flags = int(own.global_regex_flags)

    def has(method: str) -> bool:
        return getattr(kind, method) is not getattr(base, method)

    iban = kind.__name__ == "IbanRecognizer" and [p.regex for p in own.patterns] == [REGEX]
    return {
        "entity": own.supported_entities[0],
        "language": own.supported_language,
        "context": list(own.context or ()),
        "flags": flags,
        "judge": "iban" if iban else "own" if has("analyze") else "patterns",
        "validates": has("validate_result"),
        "invalidates": has("invalidate_result"),
        "source": hashlib.sha256(inspect.getsource(inspect.getmodule(kind)).encode()).hexdigest(),  # type: ignore[arg-type]
        "patterns": [
            {
                "name": p.name,
                "regex": p.regex,
                "score": p.score,
                "forms": {str(f): _form(p.regex, f) for f in sorted({flags, REGISTRY_FLAGS})},
            }
            for p in own.patterns
        ],
    }


def _form(regex: str, flags: int) -> dict[str, Any] | None:
    try:
        return as_data(compiled(regex, flags))
    except re.error:
        return None


def as_data(form: Compiled) -> dict[str, Any]:
    """A compiled form as JSON's types."""

    def edge(one: Edge | None) -> dict[str, Any] | None:
        if one is None:
            return None
        return {"allowed": "".join(map(chr, sorted(one.allowed))), "border": one.border}

    return {
        "ascii": form.ascii,
        "wide": form.wide,
        "exact": form.exact,
        "runs": form.runs,
        "before": edge(form.before),
        "after": edge(form.after),
        "refused": form.refused,
        "portable": form.portable,
        "digits_pass": form.digits_pass,
        "folded_pass": form.folded_pass,
        "run": form.run,
        "shortest": form.shortest,
        "digits": form.digits,
        "gate": form.gate,
        "mark": form.mark,
        "ascii_possible": form.ascii_possible,
        "bare": form.bare,
        "needs": list(form.needs),
    }


def _registry(language: str) -> list[dict[str, Any]]:
    """The recognizers that Presidio's registry loads for a language, without a language model."""
    package = presidio()
    engine = package.nlp_engine.NoOpNlpEngine(models=[{"lang_code": language, "model_name": ""}])
    registry = package.RecognizerRegistry(supported_languages=[language])
    registry.load_predefined_recognizers(languages=[language], nlp_engine=engine)
    loaded = registry.get_recognizers(language=language, all_fields=True)
    return [{"name": own.name, "context": list(own.context or ())} for own in loaded]


def main() -> None:
    """Write the table."""
    text = json.dumps(derived(), ensure_ascii=False, indent=1, sort_keys=True)
    FILE.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
