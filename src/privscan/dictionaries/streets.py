"""How street addresses are written: words for streets, and the order of word, name and number."""

from __future__ import annotations

import re
from functools import cache

from privscan.dictionaries._sources import faker

_LETTER = "[a-z\\x{DF}-\\x{24F}\\x{1E00}-\\x{1EFF}]"
_NAME = "[a-z0-9\\x{DF}-\\x{24F}\\x{1E00}-\\x{1EFF}.'’-]+"  # noqa: RUF001  an apostrophe

NUMBER = r"[0-9]{1,6}(?: ?(?:bis|ter|quater)(?-u:\b)| ?[a-z](?-u:\b)|[a-z]{2}(?-u:\b))?(?: ?[-–/&+] ?[0-9]{1,5} ?[a-z]?(?-u:\b))*(?: 1/2)?"  # noqa: RUF001  a dash
"""A house's: 12, 12b, 12 bis, 12-14, 12/3, 12 1/2."""

_TOWARDS = r"(?:north|south|east|west|[ns][ew]?|[ew])\.?"

_AFTER_NAME = (
    "street|st|avenue|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|crescent|cres|close|"
    "terrace|ter|terr|trail|trl|parkway|pkwy|highway|hwy|circle|cir|place|pl|square|sq|way|alley|"
    "grove|gardens|gdns|mews|loop|turnpike|tpke|expressway|row|walk|heights|hts|plaza|plz|path|"
    "ridge|crossing|xing|hill|view|point|pt|run|pass|bend|cove|cv|glen|quay|parade|esplanade|wharf|"
    "junction|estate|bypass|pike|canyon|meadows?|hollow|springs|creek|green|common|commons|park|allee|gasse|platz|weg|stra(?:ß|ss)e"
)
"""Words that stand after a street's name in English; the number stands before it."""

_AFTER_NUMBER = (
    r"rue|avenue|av\.?|ave\.?|boulevard|boul\.?|bd\.?|bld\.?|blvd\.?|chemin|che?\.|che|allée?s?|allee|all\.|impasse|imp\.?|"
    r"route|rte\.?|quai|cours|square|sentier|passage|villa|résidence|lotissement|faubourg|fbg|hameau|"
    r"lieu-dit|montée|ruelle|esplanade|promenade|rond-point|place|pl\.?|chaussée|clos|venelle|traverse|cité|mail"
)
"""Words that stand after the number and before the name in French."""

_SUFFIX = (
    r"boulevard|allé|stra(?:ß|ss)e|str\.?|weg|platz|gasse|allee|chaussee|damm|ufer|steig|stieg|pfad|"
    r"straat|laan|lei|plein|gracht|kade|dijk|singel|dreef|steeg|plantsoen|hof|"
    r"vägen|gatan|gränd|stigen|torget|vejen|vej|gaden|gade|gården|stræde|veien|katu|utca|út|caddesi|sokak|sokağ\x{131}"
)
_WEAK_SUFFIX = r"[^e]ring|berg|markt|graben|feld|wall|kai|zeile|bogen|brücke|tor|anger|winkel|garten|baan|pad|park|singel|gata|gate|vei|tie"
"""Endings of a street's name in German, Dutch and the languages of the North; the weak ones end
other words as often."""

_BEFORE_NAME = (
    r"c/|c\.|cl\.?|calle|avda?\.?|av\.?|avenida|plaza|pza\.?|pl\.?|plaça|paseo|p[º°]|po\.?|pg\.|passeig|camino|cno\.?|ctra\.?|"
    r"carretera|carrer|ronda|travesía|trav\.|glorieta|urb\.?|urbanización|calz\.?|calzada|blvd\.?|bulevar|boulevard|carrera|cra\.?|"
    r"cr\.?|kr\.?|diagonal|dg\.?|transversal|tv\.?|pasaje|rambla|prolongación|privada|cerrada|circuito|andador|"
    r"r\.|rua|travessa|praça|pça\.?|largo|lgo\.?|alameda|al\.|estrada|estr\.|rodovia|rod\.|beco|ladeira|quadra|"
    r"via|v\.|viale|v\.le|piazza|p\.?zz?a|piazzale|p\.?le|corso|c\.?so|vicolo|strada|contrada|c\.da|località|loc\.|"
    r"borgo|salita|lungomare|lungotevere|galleria|frazione|fraz\.|calata|riva|"
    r"ul\.|ulica|al\.|aleja|pl\.|plac|os\.|osiedle|str\.|strada|bd\.|bulevardul|calea|aleea|ulice|"
    r"ул\.?|улица|пр\.|пр-т|проспект|пер\.|переулок|бульвар|\x{431}-\x{440}|шоссе|наб\.|набережная|вул\.|вулиця|площадь|пл\.|"
    r"οδός|λεωφ\.|λεωφόρος|jl\.?|jalan|jln\.?|rue|avenue|boulevard|chemin|impasse|allée"
)
"""Words that stand before a street's name, with the number last: Romance, Slavic and others."""

