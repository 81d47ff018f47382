"""Mail: messages and mailboxes as tables; what breaks is counted."""

from __future__ import annotations

import gzip
import mailbox
from email.message import EmailMessage

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
