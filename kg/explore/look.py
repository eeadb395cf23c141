"""How types look, in every drawing: one colour, one shape and one character for each.

The colours are the eight of Okabe and Ito (Color Universal Design, 2008), which people with any kind of
colour vision tell apart, and a grey; a park and an event take a lighter tone of their kin, the enterprise and the
project. Shape and character stand beside the colour, so that nothing is told by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How the things of one type are drawn."""

    name: str  #: of the type, in Chinese
    sign: str  #: one character, drawn inside
    color: str
    ink: str  #: colour of the sign, legible on the colour
    shape: str  #: a shape of vis-network whose label stands below
    night: tuple[str, str] | None = None  #: colour and ink on a dark page, where the others would not be seen


LOOKS: dict[str, Look] = {
    "official": Look("官员", "人", "#D55E00", "#ffffff", "dot"),
    "agency": Look("机关单位", "机", "#0072B2", "#ffffff", "square"),
    "enterprise": Look("企业", "企", "#009E73", "#ffffff", "square"),
    "park": Look("园区", "园", "#7FD1B9", "#000000", "hexagon"),
    "place": Look("地区", "地", "#56B4E9", "#000000", "dot"),
    "industry": Look("产业", "产", "#E69F00", "#000000", "triangle"),
    "scheme": Look("产业体系", "系", "#F0E442", "#000000", "diamond"),
    "project": Look("项目", "项", "#CC79A7", "#000000", "hexagon"),
    "policy": Look("政策规划", "策", "#999999", "#000000", "square"),
    "event": Look("事件会议", "事", "#EBC6DA", "#000000", "star"),
    "indicator": Look("指标", "标", "#333333", "#ffffff", "triangleDown", ("#DDDDDD", "#000000")),
}
