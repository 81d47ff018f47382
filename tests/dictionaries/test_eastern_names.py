"""Japanese, Chinese and Korean names, which no blank sets apart, and words that look like them."""

from __future__ import annotations

import polars as pl
import pytest

from privscan.dictionaries import chinese, japanese, korean


def japanese_name(cell):
    [bits] = japanese.readings(pl.Series([cell]))
    return bits


@pytest.mark.parametrize(
    "cell",
    ["山田太郎", "山田 花子", "佐藤健", "長谷川博己", "林 美咲", "ヤマダ タロウ", "たなか はなこ", "やまだはなこ", "鈴木一郎様",
     "佐々木蔵之介", "高橋 美由紀 さん"],
)  # fmt: skip
def test_a_japanese_family_and_given_name(cell):
    assert japanese_name(cell) & japanese.FULL


@pytest.mark.parametrize("cell", ["佐藤", "鈴木", "山田", "小林", "タナカ", "わたなべ", "五十嵐"])
def test_a_japanese_family_name(cell):
    assert japanese_name(cell) & japanese.FAMILY
    assert not japanese_name(cell) & japanese.FULL


@pytest.mark.parametrize("cell", ["花子", "太郎", "陽菜", "ハナコ", "けんいち", "美咲"])
def test_a_japanese_given_name(cell):
    assert japanese_name(cell) & japanese.GIVEN


@pytest.mark.parametrize("cell", ["福島", "松山", "千葉"])
def test_a_family_called_like_a_city_is_marked(cell):
    assert japanese_name(cell) & japanese.PLACE


@pytest.mark.parametrize(
    "cell",
    ["東京都", "山口県", "松本市", "営業部", "株式会社", "田中商店", "冷蔵庫", "アイスクリーム", "自動車", "入金", "えんぴつ",
     "コンピューター", "東海道線", "大学病院", "取引先", "ニューヨーク"],
)  # fmt: skip
def test_japanese_words_places_and_firms_are_no_names(cell):
    assert japanese_name(cell) == 0


@pytest.mark.parametrize("cell", ["王伟", "李小明", "张丽华", "欧阳娜娜", "陳志明", "刘洋"])
def test_a_chinese_name(cell):
    assert chinese.full(pl.Series([cell])).tolist() == [True]


@pytest.mark.parametrize(
    "cell", ["北京市", "江苏省", "苹果", "电脑", "王府井大街", "财务部", "手机", "黄河", "高速公路"]
)
def test_chinese_words_and_places_are_no_names(cell):
    assert chinese.full(pl.Series([cell])).tolist() == [False]


@pytest.mark.parametrize("cell", ["김민수", "이영희", "박 지훈", "최유진님", "정하은"])
def test_a_korean_name(cell):
    [bits] = korean.readings(pl.Series([cell]))
    assert bits & korean.FULL


@pytest.mark.parametrize(
    "cell", ["서울", "부산광역시", "컴퓨터", "자동차", "대한민국", "회사", "고객센터"]
)
def test_korean_words_and_places_are_no_names(cell):
    [bits] = korean.readings(pl.Series([cell]))
    assert not bits & korean.FULL


def test_romanised_families_come_in_both_ways_of_writing_long_vowels():
    families = dict(japanese.romanised())["family"]
    assert {"satou", "sato", "suzuki", "itou", "ito"} <= families
