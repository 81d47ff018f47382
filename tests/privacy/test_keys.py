"""Hashes of values are keyed: another key, other hashes; and neither key nor hash is ever shown."""

from __future__ import annotations

import io
import json

import numpy as np
import polars as pl
import pytest
from canaries import unpacked

import privscan as ps
from privscan.__main__ import run
from privscan.api import judge, merge, observe, plan
from privscan.errors import PrivscanError, UnequalHeadersError
from privscan.evidence.codec import decode, encode
from privscan.registry import plugins
from privscan.render import json as json_format

KEYS = b"first key of 32 bytes, made up !!", b"second key of 32 bytes, made up !"


@pytest.fixture
def people(tmp_path):
    file = tmp_path / "people.csv"
    rows = "".join(f"{i},person{i}@example.com,{1950 + i % 40}\n" for i in range(200))
    file.write_text("customer_id,email,birth_year\n" + rows, "utf-8")
    return file


def evidence(file, key):
    return merge(observe(part) for part in plan(file, key=key).parts)


def hashes(total):
    [data] = total.datasets.values()
    columns = [c.values.hashes for c in data.columns.values()]
    return {*np.concatenate([*columns, *(j.hashes for j in data.joint.values())]).tolist()}


def test_another_key_gives_other_hashes_of_the_same_values(people):
    one, two = (evidence(people, key) for key in KEYS)
    assert len(hashes(one)) >= 400
    assert not hashes(one) & hashes(two)
    assert not hashes(one) & hashes(evidence(people, None))


def test_the_same_key_gives_the_same_evidence(people):
    assert encode(evidence(people, KEYS[0])) == encode(evidence(people, KEYS[0]))


def test_no_hash_is_that_of_an_unkeyed_function(people):
    """Without the key, hashes of guessed values do not meet those of the evidence."""
    guessed = pl.Series([f"person{i}@example.com" for i in range(200)])
    unkeyed = {*guessed.hash().to_list(), *guessed.hash(1).to_list()}
    for key in (*KEYS, None):
        assert not hashes(evidence(people, key)) & unkeyed


def test_evidence_of_unequal_keys_does_not_add_up(people):
    one, two = (evidence(people, key) for key in KEYS)
    with pytest.raises(UnequalHeadersError, match="key"):
        merge([one, two])
    with pytest.raises(UnequalHeadersError):
        decode(encode(two)) + one


def test_evidence_of_one_key_adds_up(people):
    one = evidence(people, KEYS[0])
    assert merge([one, one]).datasets["people"].rows == 400


def test_the_judgement_does_not_depend_on_the_key(people):
    one, two = (judge(evidence(people, key)) for key in KEYS)
    assert (one.score, one.level) == (two.score, two.level)
    assert [f.id for f in one.findings] == [f.id for f in two.findings]


@pytest.mark.parametrize("key", [*KEYS, None])
def test_neither_key_nor_hash_stands_in_a_report(people, key):
    made, total = plan(people, key=key), evidence(people, key)
    shown = [made.seed, *hashes(total)]
    forms = {str(n) for n in shown} | {f"{n:x}" for n in shown} | {f"{n:016x}" for n in shown}
    for renderer in plugins("render"):
        said = unpacked(renderer.load().render(judge(total), lang="en"))
        words = {*"".join(c if c.isalnum() else " " for c in said).split()}
        assert not words & forms, renderer.name
        if key:
            assert key.decode() not in said
            assert key.hex() not in said.lower()


@pytest.mark.parametrize("key", KEYS)
def test_the_key_is_not_in_evidence_and_its_id_does_not_give_the_seed(people, key):
    made, wire = plan(people, key=key), encode(evidence(people, key))
    assert key not in wire
    assert key.hex().encode() not in wire
    assert made.seed.to_bytes(8, "big") not in wire
    assert made.seed.to_bytes(8, "little") not in wire
    assert str(made.seed).encode() not in wire
    assert int(made.header.key_id, 16) != made.seed


def test_a_key_file_is_used_and_never_said(people, tmp_path, capfd):
    saved = []
    for number, key in enumerate(KEYS):
        file = tmp_path / f"key{number}"
        file.write_bytes(key)
        assert run(["scan", str(people), "--key-file", str(file), "-f", "json"]) == 0
        out, err = capfd.readouterr()
        assert key.decode() not in out + err
        document = json.loads(out)
        saved.append([c["distinct"] for d in document["datasets"] for c in d["columns"]])
    assert saved[0] == saved[1]


@pytest.mark.parametrize("content", [b"", b"short", b"fifteen bytes !"])
def test_a_weak_key_is_refused_and_not_said(people, tmp_path, capfd, content):
    file = tmp_path / "key"
    file.write_bytes(content)
    assert run(["scan", str(people), "--key-file", str(file)]) == 2
    out, err = capfd.readouterr()
    assert "16 bytes" in err
    assert not content or content.decode() not in out + err


def test_a_wire_form_of_another_kind_is_refused():
    for wire in (b"", b"ARROW1", json.dumps({"version": 1}).encode(), io.BytesIO().getvalue()):
        with pytest.raises(PrivscanError):
            decode(wire)


def test_a_report_under_a_secret_key_is_the_one_without(people):
    """Of a report only the choice of examples follows from the key."""
    with_key, without = (ps.scan(people, key=key) for key in (KEYS[0], None))
    said = []
    for report in (with_key, without):
        document = json.loads(json_format.render(report))
        for column in document["datasets"][0]["columns"]:
            assert column.pop("examples")
        said.append(document)
    assert said[0] == said[1]
