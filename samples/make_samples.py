"""Make the made-up lake of this folder; the same bytes on every run.

usage: python samples/make_samples.py [FOLDER]

No person, number or address here is real. Telephone numbers, domains, networks and card numbers
come from ranges kept for fiction, documentation or tests; bank codes and house numbers are ones
that nobody has. Pictures that were taken by a camera are kept as they are committed (where they
come from says photos/SOURCES.md); the others are drawn here, or derived from those.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import random
import sys
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from PIL import ExifTags, Image, ImageDraw

HERE = Path(__file__).parent

GIVEN = ("Anna", "Bela", "Chiyo", "Dora", "Emil", "Farah", "Goran", "Hana", "Ines", "Jonas",
         "Keiko", "Luca", "Mira", "Noor", "Oskar", "Priya", "Quinn", "Rosa", "Samir", "Tove")  # fmt: skip
FAMILY = ("Okafor", "Lindqvist", "Moreau", "Tanaka", "Novak", "Silva", "Weber", "Rossi", "Haddad",
          "Kowalska", "Jensen", "Costa", "Ivanova", "Nguyen", "Murphy", "Suzuki", "Bauer")  # fmt: skip
STREETS = ("Linden Road", "Mill Lane", "Harbour Street", "Station Road", "Church Lane")
TOWNS = (("Ambridge", "ZZ1 1AA"), ("Borchester", "ZZ2 3BB"), ("Casterbridge", "ZZ4 5CC"))
"""Towns of novels and radio plays, under a letter pair that no British postcode has."""

TEST_CARDS = ("4111 1111 1111 1111", "5555 5555 5555 4444")
"""Numbers that payment firms publish for tests."""

MY_NUMBER_WEIGHTS = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
"""From the last digit of the body to its first (My Number Act, enforcement ordinance)."""

LATE = 200
"""Event from which on customers have a mobile number."""


def main(folder: Path) -> None:
    """Write every sample below `folder`."""
    employees(folder / "hr")
    subscribers(folder / "newsletter")
    weblogs(folder / "weblogs")
    orders(folder / "orders")
    telemetry(folder / "machines")
    events(folder / "events")
    japan(folder / "japan")
    pictures(folder / "photos")


def _csv(
    file: Path, header: Sequence[str], rows: Iterable[Sequence[object]], encoding: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    _write(file, text.getvalue().encode(encoding))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _day(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randrange((last - first).days))


def my_number(body: int) -> str:
    """Twelve digits with the check digit of the ordinance; with 0000 in front, none is known."""
    digits = f"{body:011d}"
    total = sum(int(d) * w for d, w in zip(reversed(digits), MY_NUMBER_WEIGHTS, strict=True))
    rest = total % 11
    return f"{digits}{0 if rest <= 1 else 11 - rest}"


def iban(account: int) -> str:
    """A German account number with right check digits at bank code 00000000, which no bank has."""
    body = f"{account:018d}"
    check = 98 - int(f"{body}131400") % 97
    return f"DE{check:02d}{body}"


def employees(folder: Path) -> None:
    """An HR table: direct identifiers, national numbers and pay, in Parquet."""
    chance = random.Random("hr")
    rows = []
    for number in range(240):
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        town, code = chance.choice(TOWNS)
        rows.append({
            "employee_id": f"E{1000 + number}",
            "full_name": f"{given} {family}",
            "email": f"{given}.{family}{number}@example.com".lower(),
            "date_of_birth": _day(chance, date(1961, 1, 1), date(2003, 1, 1)),
            "gender": chance.choice(("female", "male", "female", "male", "other")),
            "address": f"{900 + chance.randrange(99)} {chance.choice(STREETS)}, {town}",
            "postal_code": code,
            "my_number": my_number(chance.randrange(10**7)),
            "salary": 10_000 * chance.randrange(320, 1200),
            "iban": iban(chance.randrange(10**10)),
            "department": chance.choice(("Sales", "Research", "Logistics", "Finance")),
            "hire_date": _day(chance, date(2014, 1, 1), date(2025, 6, 1)),
        })  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    pl.DataFrame(rows).write_parquet(folder / "employees.parquet", compression="zstd")


def subscribers(folder: Path) -> None:
    """A list for a newsletter: an address, a given name, a day."""
    chance = random.Random("newsletter")
    rows = []
    for number in range(300):
        given = chance.choice(GIVEN)
        signed = _day(chance, date(2023, 1, 1), date(2025, 9, 1))
        rows.append((f"{given.lower()}{number}@example.org", given, signed))
    _csv(folder / "subscribers.csv", ("email", "given_name", "signed_up_at"), rows, "utf-8")


AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
)
"""Browsers as they call themselves."""


def weblogs(folder: Path) -> None:
    """An access log whose e-mail addresses are hashed without a key, and addresses cut short."""
    chance = random.Random("weblogs")
    lines = []
    for number in range(400):
        person = chance.randrange(120)
        address = f"{GIVEN[person % len(GIVEN)].lower()}{person}@example.org"
        lines.append({
            "ts": f"2025-03-{1 + number // 20:02d}T{number % 20:02d}:{chance.randrange(60):02d}:00Z",
            "email_sha256": hashlib.sha256(address.encode()).hexdigest(),
            "client_ip": f"{chance.choice(('192.0.2', '198.51.100', '203.0.113'))}.0",
            "user_agent": chance.choice(AGENTS),
            "path": chance.choice(("/", "/prices", "/help", "/orders", "/orders/new")),
            "status": chance.choice((200, 200, 200, 304, 404)),
            "bytes": chance.randrange(400, 90_000),
        })  # fmt: skip
    text = "".join(json.dumps(line) + "\n" for line in lines)
    _write(folder / "access.jsonl.gz", gzip.compress(text.encode(), mtime=0))


REMARKS = ("Please leave the parcel at the back door.", "Gift wrapping, no invoice inside.",
           "The blue one was sold out, green is fine.", "Second delivery of the same lamp.",
           "Deliver on a weekday between 9 and 12.", "Box was damaged, glass is whole.")  # fmt: skip
LEAKS = {
    17: "Call me before delivery, my number is +1 212 555 0142, thanks.",
    101: "Invoice please to farah.haddad@example.net and not to the shop.",
    163: f"The refund goes to my card {TEST_CARDS[0]} as agreed.",
    244: f"Pay the deposit back to {iban(4711)} please.",
}
"""Rows in which a customer wrote what belongs in no comment."""


def orders(folder: Path) -> None:
    """Orders in Hive partitions; four comments of three hundred hold what they should not."""
    chance = random.Random("orders")
    rows = [
        {
            "order_no": f"A-{50_000 + number}",
            "sku": f"SKU-{chance.randrange(100, 999)}-{chance.choice('ABC')}",
            "quantity": chance.randrange(1, 6),
            "price": chance.randrange(500, 20_000) / 100,
            "comment": LEAKS.get(number, chance.choice(REMARKS)),
        }
        for number in range(300)
    ]
    for month in range(1, 4):
        place = folder / "year=2025" / f"month={month:02d}"
        place.mkdir(parents=True, exist_ok=True)
        part = pl.DataFrame(rows[(month - 1) * 100 : month * 100])
        part.write_parquet(place / "part-0.parquet", compression="zstd")


def _ean(chance: random.Random) -> str:
    digits = f"978{chance.randrange(10**9):09d}"
    total = sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(digits))
    return f"{digits}{-total % 10}"


TELEMETRY = {
    "machine_uuid": lambda c, _: str(uuid.UUID(int=c.getrandbits(128), version=4)),
    "station": lambda _, n: f"ST-{n % 12:02d}",
    "station_lat": lambda _, n: f"{47.10 + n % 12 * 0.0371:.4f}",
    "station_lon": lambda _, n: f"{8.20 + n % 12 * 0.0513:.4f}",
    "serial": lambda c, _: f"4{c.randrange(10**15):015d}",  # one in ten passes Luhn by chance
    "batch": lambda c, _: f"{c.randrange(10**12):012d}",  # one in eleven passes as a My Number
    "firmware": lambda c, _: f"{c.randrange(1, 4)}.{c.randrange(20)}.{c.randrange(9)}.{c.randrange(200)}",
    "recorded_at": lambda c, n: str(1_735_689_600 + 600 * n + c.randrange(60)),  # ten digits, as a phone has
    "build_sha256": lambda _, n: hashlib.sha256(f"build {n % 40}".encode()).hexdigest(),
    "commit": lambda _, n: hashlib.sha1(f"commit {n % 40}".encode(), usedforsecurity=False).hexdigest(),
    "product_name": lambda c, _: c.choice(("Rose 2", "Victoria Pump", "Max Valve", "Jasmin Mixer")),
    "name": lambda c, _: c.choice(("Conveyor North", "Press 7", "Oven B", "Packer 12")),
    "manufacturer": lambda c, _: c.choice(("Baker & Sons Ltd", "Marie Claude SA", "Schmidt Pumpen GmbH")),
    "species": lambda c, _: c.choice(("Abies alba", "Picea abies", "Pinus mugo", "Larix decidua")),
    "operator": lambda c, _: f"OP{c.randrange(8)}",
    "manual_isbn": lambda c, _: _ean(c),
    "celsius": lambda c, _: f"{c.uniform(18, 95):.1f}",
    "state": lambda c, _: c.choice(("run", "idle", "run", "stop")),
    "next_service": lambda c, _: (date(2025, 1, 1) + timedelta(days=c.randrange(360))).isoformat(),
}  # fmt: skip


def telemetry(folder: Path) -> None:
    """Machines and nothing of people, in columns that look as if."""
    chance = random.Random("machines")
    rows = [[make(chance, number) for make in TELEMETRY.values()] for number in range(400)]
    _csv(folder / "telemetry.csv", tuple(TELEMETRY), rows, "utf-8")


def events(folder: Path) -> None:
    """Shop events as nested JSON lines; a field that comes late, and lists of objects."""
    chance = random.Random("events")
    lines = []
    for number in range(260):
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        homes = [
            {"street": f"{900 + chance.randrange(99)} {chance.choice(STREETS)}",
             "zip": f"{chance.randrange(1000):05d}", "city": chance.choice(TOWNS)[0]}
            for _ in range(chance.randrange(1, 3))
        ]  # fmt: skip
        person = {"name": f"{given} {family}", "email": f"{given.lower()}.{number}@example.net",
                  "addresses": homes}  # fmt: skip
        if number >= LATE:
            person["mobile"] = f"+1 415 555 01{number % 100:02d}"
        lines.append({
            "event": chance.choice(("viewed", "ordered", "returned")),
            "customer": person,
            "items": [{"sku": f"SKU-{chance.randrange(100, 999)}", "count": chance.randrange(1, 4)}],
        })  # fmt: skip
    text = "".join(json.dumps(line) + "\n" for line in lines)
    _write(folder / "nested.jsonl", text.encode())


NAMES_JA = (
    ("山田", "ヤマダ"),
    ("鈴木", "スズキ"),
    ("田中", "タナカ"),
    ("佐藤", "サトウ"),
    ("高橋", "タカハシ"),
)
CALLED_JA = (
    ("太郎", "タロウ"),
    ("花子", "ハナコ"),
    ("一郎", "イチロウ"),
    ("美咲", "ミサキ"),
    ("健太", "ケンタ"),
)
PLACES_JA = (
    "東京都千代田区千代田",
    "大阪府大阪市北区梅田",
    "北海道札幌市中央区北一条西",
    "福岡県福岡市博多区博多駅前",
)


def japan(folder: Path) -> None:
    """Customers in Shift_JIS under Japanese headers, born in years of an era."""
    chance = random.Random("japan")
    header = (
        "会員番号",
        "氏名",
        "フリガナ",
        "生年月日",
        "性別",
        "住所",
        "電話番号",
        "マイナンバー",
        "備考",
    )
    rows = []
    for number in range(200):
        (family, kana), (given, called) = chance.choice(NAMES_JA), chance.choice(CALLED_JA)
        born = f"{chance.randrange(1, 13)}月{chance.randrange(1, 29)}日"
        era = chance.choice(
            (f"昭和{chance.randrange(30, 64)}年", f"平成{chance.randrange(1, 15)}年")
        )
        rows.append((
            f"K{2000 + number}",
            f"{family} {given}",
            f"{kana} {called}",
            era + born,
            chance.choice(("男", "女")),
            f"{chance.choice(PLACES_JA)}{chance.randrange(90, 100)}-{chance.randrange(90, 100)}",
            f"090-0000-{chance.randrange(10_000):04d}",
            my_number(chance.randrange(10**7)),
            chance.choice(("", "優良顧客", "要連絡", "")),
        ))  # fmt: skip
    _csv(folder / "顧客一覧.csv", header, rows, "shift_jis")


def pictures(folder: Path) -> None:
    """Drawn things without a face, and a photograph with a position as cameras write it."""
    folder.mkdir(parents=True, exist_ok=True)
    _clock().save(folder / "drawn_clock.png", optimize=True)
    _diagram().save(folder / "drawn_diagram.png", optimize=True)
    _smiley().save(folder / "drawn_smiley.png", optimize=True)
    photo = (HERE / "photos" / "coffee.jpg").read_bytes()
    _write(folder / "coffee_with_position.jpg", _placed(photo))


def _placed(jpeg: bytes) -> bytes:
    """The photograph with a position in its EXIF block, its pixels untouched: 0° 30' N, 0° 15' W.

    The place is open sea in the Gulf of Guinea, where nobody lives.
    """
    exif = Image.Exif()
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    position[ExifTags.GPS.GPSLatitudeRef] = "N"
    position[ExifTags.GPS.GPSLatitude] = (0.0, 30.0, 0.0)
    position[ExifTags.GPS.GPSLongitudeRef] = "W"
    position[ExifTags.GPS.GPSLongitude] = (0.0, 15.0, 0.0)
    block = exif.tobytes()
    return jpeg[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2) + block + jpeg[2:]


def _clock() -> Image.Image:
    picture = Image.new("RGB", (320, 320), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((20, 20, 300, 300), outline="black", width=6)
    for x, y in ((160, 40), (280, 160), (160, 280), (40, 160)):
        pen.ellipse((x - 6, y - 6, x + 6, y + 6), fill="black")
    pen.line((160, 160, 160, 70), fill="black", width=6)
    pen.line((160, 160, 230, 190), fill="black", width=6)
    return picture


def _diagram() -> Image.Image:
    picture = Image.new("RGB", (360, 240), "#f4f4f8")
    pen = ImageDraw.Draw(picture)
    for left, height in ((40, 60), (110, 120), (180, 90), (250, 160)):
        pen.rectangle((left, 210 - height, left + 50, 210), fill="#4466aa", outline="black")
    pen.line((30, 210, 330, 210), fill="black", width=3)
    return picture


def _smiley() -> Image.Image:
    picture = Image.new("RGB", (240, 240), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((20, 20, 220, 220), fill="#ffd54a", outline="black", width=4)
    pen.ellipse((80, 85, 95, 110), fill="black")
    pen.ellipse((145, 85, 160, 110), fill="black")
    pen.arc((70, 90, 170, 175), 20, 160, fill="black", width=5)
    return picture


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
