"""Cells that name a company, an authority or another body, by its legal form or kind.

They are found under `thing.organisation`: no person's data, and a sign whose list a table is.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from privscan.evidence.characters import HEX, LETTER, WIDE, holding, kinds_in, masked
from privscan.model.data import Column, Hits
from privscan.rulebook.numbers import THING
from privscan.rulebook.text import bytes_of, taken

PLUGIN = True
KINDS = ("text",)

ENTITY = f"{THING}organisation"

SCORE = 0.9
"""One word in ten of these stands in a name of no body: Church Street, Bank Holiday."""

_BYTES = (4, 120)
_WORDS = r"^\s*\S+(?:\s+\S+){0,7}\s*$"
"""A text of more words speaks of a shop; it is not the name of one."""

_CANDIDATES = holding(HEX | LETTER | WIDE)

_FORMS = (
    r"(?:inc|incorporated|corp|corporation|llc|llp|ltd|limited|plc|pty|gmbh|mbh|kgaa|ohg|e\.v|ag|kg|ug"
    r"|s\.?a\.?r\.?l|s\.?a\.?s|s\.a|s\.?p\.?a|s\.?r\.?l|s\.l|s\.l\.u|ltda|s/a|b\.?v|n\.?v|v\.?o\.?f|a/s|aps|ab|oy|oyj"
    r"|sp\. ?z ?o\.? ?o|co|cie|company|companies|group|holdings?|partners|associates|& sons|& co)"
)
"""Legal forms, at the end of a name."""

_KINDS = (
    r"(?:universit\p{L}+|college|school|schule|grundschule|gymnasium|[eé]cole|lyc[eé]e|coll[eè]ge|escuela|escola|scuola|instituto|institute?"
    r"|istituto|liceo|i\.c\.|i\.i\.s\.|colegio|kita|kindergarten|conservatorio"
    r"|hospital|klinik(?:um)?|krankenhaus|clinic|h[oô]pital|ospedale|ziekenhuis|pharmacy|apotheke|pharmacie|farmacia"
    r"|hotel|h[oô]tel|restaurant|ristorante|caf[eé]|pizzeria|bar & grill|bakery|b[aä]ckerei|boulangerie"
    r"|bank|banque|banco|banca|sparkasse|insurance|versicherung|stores?|shop|market|supermarket|supermarch[eé]"
    r"|museum|mus[eé]e|museo|library|bibliothek|biblioth[eè]que|biblioteca|church|kirche|mairie|rathaus|municipality|gemeente|ayuntamiento|prefeitura|ministry|minist[eè]re|ministerium"
    r"|department|agency|authority|council|association|verein|foundation|stiftung|fondation|society|services|systems|solutions"
    r"|technologies|industries|enterprises|manufacturing|supplies|supply|wholesale|motors|foods|airlines|airport|station|bahnhof|gare)"
)
"""What bodies and places call themselves."""

_WESTERN = rf"(?i)\D[ ,]{_FORMS}\.?$|(?:^|[ -]){_KINDS}(?:$|[ ,(-])"
_EASTERN = (
    r"株式会社|有限会社|合同会社|合資会社|財団法人|社団法人|医療法人|学校法人|社会福祉法人|[㈱㈲]"
    r"|(?:会社|大学|学校|高校|学園|幼稚園|保育園|病院|医院|クリニック|薬局|銀行|信用金庫|役所|役場|図書館|美術館|博物館|公民館|センター|ホテル|旅館|商店|支店|営業所|工場)$"
    r"|주식회사|㈜|(?:대학교|초등학교|중학교|고등학교|병원|은행|도서관|센터)$"
    r"|(?:公司|集团|集團|银行|銀行|医院|大学|学院|中学|小学|研究所|委员会|酒店|工厂)$"
)


def find(column: Column) -> Iterator[Hits]:
    """Cells in which a body's legal form or kind stands where names of bodies have it."""
    kinds = kinds_in(column)
    sizes = bytes_of(column.cells)
    within = (sizes >= _BYTES[0]) & (sizes <= _BYTES[1])
    wide = (kinds & WIDE) > 0
    for form, some in ((_WESTERN, ~wide), (f"{_WESTERN}|{_EASTERN}", wide)):
        rows = np.flatnonzero(_CANDIDATES.table[kinds] & within & some)
        if len(rows):
            names = taken(column.cells, rows)
            found = rows[(names.str.contains(form) & names.str.contains(_WORDS)).to_numpy()]
            if len(found):
                yield Hits(ENTITY, masked(found, len(column.cells)), SCORE, "organisations")