_UNIT = (
    r"(?:apt|apartment|appartamento|piano|studio|level|edif|suite|ste|unit|flat|floor|fl|room|rm|bldg|building|lot|trlr|spc|space|dept|ph|"
    r"appt|app|bât|bat|bâtiment|étage|esc|escalier|porte|piso|puerta|pta|esc|bloque|portal|planta|dpto|depto|interior|int|"
    r"apto|apartamento|bloco|bl|sala|andar|casa|cj|conj|conjunto|lote|interno|scala|piano|palazzina|"
    r"whg|wohnung|stiege|boîte|bte|lgh|кв|корп|lok|byt)\.?"
)
"""Words for a part of a house."""

BOX = (
    r"^(?:p\.? ?o\.? ?box|post office box|po ?box|postfach|pf\.?|b\.? ?p\.?|boîte postale|cs|apartado(?: de correos| postal)?|apdo\.?|"
    r"casilla(?: de correos?)?|caixa postal|c\.? ?p\.?|casella postale|postbus|postboks|box|skr\. poczt\.|private bag|locked bag|gpo box)"
    r"\.? ?(?:n[º°o.]* ?)?[a-z]?[0-9][0-9 .-]{0,9}(?:[,\n].*)?$"
)
"""A post-office box."""

UNIT = rf"^(?:{_UNIT} ?(?:n[º°o.]* ?|# ?)?(?:[0-9]{{1,5}}[a-z]?(?:[-/.]?[0-9a-z]+)?|[a-z][0-9]{{0,4}})|# ?[0-9]{{1,5}}[a-z]?|[0-9]{{1,3}}(?:st|nd|rd|th)? (?:floor|fl|étage|piso|andar|og|stock))\.?$"
"""A part of a house and nothing else."""

_REST = rf"(?:[ ,]+(?:{_UNIT} ?#? ?|(?:top|bus|m|og) |# ?)[a-z0-9-]+\.?)*(?: ?[,;\n(].*| - .*)?$"

NUMBER_FIRST = (
    rf"^(?:no\.? ?|#)?{NUMBER},? (?:{_TOWARDS} )?(?:{_NAME} ){{0,5}}?{_NAME} (?:{_AFTER_NAME})[.]*(?: {_TOWARDS})?{_REST}"
    rf"|^{NUMBER},? (?:{_TOWARDS} )?(?:broadway|avenue [a-z]|(?:state |county |us )?(?:highway|hwy|route|rte|road) [0-9]+[a-z]?){_REST}"
    rf"|^{NUMBER},? (?:{_AFTER_NUMBER}|via|camino|calle|corte|paseo|avenida|rua) {_NAME}.*$"
    rf"|^(?:no\.? ?|#)?{NUMBER},? (?:{_NAME} )+(?:{_AFTER_NAME})\.?,? [^!?]*(?-u:\b)[0-9]{{5}}(?:-[0-9]{{4}})?(?: [a-z]{{2,}})?$"
)
UNIT_FIRST = (
    rf"^{_UNIT} ?#? ?[0-9]{{1,4}}[a-z]?,? (?:{NUMBER},? )?(?:{_NAME} )+(?:{_AFTER_NAME})\.?{_REST}"
)
NAME_FIRST = (
    rf"^(?:{_LETTER}[a-z\x{{DF}}-\x{{24F}} .'’-]*)?(?:{_SUFFIX})[ ,]*(?:n[ro]?[.:º°]* ?)?{NUMBER}{_REST}"  # noqa: RUF001  an apostrophe
    rf"|^(?:{_BEFORE_NAME})(?: +|(?-u:\b))[^,]*?[^0-9,# ][^,]*?,? ?(?:n(?:[º°.]|um\.?|úm\.?|r\.?|o\.?)* ?|# ?|д\. ?|no[.:] ?)?[ ,#](?:{NUMBER}|s/n){_REST}"
    rf"|^(?:calle|carrera|cra\.?|cl\.?|kr\.?|diagonal|dg\.?|transversal|tv\.?|avenida|av\.?) ?[0-9]+ ?[a-z]? ?(?:sur|norte|este|oeste)? ?(?:#|no\.?|n[º°]) ?[0-9]+.*$"
)
WEAK_NAME_FIRST = (
    rf"^{_LETTER}{{3,}}[a-z\x{{DF}}-\x{{24F}} .'’-]*(?:{_WEAK_SUFFIX}) {NUMBER}{_REST}"  # noqa: RUF001  an apostrophe
    rf"|^(?:an der|an den|im|am|in der|in den|auf dem|auf der|unter den|zum|zur|hinter dem|bei der|de|het|la|op de) {_NAME} {NUMBER}{_REST}"
)


