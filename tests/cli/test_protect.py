"""The verbs protect and reveal from the command line: one document, exit codes, and no secret."""

from __future__ import annotations

import json
from pathlib import Path

from program import Run, card

SECRET = "0123456789abcdef-not-to-be-seen"


def _orders(folder: Path) -> None:
    rows = "".join(f"{i},ann.{i:04}@example.com,{card(i * 7919)}\n" for i in range(200))
    (folder / "orders.csv").write_text(f"order,email,card_number\n{rows}", "utf-8")


def test_a_copy_is_written_and_told_in_json_and_comes_back(run: Run, tmp_path: Path) -> None:
    _orders(tmp_path)
    done = run(
        "protect", "orders.csv", "safe.csv", "--treat", "email=encrypt", "--policy", "ingest",
        "--key", "env:MY_SECRET", "-f", "json", MY_SECRET=SECRET,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["schema"] == "privscan-protection/1"
    assert told["passed"] is True
    assert told["residue"]["sought"] > 0
    assert (told["residue"]["bytes_"], told["residue"]["cells"]) == (0, 0)
    [plan] = told["plans"]
    assert "orders::email=encrypt" in [step["treat"] for step in plan["steps"]]
    assert abs(plan["predicted"]["score"] - told["measured"]["orders"]["score"]) <= 1
    everything = done.stdout + done.stderr + (tmp_path / "safe.csv").read_text("utf-8")
    assert SECRET not in everything
    assert "ann.0001" not in everything
    back = run("reveal", "safe.csv", "back.csv", "--column", "email", "--key", "env:MY_SECRET",
               "--reason", "a test", MY_SECRET=SECRET)  # fmt: skip
    assert back.returncode == 0, back.stderr
    assert "ann.0001@example.com" in (tmp_path / "back.csv").read_text("utf-8")
    assert "ann.0001" not in back.stdout + back.stderr
    line = json.loads((tmp_path / "privscan-audit.jsonl").read_text("utf-8"))
    assert (line["outcome"], line["columns"], line["reason"]) == ("revealed", ["email"], "a test")


def test_a_wrong_key_reveals_nothing(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "safe.csv").write_text("n,email\n" + "1,ENC[AV8GcMcY5BVCWHkr047h]\n" * 9, "utf-8")
    done = inside("reveal", "safe.csv", "back.csv", "--column", "email", "--key", "env:K", K=SECRET)
    assert done.returncode == 2
    assert "does not open" in done.stderr
    assert not (tmp_path / "back.csv").exists()


def test_wrong_calls_say_what_to_do(inside: Run, tmp_path: Path) -> None:
    _orders(tmp_path)
    (tmp_path / "there.csv").write_text("old", "utf-8")
    for words, said in (
        (("orders.csv",), "--plan"),
        (("orders.csv", "there.csv"), "--force"),
        (("orders.csv", "orders.csv"), "another folder"),
        (("orders.csv", "new.csv", "--treat", "email=maks"), "mask"),
        (("orders.csv", "new.csv", "--key", "none"), "urandom"),
        (("missing.csv", "new.csv"), "does not exist"),
    ):
        done = inside("protect", *words)
        assert done.returncode == 2, words
        assert said in done.stderr, words
    assert (tmp_path / "there.csv").read_text("utf-8") == "old"
    assert not (tmp_path / "new.csv").exists()


def test_a_plan_is_told_in_japanese_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    _orders(tmp_path)
    done = run("protect", "orders.csv", "--plan", "--lang", "ja")
    assert done.returncode == 0, done.stderr
    assert "予測" in done.stdout
    assert "カード" in done.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["orders.csv"]
