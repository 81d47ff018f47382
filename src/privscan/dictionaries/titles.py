"""What stands around persons' names in texts: titles, words before and after, and what is no name."""

from __future__ import annotations

_LETTER = r"[\p{L}'\x{2019}\-]"
_PARTICLE = (
    r"(?:van der |van den |van de |van |von der |von |de la |de los |de |del |della |di |da |dos |do |du "
    r"|den |der |ten |ter |el |al |bin |ibn |zu |e )"
)
CAPITAL = rf"\p{{Lu}}(?:['\x{{2019}}]\p{{Lu}})?\p{{Ll}}{_LETTER}*"
"""A word that begins with a capital: Smith, O'Brien, McDonald, Müller-Lüdenscheidt."""

_GAP = r"(?: (?:\p{Lu}\. ?){0,2}| ?\p{Lu}\. ?)"
RUN = rf"{CAPITAL}(?:{_GAP}{_PARTICLE}?{CAPITAL}){{1,3}}"
_PAIR = rf"{CAPITAL}(?:{_GAP}{_PARTICLE}?{CAPITAL}){{1,2}}"
"""Two to four such words after each other, initials and particles among them."""

_FORMAL = (
    r"Mrs?|Ms|Mx|Mister|Dra?|Prof|Professor|Doc?tor|Mme|Mlle|Monsieur|Madame|Mademoiselle|Docteur|Professeur|"
    r"Herrn?|Frau|Señora?|Sra|Srta|Sres|Profa|Senhora?|Doutora?|Signora?|Sig(?:\.(?:ra|na|ri))?|Dott(?:\.ssa)?|Avv|Ing|"
    r"Dhr|Mevr|Mevrouw|Meneer|Mw|Hr|Fru|(?:[Ee]l|[Dd]el|[Aa]l|[Oo]|[Dd]o|[Aa]o) Sr|[Ii]l [Ss]ig"
)
_LOOSE = (
    r"M\.|Sr\.?|Miss|Sir|Rev|Reverend|Pastor|Officer|Detective|Sergeant|Sgt|Nurse|Attorney|Councillor|Pfarrer|Pan[ai]?|Panią|"
    r"mrs?|mister|dra?|prof|professor|doc?tor|mme|mlle|monsieur|madame|docteur|herrn?|frau|señora?|sra|srta|senhora?|doutora?|"
    r"signora?|sig\.(?:ra|na|ri)?|dott(?:\.ssa)?|dhr|mevr|mevrouw|meneer|(?:[Ee]l|[Dd]el|[Aa]l|[Oo]|[Dd]o|[Aa]o) sr"
)
_DEGREES = r"(?: (?:Dr|Prof|med|jur|Ing|Mag|dent|phil|rer|nat|h\.c)\.?){0,3}"
_NAMED = rf"(?:(?:\p{{Lu}}\. ?){{0,2}}{_PARTICLE}?{CAPITAL}(?:{_GAP}{_PARTICLE}?{CAPITAL}){{0,2}})"

FORMAL = rf"(?:(?-u:\b)(?:{_FORMAL})\.?|\x{433}-н|\x{433}-жа|[Гг]осподин|[Гг]оспожа){_DEGREES} "
LOOSE = rf"(?-u:\b)(?:{_LOOSE})\.? "
"""Titles that are little else; those that are other words as often."""

TITLED = rf"(?:{FORMAL}|{LOOSE}){_NAMED}"
"""A title and the name behind it."""

SMALL = r"(?-u:\b)(?:mr|mrs|ms)\.? [a-z'\x{2019}\-]{3,}"
"""The same in small letters, as in chats."""