_LISTED = ("en_*", "es_*", "pt_*", "ro_*", "it_IT")
"""Locales whose words for streets are read."""


@cache
def listed() -> str:
    """Lines with words for streets that faker lists, many of which are seldom or mean much else."""
    after: set[str] = set()
    before: set[str] = set()
    for locale, data in (one for some in _LISTED for one in faker("address", some)):
        if locale.startswith("en_"):
            after |= {word.lower() for word in data.get("street_suffixes", ())}
        elif locale == "it_IT":
            before |= {word.lower() for word in data.get("street_suffixes", ())}
        else:
            before |= {word.lower().strip() for word in data.get("street_prefixes", ())}
    last, first = ("|".join(sorted(re.escape(word) for word in some)) for some in (after, before))
    return (
        rf"^{NUMBER},? (?:{_TOWARDS} )?(?:{_NAME} )+(?:{last})\.?{_REST}"
        rf"|^{_UNIT} ?#? ?[0-9]{{1,4}}[a-z]?,? (?:{NUMBER},? )?(?:{_NAME} )+(?:{last}){_REST}"
        rf"|^(?:{first}) [^,0-9]*[^,0-9 ],? (?:n[º°.]* ?)?(?:{NUMBER}|s/n){_REST}"
    )


NAME_ONLY = (
    rf"^(?:{_LETTER}[a-z\x{{DF}}-\x{{24F}} .'’-]*)?{_LETTER}(?:stra(?:ß|ss)e|str\.|gasse|platz|weg|straat|laan|plein|gracht|vägen|gatan|vejen|vej|gaden|gade|gården|veien|katu|utca)$"  # noqa: RUF001  an apostrophe
    r"|^(?:rue|avenue|boulevard|chemin|impasse|allée|quai|place) (?:de la |du |des |de l'|de |d'|la |le |les |saint|st ).+$"
    r"|^(?:rue|boulevard|chemin|impasse|allée|quai) [^0-9,;:]{3,}$"
    r"|^(?:calle|avenida|plaza|paseo|rua|travessa|praça|alameda|via|viale|piazza|corso|ulica|ul\.|улица|ул\.) [^0-9,;:]{3,}$"
    rf"|^(?:{_NAME} ){{1,4}}(?:street|avenue|road|boulevard|lane|drive|blvd\.?|ave\.?|rd\.?|st\.?)$"
)
"""Lines in lower case."""

NO_STREET = r"(?-u:\b)(?:[gmtk]b|usb|inch|volts?|watts?|mm|cm|kg|ml|oz|lbs?|pcs|pack|mbps|rpm|hard|flash|disk|day|days|hours?|minutes?|week|weeks|year|years|months?|hz)(?-u:\b)"
"""Words of things and times that a drive, a pass or a way is of."""

MENTION = (
    r"(?-u:\b)[0-9]{1,5}[A-Za-z]? (?:[A-Z][a-z'.]+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Terrace|Crescent)(?-u:\b)"
    r"|(?-u:\b)[A-ZÄÖÜ][a-zäöüß]+(?:straße|strasse|str\.|gasse|platz|weg|straat|laan) [0-9]{1,4}(?-u:\b)"
    r"|(?-u:\b)[0-9]{1,4}(?: bis| ter)?,? (?:rue|avenue|boulevard|chemin|impasse|allée|place) (?:de |du |des |d'|la |l')"
    r"|(?-u:\b)(?:Calle|Avenida|Paseo|Rua|Travessa|Via|Viale|Piazza|Corso) [A-ZÀ-Ý][a-zà-ÿ]+(?: [A-Za-zà-ÿ]+){0,3},? (?:n[º°.]? ?)?[0-9]{1,4}(?-u:\b)"
)
"""A street with its number inside a text, in the case in which it stands there."""

