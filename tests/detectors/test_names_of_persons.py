"""Columns of persons' names in many languages and forms, with as many columns that are none."""

from __future__ import annotations

import logging
import random

import polars as pl
import pytest

from privscan.detectors import names
from privscan.model.data import Column
from privscan.model.kinds import Kind


def hits(cells):
    return list(names.find(Column("x", Kind.TEXT, pl.Series("x", cells, pl.String))))


def seen(cell):
    return {(hit.entity, hit.detector.removeprefix("names/")) for hit in hits([cell])}


def shares(cells):
    """The share of cells by entity, ambiguous ones left out."""
    found = dict.fromkeys(("name_full", "name_given", "name_family"), 0.0)
    for hit in hits(cells):
        if hit.detector != "names/ambiguous":
            found[hit.entity] += hit.mask.sum() / len(cells)
    return found


@pytest.mark.parametrize(
    "cell",
    ["Anna Schmidt", "SCHMIDT, Anna", "anna schmidt", "ANNA SCHMIDT", "Jean-Pierre Dupont", "Patrick O'Brien",
     "Ludwig van Beethoven", "María José García López", "John F. Kennedy", "Dr. Emily Watson", "John Smith, PhD",
     "Martin Luther King Jr.", "Nguyễn Thị Lan", "Иван Петров", "Γιώργος Παπαδόπουλος", "محمد أحمد", "Yamada Taro",
     "Kim Min-jun", "\uff2aohn \uff33mith", "Smith, John", "Øystein Hansen", "Zoë  Jansen"],
)  # fmt: skip
def test_a_full_name_of_known_words(cell):
    assert ("name_full", "full") in seen(cell)


@pytest.mark.parametrize(
    ("cell", "detector"),
    [
        ("J. Smith", "initials"),
        ("Smith, J.", "initials"),
        ("Mr. Xyzzylo", "titled"),
        ("Frau Qwertz-Asdfg", "titled"),
        ("Xavier Nqwerty", "partly"),
        ("Xqwzy Smith", "partly"),
        ("Digvijay Pokharel", "likely"),
        ("Zhang Xiaoming", "likely"),
        ("Anna Schmidt, Peter Müller", "list"),
        ("John Smith; Mary Jones; Bob Lee", "list"),
        ("Emma Hughes & Jack Palmer", "list"),
        ("Rose May", "ambiguous"),
        ("山田太郎", "japanese"),
        ("山田　太郎", "japanese"),
        ("山田様", "japanese"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "kana"),
        ("やまだ はなこ", "kana"),
        ("王小明", "chinese"),
        ("김민수", "korean"),
    ],
)  # fmt: skip
def test_other_forms_say_how_sure_they_are(cell, detector):
    assert detector in {found for _, found in seen(cell)}


def test_one_word_is_a_given_or_a_family_name_or_both_or_ambiguous():
    assert seen("Wolfgang") == {("name_given", "given")}
    assert seen("Kowalski") == {("name_family", "family")}
    assert {("name_given", "given"), ("name_family", "family")} <= seen("Martin")
    assert {detector for _, detector in seen("Jordan")} == {"ambiguous"}


@pytest.mark.parametrize(
    "cell",
    ["Acme Inc", "Deutsche Bank", "Smith & Sons", "Johnson & Johnson", "Smith, Jones and Partners", "bread, butter; milk", "Paris, France", "Smith GmbH", "Johnson University", "Victoria Falls", "Mount Everest",
     "New York", "Santa Barbara", "Los Gatos Avenue", "Red Bull", "E. coli", "Baltimore, MD", "getName", "first_name",
     "株式会社山田", "東京都", "営業部", "苹果手机", "서울특별시", "The Great Gatsby", "invoice", "n/a", "unknown", "-", "",
     "Volkswagen Golf", "Canis lupus", "Xqzw Zzkrt", "Getriebeöl Kühlmittel", "digvijay pokharel", "user@example.com", "Anna 3", "A1 Steel", "https://smith.example", "Large Red Chair",
     "John Smith went to the market and bought a very large number of red apples there"],
)  # fmt: skip
def test_what_is_no_name(cell):
    assert seen(cell) - {("name_family", "ambiguous"), ("name_given", "ambiguous")} == set()


NAMES = {
    "english": "James Carter|Olivia Bennett|William Foster|Emma Hughes|Noah Richardson|Sophie Turner|Jack Palmer",
    "german": "Jürgen Schäfer|Sabine Hoffmann|Klaus Zimmermann|Petra Lehmann|Uwe Krüger|Heike Vogel|Dieter Kaiser",
    "french": "Jean Lefebvre|Camille Moreau|Hélène Girard|Luc Fontaine|Aurélie Mercier|Pierre Roussel|Chloé Lambert",
    "spanish": "Carlos Fernández|Lucía Romero|Javier Ortega|Carmen Delgado|Pablo Navarro|Elena Vázquez|Luis Herrera",
    "italian": "Giulia Ricci|Marco Esposito|Francesca Greco|Luca Ferrara|Chiara Conti|Matteo Rinaldi|Paolo Moretti",
    "polish": "Anna Nowak|Piotr Kowalczyk|Katarzyna Wiśniewska|Marek Zieliński|Agnieszka Mazur|Tomasz Krawczyk",
    "russian": "Ольга Смирнова|Дмитрий Кузнецов|Елена Попова|Сергей Васильев|Наталья Соколова|Андрей Михайлов",
    "japanese": "伊藤翔太|渡辺美咲|中村大輔|加藤由美|吉田健一|山本愛子|松本拓也",
    "chinese": "王建国|李秀英|张伟|刘洋|陈静|杨丽娟|赵志强",
    "korean": "김서연|이준호|박민지|최동현|정수빈|강지원|윤서준",
}


