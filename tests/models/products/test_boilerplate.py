"""The product in the titles of measures, as other languages word them."""

import pytest

from models.products.boilerplate import product_part


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
    ],
)
def test_the_product_of_an_import_measure(title: str, product: str) -> None:
    assert product_part(title) == product
