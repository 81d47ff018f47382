"""The data of packages as read straight from their files."""

from __future__ import annotations

import gc
import pkgutil
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module

import pytest

from privscan.dictionaries import _sources


@pytest.mark.parametrize("subject", ["person", "address", "lorem"])
def test_faker_lists_what_its_own_providers_do(subject):
    package = import_module(f"faker.providers.{subject}")
    locales = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    read = dict(_sources.faker(subject))
    assert list(read) == locales
    for locale in locales:
        theirs = vars(import_module(f"{package.__name__}.{locale}").Provider)
        kept = {k: v for k, v in theirs.items() if isinstance(v, (tuple, list, Mapping))}
        assert read[locale] == {k: v for k, v in kept.items() if not k.startswith("_")}


def test_one_locale_is_read_alone():
    assert [locale for locale, _ in _sources.faker("person", "zh*")] == ["zh_CN", "zh_TW"]
    assert [locale for locale, _ in _sources.mimesis("person", "ko")] == ["ko"]
    assert not list(_sources.faker("person", "xx_XX"))


def test_faker_is_not_imported():
    code = "import sys; from privscan.dictionaries import persons; persons.words(); print('faker' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_package_that_is_lacking_is_named():
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        _sources.folder("no_such_package")


@pytest.mark.parametrize("on", [True, False])
def test_garbage_is_sought_again_as_before(on):
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        with _sources.much_made():
            assert not gc.isenabled()
        assert gc.isenabled() == on
    finally:
        (gc.enable if before else gc.disable)()


def test_texts_are_taken_from_nested_lists_and_weights():
    assert _sources.strings({"a": ["x", ("y",)], "b": {"z": 0.5, "w": 1}}) == {"x", "y", "z", "w"}
    assert _sources.strings(()) == set()
