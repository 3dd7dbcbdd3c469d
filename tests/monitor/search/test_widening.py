"""A product in one language finds notices in the others."""

import pytest

from monitor.search.language import parse
from monitor.search.tree import And, Not, Or, Tag, Tagged, Widened, Words
from monitor.search.widening import meant, widened


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("陶瓷餐具", {"6911", "6912"}),
        ("耐热陶瓷餐具", {"6911", "6912"}),  # by its end
        ("钢钉", {"7317"}),
        ("steel nails", {"7317"}),
        ("莠去津", {"3808"}),
        ("轮胎", {"4011"}),
        ("шины", {"4011"}),
        ("地毯", {"5701", "5702", "5703"}),  # the lexicon has kinds of it only
    ],
)
def test_a_name_means_its_headings(name: str, headings: set[str]) -> None:
    goods = meant(name)
    assert goods is not None
    assert headings <= set(goods.headings)


@pytest.mark.parametrize("name", ["反倾销", "美国", "steel", "2024", "A-570-117", "的", "xyzzy"])
def test_what_is_no_product_means_nothing(name: str) -> None:
    assert meant(name) is None


def test_only_the_product_is_widened_and_said_so() -> None:
    tree, additions = widened(parse("欧盟 陶瓷餐具 反倾销"))
    assert isinstance(tree, And)
    assert [type(part) for part in tree.parts] == [Words, Widened, Words]
    assert [addition.name for addition in additions] == ["陶瓷餐具"]
    also = tree.parts[1].also  # type: ignore[union-attr]
    assert Tagged(Tag.MAYBE, ("691200",)) in also
    assert any(isinstance(other, Words) and other.quoted for other in also)


def test_a_name_of_several_words_is_one_product() -> None:
    tree, additions = widened(parse("Brazil ceramic tableware 2024"))
    assert [addition.name for addition in additions] == ["ceramic tableware"]
    assert isinstance(tree, And)
    assert tree.parts[1].words == And((Words("ceramic"), Words("tableware")))  # type: ignore[union-attr]


def test_quoted_words_and_words_under_a_not_are_left_as_they_are() -> None:
    assert widened(parse('"陶瓷餐具"'))[1] == ()
    tree, additions = widened(parse("玩具 NOT 轮胎"))
    assert [addition.name for addition in additions] == ["玩具"]
    assert isinstance(tree, And)
    assert tree.parts[1] == Not(Words("轮胎"))


def test_alternatives_are_widened_each_by_itself() -> None:
    tree, additions = widened(parse("玩具 OR 轮胎"))
    assert isinstance(tree, Or)
    assert len(additions) == 2
