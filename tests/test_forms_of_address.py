"""Titles and forms of address go with the candidate's name; the same words stay before anything else."""

from __future__ import annotations

import pytest

from evaluator.redaction.address import with_address
from evaluator.structure.known_names import letters_of

from .test_short_names import told

ADDRESSED = [
    ("Lakshmi Narayanappa", "Smt. Lakshmi Narayanappa", "Shri L. Narayanappa", "Lakshmi garu"),
    ("Anita Deshpandekar", "Kum. Anita Deshpandekar", "Anita-ji", "Deshpandekar Madam"),
    ("Emeka Nwosugbo", "Pastor Nwosugbo", "Chief Emeka Nwosugbo", "Engr. Emeka"),
    ("Chief Emeka Nwosugbo", "Chief Nwosugbo", "Engr. (Chief) Emeka Nwosugbo", "Nwosugbo"),
    ("Ngozi Okafornma", "Engr. (Mrs.) Ngozi Okafornma", "Dame Ngozi", "Okafornma (Mrs.)"),
    ("Ngozi Okafornma", "MRS. NGOZI OKAFORNMA", "ENGR. NGOZI", "CHIEF OKAFORNMA"),
    ("Patrick Doylenan", "Fr. Patrick Doylenan", "Rev. Fr. Doylenan", "Doylenan, SJ"),
    ("Yusuf Karamoko", "Imam Yusuf Karamoko", "Alhaji Karamoko", "Sheikh Yusuf"),
    ("Siti Rahmawatia", "Hajah Siti", "Puan Rahmawatia", "Ibu Siti"),
    ("Eli Brodskinov", "Rabbi Brodskinov", "Reb Eli", "Rav Brodskinov"),
    ("Peter Ferncombe", "Sir Peter", "Hon. P. Ferncombe", "Bp. Ferncombe"),
    ("Fatima El Mansourane", "Mlle El Mansourane", "Hajja Fatima", "Mme Fatima"),
    ("Carmen Rodríguezal", "Dña. Carmen", "Srta. Rodríguezal", "Mª Carmen"),
    ("Inge Bjerkegaard", "Fru Bjerkegaard", "Frk. Inge", "Hr. Bjerkegaard"),
    ("Anna Kowalczewska", "Pani Anna", "pani Kowalczewska", "ks. Kowalczewska"),
    ("Tyrone Jacksonville", "Sgt. Jacksonville", "Capt. Tyrone Jacksonville", "SFC Jacksonville (Ret.)"),
    ("Kenta Satomura", "Satomura-san", "Kenta-kun", "Ken-chan"),
    ("Minsu Kwakson", "Minsu-ssi", "Kwakson-nim", "Minsu-hyung"),
    ("Rajendra Prasadam", "Rajendra-ji", "Raj bhai", "Prasadam ji"),
    ("Mehmet Yıldırımcan", "Mehmet Bey", "Mehmet abi", "Yıldırımcan Hoca"),
    ("Wang Xiaoyan", "Lao Wang", "Xiao Wang", "Xiaoyan jiejie"),
    ("Nguyễn Thị Minh Thư", "Chị Thư", "chị Minh Thư", "Cô Thư"),
    ("Somchai Jaideeporn", "Khun Somchai", "P'Somchai", "Nong Somchai"),
    ("王晓燕", "小燕", "老王", "王姐"),
    ("李志强", "阿强", "小李", "强哥"),
    ("欧阳明", "欧阳工", "小欧阳", "明哥"),
    ("Marcus Ellingtonne", "MSgt Ellingtonne", "Gunnery Sgt. Marcus", "Lance Corporal Ellingtonne"),
    ("刘芳", "芳芳", "刘工", "刘总"),
    ("田中 美咲", "田中課長", "美咲ちゃん", "美さん"),
    ("김민수", "민수 씨", "김대리", "민수 선배"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "said"), [(name, said) for name, *forms in ADDRESSED for said in forms]
)
def test_forms_of_address_go_with_the_name(name: str, said: str) -> None:
    assert told(name, f"{said} led the move. Then {said}, too.") == (
        "[NAME] led the move. Then [NAME], too."
    )


@pytest.mark.parametrize("title", sorted(letters_of("honorifics")))
def test_what_is_no_part_of_a_name_goes_before_it(title: str) -> None:
    text = f"Led by {title[0].upper()}{title[1:]} Quillfeather, later"
    start = text.index("Quillfeather")
    assert with_address(text, [(start, start + 12)]) == [(len("Led by "), start + 12)]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Peter Ferncombe", "Chief Engineer of the Pan-European platform; Hon degree; Fr locale."),
        ("Jan Pan", "Pan-European rollout; pandas and PAN-OS stay."),
        ("Chief Emeka Nwosugbo", "Worked as Chief architect with the Chief of staff."),
        ("Emeka Nwosugbo", "Reported to the Chief Data Officer; Major release; Sir Systems."),
        ("Jo Network", "Ran the Sr. Network team and General availability."),
        ("Kenta Satomura", "San Jose office, SAN and NAS storage."),
        ("Anita Deshpandekar", "Taught MS Excel; father node, sister company, brother process."),
        ("张波", "小波变换和小波分析去噪。"),
        ("程敏", "开发微信小程序。"),
        ("李红", "小红书推荐系统，每小时更新。"),
        ("施强", "施工排期，强强联合。"),
        ("李天", "天天更新，李导数。"),
        ("정민", "정부장관 보고서, 정밀도."),
        ("高丽", "高工评审，明明白白。"),
    ],
)
def test_the_same_words_stay_before_anything_else(name: str, line: str) -> None:
    assert told(name, line) == line


def test_a_title_of_faith_goes_with_others_who_bear_it() -> None:
    text = told("Zora Quillfeather", "Reference: Pastor Ibe Nwosugbo praised the ranker.")
    assert "Pastor" not in text
    assert "Nwosugbo" not in text
    assert "praised the ranker" in text
