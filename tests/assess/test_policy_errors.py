"""All that is wrong in a policy file is told at once, each slip with its line, and nothing twice."""

from __future__ import annotations

import pickle

import pytest

from privscan.assess.baseline import read_baseline
from privscan.assess.policies import load_policy
from privscan.errors import MOST, RuleError
from privscan.rulebook.load import rulebook
from privscan.rulebook.policy_files import Known, read_policies

HEAD = "id: mine\nabout: {en: a, ja: b}\nas_of: '2026-11-25'\nstatus: s\nsource: t\n"

MANY = """\
stop_at: hihg
forbid: [emial, my_number]
max_scor: 30
min_k: 1
protect:
  - {entities: [gov_ids], states: [tokenised]}
declare:
  - {keys: [purpose]}
stop_new: [artt9]
incomplete: {detectors: [face]}
waivers:
  - {id: W, rule: max_score, dataset: d, up_to: high, reason: r, owner: o, expires: soon}
  - {id: W, rule: forbid, dataset: d, columns: [c], entities: [emial], reason: r, expires: '2026-12-31'}
examples:
  - {has: {emai: plain}, findings: {GDPR-4-2: high}, not_run: [face]}
  - {has: {email: plane}}
"""
"""Seventeen slips: shapes, keys, and names of entities, checks and detectors."""

UP_TO_A_LIST = """\
waivers: [{id: W, rule: stop_at, dataset: d, up_to: [1], reason: r, owner: o, expires: '2026-12-31'}]
"""

SLIPS = [
    (6, "stop_at", ""), (8, "unknown key 'max_scor'", "max_score"), (9, "min_k", ""),
    (11, "protect.0.states.0", ""), (13, "declare.0.keys.0", ""), (17, "waivers.0.expires", ""),
    (21, "examples.1.has.email", ""), (13, "declare.0.entities: Field required", ""),
    (18, "waivers.1.owner: Field required", ""), (7, "'emial'", "email"), (14, "'artt9'", "art9"),
    (11, "'gov_ids'", "gov_id"), (18, "'emial'", "email"), (20, "'emai'", "email"),
    (20, "'GDPR-4-2'", "did you mean"), (15, "'face'", "faces"), (20, "'face'", "faces"),
]  # fmt: skip


def wrong(tmp_path, text, name="mine.yaml"):
    """What is wrong with a policy file: line, what and hint of each slip."""
    file = tmp_path / name
    file.write_text(HEAD + text, "utf-8")
    with pytest.raises(RuleError) as caught:
        load_policy(file)
    for one in caught.value.every:
        assert one.where.startswith(f"{file}:")
    return [(int(e.where.rpartition(":")[2]), e.what, e.hint) for e in caught.value.every]


def test_every_slip_is_told_with_its_line_and_only_once(tmp_path):
    told = wrong(tmp_path, MANY)
    assert [line for line, _, _ in told] == [line for line, _, _ in SLIPS]
    for (_, what, hint), (_, said, near) in zip(told, SLIPS, strict=True):
        assert said in what
        assert near in hint
        assert bool(near) == bool(hint)


@pytest.mark.parametrize(("line", "said", "near"), SLIPS)
def test_one_slip_alone_is_one_error(tmp_path, line, said, near):
    rows = (HEAD + MANY).splitlines()
    head = {11: 10, 13: 12, 17: 16, 18: 16, 20: 19, 21: 19}.get(line)
    text = "\n".join(row for row in (rows[head - 1] if head else "", rows[line - 1]) if row)
    told = wrong(tmp_path, text + "\n")
    assert any(said.replace(".1.", ".0.") in what for _, what, _ in told)
    assert {number for number, _, _ in told} == {7 if head else 6}
    assert len(told) == len([one for one in SLIPS if one[0] == line])
    assert near in "".join(hint for _, _, hint in told)


def test_the_text_is_a_line_for_each_and_survives_a_process(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD + "forbid: [emial]\nmin_k: 1\n", "utf-8")
    with pytest.raises(RuleError) as caught:
        load_policy(file)
    said = str(caught.value).splitlines()
    assert said[0].startswith(f"{file}:7: min_k: ")
    assert said[1:] == [
        f"{file}:6: no entity or group is called 'emial'", "  try: did you mean 'email'?",
    ]  # fmt: skip
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert [str(one) for one in again.every] == [str(one) for one in caught.value.every]


def test_a_right_policy_has_no_slip(tmp_path):
    file = tmp_path / "mine.yaml"
    right = "forbid: [email]\nexamples:\n  - {has: {email: plain}, breaks: [forbid]}\n"
    file.write_text(HEAD + right, "utf-8")
    assert load_policy(file).forbid == ("email",)