_OFFICES = (
    "prasident prasidentin burgermeister burgermeisterin bundeskanzler bundeskanzlerin kanzler kanzlerin "
    "minister ministerin ministre direktor direktorin president presidente presidenta presidentessa chairman "
    "chairwoman chair speaker secretary vorsitzender vorsitzende doktor professor doctor directeur directrice "
    "director directora chef maire juge richter richterin kollege kollegin notar notaire avocat avocate "
    "kapitan universe world america right wrong perfect nice clean muscle potato bean robot tussauds bovary "
    "holle propre proper voorzitter burgemeester ministro sindaco prefeito alcalde "
    "vermieter vermieterin nachbar nachbarin mutter vater inspector judge justice ambassador"
)
OFFICES = frozenset(_OFFICES.split())
"""What follows a title and is no name of a person, in lower case without accents."""

_PLACES = (
    "virginia georgia charlotte victoria paris florence sydney madison carolina chelsea brooklyn savannah lorraine "
    "alexandria regina jordan london santa diego cordoba medina sierra asia india ireland israel cuba kenya "
    "christian granny king royal mercedes porsche lexus ruby pearl crystal amber"
)
PLACES = frozenset(_PLACES.split())
"""Given names that before a word are a place, a stone or a thing: Victoria Park, Jack Russell."""

BRANDS = (
    r"(?i)(?-u:\b)(?:dr\.? (?:martens?|pepper|oetker|scholl'?s?|bronner'?s?|dre|strange|who|doolittle|seuss|jart|hauschka|beckmann)|"
    r"mrs?\.? (?:coffee|clean|kipling|meyer'?s|dash|doubtfire|butterworth'?s?|beast|robot|bean|muscle|potato head)|"
    r"(?:madame|miss) (?:tussauds?|butterfly|piggy|marple|dior|universe)|"
    r"calvin klein|ralph lauren|tommy hilfiger|hugo boss|marc jacobs|michael kors|kate spade|jimmy choo|"
    r"jack daniel'?s?|johnnie walker|jim beam|harley davidson|harry potter|estee lauder|tom ford|ted baker|steve madden|"
    r"donna karan|giorgio armani|yves saint laurent|louis vuitton|christian dior|karl lagerfeld|vera wang|tory burch|"
    r"elizabeth arden|bobbi brown|laura ashley|eddie bauer|vince camuto|carolina herrera|"
    r"paul mitchell|john deere|sherlock holmes|ben sherman|fred perry|helly hansen|jack wolfskin|otto bock|"
    r"wells fargo|dow jones|jack russell|james bond|santa claus|mercedes benz|mercedes-benz|rolls royce|betty crocker|"
    r"victoria'?s secret|la roche|martin luther|virgin mary|jesus christ|charles schwab|merrill lynch|morgan stanley|"
    r"goldman sachs|ernst (?:and|&) young|marie curie|george washington|abraham lincoln|isaac newton|albert einstein)"
)
"""Products, shops and persons in every school book."""

_AFTER_SOMEBODY = r"(?:dr|docteur|prof|professeur|doctor|mr|sir|don|general|m)\.? "
STREETS = (
    r"(?i)(?-u:\b)(?:(?:rue|avenue|av\.?|ave|place|pl\.|boulevard|bd|impasse|quai|chemin|via|viale|piazza|corso|calle|c/|avda?\.?|"
    r"plaza|paseo|rua|praça|travessa|straße|platz|school|collège|école|lycée|liceo|instituto|istituto|hôpital|hospital|clinic|"
    rf"university|aéroport|stadio|stadium) (?:du |de la |del? |do |da |des )?(?:{_AFTER_SOMEBODY})?|[0-9]+[a-z]?(?: \p{{L}}+){{1,2}} {_AFTER_SOMEBODY}"
    r"|st\.? |saint )(?-i:\p{Lu})[\p{L}'\x{2019}]+(?: (?-i:\p{Lu})\p{L}+)?"
)
"""Streets and houses that are called after somebody; `12 Main Dr Springfield`."""