@pytest.mark.parametrize("language", NAMES)
def test_columns_of_full_names(language):
    assert shares(NAMES[language].split("|"))["name_full"] >= 0.8


NO_NAMES = {
    "fruit": "Apple|Banana|Cherry pie|Dragon fruit|Elderberry|Fig|Grape|Honeydew melon|Kiwi|Lemon",
    "firms": "Acme Corp|Globex Corporation|Initech LLC|Umbrella Inc|Hooli Ltd|Müller AG|Soylent Co|Stark Industries",
    "jobs": "Accountant|Software engineer|Sales manager|Nurse|Head of marketing|Data scientist|Bus driver|Clerk",
    "drugs": "Ibuprofen|Paracetamol|Amoxicillin|Metformin|Lisinopril|Atorvastatin|Omeprazole|Warfarin",
    "species": "Canis lupus|Felis catus|Escherichia coli|Quercus robur|Mus musculus|Gallus gallus|Bos taurus",
    "titles": "The Old Man and the Sea|Pride and Prejudice|War and Peace|Great Expectations|Dune|Emma of Hartfield",
    "teams": "Manchester United|Green Bay Packers|Boston Celtics|Real Madrid|Leeds United|Chicago Bulls",
    "code": "getName|parse_args|HTTPServer|is_valid|toString|maxRetries|DEFAULT_PORT|onClick",
    "streets": "Baker Street|Fifth Avenue|Hauptstraße|Rue de Rivoli|Calle Mayor|Elm Drive|Bahnhofstraße|Main Street",
    "wards": "新宿区|渋谷区|港区|世田谷区|横浜市|さいたま市|千葉県|北海道",
    "products": "冷蔵庫|洗濯機|電子レンジ|掃除機|炊飯器|扇風機|空気清浄機",
    "departments": "営業部|総務部|人事課|経理部|開発室|企画課|広報課",
}


@pytest.mark.parametrize("subject", NO_NAMES)
def test_columns_of_other_things(subject):
    assert max(shares(NO_NAMES[subject].split("|")).values()) <= 0.2


MIXED = [cell for line in (*NAMES.values(), *NO_NAMES.values()) for cell in line.split("|")]


@pytest.mark.parametrize("seed", range(3))
def test_any_cut_of_the_cells_gives_the_same_hits(seed):
    chance = random.Random(seed)
    cells = chance.sample([*MIXED, "J. Smith", "Dr. Xyzzylo", None, ""], len(MIXED) + 4)
    whole = {(h.entity, h.detector, cells[i]) for h in hits(cells) for i in h.mask.arg_true()}
    cuts = sorted(chance.sample(range(len(cells)), 7))
    pieces = [cells[a:b] for a, b in zip([0, *cuts], [*cuts, len(cells)], strict=True)]
    parts = {
        (h.entity, h.detector, piece[i])
        for piece in pieces
        for h in hits(piece)
        for i in h.mask.arg_true()
    }
    assert parts == whole


ODD = [*"abcJOSÉéßñ ,;&/.-'・ー山田太郎花子ヤマダやまだ김민수王伟李Иванов", "\u3000", "\u0301", "\u200b", "\xa0", "\t", "\n",
       "𠮷", "ﬁ", "İ", "①", "\uff21", "\uff71", "\uff9e", "ก"]  # fmt: skip


@pytest.mark.parametrize("seed", range(10))
def test_a_cell_of_any_letters_is_read_alone_as_among_others(seed):
    chance = random.Random(seed)
    cells = [
        "".join(chance.choices(ODD, k=chance.choice([0, 1, 2, 3, 5, 8, 70]))) for _ in range(20)
    ]
    among = {(h.entity, h.detector, i) for h in hits(cells) for i in h.mask.arg_true()}
    alone = {(h.entity, h.detector, i) for i, cell in enumerate(cells) for h in hits([cell])}
    assert among == alone


def test_a_cell_has_one_reading_as_a_full_name():
    found = [hit.mask for hit in hits(MIXED) if hit.entity == "name_full"]
    assert max(sum(marks) for marks in zip(*found, strict=True)) == 1


def test_a_column_without_words_loads_no_dictionary(monkeypatch):
    def loaded():
        raise AssertionError

    monkeypatch.setattr(names.persons, "words", loaded)
    assert hits(["1", "2.5", "2024-01-01", "AB-12", "...", None]) == []


def test_no_name_is_written_anywhere(capfd, caplog, recwarn):
    canary = "Xyzzyq Kowalski"
    with caplog.at_level(logging.DEBUG):
        assert hits([canary, "Quuxbert 山田", "山田 Quuxbert"])
    written = capfd.readouterr()
    told = [written.out, written.err, caplog.text, *(str(w.message) for w in recwarn)]
    assert not any("yzzy" in text or "uuxbert" in text for text in told)
