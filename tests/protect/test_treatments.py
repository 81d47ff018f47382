"""What each treatment makes of cells, and the laws that it keeps."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.errors import UsageError
from privscan.evidence.distinct import counted, distinct
from privscan.evidence.forms import forms
from privscan.model.kinds import Kind, State
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
from privscan.protect.choice import Table
from privscan.protect.cost import Sample
from privscan.protect.key import Key
from privscan.protect.opened import Opened
from privscan.protect.sealed import Seal
from privscan.protect.treating import Asked, completed, parsed, treatments

KEY = Key(b"a made-up secret of many bytes")
OTHER = Key(b"another secret of as many bytes")
WIDE = "".join(chr(0xFF10 + int(d)) for d in "4111111111111111")
TEXTS = st.lists(st.none() | st.text(max_size=30), max_size=40)


def _apply(spec: str, array: pa.Array, key: Key | None = KEY) -> pa.Array:
    one = parsed(f"c={spec}")
    return treatments()[one.name].load().made(Asked(one.options, key))(array)


def _made(spec: str) -> object:
    one = parsed(spec)
    return treatments()[one.name].load().made(Asked(one.options, KEY))


def _cells(spec: str, cells: list[object], kind: pa.DataType | None = None) -> list[object]:
    return _apply(spec, pa.array(cells, kind)).to_pylist()


@pytest.mark.parametrize(
    "spec", ["mask", "mask:last=4", "tokenise", "tokenise:format", "encrypt", "encrypt:deterministic",
             "generalise:year", "generalise:band=10", "generalise:prefix=3", "generalise:network"]
)  # fmt: skip
@given(cells=TEXTS)
@settings(max_examples=25)
def test_rows_and_nulls_stay_where_they_are_and_equal_values_alike(spec, cells):
    array = pa.array(cells, pa.string())
    made = _apply(spec, array)
    assert made.type == pa.string()
    assert [c is None for c in made.to_pylist()] == [c is None for c in cells]
    assert _apply(spec, array.slice(0, 0)).type == made.type
    if spec != "encrypt":
        twice = _apply(spec, pa.array(list(reversed(cells)), pa.string())).to_pylist()
        assert twice == list(reversed(made.to_pylist()))


@given(cells=TEXTS)
def test_equal_values_have_equal_tokens_and_others_do_not(cells):
    filled = sorted({c for c in cells if c and c.strip()})
    tokens = _cells("tokenise", filled, pa.string())
    assert len(set(tokens)) >= len({c.strip() for c in filled if not re.search(r"\d|rue|alse", c)})
    assert all(re.fullmatch(r"tok_[0-9a-f]{32}", t) for t in tokens)
    assert _cells("tokenise", filled, pa.large_string()) == tokens


def test_a_value_has_one_token_in_every_type_and_another_under_another_key():
    one = _cells("tokenise", ["7", "2024-01-31"])
    assert _cells("tokenise", [7]) == one[:1]
    assert _cells("tokenise", [7.0]) == one[:1]
    assert _cells("tokenise", [dt.date(2024, 1, 31)]) == one[1:]
    assert _apply("tokenise", pa.array(["7"]), OTHER).to_pylist() != one[:1]
    coded = _apply("tokenise", pa.array(["7", "7", None]).dictionary_encode())
    assert coded.type == pa.dictionary(pa.int32(), pa.string())
    assert coded.dictionary.to_pylist() == one[:1]


def test_a_token_in_the_format_has_digits_and_letters_where_they_were():
    given_cells = ["4111-1111-1111-1111", "john.smith@example.com", "AB-12", "山田 太郎"]
    made = _cells("tokenise:format", given_cells)
    shape = [re.sub("[A-Z]", "X", re.sub("[a-z]", "x", re.sub(r"\d", "9", c))) for c in given_cells]
    again = [re.sub("[A-Z]", "X", re.sub("[a-z]", "x", re.sub(r"\d", "9", c))) for c in made]
    assert again[:3] == shape[:3]
    assert re.fullmatch(r"tok_[0-9a-f]{32}", made[3])
    assert all(a != b for a, b in zip(given_cells, made, strict=True))
    numbers = [f"{n:08}" for n in range(3_000)]
    assert len({*_cells("tokenise:format", numbers)}) == len(numbers)


@pytest.mark.parametrize("how", ["encrypt", "encrypt:deterministic"])
@given(cells=TEXTS)
@settings(max_examples=25)
def test_decrypting_gives_back_what_was_encrypted(how, cells):
    array = pa.array(cells, pa.string())
    made = _apply(how, array)
    assert Opened(Seal(KEY.sub))(made).equals(array)
    assert all(c not in m for c, m in zip(cells, made.to_pylist(), strict=True) if c and len(c) > 5)


@pytest.mark.parametrize(
    "array",
    [
        pa.array([1, None, -(1 << 62)]),
        pa.array([1.5, None, float("inf"), 1e-300]),
        pa.array([1.1, None], pa.float32()),
        pa.array([True, None, False]),
        pa.array([dt.date(1984, 5, 3), None]),
        pa.array(
            [dt.datetime(1950, 1, 1, 0, 0, 0, 1, dt.UTC), None], pa.timestamp("us", "Asia/Tokyo")
        ),
        pa.array([1, None], pa.time64("ns")),
        pa.array(["1.10", None], pa.string()).cast(pa.decimal128(9, 2)),
        pa.array(["a", None, "a"]).dictionary_encode(),
        pa.array(["", "é", None], pa.large_string()),
    ],
    ids=lambda a: str(a.type),
)
def test_every_type_is_decrypted_to_itself(array):
    made = _apply("encrypt", array)
    assert Opened(Seal(KEY.sub), array.type)(made).equals(array)
    assert Opened(Seal(KEY.sub), array.type)(made).type == array.type


def test_cipher_text_is_new_each_time_unless_asked():
    assert len({*_cells("encrypt", ["same"] * 20)}) == 20
    assert len({*_cells("encrypt:deterministic", ["same"] * 20)}) == 1


@pytest.mark.parametrize("cell", ["ENC[AAAA]", "ENC[]", "plain", "ENC[%%%%]", "ENC[AV8G"])
def test_what_the_key_does_not_open_is_refused_without_saying_it(cell):
    with pytest.raises(UsageError, match="does not open") as error:
        Opened(Seal(KEY.sub))(pa.array([cell]))
    assert cell not in str(error.value)
    sealed = _apply("encrypt", pa.array(["secret value"]))
    with pytest.raises(UsageError, match="does not open"):
        Opened(Seal(OTHER.sub))(sealed)


def test_masks_keep_the_shape_and_never_most_of_a_cell():
    assert _cells("mask", ["Ann-Lee 42", "é", ""]) == ["***-*** **", "*", ""]
    assert _cells("mask:last=4", ["4111111111111111", "12345678901", "1234"]) == [
        "*" * 12 + "1111", "*" * 11, "****"]  # fmt: skip
    assert _cells("mask:first=1,last=2", ["123456789"]) == ["1******89"]


@pytest.mark.parametrize(
    ("spec", "cells", "wanted"),
    [
        ("year", ["1984-05-03", "1984/5/3", "19840503", "昭和59年5月3日", "令和元年5月1日", "03.05.1984"],
         ["1984", "1984", "1984", "1984", "2019", "1984"]),
        ("year", ["soon", "12:30", "123-4567"], ["*", "*", "*"]),
        ("month", ["1984-05-03", "19840503", "May 1984"], ["1984-05", "1984-05", "*"]),
        ("decade", ["1984-05-03", None], ["1980s", None]),
        ("band=10", ["34", "100", "-3", "x"], ["30-39", "100-109", "[-10, -1]", "*"]),
        ("band", ["523,400", "¥5000000", "12000000", "7"], ["500k-600k", "5000k-6000k", "10000k-20000k", "0-9"]),
        ("band", ["9223372036854775807", "-9223372036854775808", "18446744073709551615", "1e+16", "-2.5e+17", "9e99"],
         ["9000P-10000P", "[-10000P, -9000P]", "10000P-20000P", "10000T-20000T", "[-300000T, -200000T]", "*"]),
        ("band", ["9999", "10000", "9999999", "10000000", "9999999999", "123456789012", "-12345678", "-9999"],
         ["9000-9999", "10k-20k", "9000k-10000k", "10000k-20000k", "9000M-10000M", "100000M-200000M",
          "[-20000k, -10000k]", "[-10000, -9001]"]),
        ("band=1000", ["9223372036854775807", "-9223372036854775808", "9999999", "99"],
         ["[9223372036854775000, 9223372036854775999]", "[-9223372036854776000, -9223372036854775001]",
          "9999k-10000k", "0-999"]),
        ("band=7", ["9999995", "10000003", "1000"], ["9999990-9999996", "[9999997, 10000003]", "994-1000"]),
        ("band=1", ["-0.5", "-0.0", "0.99", "-99.000000001", "-1e-7", "1.50"],
         ["[-1, -1]", "0-0", "0-0", "[-100, -100]", "[-1, -1]", "1-1"]),
        ("band=100", ["△5,000", "▲50", "(5,000)", "5,000-", "\u22121", "¥ -5", "+5"],
         ["[-5000, -4901]", "[-100, -1]", "[-5000, -4901]", "[-5000, -4901]", "[-100, -1]", "[-100, -1]", "0-99"]),
        ("band=10000000000", ["123456789012345678"], ["[123456780000000000, 123456789999999999]"]),
        ("band", ["500万円", "1.5億", "3千", "1億", "2024-01-31", "10.0.0.7", "12:30", "9" * 30],
         ["5000k-6000k", "*", "3000-3999", "100000k-200000k", "*", "*", "*", "*"]),
        ("prefix", ["123-4567", "〒123-4567", "90210", "SW1A 1AA", "K1A 0B1", "8001"], ["123", "123", "902", "SW1A", "K1A", "80"]),
        ("prefix=2", ["abcdef", "a"], ["ab", "a"]),
        ("network", ["203.0.113.7", "2001:db8:1:2::1", "host"], ["203.0.113.0", "2001:db8:1::", "*"]),
        ("network=16", ["203.5.113.7"], ["203.5.0.0"]),
        ("region", ["東京都港区芝5-7-1", "横浜市西区", "横浜市", "12 Main St, Springfield, IL 62701", "Berlin", "12 rue X, Lyon, France", "zzz"],
         ["東京都", "神奈川県", "神奈川県", "US-IL", "DE", "FR", "*"]),
        ("country", ["大阪府堺市", "Paris", "Chicago, IL 60601", "zzz"], ["JP", "FR", "US", "*"]),
    ],
)  # fmt: skip
def test_generalised_cells_say_less(spec, cells, wanted):
    assert _cells(f"generalise:{spec}", cells, pa.string()) == wanted


@given(number=st.decimals(-(10**20), 10**20, places=3), width=st.sampled_from([1, 7, 1000, 10**12]))
@settings(max_examples=60)
def test_a_band_holds_the_number_that_it_stands_for(number, width):
    [said] = _cells(f"generalise:band={width}", [f"{number:f}"])
    ends = re.findall(r"(?<![0-9kMGTP])(-?[0-9]+)([kMGTP]?)", said)
    low, high = (int(end) * 1000 ** " kMGTP".index(unit or " ") for end, unit in ends)
    high -= bool(ends[0][1])
    assert low <= number < high + 1
    assert (low % width, high - low) == (0, width - 1)


def test_a_scan_knows_every_band_without_a_width():
    numbers = [f"{sign}{n}" for sign in ("", "-") for n in (3 * 10**d + 7 for d in range(19))]
    said = _cells("generalise:band", numbers)
    found = distinct(counted(pl.Series("c", said, pl.String)))
    assert dict(forms(found, found.cells.hash(7), 7)) == {"band": len(numbers)}


@pytest.mark.parametrize(
    "cells", [["52340000", "-12000000", "98765432109"], [2**63 - 1, -(2**63)], [1e17, 2.5]]
)
def test_a_plan_has_bands_for_long_incomes(cells):
    found = EntityProfile("income", 1.0, 3, 1.0, (1.0, 1.0), State.PLAIN)
    column = ColumnProfile("c", Kind.NUMBER, 3, 0, 3, "income", 1.0, (found,))
    profile = DatasetProfile(
        name="t", uri="t", kind="table", rows=3, bytes=0, files=1, subjects=3, columns=(column,),
        quasi_identifiers=(), risk=None, unread_share=0.0,
    )  # fmt: skip
    table = Table(profile, ("c",), {"c": Sample.of(pa.array(cells))}, None, frozenset())
    offered = {c.treatment.name: c for c in table.choices("c", [(column, found)])}
    assert offered["generalise"].treatment.options == {"band": ""}
    assert offered["generalise"].lost < 1


def test_years_of_dates_are_whole_numbers():
    made = _apply("generalise:year", pa.array([dt.date(1984, 5, 3), None]))
    assert made.type == pa.int32()
    assert made.to_pylist() == [1984, None]


def test_identifiers_in_texts_go_and_the_rest_stays():
    texts = [
        "write to john.doe@example.com today",
        "nothing here",
        None,
        f"カード {WIDE} です",
    ]
    made = _cells("redact", texts, pa.string())
    assert made[0] == "write to <EMAIL> today"
    assert made[1:3] == texts[1:3]
    assert WIDE not in made[3]
    assert _cells("redact:mask", texts[:1]) == ["write to ******************** today"]
    assert _cells("redact:remove", texts[:1]) == ["write to  today"]
    token = _cells("redact:token", texts[:1])[0]
    assert token.split()[2] == _cells("tokenise", ["john.doe@example.com"])[0]
    assert _cells("redact:only=phone", texts[:1]) == texts[:1]
    calls = ["ring +44 20 7946 0958 or 090-1234-5678", "12 of 3456 parts"]
    assert _cells("redact", calls) == ["ring <PHONE> or <PHONE>", "12 of 3456 parts"]


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("c=maks", "names no treatment"),
        ("c", "names no treatment"),
        ("=drop", "names no treatment"),
        ("c=mask:lst=4", "no option 'lst'"),
        ("c=drop:all", "no option"),
        ("c=mask:last=many", "whole number"),
        ("c=mask:last=9", "whole number from 0 to 8"),
        ("c=tokenise:prefix=A b", "prefix"),
        ("c=generalise", "in which way"),
        ("c=generalise:year,band=3", "in which way"),
        ("c=redact:mask,remove", "one way"),
        ("c=redact:only=ghost", "no recognizer"),
        ("c=blur:fill,blur", "do not go together"),
    ],
)
def test_a_wrong_treatment_is_said(spec, said):
    with pytest.raises(UsageError, match=said):
        _made(spec)


def test_without_a_key_nothing_keyed_is_made():
    for spec in ("tokenise", "encrypt", "tokenise:format", "redact:token"):
        with pytest.raises(UsageError, match="takes a key"):
            _apply(spec, pa.array(["x"]), None)


def test_a_treatment_is_read_as_it_is_written():
    one = parsed("orders::a=b=generalise:band=10")
    assert (one.dataset, one.column, one.name, one.options) == (
        "orders",
        "a=b",
        "generalise",
        {"band": "10"},
    )
    assert str(one) == "orders::a=b=generalise:band=10"
    assert completed(parsed("c=generalise"), ["dob"]).options == {"year": ""}
    assert completed(parsed("c=generalise"), ["email"]).options == {}
    assert completed(parsed("c=generalise:month"), ["dob"]).options == {"month": ""}
