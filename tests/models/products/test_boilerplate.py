"""The product in the titles of measures, as other languages word them."""

import pytest

from models.products.boilerplate import is_notice, product_part


@pytest.mark.parametrize(
    ("title", "product"),
    [
        (
            "Imposing a duty on imports of certain ceramic tiles originating in China",
            "ceramic tiles",
        ),
        (
            "Resolución sobre las importaciones de tubería de acero originarias de China",
            "tubería de acero",
        ),
        ("Dumping nas exportações de pneus de carga, originárias da China", "pneus de carga"),
        ("Avis concernant les importations de vélos originaires de Chine", "vélos"),
        ("Bekanntmachung über die Einfuhren von Schrauben mit Ursprung in China", "Schrauben"),
        ("imports of steel", "steel"),
        ("印度对华光伏玻璃作出反倾销终裁", "光伏玻璃"),
        ("美国对中国和越南产铝型材作出双反终裁", "铝型材"),
        (
            "Dumping nas exportações da China para o Brasil de pneus de bicicleta, classificados",
            "pneus de bicicleta",
        ),
        (
            "О мере в отношении стальных кованых валков, происходящих из Украины",
            "стальных кованых валков",
        ),
        ("Çin Halk Cumhuriyeti menşeli menteşe ithalatında önlem", "menteşe"),
        ("Antidumpingzoll auf Ringbuchmechaniken aus China", "Ringbuchmechaniken"),
        ("중국산 타일에 대한 덤핑방지관세 부과", "타일"),
        ("大韓民国産及び中華人民共和国産炭酸カリウムに対する不当廉売関税", "炭酸カリウム"),
        ("Biện pháp chống bán phá giá đối với bột ngọt có xuất xứ từ Trung Quốc", "bột ngọt"),
        ("Bea masuk antidumping terhadap impor produk ubin keramik dari Tiongkok", "ubin keramik"),
    ],
)
def test_the_product_of_an_import_measure(title: str, product: str) -> None:
    assert product_part(title) == product


@pytest.mark.parametrize(
    "title",
    ["Draft standard for wooden toys", "召回儿童三轮车", "Rückruf eines Wasserkochers",
     "О безопасности игрушек", "전기용품 안전기준 개정", "Thu hồi nồi cơm điện"],
)  # fmt: skip
def test_what_an_authority_words_is_a_notice(title: str) -> None:
    assert is_notice(title)


@pytest.mark.parametrize("title", ["wooden toys", "儿童三轮车", "Soft TPU phone case for women"])
def test_a_name_of_goods_is_none(title: str) -> None:
    assert not is_notice(title)
