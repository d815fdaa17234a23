"""Text files of every usual encoding are read as their author wrote them, and doubt is told."""

from __future__ import annotations

import pytest

from evaluator.documents.decoding import decoded
from evaluator.documents.reading import read_document
from evaluator.models.document import FlagKind

ENGLISH = "Ada Example\nKept the ledgers of a depot – “with care”.\n• Counted 400 crates\n"
GERMAN = (
    "Jürgen Beispiel\nErfundene Spedition, Köln – heute\nDienst überführt, Fehler größer als null\n"
)
SPANISH = "Íñigo Ejemplo\nLogística Ficticia, Logroño – actualidad\nEntrenó y añadió supervisión\n"
POLISH = "Łucja Przykładowa\nZmyślona Logistyka, Łódź\nWdrożyła usługę, błąd spadł\n"
TURKISH = "Ayşe Örnek\nİş Deneyimi\nKurgusal Lojistik, İzmir\nTalep modelini eğitti; hata düştü\n"
RUSSIAN = "Иван Примеров\nОпыт работы\nВымышленная логистика, Самара\nОбучил модель для складов\n"
GREEK = "Άννα Παραδείγματος\nΕμπειρία\nΦανταστική Εταιρεία, Αθήνα\nΕκπαίδευσα μοντέλο\n"
HEBREW = "דנה לדוגמה\nניסיון\nלוגיסטיקה בדיונית, חיפה\nאימנה מודל למחסנים\n"
SIMPLIFIED = (
    "张示例\n工作经历\n虚构物流公司,上海,2019年3月至今\n为400个仓库训练需求预测模型,误差下降\n"
)
TRADITIONAL = (
    "陳範例\n工作經歷\n虛構物流公司,台北,2019年3月至今\n為400個倉庫訓練需求預測模型,誤差下降\n"
)
JAPANESE = "例 太郎\n職務経歴\n架空物流株式会社、東京、2019年3月\n需要予測モデルを学習し、誤差を削減した。\n"
KOREAN = (
    "김예시\n경력\n가상물류, 서울, 2019년 3월\n창고의 수요 예측 모델을 학습하여 오차를 줄였다.\n"
)

FILES = [
    *((ENGLISH, name) for name in ("cp1252", "mac_roman", "utf-16-le", "utf-16-be", "utf-32")),
    *((GERMAN, name) for name in ("cp1252", "mac_roman")),
    *((SPANISH, name) for name in ("cp1252", "mac_roman")),
    *((POLISH, name) for name in ("cp1250", "iso8859_2")),
    (TURKISH, "cp1254"),
    *((RUSSIAN, name) for name in ("koi8_r", "cp1251", "cp866", "mac_cyrillic", "utf-16-le")),
    *((GREEK, name) for name in ("cp1253", "iso8859_7")),
    (HEBREW, "cp1255"),
    *((SIMPLIFIED, name) for name in ("gbk", "gb18030", "utf-16-be")),
    (TRADITIONAL, "big5"),
    *((JAPANESE, name) for name in ("shift_jis", "euc_jp", "iso2022_jp")),
    *((KOREAN, name) for name in ("euc_kr", "utf-16-le")),
]


@pytest.mark.parametrize(("text", "encoding"), FILES)
def test_a_text_file_is_read_in_its_encoding(text: str, encoding: str) -> None:
    document = read_document(text.encode(encoding), "a.txt")
    assert document.text.split() == text.split()
    assert document.flags == ()


def test_a_rare_letter_does_not_move_an_english_text_to_another_encoding() -> None:
    for word in ("Zoë", "2019 – 2021", "±5 °C", "Ø 3"):
        text = f"{ENGLISH * 5}{word}\n{ENGLISH}"
        assert decoded(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            "Größe, Köln, über, für, Straße, süß, Öl und Bär. ".encode() * 9 + b"\xc3 \xc3 \xc3 ",
            "could not be decoded",
        ),
        (
            "Grâ€“Ã¶ÃŸe and KÃ¶ln, fÃ¼r and Ã¼ber, as a form once saved it".encode(),
            "decoded wrongly",
        ),
        ("Дата??? ??? ???? ????? ??? since then, in a depot of ??????".encode(), "question marks"),
        (b"Ada Example of nowhere, " + bytes(range(0x80, 0x100)) * 2, "not certain"),
    ],
)
def test_a_garbled_text_is_told_and_a_person_is_asked(data: bytes, told: str) -> None:
    (flag,) = read_document(data, "a.txt").flags
    assert flag.kind is FlagKind.GARBLED
    assert told in flag.message


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ("Sous-chef à l'école", "mac_roman"),
        ("Dienst für Getriebe", "cp850"),
        ("Szoftver, Győr", "cp1250"),
        ("sukūrė modelį", "cp1257"),
        ("в Москве", "koi8_r"),
        ("сократил ошибки на треть, руководил группой", "cp1251"),
        ("ניהל צוות", "cp1255"),
    ],
)
def test_a_few_letters_that_two_encodings_explain_are_read_with_a_request_for_a_person(
    line: str, encoding: str
) -> None:
    text = f"Ada Example\nBuilt and ran the platform of a depot, 2019 - 2021\n{line}\n"
    document = read_document(text.encode(encoding), "a.txt")
    flagged = [flag.kind for flag in document.flags] == [FlagKind.GARBLED]
    assert flagged or line in document.text
    assert document.text.startswith("Ada Example")
