"""Names in texts of ten languages by what stands around them, and as many texts without one."""

from __future__ import annotations

import polars as pl
import pytest
from found import found, whole

from privscan.detectors import titles
from privscan.model.data import Column
from privscan.model.kinds import Kind

NAMED = {
    "titles/honorific": """
Mr Smith called about the invoice|mrs jones wants a refund for the order|Please forward it to Dr. Jane Okafor today
Andrew met Prof. Xiangzhou at the fair|Bitte Herrn Weber informieren|Frau Dr. Müller-Lüdenscheidt hat angerufen
Rendez-vous avec M. Dupont demain matin|Mme Lefèvre ne viendra pas|El Sr. García llega esta mañana|hablé con la sra. López ayer
O Sr. Oliveira quer o reembolso|Sig.ra Rossi arriva domani|il sig. Bianchi ha chiamato|Dhr. de Vries wil opzeggen
Mevr. van der Berg komt morgen|Господин Иванов просил перезвонить|本日田中様が来店されました|佐藤さんから電話あり
鈴木氏によると問題なし|山田先生に相談した|高橋部長に確認する|林様より返品の依頼|タナカ様より入電|山田太郎様へ発送済み
김철수 씨가 전화했습니다|김철수님이 방문하셨습니다|김 씨는 다시 전화할 예정입니다|联系王先生确认时间|李女士要求退款|王小明先生来电话了
""",
    "titles/said": """
We spoke to Maria Gonzalez about the delay|Spoke with Siobhan O'Brien regarding the lease|Please ask for Tom Baker at the desk
Kundin Maria Schmidt hat gekündigt|Ansprechpartner: Jonas Weber, bitte melden|고객 김철수 전화 문의|called 3 times for client Anna Weber|client Jean Dupont demande un avoir
La paciente Carmen Ruiz llegó tarde|Falei com João da Silva sobre isso|parlato con Marco Rossi del contratto
De klant Jan de Vries heeft betaald|担当:山田 折り返し予定|担当の山田太郎が出張中です|담당자: 김철수 확인 필요|客户姓名:王小明,电话待确认
""",
    "titles/pair": """
The parcel for Maria Gonzalez was left outside|I think Anna Lindqvist has already paid it|Das Paket ging an Jonas Weber in der Werkstatt
Nous attendons encore Camille Laurent pour la visite|山田太郎が来店しました|Я видел что Иван Петров уже оплатил
""",
    "titles/given": "Maria called about the order|Dear Anna please find the form attached",
}  # fmt: skip

NAMELESS = """
I love my Mr Coffee machine very much|St. John's Hospital is near the station|Dr. Martens boots are very comfortable
We went to San Francisco for the weekend|We visited Madame Tussauds in the summer|The Calvin Klein shirt was too small
Please come to 12 Main Dr Springfield on time|rue du Dr Schweitzer est fermée|He studied at Johns Hopkins University in the end
Victoria Falls was great in the spring|Dear Customer please find attached|Dear Sir or Madam please call
The Samsung Galaxy is better than the iPhone|Apple Park opened in Santa Clara last year|New York City is big and loud
The Senior Sr. Software Engineer left early|Das ist Frau Holle im Theater|Herr Präsident hat gesprochen
Miss you all very much|Virginia Beach and Charlotte are cities|The Martin Luther King Jr. Boulevard is closed
Charlotte Street was closed for works|The Jordan River flows to the sea|May June and July are warm months
der Bürgermeister hat die Straße eröffnet|could not find mr. Wandered on for hours|take 5 ms Timeout before the retry
St. Patrick's Day parade was postponed to Monday|calle Miguel Hernández cortada por obras|Liceo Alessandro Volta ha vinto
Victoria Park opens at nine on weekdays|a Jack Russell barked at the postman|John Deere tractors are green and loud
お客様にご連絡しました|皆様のご協力をお願いします|神様にお祈りする日です|王様の料理は美味しかった|奥さんと一緒に来店
お母さんに電話した|先生に相談してください|同様の症状が続いています|製品の仕様について質問|多様な意見があった|本屋さんで買いました
看護師さんが親切でした|営業部長に確認する|関係者様各位にお知らせ|取引先様へ送付|東京都が発表した|小林製薬の商品です|担当の部署に連絡した
선생님께 말씀드렸습니다|고객님의 소중한 의견 감사합니다|날씨가 좋아서 기분이 좋습니다|아저씨가 친절했습니다|사용자 이름과 사용자만 출력
先生们女士们大家好|班主任老师说得对|这位先生要求退款|数学老师很好|客户要求退款并更换|任何老师都可以参加|환자 이송용 침대가 필요합니다
고객 만족도 조사를 실시했습니다|松屋さんの牛丼を食べました|総経理の説明会
"""

WHOLE = "Maria Gonzalez|Dr. Jane Okafor|Mr Smith|Maria de la Cruz|John Smith and Mary Jones|田中太郎|Weber, Anna|Letters to Anna Weber"


def each(text):
    return [cell for line in text.strip().splitlines() for cell in line.split("|")]


@pytest.mark.parametrize(
    ("detector", "cell"), [(name, cell) for name, text in NAMED.items() for cell in each(text)]
)
def test_texts_that_name_a_person(detector, cell):
    assert found(titles, cell) == [[detector]]
    assert whole(titles, cell) == [False]


@pytest.mark.parametrize("cell", each(NAMELESS))
def test_texts_that_name_nobody(cell):
    assert found(titles, cell) == [[]]


@pytest.mark.parametrize("cell", each(WHOLE))
def test_a_cell_that_is_a_name_is_no_text(cell):
    assert found(titles, cell) == [[]]


def test_a_text_is_counted_once_by_its_surest_name():
    cell = "Maria called: Mr Smith and Anna Lindqvist have paid"
    assert found(titles, cell) == [["titles/honorific"]]


def test_a_given_name_alone_is_no_full_name():
    column = Column("x", Kind.TEXT, pl.Series("x", ["Maria called about the order"]))
    assert [hit.entity for hit in titles.find(column)] == ["name_given"]


def test_cells_without_texts_load_no_dictionary(monkeypatch):
    def loaded():
        raise AssertionError

    monkeypatch.setattr(titles.persons, "words", loaded)
    cells = ["12", "ab-1234", "2024-01-31", "", "x@example.com", "the quick fox jumped over it"]
    assert found(titles, *cells) == [[]] * len(cells)
