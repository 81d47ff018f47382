"""The columns of tables about people, labelled with the entity that they hold."""

from __future__ import annotations

import uuid
from datetime import date
from hashlib import md5, sha256

from made import numbers
from made.draw import EASTERN, Draw, plain, resource
from made.fields import DOUBTFUL, NONE, Made, Person, column, dated, moment, worded


@column("id", "customer_id")
@column("medical_record_no", "medical_record_no")
def _id(draw: Draw) -> Made:
    kind, first = draw.rng.randrange(4), draw.rng.randint(1, 90_000)
    if kind == 0:
        return lambda p: str(first + p.index), False
    if kind == 1:
        letter = draw.digits("@")
        return lambda p: f"{letter}-{first + p.index:06}", False
    if kind == 2:  # noqa: PLR2004  the third of four kinds
        return lambda _: str(uuid.UUID(int=draw.rng.getrandbits(128), version=4)), False
    return lambda _: draw.digits("########"), False


@column("name_full", "name_full")
def _full(draw: Draw) -> Made:
    if draw.language in EASTERN and draw.source != "authors":
        space = draw.pick(("", " ", "\u3000")) if draw.language == "ja" else ""
        return lambda p: f"{p.family}{space}{p.given}"
    form = draw.pick(("{g} {f}", "{g} {f}", "{f}, {g}", "{f} {g}", "{F} {g}", "{g} {m}. {f}"))
    return lambda p: form.format(g=p.given, f=p.family, F=p.family.upper(), m=draw.digits("@"))


@column("name_given", "name_given")
def _given(_: Draw) -> Made:
    return lambda p: p.given


@column("name_family", "name_family")
def _family(draw: Draw) -> Made:
    upper = draw.chance(0.2)
    return lambda p: p.family.upper() if upper else p.family


@column("name_kana", "name_full")
def _kana(draw: Draw) -> Made:
    sounds = (
        "ヤマ",
        "モト",
        "サト",
        "カワ",
        "ムラ",
        "ミ",
        "ケン",
        "ナオ",
        "コ",
        "タロウ",
        "キ",
        "ハル",
    )
    half = {"ヤマ": "ﾔﾏ", "モト": "ﾓﾄ", "サト": "ｻﾄ", "カワ": "ｶﾜ", "ムラ": "ﾑﾗ"}
    sounds = tuple(half.values()) if draw.chance(0.2) else sounds
    return lambda _: " ".join(draw.pick(sounds) + draw.pick(sounds) for _ in "ab")


_HOSTS = ("example.com", "gmx.example", "post.example.org", "firma-test.example", "uni.example.edu",
          "web-post.de", "mailbox-nord.com", "ymail-test.jp", "correo-sur.es")  # fmt: skip


@column("email", "email")
def _email(draw: Draw) -> Made:
    form = draw.pick(("{g}.{f}", "{i}{f}", "{f}{n}", "{g}_{f}{n}", "{g}{n}"))

    def cell(p: Person) -> str:
        given, family = plain(p.given) or draw.digits("user##"), plain(p.family) or "k"
        local = form.format(g=given, f=family, i=given[:1], n=draw.rng.randrange(99))
        return f"{local.lower()}@{draw.pick(_HOSTS)}"

    return cell


@column("phone", "phone")
@column("fax", "fax")
def _phone(draw: Draw) -> Made:
    return lambda _: draw.form("phone")


@column("mobile", "phone")
def _mobile(draw: Draw) -> Made:
    return lambda _: draw.form("mobile")


@column("street", "address", "street+home")
def _street(draw: Draw) -> Made:
    return lambda _: draw.street()


@column("address_full", "address")
def _address(draw: Draw) -> Made:
    if draw.language in EASTERN:
        return lambda _: f"{draw.pick(draw.pieces('region'))}{draw.city()}{draw.street()}"
    glue = draw.pick((", ", "\n", " "))
    return lambda _: f"{draw.street()}{glue}{draw.form('post')} {draw.city()}"


