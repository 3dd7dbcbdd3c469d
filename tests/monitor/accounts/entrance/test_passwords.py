"""Which passwords are refused because they are guessed first, and which are not."""

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError

from monitor.accounts.entrance.passwords import ENOUGH, GuessabilityValidator, chosen, guesses
from monitor.accounts.models import User

GUESSED = """
woaini woaini1314520 woaini5211314 aini1314aini 1314520aini woainimama1314 Woaini@520
woaizhongguo1949 woaiquanzhou2024 wodemima123456 mima123456 5201314 13145201314520 77582587758258
zhuanqian168168 wangyong1988 zhangwei123 Zhangwei@1988 lixiaoming1990 chenjianhua1975
linmeiling520 huangguoqiang88 zhengyuxuan2015 linxiaofang1314 chenwei19850612 19880808wangli
wangli19880808 yanglin20001010 ouyangxiaoli99 wangyongliming zhangzhangzhang chenchen1314520
xiaoming5201314 lihua.lihua.88 Chen#2008#Wei qwer1234zhang wang123456789 li1234567890 a123456789b
fujian2010 quanzhou888 quanzhou@123456 Fuzhou@2024! xiamen5201314 jinjiang2023 anxitieguanyin
tieguanyin888 dehuataoci2020 wuyishan.2019 Yongchun_1999 longyan0597a putian351100ok mazupingan888
taoci888888 waimao@2022 fenghuo2026! Fenghuo@123456 admin@quanzhou guanliyuan2025 laoban8888888
gongxifacai888 shengrikuaile520 nihaoma123456 Password1234! qwertyuiop123
""".split()
KEPT = """
harbour lantern ochre 47
correct horse battery staple
quanzhou paints seven umbrellas slowly
wangyong zai maidangao chi mianbao kan dianshi
tea mountain violin eleven
我家后院有三棵荔枝树和一只老猫
The ferry leaves when the fog lifts
zhangwei forgot his green kettle twice
meteor-cabbage-trombone-91
Nine7-velvet8-otters6
mudan hua kai zai qiang wai de yewan
pebble ladder jasmine quartz
shipyard-lemon-quiet-orbit
laoshu tou you bei maomi zhuazhu le
blue granite whistles at noon
ruby tractor syllable 310
vermilion/anchor/thimble
wo mai le san shuang lan se xiezi
kitchen.window.zebra.cloud
octopus drinks oolong quietly
lychee-basalt-hammock-tide
7 monks 4 drums 12 kites
fjord umbrella napkin mango
qiutian de shiliu bi qunian tian
ceramic moth under the bridge
sleepy customs officer juggles
longan orchard radio static
zebra42kettle!bamboo
river lemon guitar
xK7#vQ9z!pLmR2
hB3nW8cY1tD6
gu8-Tarim-qepo-Lusint
""".strip().splitlines()


@pytest.mark.parametrize("password", GUESSED)
def test_what_people_here_choose_is_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        GuessabilityValidator().validate(password)
    assert refused.value.code == "guessable"


@pytest.mark.parametrize("password", KEPT)
def test_words_that_do_not_belong_together_are_not(password: str) -> None:
    validate_password(password, User(username="lin@example.org", name="林小红"))


def test_there_are_enough_of_both() -> None:
    assert len(set(GUESSED)) >= 60
    assert len(set(KEPT)) >= 30


def test_what_is_known_from_stolen_lists_is_refused() -> None:
    long_enough = [p for p in CommonPasswordValidator().passwords if len(p) >= 12]
    assert long_enough
    for password in long_enough:
        with pytest.raises(ValidationError) as refused:
            validate_password(password)
        assert "password_too_common" in {error.code for error in refused.value.error_list}


def test_ones_own_words_count_for_little_and_for_nobody_else() -> None:
    said, own = "shuixianhua-guolidun", ["shuixianhua", "guolidun"]
    assert guesses(said, own) < ENOUGH <= guesses(said, [])


def test_the_lists_hold_words_that_can_be_typed() -> None:
    for name, words in chosen().items():
        assert words, name
        assert all(w.isascii() and w.isalnum() and w == w.lower() for w in words), name