def test_every_example_that_fails_is_told(tmp_path):
    rows = (
        "forbid: [email]", "examples:", "  - {has: {email: plain}}",
        "  - {has: {email: plain}, breaks: [forbid]}", "  - {unread: 0.1}",
        "  - {context: {subjects: aliens}}", "  - {has: {phone: plain}, breaks: [forbid]}",
    )  # fmt: skip
    told = wrong(tmp_path, "\n".join(rows) + "\n")
    assert [line for line, _, _ in told] == [8, 10, 11, 12]
    assert "should break nothing" in told[0][1]
    assert "unread in the example" in told[1][1]
    assert "subjects" in told[2][1]
    assert "breaks nothing, and should break forbid" in told[3][1]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("forbid: [email]\nforbid: [phone]\nmin_k: 5\nmin_k: 6\n", [7, 9]),
        ("? [a]\n: 1\nforbid: [email]\nforbid: []\n", [6, 9]),
        ("min_k: !!int five\nmax_score: !!float high\n", [6, 7]),
        ("forbid: [email\nmin_k: 1\n", [7]),
    ],
)
def test_what_is_wrong_as_yaml_is_told_together_too(tmp_path, text, lines):
    assert [line for line, _, _ in wrong(tmp_path, text)] == lines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns: [{required: {a: txt}}]\n", "columns.0.required.a"),
        (UP_TO_A_LIST, "waivers.0.up_to"),
        ("protect: [{entitys: [email], states: [plain]}]\n", "unknown key 'entitys'"),
        ("protect: [{entities: [email], states: [plane]}]\n", "protect.0.states.0"),
        ("forbid: 5\n", "forbid"),
    ],
)  # fmt: skip
def test_a_value_is_wrong_once_whatever_it_could_have_been(tmp_path, text, said):
    [(line, what, _)] = wrong(tmp_path, text)
    assert (line, said in what) == (6, True)


def test_a_key_that_is_lost_is_told_beside_one_that_is_not_meant_for_it(tmp_path):
    told = wrong(tmp_path, "protect:\n  - states: [plain]\n    zzz: 1\n")
    assert [(line, what.split(":")[0]) for line, what, _ in told] == [
        (8, "unknown key 'zzz'"), (7, "protect.0.entities"),
    ]  # fmt: skip


def test_a_waiver_says_all_that_it_lacks(tmp_path):
    few = "{id: W, rule: min_k, dataset: d, reason: r, owner: o, expires: '2026-12-31'}"
    [(_, what, _)] = wrong(tmp_path, f"waivers:\n  - {few}\n")
    assert "names `columns`" in what
    assert "says `up_to`" in what


def test_several_files_are_told_together(tmp_path):
    rules = rulebook()
    known = Known.of(rules.entities, rules.groups, rules.rules)
    files = [tmp_path / f"{name}.yaml" for name in ("a", "b", "c")]
    for file, text in zip(files, ("min_k: 1\n", "forbid: [email]\n", "forbid: [x]\n"), strict=True):
        file.write_text(HEAD + text, "utf-8")
    with pytest.raises(RuleError) as caught:
        read_policies(files, known)
    assert [one.where for one in caught.value.every] == [f"{files[0]}:6", f"{files[2]}:6"]
    assert [one.forbid for one in read_policies(files[1:2], known)] == [("email",)]


def test_what_is_wrong_all_over_stays_readable(tmp_path):
    names = "".join(f"  - nobody{i}\n" for i in range(MOST + 20))
    assert len(wrong(tmp_path, f"forbid:\n{names}")) == MOST


def test_a_baseline_tells_all_its_slips_too(tmp_path):
    one = "{fingerprint: aaaaaaaaaaaa, rule: forbid, dataset: d, up_to: plain, expires: %s}"
    file = tmp_path / "b.yaml"
    head = "schema: privscan-baseline/1\npolicy: ingest\nwritten: '2026-11-25'\naccepted:\n"
    rows = (
        one % "soon",
        one % "'2026-12-31'",
        one % "'2026-02-30'",
        one.replace("forbid", "x") % "''",
    )
    file.write_text(head + "".join(f"  - {row}\n" for row in rows), "utf-8")
    with pytest.raises(RuleError) as caught:
        read_baseline(file)
    assert [one.where for one in caught.value.every] == [f"{file}:{n}" for n in (5, 7, 8)]
    assert "2026-12-31" in caught.value.also[0].what
    assert caught.value.also[1].what.startswith("accepted.3.rule")
