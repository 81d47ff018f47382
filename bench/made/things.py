"""The columns of tables about nobody: what looks like a person's, and is a thing's or a place's."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from made import numbers
from made.draw import Draw, resource
from made.fields import DOUBTFUL, NONE, Made, column, worded

worded("chemical", NONE)


def _composed(draw: Draw, forms: str) -> Callable[[], str]:
    """Names put together as in the language: `companies`, `facilities`."""
    every = resource("words")[forms]
    kinds, things = every.get(draw.language) or every["en"], resource("words")["things"]

    def make() -> str:
        return draw.pick(kinds).format(
            a=draw.pick(things["adjective"]), n=draw.pick(things["noun"]),
            f=draw.joined("family"), c=draw.joined("city"),
        )  # fmt: skip

    return make


@column("product", NONE)
@column("thing_name", NONE)
def _product(draw: Draw) -> Made:
    things = resource("words")["things"]
    own = things.get(draw.language) or things["noun"]
    return lambda _: f"{draw.pick(own)} {draw.pick(things['adjective'])} {draw.rng.randrange(900)}"


@column("thing_id", NONE)
def _thing_id(draw: Draw) -> Made:
    form = draw.pick(("index", "####", "@@-####", "#########", "############", "C@###"))
    return lambda p: str(p.index + 1) if form == "index" else draw.digits(form)


@column("station", NONE)
def _station(draw: Draw) -> Made:
    tail = {"ja": "駅", "de": " Hbf", "fr": " Gare", "en": " Central", "zh": "站", "ko": "역"}
    return lambda _: draw.joined("city") + tail.get(draw.language, "")


@column("district", NONE)
@column("things_city", NONE, "city")
def _district(draw: Draw) -> Made:
    return lambda _: draw.city()


@column("things_country", NONE, "country")
def _lands(draw: Draw) -> Made:
    return lambda _: draw.pick(draw.words("country"))


@column("things_postal", NONE, "postal_code")
def _codes(draw: Draw) -> Made:
    return lambda _: draw.form("post")


@column("things_street", NONE, "street")
def _streets(draw: Draw) -> Made:
    return lambda _: draw.street()


@column("things_lat", NONE, "lat")
def _lat(draw: Draw) -> Made:
    return lambda _: f"{draw.rng.uniform(40, 52):.5f}"


@column("things_lon", NONE, "lon")
def _lon(draw: Draw) -> Made:
    return lambda _: f"{draw.rng.uniform(-4, 20):.5f}"


@column("company", NONE)
@column("employer", DOUBTFUL)
def _company(draw: Draw) -> Made:
    make = _composed(draw, "companies")
    return lambda _: make()


@column("facility", NONE)
def _facility(draw: Draw) -> Made:
    make = _composed(draw, "facilities")
    return lambda _: make()


@column("team", NONE)
def _team(draw: Draw) -> Made:
    form = draw.pick(("FC {}", "{} United", "SV {}", "{} Tigers"))
    return lambda _: form.format(draw.city())


@column("org_phone", NONE)
@column("org_fax", NONE, "fax")
def _switchboard(draw: Draw) -> Made:
    return lambda _: draw.form("phone")


@column("org_email", NONE)
def _office(draw: Draw) -> Made:
    local = ("info", "office", "contact", "service", "press")
    return lambda p: f"{draw.pick(local)}@company{p.index}.example"


@column("company_no", NONE)
def _register(draw: Draw) -> Made:
    form = {"ja": "#############", "fr": "#########", "de": "HRB #####", "it": "IT###########"}
    return lambda _: draw.digits(form.get(draw.language, "########"))


@column("website", NONE)
def _website(draw: Draw) -> Made:
    return lambda p: f"https://www.site{p.index}-{draw.rng.randrange(99)}.example/"


@column("year", NONE)
def _year(draw: Draw) -> Made:
    first = draw.pick((1900, 1950, 2010))
    return lambda _: str(draw.rng.randint(first, 2025))


@column("ean", NONE)
def _ean(draw: Draw) -> Made:
    return lambda _: numbers.ean(draw)


@column("part_no", NONE)
def _part(draw: Draw) -> Made:
    form = draw.pick(("@@####-##", "################", "###-##-####", "@########", "S/N #####@@"))
    return lambda _: draw.digits(form)


@column("price", NONE)
@column("measure", NONE)
def _measure(draw: Draw) -> Made:
    middle, spread = draw.pick(((20, 8), (1013, 9), (55, 20), (140, 30), (5.5, 1)))
    places = draw.pick((0, 1, 2, 4))
    return lambda _: f"{draw.rng.gauss(middle, spread):.{places}f}"


@column("ticker", NONE)
def _ticker(draw: Draw) -> Made:
    form = draw.pick(("@@@", "@@@@", "####", "US##########"))
    return lambda _: draw.digits(form)


@column("version", NONE)
def _version(draw: Draw) -> Made:
    parts = draw.pick((3, 4))
    return lambda _: ".".join(str(draw.rng.randrange(30)) for _ in range(parts))


@column("package", NONE)
def _package(draw: Draw) -> Made:
    words = ("core", "http", "alice", "jenkins", "parse", "madison", "img", "logger", "victor")
    glue = draw.pick(("-", "_", "/", "."))
    return lambda _: glue.join((draw.pick(words), draw.pick(words), draw.pick(words)))


@column("species", NONE)
def _species(draw: Draw) -> Made:
    genus, epithet = resource("words")["species"]
    return lambda _: f"{draw.pick(genus)} {draw.pick(epithet)}"


@column("cas_no", NONE)
def _cas(draw: Draw) -> Made:
    form = draw.pick(("###-##-#", "####-##-#", "C#H##O#"))
    return lambda _: draw.digits(form)


@column("book_title", NONE)
def _title(draw: Draw) -> Made:
    forms, things = resource("words")["titles"], resource("words")["things"]
    return lambda _: draw.pick(forms).format(
        a=draw.pick(things["adjective"]), n=draw.pick(things["noun"]), c=draw.joined("city"),
        f=draw.joined("family"), g=draw.joined("given"), h=draw.joined("given"),
    )  # fmt: skip


@column("aggregate", NONE)
def _aggregate(draw: Draw) -> Made:
    if draw.chance(0.4):
        return lambda _: f"{draw.rng.uniform(0, 60):.1f}"
    return lambda _: str(draw.rng.randrange(200, 90_000))


@column("budget_line", NONE)
def _budget(draw: Draw) -> Made:
    return lambda _: f"{draw.digits('####')} {draw.pick(draw.words('department'))}"


@column("host", NONE)
def _host(draw: Draw) -> Made:
    kind = draw.pick(("srv", "db", "sw-core", "web"))
    return lambda p: f"{kind}{p.index:02}.dc{draw.rng.randint(1, 3)}.internal"


@column("machine_ip", NONE)
def _machine_ip(draw: Draw) -> Made:
    form = draw.pick(("10.0.{}.{}", "192.168.{}.{}", "192.0.2.{1}", "172.16.{}.{}"))
    return lambda _: form.format(draw.rng.randrange(9), draw.rng.randrange(1, 255))


@column("machine_mac", NONE)
def _machine_mac(draw: Draw) -> Made:
    return lambda _: ":".join(f"{draw.rng.randrange(256):02X}" for _ in range(6))


@column("machine_id", NONE)
def _machine_id(draw: Draw) -> Made:
    return lambda _: str(uuid.UUID(int=draw.rng.getrandbits(128), version=4))


@column("hash", NONE)
def _hash(draw: Draw) -> Made:
    size = draw.pick((32, 40, 64))
    return lambda _: f"{draw.rng.getrandbits(size * 4):0{size}x}"


@column("line", NONE)
def _line(draw: Draw) -> Made:
    return lambda _: draw.digits(draw.pick(("@#", "##", "RE #")))


@column("time_of_day", NONE)
def _time(draw: Draw) -> Made:
    return lambda _: f"{draw.rng.randrange(24):02}:{draw.rng.randrange(60):02}"
