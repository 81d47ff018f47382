"""`privscan find`: where identifiers occur, without storing or showing them."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
from pathlib import Path
from subprocess import CompletedProcess

import click
import polars as pl
import pytest
from program import Run

from privscan import api
from privscan.cli.find import command
from privscan.errors import UsageError
from privscan.scan.sought import sought

KEY = b"0123456789abcdef"
MAIL = "Hana.Tanaka@example.com"
PHONE = "090-1234-5678"
NAME = "山田　太郎"


def wide(text: str) -> str:
    """In full-width characters."""
    return "".join(chr(ord(c) + 0xFEE0) for c in text)


def where(frame: dict[str, list[object]], *identifiers: str) -> dict[str, tuple[int, ...]]:
    """Counts (exact, otherwise, digest, in text) by column."""
    found = api.find(pl.DataFrame(frame), identifiers=identifiers, key=KEY).found
    return {o.column: (o.exact, o.otherwise, o.digest, o.in_text) for o in found}


@pytest.mark.parametrize(
    ("identifier", "cell", "counts"),
    [
        (MAIL, MAIL, (1, 0, 0, 0)),
        (MAIL, MAIL.upper(), (0, 1, 0, 0)),
        (MAIL, f" {MAIL}\t", (0, 1, 0, 0)),
        (MAIL, wide(MAIL.lower()), (0, 1, 0, 0)),
        (f"  {MAIL} ", MAIL, (1, 0, 0, 0)),
        (MAIL, f"write to {MAIL}.", (0, 0, 0, 1)),
        (MAIL, f"連絡先{MAIL.lower()}まで", (0, 0, 0, 1)),
        (MAIL, f'{{"to": ["{MAIL}"]}}', (0, 0, 0, 1)),
        (MAIL, hashlib.sha256(MAIL.lower().encode()).hexdigest(), (0, 0, 1, 0)),
        (MAIL, hashlib.md5(MAIL.encode()).hexdigest().upper(), (0, 0, 1, 0)),
        (PHONE, "090 1234 5678", (0, 1, 0, 0)),
        (PHONE, "+81 90-1234-5678", (0, 1, 0, 0)),
        (PHONE, "+81 (0)90-1234-5678", (0, 0, 0, 1)),
        (PHONE, "9012345678", (0, 1, 0, 0)),
        (PHONE, wide("090(1234)5678"), (0, 1, 0, 0)),
        (PHONE, "call 09012345678 today", (0, 0, 0, 1)),
        ("+81 90 1234 5678", PHONE, (0, 1, 0, 0)),
        (wide("+819012345678"), PHONE, (0, 1, 0, 0)),
        ("123-45-6789", "123456789", (0, 1, 0, 0)),
        (NAME, "山田太郎", (0, 1, 0, 0)),
        ("山田太郎", "山田 太郎様より", (0, 0, 0, 1)),
        ("Anna Okafor", "ANNA  OKAFOR", (0, 1, 0, 0)),
        ("Anna Okafor", "signed: anna okafor, 3 May", (0, 0, 0, 1)),
        ("a+b(c)*[d]", "x a+b(c)*[d] y", (0, 0, 0, 1)),
        ("17", "17", (1, 0, 0, 0)),
    ],
)
def test_an_identifier_is_found_however_it_is_written(
    identifier: str, cell: str, counts: tuple[int, ...]
):
    assert where({"c": [cell, "other"]}, identifier) == {"c": counts}


@pytest.mark.parametrize(
    ("identifier", "cell"),
    [
        (MAIL, "x.hana.tanaka@example.com"),
        (MAIL, f"joseph{MAIL}"),
        (MAIL, f"{MAIL}.au"),
        (MAIL, "hana.tanaka@example.org"),
        (MAIL, "hanaXtanaka@example.com"),
        (MAIL, hashlib.sha256(b"someone else").hexdigest()),
        (PHONE, "090-1234-5679"),
        (PHONE, "10901234567890"),
        (PHONE, "5678"),
        ("123-45-6789", "1123456789"),
        ("Anna Okafor", "Joanna Okafors"),
        (NAME, "山田花子"),
        ("17", "170"),
        (".*", "anything"),
    ],
)
def test_another_persons_value_is_no_occurrence(identifier: str, cell: str):
    assert where({"c": [cell, ""]}, identifier) == {}


def test_numbers_nested_fields_and_nulls():
    frame = {
        "id": [123456, 7, None],
        "deep": [{"mails": [MAIL, "x"]}, {"mails": []}, {"mails": [MAIL]}],
        "float": [123456.0, 1.5, None],
    }
    assert where(frame, "123456") == {"id": (1, 0, 0, 0), "float": (1, 0, 0, 0)}
    assert where(frame, MAIL) == {"deep.mails[]": (2, 0, 0, 0)}


def test_every_row_counts_over_batches_and_files(tmp_path: Path):
    rows = 150_000
    for name in ("a", "b"):
        cells = [MAIL if i % 50_000 == 0 else f"user{i}@example.com" for i in range(rows)]
        pl.DataFrame({"mail": cells}).write_parquet(tmp_path / f"{name}.parquet")
    answer = api.find(tmp_path, identifiers=[MAIL], key=KEY)
    assert sum(one.exact for one in answer.found) == 6
    assert {Path(one.uri).name for one in answer.found} == {"a.parquet", "b.parquet"}
    assert sum(dataset.rows for dataset in answer.datasets) == 2 * rows
    assert answer.complete


def test_many_identifiers_each_have_their_own_places():
    cells = [f"user{i}@example.com" for i in range(100)]
    wanted = [f"USER{i}@example.com" for i in range(99, 49, -1)]
    found = api.find(pl.DataFrame({"c": cells}), identifiers=wanted, key=KEY).found
    assert [(one.identifier, one.otherwise, one.in_text) for one in found] == [
        (number, 1, 0) for number in range(1, 51)
    ]


def test_bytes_are_left_out_and_said_so():
    answer = api.find(pl.DataFrame({"b": [MAIL.encode()]}), identifiers=[MAIL], key=KEY)
    assert answer.found == ()
    assert answer.datasets[0].left_out == ("b",)


def test_a_token_is_keyed_and_the_same_for_every_writing():
    frame = pl.DataFrame({"c": ["x"]})

    def token(identifier: str, key: bytes = KEY) -> str:
        return api.find(frame, identifiers=[identifier], key=key).tokens[0]

    assert token(MAIL) == token(MAIL.upper()) == token(f" {MAIL}")
    assert token(MAIL) != token(PHONE)
    assert token(MAIL) != token(MAIL, KEY[::-1])
    assert token(MAIL) not in hashlib.sha256(MAIL.lower().encode()).hexdigest()


def test_what_is_sought_shows_nothing_of_itself():
    [one], _ = sought([MAIL], KEY)
    assert "tanaka" not in repr(one).lower()
    answer = api.find(pl.DataFrame({"c": [MAIL]}), identifiers=[MAIL], key=KEY)
    assert b"tanaka" not in pickle.dumps(answer).lower()


@pytest.mark.parametrize("identifiers", [[], [" "], ["\u200b"], [MAIL, "x" * 501]])
def test_what_cannot_be_sought_is_refused_without_its_value(identifiers: list[str]):
    with pytest.raises(UsageError) as caught:
        api.find(pl.DataFrame({"c": ["x"]}), identifiers=identifiers, key=KEY)
    assert "xxx" not in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.fixture
def ask(inside: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`find` in a folder with a key and two tables, the identifiers on stdin."""
    (tmp_path / "key").write_bytes(KEY)
    (tmp_path / "a.csv").write_text(f"mail,note\n{MAIL},none\nx,ask {MAIL} first\n", "utf-8")
    (tmp_path / "b.csv").write_text("tel\n+81 90-1234-5678\n0312345678\n", "utf-8")

    def call(*arguments: str, stdin: str = MAIL) -> CompletedProcess[str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        return inside("find", *arguments)

    return call


def test_the_verb_says_where_and_never_what(ask: Run):
    done = ask("--key", "key", "a.csv", "b.csv", stdin=f"{MAIL}\n\n{PHONE}\n{NAME}\n")
    assert done.returncode == 0
    assert "identifier 1 (token " in done.stdout
    assert "in 2 column(s) of 1 dataset(s)" in done.stdout
    assert "a · mail: 1 as given" in done.stdout
    assert "a · note: 1 inside other text" in done.stdout
    assert "b · tel: 1 in another writing" in done.stdout
    assert done.stdout.rstrip().endswith("not found")
    for said in (done.stdout, done.stderr):
        assert "tanaka" not in said.lower()
        assert "1234" not in said
        assert "太郎" not in said


def test_the_verb_speaks_japanese(ask: Run):
    said = ask("--key", "key", "a.csv", "--lang", "ja").stdout
    assert "1 データセットの 2 列にある" in said
    assert "a · mail: 1 入力どおり" in said


def test_a_mark_at_the_beginning_of_a_file_is_no_part_of_an_identifier(ask: Run):
    marked = ask("--key", "key", "a.csv", "-q", stdin=f"\ufeff{MAIL}\r\n")
    assert marked.stdout == ask("--key", "key", "a.csv", "-q").stdout
    assert "1 as given" in marked.stdout


def test_where_something_holds_no_text_not_found_is_no_answer_for_it(ask: Run, tmp_path: Path):
    pl.DataFrame({"id": ["x"], "body": [b"x"]}).write_parquet(tmp_path / "d.parquet")
    done = ask("--key", "key", "d.parquet", "-q")
    assert done.returncode == 0
    assert "not found in what could be read" in done.stdout
    assert "not searched, no text: d: body" in done.stdout
    assert ask("--key", "key", "b.csv", "-q").stdout.endswith(": not found\n")


def test_json_names_every_part_and_no_value(ask: Run):
    done = ask("--key", "key", "a.csv", "b.csv", "-f", "json", "-q")
    answer = json.loads(done.stdout)
    assert answer["schema"] == "privscan-occurrences/1"
    assert [(one["column"], one["exact"], one["in_text"]) for one in answer["found"]] == [
        ("mail", 1, 0),
        ("note", 0, 1),
    ]
    assert [dataset["rows"] for dataset in answer["datasets"]] == [2, 2]
    assert answer["complete"] is True
    assert "tanaka" not in done.stdout.lower()
    assert done.stderr == ""


def test_what_is_unread_leaves_the_answer_open(ask: Run, tmp_path: Path):
    (tmp_path / "c.parquet").write_bytes(b"PAR1" + b"\0" * 64 + b"PAR1")
    done = ask("--key", "key", "b.csv", "c.parquet")
    assert done.returncode == 3
    assert "not found in what could be read" in done.stdout
    assert "unread: c.parquet" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (("a.csv",), MAIL, "a secret key is needed"),
        (("--key", "key", MAIL, "a.csv"), "", "source 1 is no file"),
        (("--key", "key", "-"), MAIL, "source 1 is no file"),
        (("--key", "b.csv", "a.csv"), "", "no identifier was given"),
        (("--key", "key", "a.csv"), "\n \n", "no identifier was given"),
        (("--key", "key", "a.csv"), f"{MAIL}\n\udc8d\udcb2", "the identifiers are not UTF-8"),
        (("--key", "nothing", "a.csv"), MAIL, "does not exist"),
        (("--key", "key"), MAIL, "Missing argument"),
    ],
)
def test_wrong_calls_exit_2_and_quote_nothing(
    ask: Run, arguments: tuple[str, ...], stdin: str, said: str
):
    done = ask(*arguments, stdin=stdin)
    assert done.returncode == 2
    assert said in done.stderr
    assert "tanaka" not in (done.stdout + done.stderr).lower()