_BLOCK = "[0-9]{1,5}(?:[-の][0-9]{1,5}){1,4}"
_KANJI = r"[0-9\x{3007}一二三四五六七八九十百]{1,5}"
_PLACE = r"[\p{Han}\p{Hiragana}\p{Katakana}ー・ヶケ々 ]"
_PREFECTURE = r"(?:東京都|北海道|(?:京都|大阪)府|\p{Han}{2,3}県)"
_BLOCKED = rf"{_KANJI}(?:丁目|番地|番{_KANJI}号?|[-‐‑–−ー]{_KANJI})"  # noqa: RUF001  signs for a hyphen
JAPANESE = (
    rf"^(?:〒?[0-9]{{3}}-?[0-9]{{4}} ?)?(?:{_PLACE}|[0-9])*?(?:{_KANJI}丁目|字{_PLACE}+{_KANJI}|{_KANJI}番地?(?:の?{_KANJI}|$| )|{_KANJI}番{_KANJI}号|[都道府県市区町村郡]{_PLACE}*{_BLOCK}).*$"
    rf"|^{_PLACE}{{2,}}(?:{_BLOCK}|[0-9]{{1,5}}番地?)(?:号|[ ].*)?$"
    rf"|^{_PREFECTURE}[^\s0-9]{{1,12}}[市区町村][^\s0-9]{{1,16}}(?:{_KANJI}$|{_BLOCKED}.*$)"
)
JAPANESE_MENTION = (
    rf"{_PREFECTURE}[^\s0-9,、。はを]{{1,12}}[市区町村][^\s,、。はをで]{{0,16}}?{_BLOCKED}"
    r"|(?:[\p{Han}\p{Katakana}ヶ]{1,5}|さいたま|つくば|いわき|あきる野|みどり)[市区町村郡][\p{Han}\p{Katakana}ヶ]{1,10}[0-9]{1,3}(?:丁目[0-9]{1,3}番|(?:-[0-9]{1,3}){2}(?:[^0-9-]|$))"
)
"""An address inside a text, digits and hyphens narrow."""

SPOKEN = (
    r"。|(?:[0-9]|号室?|番地?|丁目|階)(?:に|で|から|まで|へ|です|を|が|は|、|の(?:お客|自宅|実家|家|方|住|物件|件|者|男|女))"
    r"|^[^0-9]{0,20}(?:住所|住まい|転居先|送付先|配送先|届け先|届先|自宅|勤務先)(?:は|が|を|:|\x{FF1A}|、| )"
    r"|[市区町村郡](?:で|に|は|が|の)[0-9]|[0-9](?:時に|月期|人が|人の|件|円|回|歳|校が|の勝)"
    r"|[0-9](?:번지|호)?(?:에서?|으?로) |(?:거주|사는|살고)|住在|居住在|地址是"
)
"""Words of a sentence around an address."""

JAPANESE_TOWN = rf"^{_PREFECTURE} ?{_PLACE}{{1,6}}?[市区町村郡] ?{_PLACE}+$"
NO_JAPANESE_TOWN = r"(?:立|役所|役場|議会|委員会|局|署|院|校|幼稚園|保育園|庭園|館|所|会|社|大学|駅|線|部|課|室|センター|[市区町村])$"
JAPANESE_UNIT = r"^(?:(?:ガーデン|キャッスル|グランド|グリーン|コンフォート|シティ|プラザ|パーク|クレスト|ロイヤル|サン|エステート|ヴィラ|ビラ|シャトー|ドミール|アーバン|ライオンズ|ダイア|プレジデント|フォレスト)[^0-9]+[0-9]{3,4}|.*(?:マンション|ハイツ|コーポ|アパート|レジデンス|メゾン|ハイム|パレス|タワー|ビル|荘|団地|コート|ヒルズ).*[0-9]+(?:号室|号|階|F)?|.{0,20}[0-9]{1,4}号室|[0-9]{1,2}階)$"
KOREAN = (
    r"^(?:\([0-9]{5}\) ?)?[\p{Hangul}0-9 ]*(?:대로|로|길)[0-9가-힣]* ?[0-9]+(?:-[0-9]+)?(?:[ ,(].*)?$"
    r"|^[\p{Hangul}0-9 ]*(?:시|군|구|읍|면|동|리|가) [\p{Hangul}0-9 ]*[0-9]+(?:-[0-9]+)?(?:번지.*|[ ,(].*)?$"
)
CHINESE = (
    r"^[\p{Han}0-9]*(?:路|街|[^国县県都府省]道|巷|弄|胡同|村|段)[\p{Han}0-9 -]*[0-9一二三四五六七八九十]+(?:号|號|弄)?.*$"
    r"|^\p{Han}+[0-9]+(?:号|號)(?:楼|院|[0-9]|.*室).*$"
    r"|^\p{Han}+(?:路|街|巷)[A-Za-z0-9]座.*$"
)
BLOCK = r"^[1-9][0-9]{0,2}(?:-[1-9][0-9]{0,2}){1,3}$"
"""The numbers of a Japanese address that stand in a column of their own."""
