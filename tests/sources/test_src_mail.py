"""Mail: messages and mailboxes as tables; what breaks is counted."""

from __future__ import annotations

import gzip
import mailbox
import time
from email.message import EmailMessage

import pyarrow as pa
import pytest

import privscan as ps
from privscan.model.data import Batch, Part, Unread
from privscan.sources import mail


def message(number=0, *, html=False):
    made = EmailMessage()
    made["From"] = f"Anna Schmidt <anna{number}@example.org>"
    made["To"] = "Bob <bob@example.org>, carol@example.org"
    made["Subject"] = "payroll"
    made["Date"] = "Tue, 24 Nov 2026 10:00:00 +0000"
    made["X-Originating-IP"] = "[203.0.113.7]"
    made.set_content("From the office\nCall +1 202 555 0143")
    if html:
        made.add_alternative(
            "<html><p>IBAN</p><p>DE89370400440532013000</p></html>", subtype="html"
        )
    return made


def boxed(path, count):
    box = mailbox.mbox(path)
    for number in range(count):
        box.add(message(number))
    box.flush()
    box.close()
    return path


def rows(path, **size):
    """The batches that are read, and what is not."""
    (part,) = mail.parts(str(path), "mail")
    found = list(mail.read(part, **size))
    return [b for b in found if isinstance(b, Batch)], [u for u in found if isinstance(u, Unread)]


def cells(batches, path):
    return [cell for b in batches for c in b.columns if c.path == path for cell in c.cells]


@pytest.mark.parametrize("size", [1, 3, 100])
def test_a_mailbox_is_a_row_a_message(tmp_path, size):
    batches, unread = rows(boxed(tmp_path / "all.mbox", 7), batch_rows=size)
    assert (sum(b.rows for b in batches), unread) == (7, [])
    assert cells(batches, "from.address") == [f"anna{i}@example.org" for i in range(7)]
    assert cells(batches, "to[].address") == ["bob@example.org", "carol@example.org"] * 7
    # A line that begins with From is escaped in a mailbox, and ends no message.
    assert all(body.startswith("From the office") for body in cells(batches, "body"))
    assert cells(batches, "date")[0] == "2026-11-24T10:00:00+00:00"
    assert "x-originating-ip: [203.0.113.7]" in cells(batches, "headers[]")