_BEFORE = (
    r"(?i:(?:spoken?|talk(?:ed|ing)?|speaking|chatted|met|meeting|call|appointment|agreed|confirmed) (?:to|with)|called|contact(?:ed)?|"
    r"emailed|phoned|told|asked|met|reported by|requested by|approved by|signed by|submitted by|referred by|assigned to|"
    r"on behalf of|named|name is|names?:|name|attn:?|attention:?|c/o|customer|client|patient|tenant|employee|colleague|"
    r"supervisor|caller|witness|neighbou?r|husband|wife|daughter|son|mother|father|brother|sister|dear|regards,?|sincerely,?|"
    r"thanks,?|cheers,?|ask for|"
    r"gesprochen mit|rücksprache mit|telefonat mit|kunden?|kundin|patient(?:in)?|mitarbeiter(?:in)?|ansprechpartner(?:in)?:?|"
    r"kolleg(?:e|in)|nachbar(?:in)?|vater|mutter|sohn|tochter|grüßen?,?|grüße,?|gruß,?|"
    r"cliente?|patiente?|contacter|appelé|parlé (?:à|avec)|nom ?:|responsable:?|cordialement,?|signé|voisine?|"
    r"paciente|contacto:?|contato:?|habl[eéó]\w* con|llam[oóé] a|nombre:|atentamente,?|saludos,?|falei com|falou com|nome:|responsável:?|"
    r"atenciosamente,?|paziente|contattare|parlato con|responsabile:?|saluti,?|klant|patiënt|gesproken met|contactpersoon:?|"
    r"naam:|groeten,?)"
)
_AFTER = (
    r"(?:called|said|says|asked|asks|wants|wanted|complained|reported|requested|confirmed|told|phoned|rang|emailed|wrote|"
    r"signed|agreed|cancelled|paid|refused|visited|lives|hat|rief|sagte|möchte|bittet|wünscht|wohnt|a appelé|a demandé|"
    r"demande|souhaite|habite|llamó|dijo|pidió|solicitó|solicita|quiere|vive|ligou|disse|pediu|solicitou|mora|ha chiamato|"
    r"ha chiesto|chiede|dice|vuole|abita|belde|vraagt|zegt|heeft|woont)(?:[^\p{L}]|$)"
)
SAID = rf"(?-u:\b){_BEFORE}[ :\n]+{_PAIR}|{_PAIR} {_AFTER}"
"""A name with a word before or behind it that only persons have."""

CALLED = (
    rf"(?-u:\b){_BEFORE}[ :\n]+{CAPITAL}"
    rf"|(?-u:\b){CAPITAL} (?:called|asks|asked|wants|wanted|complained|phoned|rang|emailed|wrote|hat|rief|möchte|a appelé|"
    rf"souhaite|llamó|dijo|quiere|ligou|pediu|ha chiamato|vuole|belde|vraagt)(?:[^\p{{L}}]|$)"
)
"""One word beside it, which may be a given name."""

FIRST = r"\p{Lu}|(?-u:\b)m(?:rs?|s)(?-u:\b)"
SIGNS = rf"(?:{FORMAL}|{LOOSE}){_PARTICLE}?\p{{Lu}}|{SMALL}|\p{{Lu}}{_LETTER}+{_GAP}{_PARTICLE}?\p{{Lu}}{_LETTER}|{CALLED}"
"""What a text has in which any of these may stand."""

SENTENCE = r"(?:^|[^\p{L}0-9'\x{2019}.@\-])\p{Ll}{2,}"
LITTLE = (
    r"(?:^|[^\p{L}])(?:van|von|der|den|de|del|della|di|da|dos|do|du|des|la|le|los|las|el|al|bin|ibn|zu|und|and|et|og|och|en|"
    r"med|jur|by|of|the|ben|abu|ter|ten|vom|st|rer|nat)(?:$|[^\p{L}])"
)
"""A word of a sentence; and those that stand in names and lists of names."""