@column("postal_code", "postal_code")
def _post(draw: Draw) -> Made:
    # Five digits are a postcode, a price or a part; a hyphen or letters tell.
    told = draw.language in {"ja", "nl", "pt"}
    return lambda _: draw.form("post"), told


@column("city", "city", "city+home")
def _city(draw: Draw) -> Made:
    # Faker has real cities in these languages and puts them together in others: no list knows those.
    listed = draw.language in {"de", "es", "ja", "ko", "nl", "zh"}
    known = draw.source == "mimesis" or (draw.source == "faker" and listed)
    return lambda _: draw.city(), known


@column("region", DOUBTFUL)
def _region(draw: Draw) -> Made:
    return lambda _: draw.pick(draw.pieces("region"))


@column("country", "location_coarse", "country+home")
def _country(draw: Draw) -> Made:
    codes = draw.pick((("US", "DE", "JP", "FR", "BR"), ("USA", "DEU", "JPN", "FRA", "BRA")))
    names = codes if draw.chance(0.3) else draw.words("country")
    weights = [1 / (1 + n) for n in range(len(names))]
    return lambda _: draw.rng.choices(names, weights)[0]


@column("lat", "gps", "lat+home")
def _lat(draw: Draw) -> Made:
    middle = {"en": 41, "ja": 35, "pt": -22}.get(draw.language, 48)
    return lambda _: f"{middle + draw.rng.uniform(-3, 3):.6f}", False


@column("lon", "gps", "lon+home")
def _lon(draw: Draw) -> Made:
    middle = {"en": -88, "ja": 138, "pt": -45, "ko": 127, "zh": 115}.get(draw.language, 8)
    return lambda _: f"{middle + draw.rng.uniform(-4, 4):.6f}", False


@column("dob", "dob")
def _dob(draw: Draw) -> Made:
    write = dated(draw)
    return lambda p: write(p.born)


@column("age", "age")
def _age(_: Draw) -> Made:
    return lambda p: str(2026 - p.born.year), False


@column("gender", "gender")
def _gender(draw: Draw) -> Made:
    if draw.chance(0.15):
        return lambda p: "2" if p.female else "1", False
    words = draw.pick(draw.words("gender"))
    male, female, *more = words
    rest = more[0] if more else None
    return lambda p: rest if rest and draw.chance(0.05) else female if p.female else male


for _name in ("ethnicity", "nationality", "religion", "political_opinion", "trade_union",
              "sexual_orientation", "disability", "criminal_record", "health_condition",
              "treatment"):  # fmt: skip
    worded(_name, _name)
worded("marital_status", "marital_status")
worded("job", DOUBTFUL)
worded("department", DOUBTFUL)
for _name in ("status", "plan", "flag"):
    worded(_name, NONE)


@column("icd_code", "health_condition")
def _icd(draw: Draw) -> Made:
    codes = ("E11.9", "I10", "J45.909", "F32.1", "C50.9", "G43.1", "S52.5", "N39.0", "M54.5", "B20")
    return lambda _: draw.pick(codes)


@column("blood_type", "blood_type")
def _blood(draw: Draw) -> Made:
    groups = ("A", "B", "O", "AB") if draw.language == "ja" else ("A+", "O+", "B-", "AB+", "O-")
    return lambda _: draw.pick(groups), draw.language != "ja"


@column("lab_result", "checkup_result")
def _lab(draw: Draw) -> Made:
    low = draw.pick((4, 80, 110, 18))
    return lambda _: f"{draw.rng.gauss(low * 1.3, low / 8):.1f}", False


@column("health_insurance_no", "health_insurance_no")
def _insured(draw: Draw) -> Made:
    form = {"de": "@#########", "ja": "########", "pt": "7## #### #### ####"}.get(draw.language)
    return lambda _: draw.digits(form or "### ### ####"), False


@column("salary", "salary")
def _salary(draw: Draw) -> Made:
    step = draw.pick((1, 50, 100, 1000))
    mark = draw.pick(("", "", "€ ", "$"))
    return lambda _: f"{mark}{int(draw.rng.lognormvariate(10.6, 0.4)) // step * step}", False