def test_messages_of_a_folder_are_one_table(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.eml").write_bytes(message(number, html=True).as_bytes())
    report = ps.scan(tmp_path)
    (dataset,) = report.datasets
    found = {c.path: [e.entity for e in c.entities] for c in dataset.columns}
    assert dataset.rows == 3
    assert found["from.address"] == ["email"]
    assert {"phone", "iban"} <= {*found["body"]}
    assert found["headers[]"] == ["ip_address"]


def test_packed_and_broken_mailboxes(tmp_path):
    whole = boxed(tmp_path / "all.mbox", 200).read_bytes()
    packed = tmp_path / "all.mbox.gz"
    packed.write_bytes(gzip.compress(whole))
    assert sum(b.rows for b in rows(packed)[0]) == 200
    packed.write_bytes(gzip.compress(whole)[:-200])
    _, unread = rows(packed)
    assert len(unread) == 1
    assert "anna" not in unread[0].reason


def test_hostile_headers_hide_neither_words_nor_other_messages(tmp_path):
    path = tmp_path / "bad.mbox"
    hostile = b"From x\nFrom: a@example.org\nTo: b@example.org\nSubject: x\nContent-Type: text/plain; charset=no-such\n\nDE89370400440532013000\n\n"  # fmt: skip
    good = b"From x\nFrom: good@example.org\nTo: b@example.org\nSubject: x\n\nhi\n\n"
    path.write_bytes(hostile + good)
    batches, unread = rows(path)
    assert cells(batches, "from.address") == ["a@example.org", "good@example.org"]
    assert cells(batches, "body") == ["DE89370400440532013000\n\n", "hi\n\n"]
    assert unread == []


@pytest.mark.parametrize(
    "text",
    [
        b"From: one field alone\n\n",
        b"to,cc,subject\nx,y,z\n",
        b"From the beginning of a story, To: the end\nSubject: none\n",
        b"Subject matters\nFrom here\nTo there\nDate unknown\n",
        b'{"From": "a", "To": "b", "Subject": "c"}',
    ],
)  # fmt: skip
def test_other_texts_are_no_mail(text):
    assert not mail.sniff(text)


def test_schema_and_parts(tmp_path):
    path = boxed(tmp_path / "b.mbox", 1)
    assert mail.sniff(path.read_bytes())
    assert "attachments" in mail.schema(str(path))
    assert list(mail.parts(str(path), "d")) == [
        Part("mail", "d", str(path), bytes=path.stat().st_size)
    ]


def one(tmp_path, content):
    """The cells of one message by column, and what is not read."""
    path = tmp_path / "a.eml"
    path.write_bytes(content)
    batches, unread = rows(path)
    return {c.path: [*c.cells] for b in batches for c in b.columns}, unread


def test_words_of_any_charset(tmp_path):
    japanese = "=?iso-2022-jp?B?GyRCOzNFREIwTzobKEI=?="
    content = (
        f'From: {japanese} <y@example.org>\nTo: "M\xfcller, A" <m@example.org>\nSubject: Grüße =?utf-8?q?a?=\n =?utf-8?q?b?=\n'
        "Content-Type: text/plain; charset=us-ascii\n\nJosé"
    ).encode()
    found, unread = one(tmp_path, content)
    assert (found["from.name"], found["to[].name"]) == (["山田属郎"], ["Müller, A"])
    assert (found["subject"], found["body"], unread) == (["Grüße ab"], ["José"], [])
    raw = b"From: a@example.org\nTo: b@example.org\nSubject: x\n\n" + "山田".encode("iso2022_jp")
    assert one(tmp_path, raw)[0]["body"] == ["山田"]


def test_what_stands_between_parts_and_in_their_headers_is_read(tmp_path):
    content = b"""From envelope@example.org Tue
From: a@example.org
From: second@example.org
To: no address at all (
Subject: x
Content-Type: multipart/mixed; boundary=b

before@example.org
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; x

Final-Recipient: rfc822;failed@example.org

--b
Content-Type: application/octet-stream; name="=?utf-8?q?l=C3=B6hne.csv?="
Content-Transfer-Encoding: base64

bmFtZSxtYWlsCkEsaW5zaWRlQGV4YW1wbGUub3JnCg==
--b
Content-Type: text/plain

begin 644 c.bin
#0V%T
`
end
--b--
after@example.org
"""
    found, unread = one(tmp_path, content)
    lines = "\n".join(found["headers[]"] + found["body"])
    for who in ("envelope", "second", "before", "failed", "inside", "after"):
        assert f"{who}@example.org" in lines
    assert "löhne.csv" in lines
    assert found["attachments[].content"] == [b"Cat"]
    assert (found["to[].name"], unread) == (["no address at all ("], [])


@pytest.mark.parametrize(
    "field",
    ["From: " + "(" * 90_000, "To: " + "a b <a@b.c>, " * 9_000, "Subject: " + "=?a?q?x?=" * 50_000,
     "Content-Type: text/plain; " + "a;" * 99_000, "Date: 1 Jan " + "9" * 5_000, "From: a@" + "a." * 50_000],
)  # fmt: skip
def test_hostile_fields_take_little_time_and_lose_no_body(tmp_path, field):
    begin = time.perf_counter()
    found, unread = one(tmp_path, f"To: x@example.org\n{field}\n\nthe body".encode())
    assert (found["body"], unread) == (["the body"], [])
    assert time.perf_counter() - begin < 5


def test_a_mailbox_in_zstandard_and_one_without_lines(tmp_path, monkeypatch):
    packed = tmp_path / "all.mbox.zst"
    with pa.CompressedOutputStream(str(packed), "zstd") as file:
        file.write(boxed(tmp_path / "all.mbox", 7).read_bytes())
    assert sum(b.rows for b in rows(packed)[0]) == 7
    monkeypatch.setattr(mail, "LINE", 50)
    assert sum(b.rows for b in rows(packed)[0]) == 7
    assert one(tmp_path, b"Subject: x\n\n" + b"y" * 500)[0]["body"] == ["y" * 500]