_HONOURS = r"(?:様|さま|さん|氏|先生|君|くん|ちゃん|殿|部長|課長|係長|主任|社長|店長|医師|教授|弁護士|選手|容疑者|被告)"
JAPANESE = rf"[\p{{Han}}々ヶ]{{1,7}}[ \x{{3000}}]?{_HONOURS}"
KATAKANA = r"(?:^|[^\p{Katakana}ー])[\p{Katakana}ー]{3,10}(?:様|さま|さん|氏)"
JAPANESE_HONOUR = rf"[ \x{{3000}}]?{_HONOURS}$"
JAPANESE_CUED = r"(?:担当者?|氏名|名前|患者|顧客|契約者|主治医|連絡先|受付|申込者|代表者?|保護者)名?(?:[:\x{FF1A}はの ]|\x{3000})+[\p{Han}々ヶ]{2,6}"
JAPANESE_CUE = r"^.*[:\x{FF1A}はの \x{3000}]"
JAPANESE_SUBJECT = r"(?:^|[^\p{Han}\p{Hiragana}\p{Katakana}々ー])[\p{Han}々]{4,6}(?:が|は|に|と|の|を|から|より|も)"
EDGES = r"^[^\p{Han}]+|[^\p{Han}々ヶ]+$"
"""Names before an honour, behind a word for a person, and as the first word of a sentence."""

_WORDS_OF_HONOUR = (
    "神 王 仏 殿 奥 皆 客 何 貴 同 多 各 一 異 仕 模 有 先 上 若 姫 父 母 兄 姉 源 平 両 某 華 摂 諸 主 夫 暴 "
    "大家 名主 親方 中 東 西 南 北 本 今 元 前 新 旧 現 副 町 村 市 社 店 院"
)
NO_JAPANESE = frozenset(_WORDS_OF_HONOUR.split())
"""Family names that before an honour are another word: 神様, 王様, 各氏, 源氏."""

KOREAN = r"(?:^|[^\p{Hangul}])[가-힣]{3} ?(?:씨|님|선생님|교수님|과장|부장|대리|팀장|사장님|고객님|환자|원장님|학생)[가-힣]{0,3}(?:[^\p{Hangul}]|$)"
_KOREAN_CUE = r"(?:(?:고객|환자|담당자|신청자)[은는]?(?: ?: ?| )|(?:성명|이름|회원|고객|환자|담당자|신청자)명?[은는]? ?: ?)"
KOREAN_CUED = rf"{_KOREAN_CUE}[가-힣]{{3}}(?:이|가|은|는|을|를|의|에게|과|와)?(?:[^\p{{Hangul}}]|$)"
KOREAN_CUE = rf"^{_KOREAN_CUE}|^[^\p{{Hangul}}]+"
KOREAN_ALONE = r"(?:^|[^\p{Hangul}])(?:김|박|최|정|강|조|윤|임|권|황|홍|송) ?(?:씨|선생님|과장님?|부장님?|대리님?|팀장님?|사장님|교수님)(?:가|는|를|에게|의|와|도|께서|께|한테)?(?:[^\p{Hangul}]|$)"
"""A full name before an honour or behind a word for a person; a family name before one."""

_LADIES = "(?:先生|女士|小姐|太太|老师|老師|医生|醫生|教授|经理|經理|主任)"
CHINESE = rf"\p{{Han}}{{1,6}}{_LADIES}"
CHINESE_TITLE = rf"{_LADIES}$"
CHINESE_CUED = "(?:姓名|联系人|聯絡人|收件人|客户|客戶|患者|申请人|申請人|负责人|負責人)[:\\x{FF1A}] ?\\p{Han}{2,3}(?:\\P{Han}|$)"
BEFORE_CHINESE = "的与和跟找由请給给對对向系繫約约致电電访訪见見是为了到让讓把被问問户戶者员員"
"""A family name before a title, or behind a word for a person; what may stand before it."""

ANY_CHINESE = "任何"
NO_CHINESE = "于任史文方安常时時和高成何同向连年名项相班主应游路金平师師"
"""A word that reads as a name; families that end other words: 班主任, 语文."""

_EASTERN = (
    JAPANESE,
    KATAKANA,
    JAPANESE_CUED,
    JAPANESE_SUBJECT,
    KOREAN,
    KOREAN_CUED,
    KOREAN_ALONE,
    CHINESE,
    CHINESE_CUED,
)
EASTERN_SIGNS = "|".join(f"(?:{form})" for form in _EASTERN)
