"""Names in made texts: what the installed models find, what they take for one, and how fast.

usage: python bench/ner.py [TEXTS]   needs the extra [ner]; 600 texts of each kind by default
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from faker import Faker

from privscan.recognition.ner.models import installed
from privscan.recognition.ner.process import reader

TEXTS = 600
SECONDS = 600.0

WITH = {
    "en": [
        "Please call {name} about the refund as soon as possible",
        "{name} from accounts asked when the invoice will be paid",
        "Spoke to {name} today, she will send the form again",
        "the parcel for {name} was left with a neighbour in {city}",
        "Complaint by Mr {name} about the late delivery of his order",
    ],
    "ja": [
        "{name}様よりお問い合わせあり、明日までに折り返し希望",
        "担当の{name}が{city}の支店へ出張した",
        "荷物は{city}の{name}さんに届けた",
    ],
}
WITHOUT = {
    "en": [
        "The {thing} from {firm} broke after two days of normal use",
        "Customer asked whether the {thing} works with {firm} software",
        "Order shipped late, box damaged, {thing} missing from the parcel",
        "ERROR {thing} failed at line {number}: connection refused by host",
        "{species} observed near the river, about {number} individuals",
        "Great {thing}, battery lasts all day, would buy from {firm} again",
        "Ticket closed, no response from the client after {number} days",
        "Replaced the {thing} in room {number}, tested and working now",
    ],
    "ja": [
        "{firm}の{thing}を交換した。動作に異常なし",
        "本日の点検は異常なし。次回は{number}日後に実施する",
        "{species}を川の近くで{number}羽観察した",
        "温度は{number}度、湿度が高いため{thing}を停止した",
    ],
}
WORDS = {
    "en": {
        "thing": ["cordless drill", "Galaxy S21", "washing machine", "XPS 13 laptop", "Model 3", "Air Max shoe",
                  "LG monitor", "coffee maker", "UserService", "Kindle", "garden hose", "iPhone 13 Pro case"],
        "firm": ["Bosch", "Siemens", "Samsung", "Johnson & Johnson", "Dell", "Philips", "Marks & Spencer", "Ford"],
        "species": ["Panthera leo", "Great tit", "Turdus merula", "Rosa canina", "Red admiral", "Quercus robur"],
    },
    "ja": {
        "thing": ["型番A12のモーター", "冷蔵庫", "プリウス", "電動ドリル", "エアコン", "プレイステーション"],
        "firm": ["日立製作所", "本田技研工業", "松下電器", "トヨタ", "豊田自動織機", "村田製作所"],
        "species": ["シジュウカラ", "アオサギ", "カワセミ", "メジロ"],
    },
}  # fmt: skip
LOCALES = {"en": "en_US", "ja": "ja_JP"}


def made(language: str, forms: list[str], count: int) -> list[str]:
    """So many texts, the same in each run."""
    rng, fake = random.Random(3), Faker(LOCALES[language])
    fake.seed_instance(3)
    spaced = language == "en"

    def name() -> str:
        return (
            f"{fake.first_name()} {fake.last_name()}"
            if spaced
            else fake.last_name() + fake.first_name()
        )

    def text() -> str:
        words = {kind: rng.choice(some) for kind, some in WORDS[language].items()}
        number = rng.randint(2, 999)
        return rng.choice(forms).format(name=name(), city=fake.city(), number=number, **words)

    return [text() for _ in range(count)]


def main(count: int) -> None:
    """One line for each language and kind of text."""
    for model in installed():
        if model.language not in WITH:
            continue
        reader().read(made(model.language, WITH[model.language], 1), SECONDS)  # starts the process
        for kind, forms in (("with a name", WITH), ("without", WITHOUT)):
            texts = made(model.language, forms[model.language], count)
            begun = time.perf_counter()
            found = reader().read(texts, SECONDS)
            took = time.perf_counter() - begun
            kinds = Counter(one for some in found for one in some or ())
            shares = ", ".join(f"{one} {n / count:.1%}" for one, n in sorted(kinds.items()))
            print(
                f"{model.name} {model.version}, {count} texts {kind}: {shares or 'nothing'}; {count / took:.0f} texts/s"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TEXTS)