@column("card_number", "card_number")
def _card(draw: Draw) -> Made:
    grouped, masked = draw.chance(0.3), draw.chance(0.15)

    def cell(_: Person) -> str:
        number = numbers.card(draw)
        number = "*" * (len(number) - 4) + number[-4:] if masked else number
        return " ".join(number[i : i + 4] for i in range(0, 16, 4)) if grouped else number

    return cell


@column("card_expiry", "card_security")
def _expiry(draw: Draw) -> Made:
    return lambda _: f"{draw.rng.randint(1, 12):02}/{draw.rng.randint(26, 31)}", False


@column("iban", "iban")
def _iban(draw: Draw) -> Made:
    grouped = draw.chance(0.4)

    def cell(_: Person) -> str:
        number = numbers.iban(draw)
        return " ".join(number[i : i + 4] for i in range(0, 40, 4)).strip() if grouped else number

    return cell


@column("bank_account", "iban")
def _account(draw: Draw) -> Made:
    return lambda _: draw.digits("#######" if draw.language == "ja" else "##########"), False


@column("national_id", "national_id")
def _national(draw: Draw) -> Made:
    return lambda p: numbers.national(draw, p.born, female=p.female), draw.language != "nl"


@column("tax_id", "tax_id")
def _tax(draw: Draw) -> Made:
    form = {"de": "##/###/#####", "pt": "#########"}.get(draw.language, "##-#######")
    return lambda _: draw.digits(form), False


@column("passport", "passport")
def _passport(draw: Draw) -> Made:
    form = {"ja": "TK#######", "de": "C0#@@####", "fr": "##@@#####", "zh": "E########"}
    return lambda _: draw.digits(form.get(draw.language, "@########")), False


@column("driving_licence", "driving_licence")
def _licence(draw: Draw) -> Made:
    form = {"ja": "30##########", "en": "@#######", "de": "B###@@####1"}.get(draw.language)
    return lambda _: draw.digits(form or "########@"), False


@column("vehicle_plate", "vehicle_plate")
def _plate(draw: Draw) -> Made:
    form = {"en": "@@## @@@", "de": "M-@@ ####", "fr": "@@-###-@@", "es": "#### @@@", "it": "@@###@@",
            "ja": "品川 300 あ ##-##", "pt": "@@@#@##", "nl": "@@-##-@@", "ko": "##가 ####",
            "zh": "京A#@###"}[draw.language]  # fmt: skip
    return lambda _: draw.digits(form)


@column("vin", "vin")
def _vin(draw: Draw) -> Made:
    return lambda _: numbers.vin(draw)


@column("ip_address", "ip_address")
def _ip(draw: Draw) -> Made:
    if draw.chance(0.15):
        return lambda _: f"2001:4860:{draw.rng.getrandbits(16):x}:{draw.rng.getrandbits(16):x}::1"
    first = (81, 93, 126, 24, 187, 203)
    return lambda _: ".".join(
        map(str, (draw.pick(first), *(draw.rng.randrange(1, 255) for _ in range(3))))
    )


@column("mac_address", "mac_address")
def _mac(draw: Draw) -> Made:
    glue = draw.pick((":", "-"))
    return lambda _: glue.join(f"{draw.rng.randrange(256):02x}" for _ in range(6))


@column("device_id", "device_id")
def _device(draw: Draw) -> Made:
    return lambda _: numbers.imei(draw)


@column("ad_id", "ad_id")
@column("cookie_id", "cookie_id")
def _token(draw: Draw) -> Made:
    return lambda _: str(uuid.UUID(int=draw.rng.getrandbits(128), version=4)), False


@column("user_agent", "user_agent")
def _agent(draw: Draw) -> Made:
    forms = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/1{n}.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{n} like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
        "Mozilla/5.0 (X11; Linux x86_64; rv:1{n}.0) Gecko/20100101 Firefox/1{n}.0",
    )
    return lambda _: draw.pick(forms).format(n=draw.rng.randint(10, 40))


