"""Addresses: what logs in is never shown, whatever the address looks like."""

from __future__ import annotations

import builtins
import pickle

import pytest

from privscan.__main__ import run
from privscan.errors import UsageError
from privscan.scan.inputs import listed, named
from privscan.sources._address import HIDDEN, Address, cleaned, scheme, shown
from privscan.sources._files import printable

SECRET = "pw7c1f"

PLAIN = {
    "postgresql://db.example.com:5432/shop": "postgresql://db.example.com:5432/shop",
    f"postgresql://ana:{SECRET}@db/shop": "postgresql://db/shop",
    f"postgresql://db/shop?user=ana&password={SECRET}": "postgresql://db/shop",
    f"postgresql://ana:a%40{SECRET}@[::1]:5432/shop#x": "postgresql://[::1]:5432/shop",
    f"mysql+pymysql://ana:{SECRET}@db/shop": "mysql+pymysql://db/shop",
    f"https://lake.example.com/a.parquet?sig={SECRET}": "https://lake.example.com/a.parquet",
    "s3://lake/a@2x.png": "s3://lake/a@2x.png",
}
UNCLEAR = [
    f"postgresql://ana:{SECRET}/x@db/shop",
    f"postgresql://ana:12/{SECRET}@db/shop",
    f"postgresql://ana:12?{SECRET}@db/shop",
    f"postgresql://ana:{SECRET}#x@db/shop",
    f"postgresql://ana:{SECRET}:y",
]


@pytest.mark.parametrize(("address", "said"), PLAIN.items())
def test_addresses_are_shown_without_what_logs_in(address, said):
    assert shown(address) == said == str(Address(address)) == printable(address)
    assert SECRET not in repr(Address(address))
    assert pickle.loads(pickle.dumps(Address(address))).whole == address


@pytest.mark.parametrize("address", UNCLEAR)
def test_what_may_be_a_password_hides_all(address):
    assert shown(address) == f"postgresql://{HIDDEN}"


@pytest.mark.parametrize("path", ["data/a.csv", "/x/ana:pw@host/b", "C:\\data", "a@b", "x:/y?z#w"])
def test_paths_stay_as_they_are(path):
    assert (shown(path), scheme(path)) == (path, "")


@pytest.mark.parametrize("address", [f"postgras://ana:{SECRET}@db/shop", f"xx://ana:{SECRET}@db"])
def test_an_unknown_scheme_is_a_usage_error_without_the_secret(answer, address):
    with pytest.raises(UsageError) as error:
        answer(address)
    assert "no source opens" in str(error.value)
    assert SECRET not in str(error.value) + repr(error.value)
    assert "postgres" in error.value.hint


def test_an_address_has_no_file_and_is_named_without_its_secret(tmp_path):
    address = f"postgresql://ana:{SECRET}@db/shop"
    assert listed([address]) == []
    assert named(address, tmp_path) == "postgresql://db/shop"


@pytest.mark.parametrize("form", ["postgresql", "mysql", "oracle+oracledb"])
def test_without_the_extra_a_base_is_unread_with_the_command(answer, monkeypatch, form):
    own = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith(("adbc_driver_postgresql", "sqlalchemy")):
            raise ImportError(name)
        return own(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    got = answer(f"{form}://ana:{SECRET}@127.0.0.1:9/shop")
    [unread] = got.unread
    assert "pip install 'privscan[sql]'" in unread.reason
    assert got.names == ["shop"]
    assert SECRET not in repr((got.found, unread))


@pytest.mark.parametrize(
    "verb",
    [
        ["assess"],
        ["protect"],
        ["scan"],
        ["gate"],
        ["report"],
        ["find", "--key", __file__],
        ["diff", "x"],
    ],
)
def test_no_verb_shows_a_password(verb, capsys):
    address = f"postgrez://ana:{SECRET}@127.0.0.1:9/shop"
    assert run([*verb, address]) == 2
    said = "".join(capsys.readouterr())
    assert SECRET not in said
    assert said


def test_messages_keep_addresses_that_log_no_one_in():
    plain = "see https://example.com/a?b#c, s3://lake/x"
    assert cleaned(plain) == plain
    said = f"File 'mysql://a:{SECRET}@h/b' and https://h/x?sig={SECRET}&y=1"
    assert cleaned(said) == "File 'mysql://h/b' and https://h/x"
