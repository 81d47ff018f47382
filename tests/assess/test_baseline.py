"""Baselines accept what they hold while somebody answers for it, and nothing that is worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import yaml
from gated import (
    MAIL,
    NUMBER,
    RULES,
    TODAY,
    TOKEN,
    beside,
    broken,
    column,
    found,
    judged,
    people,
    policy,
)

from privscan.assess.baseline import Acceptance, audited, made, read_baseline, written
from privscan.assess.policy import every_breach
from privscan.errors import RuleError
from privscan.model.kinds import Level, Severity, State
from privscan.model.profile import Risk

ASKED = policy(forbid=["my_number", "email"], max_score=100)
BY = Acceptance("Data office", "until the new system", "2027-01-31", "test", TODAY)


def breaches_of(held, asked=ASKED, **more):
    return every_breach(held, asked, RULES, beside(**more))


def baseline_of(held, asked=ASKED, before=None, by=BY):
    return made(breaches_of(held, asked), held.datasets, by, before)


def at(held, points):
    risk = Risk(points, Level.MEDIUM, (points, points), ())
    return replace(held, datasets=(replace(held.datasets[0], risk=risk),))


def test_what_was_there_passes_and_what_comes_stops():
    known = baseline_of(people(MAIL))
    assert judged(people(MAIL), ASKED, baseline=known).passed
    got = judged(people(MAIL, NUMBER), ASKED, baseline=known)
    assert [v.rule for v in got.violations] == ["forbid", "stop_new"]
    assert {v.columns for v in got.violations} == {("n",)}
    [waived] = got.waived
    assert (waived.by, waived.owner, waived.expires) == ("baseline", "Data office", "2027-01-31")


def test_a_my_number_column_that_appears_stops_though_the_policy_forbids_nothing():
    lax = policy()
    known = baseline_of(people(MAIL), lax)
    assert known.accepted == ()
    assert broken(people(MAIL, NUMBER), lax, baseline=known) == ["stop_new"]


def test_the_same_data_protected_less_is_not_what_was_accepted():
    known = baseline_of(people(TOKEN))
    assert judged(people(TOKEN), ASKED, baseline=known).passed
    assert broken(people(NUMBER), ASKED, baseline=known) == ["forbid"]
    assert judged(people(column("n", found("my_number", state=State.ENCRYPTED_KEY_APART))),
                  ASKED, baseline=known).passed  # fmt: skip


@pytest.mark.parametrize(
    ("points", "passes"), [(60, True), (61.24, True), (61.31, False), (40, True)]
)
def test_a_score_is_accepted_as_high_as_it_was(points, passes):
    asked = policy(max_score=30)
    known = baseline_of(at(people(MAIL), 61.23), asked)
    assert [one.up_to for one in known.accepted] == ["61.2"]
    assert judged(at(people(MAIL), points), asked, baseline=known).passed is passes


@pytest.mark.parametrize("day", [date(2027, 1, 31), date(2027, 2, 1)])
def test_what_was_accepted_ends_after_its_day(day):
    known = baseline_of(people(MAIL))
    assert judged(people(MAIL), ASKED, baseline=known, today=day).passed is (day.month == 1)


@pytest.mark.parametrize(
    ("day", "trouble"),
    [
        (date(2027, 1, 30), ()), (date(2027, 1, 31), ()), (date(2027, 2, 1), ("expired",)),
        (date(2028, 1, 31), ("expired",)),
    ],
)  # fmt: skip
def test_the_audit_counts_the_last_day_as_the_gate_does(day, trouble):
    known = baseline_of(people(MAIL))
    [entry] = audited(known, breaches_of(people(MAIL)), day)
    assert entry.trouble == trouble
    assert judged(people(MAIL), ASKED, baseline=known, today=day).passed is not bool(trouble)


def test_who_has_to_protect_what_is_forbidden_accepts_both_limits():
    states = {"entities": ["my_number"], "states": ["token_keyed"]}
    both = policy(forbid=["my_number"], protect=[states])
    known = baseline_of(people(NUMBER), both)
    assert sorted(one.rule for one in known.accepted) == ["forbid", "protect"]
    assert judged(people(NUMBER), both, baseline=known).passed
    for rule in ("forbid", "protect"):
        left = tuple(one for one in known.accepted if one.rule != rule)
        part = known.model_copy(update={"accepted": left})
        assert broken(people(NUMBER), both, baseline=part) == [rule]


@pytest.mark.parametrize("lacking", ["owner", "reason", "expires"])
def test_what_nobody_answers_for_covers_nothing(lacking):
    known = baseline_of(people(MAIL))
    [one] = known.accepted
    unowned = known.model_copy(update={"accepted": (one.model_copy(update={lacking: ""}),)})
    assert broken(people(MAIL), ASKED, baseline=unowned) == ["forbid"]
    [entry] = audited(unowned, breaches_of(people(MAIL)), TODAY)
    assert "unowned" in entry.trouble


def test_a_fingerprint_of_one_dataset_is_not_that_of_another():
    known = baseline_of(people(MAIL))
    assert broken(people(MAIL, name="others"), ASKED, baseline=known) == ["forbid"]


def test_a_finding_is_accepted_by_its_own_fingerprint():
    asked = policy(fail_on="medium")
    held = people(NUMBER)
    known = baseline_of(held, asked)
    prints = {one.fingerprint for one in known.accepted}
    assert prints == {f.id for f in held.findings if f.severity.rank >= Severity.MEDIUM.rank}
    assert judged(held, asked, baseline=known).passed
    milder = next(f for f in held.findings if f.severity.rank == Severity.HIGH.rank)
    graver = replace(held, findings=(replace(milder, severity=Severity.VERY_HIGH),))
    assert broken(graver, asked, baseline=known) == ["fail_on"]


def test_a_finding_on_fewer_columns_is_covered_and_on_others_is_not():
    asked = policy(fail_on="medium")
    other = column("m", found("my_number"))
    known = baseline_of(people(NUMBER, other), asked)
    assert judged(people(NUMBER), asked, baseline=known).passed
    third = column("x", found("my_number"))
    assert "fail_on" in broken(people(NUMBER, other, third), asked, baseline=known)


def test_the_audit_says_what_is_expired_changed_and_of_nothing():
    known = baseline_of(people(MAIL, TOKEN))
    fine = audited(known, breaches_of(people(MAIL, TOKEN)), TODAY)
    assert [one.trouble for one in fine] == [(), ()]
    later = date(2028, 1, 1)
    by_column = {e.entry.columns[0]: e for e in audited(known, breaches_of(people(NUMBER)), later)}
    assert by_column["mail"].trouble == ("expired", "unused")
    assert by_column["n"].trouble == ("expired", "changed")
    assert (by_column["n"].entry.up_to, by_column["n"].now) == ("token_keyed", "plain")


def test_writing_again_keeps_who_answered_and_takes_what_is_new():
    first = baseline_of(people(MAIL))
    later = Acceptance("Somebody else", "why not", "2027-06-30", "test", TODAY)
    again = baseline_of(people(MAIL, NUMBER), before=first, by=later)
    owners = {one.columns[0]: one.owner for one in again.accepted}
    assert owners == {"mail": "Data office", "n": "Somebody else"}
    gone = baseline_of(people(NUMBER), before=again, by=later)
    assert [one.columns for one in gone.accepted] == [("n",)]


def test_what_ended_or_grew_worse_is_accepted_anew():
    first = baseline_of(people(TOKEN), by=replace(BY, expires="2026-01-01"))
    later = replace(BY, owner="Somebody else")
    assert [o.owner for o in baseline_of(people(TOKEN), before=first, by=later).accepted] == [
        "Somebody else"
    ]
    mild = baseline_of(people(TOKEN))
    [one] = baseline_of(people(NUMBER), before=mild, by=later).accepted
    assert (one.owner, one.up_to) == ("Somebody else", "plain")


# ------------------------------------------------------------------ the file


def test_a_baseline_survives_its_file(tmp_path):
    odd = column('a: "b" #\n{x}', found("email"))
    known = baseline_of(people(odd, NUMBER))
    file = tmp_path / "baseline.yaml"
    file.write_text(written(known), "utf-8")
    assert read_baseline(file) == known
    assert judged(people(odd, NUMBER), ASKED, baseline=read_baseline(file)).passed


def test_a_name_of_half_a_character_is_written_all_the_same():
    known = baseline_of(people(column("half \udcff", found("email"))))
    assert written(known).encode()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("privscan-baseline/1", "privscan-baseline/2", "schema"),
        ("owner:", "ownr:", "ownr"),
        ("rule: forbid", "rule: forbit", "rule"),
        ("up_to: plain", "up_to: plane", "no measure of forbid"),
        ("expires: '2027-01-31'", "expires: soon", "2026-12-31"),
        ("expires: '2027-01-31'", "expires: 2027-02-29", "2026-12-31"),
        ("expires: '2027-01-31'", "expires: 31.01.2027", "2026-12-31"),
        ("expires: '2027-01-31'", "expires: 2027-01-31T12:00:00", "2026-12-31"),
        ("written: '2026-11-25'", "written: ''", "2026-12-31"),
        ("fingerprint: ", "fingerprint: Z", "fingerprint"),
    ],
)
def test_a_wrong_file_says_where(tmp_path, old, new, why):
    file = tmp_path / "baseline.yaml"
    text = written(baseline_of(people(MAIL)))
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RuleError, match=why) as caught:
        read_baseline(file)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if old in row)
    assert caught.value.where == f"{file}:{line}"


@pytest.mark.parametrize("lacking", ["owner", "reason", "expires"])
def test_a_file_without_an_owner_is_read_and_covers_nothing(tmp_path, lacking):
    plain = yaml.safe_load(written(baseline_of(people(MAIL))))
    del plain["accepted"][0][lacking]
    file = tmp_path / "baseline.yaml"
    file.write_text(yaml.safe_dump(plain), "utf-8")
    known = read_baseline(file)
    assert broken(people(MAIL), ASKED, baseline=known) == ["forbid"]
    [entry] = audited(known, breaches_of(people(MAIL)), TODAY)
    assert entry.trouble == ("unowned",)


def test_a_day_without_quotes_is_a_day(tmp_path):
    known = baseline_of(people(MAIL))
    file = tmp_path / "baseline.yaml"
    file.write_text(written(known).replace("'2027-01-31'", "2027-01-31"), "utf-8")
    assert read_baseline(file) == known


def test_the_same_thing_accepted_twice_is_wrong(tmp_path):
    plain = yaml.safe_load(written(baseline_of(people(MAIL))))
    plain["accepted"] *= 2
    file = tmp_path / "baseline.yaml"
    file.write_text(yaml.safe_dump(plain), "utf-8")
    with pytest.raises(RuleError, match="accepted twice"):
        read_baseline(file)
