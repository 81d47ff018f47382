"""Numbers that obey their rules: check digits of cards, accounts and national identifiers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from made.draw import Draw

IBANS = {"de": "DE", "fr": "FR", "es": "ES", "pt": "PT", "it": "IT", "nl": "NL", "en": "GB"}
_BBAN = {"DE": "#" * 18, "ES": "#" * 20, "NL": "ABNA##########", "GB": "BARC##############"}


def checked(draw: Draw, form: str, valid: Callable[[str], bool]) -> str:
    """A number of that form which passes its check, by trying."""
    for _ in range(100_000):
        number = draw.digits(form)
        if valid(number):
            return number
    raise AssertionError(f"no number of the form {form} passes")


def card(draw: Draw) -> str:
    """A payment card number."""
    from stdnum.luhn import calc_check_digit

    body = draw.digits(draw.pick(("4##############", "51#############", "37###########")))
    return body + calc_check_digit(body)


def iban(draw: Draw) -> str:
    """An IBAN of the language's country, or a German one."""
    from stdnum.iban import calc_check_digits

    country = IBANS.get(draw.language, "DE")
    country = country if country in _BBAN else "DE"
    bban = draw.digits(_BBAN[country])
    return country + calc_check_digits(f"{country}00{bban}") + bban


def imei(draw: Draw) -> str:
    """The number of a handset."""
    from stdnum.luhn import calc_check_digit

    body = draw.digits("35############")
    return body + calc_check_digit(body)


def ean(draw: Draw) -> str:
    """A bar code or ISBN of thirteen digits."""
    from stdnum.ean import calc_check_digit

    body = draw.digits(draw.pick(("40##########", "978#########", "49##########")))
    return body + calc_check_digit(body)


def vin(draw: Draw) -> str:
    """A vehicle's number of seventeen characters."""
    return draw.digits(draw.pick(("WVW@@@#@#@#######", "1HG@@####@#######", "JT@@@##@########@")))


def national(draw: Draw, born: date, *, female: bool) -> str:
    """The number a state gave the person, by the language of the table."""
    return _NATIONAL[draw.language](draw, born, female)


def _us(draw: Draw, *_: object) -> str:
    return draw.digits(draw.pick(("2##-4#-1###", "5##-2#-3###", "4##-6#-7###")))


def _jp(draw: Draw, *_: object) -> str:
    from stdnum.jp.in_ import calc_check_digit

    body = draw.digits("###########")
    return body + calc_check_digit(body)


def _de(draw: Draw, *_: object) -> str:
    from stdnum.de.idnr import is_valid

    while True:
        figures = draw.rng.sample("1234567890", 9)
        body = [*figures, figures[0]]
        draw.rng.shuffle(body)
        for last in "0123456789":
            if is_valid("".join(body) + last):
                return "".join(body) + last


def _fr(draw: Draw, born: date, female: object) -> str:
    from stdnum.fr.nir import calc_check_digits

    body = f"{2 if female else 1}{born:%y%m}{draw.pick(('75', '69', '33', '59'))}{draw.digits('1#####')}"
    return body + calc_check_digits(body)


def _es(draw: Draw, *_: object) -> str:
    from stdnum.es.dni import calc_check_digit

    body = draw.digits("########")
    return body + calc_check_digit(body)


def _br(draw: Draw, *_: object) -> str:
    from stdnum.br.cpf import is_valid

    return checked(draw, draw.digits("###.###.###") + "-##", is_valid)


def _it(draw: Draw, born: date, female: object) -> str:
    from stdnum.it.codicefiscale import calc_check_digit

    day = born.day + (40 if female else 0)
    body = draw.digits(f"@@@@@@{born:%y}{'ABCDEHLMPRST'[born.month - 1]}{day:02}H###")
    return body + calc_check_digit(body)


def _nl(draw: Draw, *_: object) -> str:
    from stdnum.nl.bsn import is_valid

    return checked(draw, "#########", is_valid)


def _kr(draw: Draw, born: date, female: object) -> str:
    from stdnum.kr.rrn import calc_check_digit

    century = {18: 9, 19: 1, 20: 3}[born.year // 100] + bool(female)
    body = f"{born:%y%m%d}{century}{draw.digits('0####')}"
    return f"{body[:6]}-{body[6:]}{calc_check_digit(body)}"


def _cn(draw: Draw, born: date, female: object) -> str:
    from stdnum.cn.ric import calc_check_digit

    order = draw.rng.randrange(100) * 10 + int(draw.pick("02468" if female else "13579"))
    body = f"{draw.pick(('110101', '310104', '120101'))}{born:%Y%m%d}{order:03}"
    return body + calc_check_digit(f"{body}0")


_NATIONAL: dict[str, Callable[..., str]] = {
    "en": _us, "ja": _jp, "de": _de, "fr": _fr, "es": _es,
    "pt": _br, "it": _it, "nl": _nl, "ko": _kr, "zh": _cn,
}  # fmt: skip