def test_a_short_key_is_no_key(ask: Run, tmp_path: Path):
    (tmp_path / "short").write_bytes(b"short")
    done = ask("--key", "short", "a.csv")
    assert done.returncode == 2
    assert "16 bytes or more" in done.stderr


def test_a_terminal_is_asked_and_shows_nothing(ask: Run, monkeypatch: pytest.MonkeyPatch):
    asked: list[dict[str, object]] = []

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def prompt(text: str, **options: object) -> str:
        asked.append(options)
        return MAIL

    monkeypatch.setattr(io, "StringIO", Terminal)
    monkeypatch.setattr(click, "prompt", prompt)
    done = ask("--key", "key", "a.csv")
    assert asked == [{"hide_input": True, "err": True}]
    assert "a · mail: 1 as given" in done.stdout


def test_no_option_takes_an_identifier():
    names = {name for parameter in command.params for name in parameter.opts}
    assert names == {"sources", "--key", "--key-file", "--lang", "-f", "--format", "-q", "--quiet"}


@pytest.mark.parametrize("text", ["ada\ud800@example.com", "\udce9"])
def test_what_is_no_character_is_a_usage_error_that_quotes_nothing(text):
    with pytest.raises(UsageError, match="identifier 2 holds what is no character") as caught:
        sought([MAIL, text], KEY)
    assert text not in str(caught.value)
    assert MAIL not in str(caught.value)