@column("username", "username")
def _username(draw: Draw) -> Made:
    words = ("sky", "wolf", "mini", "pixel", "tea", "moon", "rider", "otter")

    def cell(p: Person) -> str:
        own = plain(p.given + p.family[:1]) if draw.chance(0.5) else ""
        return f"{own or draw.pick(words) + draw.pick(words)}{draw.pick(('', '_', '.'))}{draw.rng.randrange(99)}"

    return cell, False


@column("password", "password")
def _password(draw: Draw) -> Made:
    def plainly(_: Person) -> str:
        return draw.digits(draw.pick(("summer##!", "@@@@####", "qwe###asd", "Pa$$w0rd##")))

    digest = draw.pick((md5, sha256))
    hashed = draw.chance(0.5)
    return lambda p: digest(plainly(p).encode()).hexdigest() if hashed else plainly(p), False


@column("secret_key", "secret_key")
def _secret(draw: Draw) -> Made:
    return lambda _: draw.digits("tk_live_@#@#@@##@#@#@@##@@#@").replace("@", "Q"), False


@column("personal_url", "personal_url")
def _profile(draw: Draw) -> Made:
    site = draw.pick(("https://www.linkedin.com/in/{}", "https://twitter.com/{}", "github.com/{}"))
    return lambda p: site.format(f"{plain(p.given) or 'u'}{plain(p.family)}{p.index % 97}")


@column("photo", DOUBTFUL)
def _photo(draw: Draw) -> Made:
    return lambda p: f"/img/avatars/{draw.rng.getrandbits(32):08x}_{p.index}.jpg"


@column("notes_personal", "free_text")
def _told(draw: Draw) -> Made:
    texts = resource("words")["texts"][draw.language]

    def cell(p: Person) -> str:
        said = draw.pick(texts)
        if draw.chance(0.8):
            return said
        mail = f"{plain(p.family) or 'kunde'}{p.index}@{draw.pick(_HOSTS)}"
        return f"{said}, {draw.pick((mail, draw.form('phone'), draw.form('mobile')))}"

    return cell


@column("notes", NONE)
def _notes(draw: Draw) -> Made:
    texts = resource("words")["texts"][draw.language]
    return lambda _: draw.pick(texts)


@column("created", NONE)
def _created(draw: Draw) -> Made:
    when, write, kind = moment(draw), dated(draw), draw.rng.randrange(4)
    if kind == 0:
        return lambda _: when().isoformat(sep=" ")
    if kind == 1:
        return lambda _: str(int(when().timestamp()))
    return lambda _: write(when().date())


@column("amount", NONE)
def _amount(draw: Draw) -> Made:
    comma = draw.language in {"de", "fr", "es", "it", "nl", "pt"} and draw.chance(0.5)

    def cell(_: Person) -> str:
        value = f"{draw.rng.lognormvariate(4, 1):.2f}"
        return value.replace(".", ",") if comma else value

    return cell


@column("order_no", NONE)
def _order(draw: Draw) -> Made:
    form = draw.pick(("#########", "ORD-######", "2024#######", "@@######", "40###########"))
    return lambda _: draw.digits(form)


@column("score", NONE)
def _score(draw: Draw) -> Made:
    most = draw.pick((5, 10, 100))
    return lambda _: str(draw.rng.randint(1, most))


@column("quantity", NONE)
@column("bytes", NONE)
def _quantity(draw: Draw) -> Made:
    most = draw.pick((9, 500, 100_000))
    return lambda _: str(draw.rng.randrange(most))


@column("page", NONE)
def _page(draw: Draw) -> Made:
    return lambda _: f"/{draw.pick(('shop', 'blog', 'api/v2'))}/{draw.rng.randrange(900)}"


@column("http_status", NONE)
def _status(draw: Draw) -> Made:
    return lambda _: draw.pick(("200", "200", "304", "404", "500"))


def born(draw: Draw) -> date:
    """A day of birth of somebody between six and ninety."""
    return date(draw.rng.randint(1936, 2019), draw.rng.randint(1, 12), draw.rng.randint(1, 28))
