"""Machine-readable zones: the specimens of ICAO Doc 9303, changed, cut, and things like them."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from privscan import scan
from privscan.detectors import mrz
from privscan.formats.mrz import zones
from privscan.model.data import Column
from privscan.model.kinds import Kind

TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
VISA_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
VISA_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
FRENCH = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
HOLDER = {"name_full", "dob", "nationality", "gender"}

SPECIMENS = {
    "TD3": (TD3, {"passport", *HOLDER}),
    "TD2": (TD2, {"national_id", *HOLDER}),
    "TD1": (TD1, {"national_id", *HOLDER}),
    "visa A": (VISA_A, {"immigration_status", *HOLDER}),
    "visa B": (VISA_B, {"immigration_status", *HOLDER}),
    "French": (FRENCH, {"national_id", "name_full", "dob", "gender"}),
}


def entities(*cells):
    column = Column("text", Kind.TEXT, pl.Series(cells, dtype=pl.String))
    found = {}
    for hit in mrz.find(column):
        for row in hit.mask.arg_true():
            found.setdefault(row, set()).add(hit.entity)
    return found


@pytest.mark.parametrize("name", SPECIMENS)
@pytest.mark.parametrize("written", ["\n", "\r\n", ""])
def test_a_zone_in_a_cell(name, written):
    lines, expected = SPECIMENS[name]
    assert entities("nothing", written.join(lines), "a < b") == {1: expected}


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_zone_as_read_from_a_page(name):
    lines, expected = SPECIMENS[name]
    page = "\n".join(["SPECIMEN PASSPORT", "Name: Anna", *lines, "Page 2"])
    spaced = page.replace("<<<", "< <<").lower()
    assert entities(page, spaced, page.replace("<<", "«")) == dict.fromkeys(range(3), expected)


def test_digits_that_were_read_as_letters():
    lines = TD3[0], TD3[1].replace("7408122", "74O8I22")
    assert entities("\n".join(lines)) == {0: {"passport", *HOLDER}}


def test_lines_in_cells_of_their_own():
    found = entities(*TD3)
    assert found == {0: {"name_full"}, 1: {"passport", *HOLDER} - {"name_full"}}
    assert entities(TD1[1]) == {0: {"dob", "nationality", "gender"}}


def test_an_unknown_sex_and_day_of_birth():
    number, birth, until = "L898902C3", "7408<<", "120415"
    checks = [next(c for c in "0123456789" if _right(v, c)) for v in (number, birth, until)]
    line = f"{number}{checks[0]}UTO{birth}{checks[1]}<{until}{checks[2]}{'<' * 14}00"
    assert entities(line) == {0: {"passport", "dob", "nationality"}}


def _right(value, digit):
    worth = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(max(worth.find(c), 0) * (7, 3, 1)[i % 3] for i, c in enumerate(value))
    return total % 10 == int(digit)


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_changed_digit_fails(name):
    lines, _ = SPECIMENS[name]
    at = lines[1].index("F") - 1
    digit = str((int(lines[1][at]) + 1) % 10)
    changed = (lines[0], lines[1][:at] + digit + lines[1][at + 1 :], *lines[2:])
    assert entities("\n".join(changed)).get(0, set()) <= {"name_full"}


LIKE_ONE = [
    "<html><body><p>ERIKSSON<<ANNA<MARIA</p></body></html>",
    "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
    "#include <vector> // std::cout << value << endl << more << END",
    "git diff <<<<<<< HEAD\n=======\n>>>>>>> branch-name-of-some-length",
    "L898902C36UTO7413122F1204159ZE184226B<<<<<10",
    "P<UTO",
    "cat <<EOF > file && echo DONE<<EOF AND MORE WORDS",
    "",
    "SELECT * FROM T WHERE A<B AND C<D AND E<F AND G<H",
]


def test_what_looks_like_one_is_none():
    assert entities(*LIKE_ONE) == {}


def test_random_lines_pass_once_in_many_thousands():
    mixed = np.random.default_rng(5)
    digits = mixed.integers(0, 10, (4_000, 24)).astype(str)
    lines = [
        "".join(row[:10]) + "UTO" + "".join(row[10:17]) + "M" + "".join(row[17:24])
        for row in digits
    ]
    passed = sum(bool(list(zones(line + "<" * 14 + "00"))) for line in lines)
    assert passed <= 1


def test_cut_zones_break_nothing():
    mixed = np.random.default_rng(6)
    for lines, expected in SPECIMENS.values():
        text = "\n".join(lines)
        for cut in range(0, len(text), 5):
            assert entities(text[:cut]).get(0, set()) <= expected | {"passport"}
        for _ in range(40):
            changed = list(text)
            for at in mixed.integers(0, len(text), 4):
                changed[at] = chr(mixed.integers(32, 1_000))
            list(zones("".join(changed)))


def test_letters_that_were_read_as_digits():
    lines = "P<UT0ERIKSS0N<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3[1].replace("UTO", "UT0")
    assert entities("\n".join(lines)) == {0: {"passport", *HOLDER}}
    assert entities(TD3[1].replace("UTO", "210")) == {}


def test_a_table_of_zones_is_judged():
    frame = pl.DataFrame(
        {"scan": ["\n".join(TD3)] * 3, "line": [TD3[1]] * 3, "note": ["a << b"] * 3}
    )
    report = scan(frame, detectors=["mrz", "pattern", "dates"])
    found = {c.path: {e.entity for e in c.entities} for c in report.datasets[0].columns}
    assert found["scan"] >= {"passport", *HOLDER}
    assert found["line"] >= {"passport", "dob", "nationality", "gender"}
    assert found["note"] == set()
    [line] = [c for c in report.datasets[0].columns if c.path == "line"]
    assert line.entity == "passport"
