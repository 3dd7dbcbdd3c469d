"""Units of quantity: those of the customs by their Chinese names, and what pages call them.

The codes follow the WCO's recommended units of quantity; a pair is `pairs`.
"""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, str | Promise] = {
    "kg": _("kg"),
    "u": _("pieces"),
    "pairs": _("pairs"),
    "m": _("m"),
    "m2": _("m²"),
    "m3": _("m³"),
    "l": _("litres"),
    "kWh": _("kWh"),
    "carat": _("carats"),
}

_PIECES = (
    "个 件 台 只 辆 艘 架 套 把 块 条 支 枝 盏 座 头 卷 副 幅 盘 扇 株 张 根 盒 片 筒 罐 "
    "本 册 枚 粒"
).split()
_PLAIN: dict[str, tuple[str, str]] = {
    "千克": ("kg", "1"),
    "公斤": ("kg", "1"),
    "克": ("kg", "0.001"),
    "吨": ("kg", "1000"),
    "双": ("pairs", "1"),
    "千双": ("pairs", "1000"),
    "对": ("pairs", "1"),
    "米": ("m", "1"),
    "千米": ("m", "1000"),
    "平方米": ("m2", "1"),
    "千平方米": ("m2", "1000"),
    "立方米": ("m3", "1"),
    "千立方米": ("m3", "1000"),
    "升": ("l", "1"),
    "千升": ("l", "1000"),
    "克拉": ("carat", "1"),
    "千瓦时": ("kWh", "1"),
}
CUSTOMS: dict[str, tuple[str, Decimal]] = {
    name: (unit, Decimal(times)) for name, (unit, times) in _PLAIN.items()
}
CUSTOMS |= {piece: ("u", Decimal(1)) for piece in _PIECES}
CUSTOMS |= {f"千{piece}": ("u", Decimal(1000)) for piece in _PIECES}
CUSTOMS |= {f"百{piece}": ("u", Decimal(100)) for piece in _PIECES}
CUSTOMS |= {unit: (unit, Decimal(1)) for unit in LABELS}
"""Unit as printed → (code, how many of it). Countable things are pieces whatever they are."""
