"""What the registry holds: places, and the forms that name them. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

#: Levels of a division, highest first. A zone is a development zone with a statistical code (湘潭昭山示范区);
#: in texts it is a park rather than a place. Towns stand below the counties.
DIVISION_LEVELS = ("province", "prefecture", "county", "zone", "town")


class Form(NamedTuple):
    """One reading of a surface form: 株洲 is the short form of ``430200``.

    ``kind`` is one of ``full`` (株洲市), ``short`` (株洲), ``alias`` (湘西州, 京杭运河), ``former`` (株洲县, 襄樊市).
    """

    code: str  #: what ``Places.get`` takes: an adcode, or the key of a region
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One division of China, or one region, river, sea, mountain or country."""

    code: str  #: six digits (nine for a town); the key for a region
    name: str
    short: str = ""  #: the name without its rank (株洲); equal to the name where it has none (攸县, 长江)
    pinyin: str = ""  #: of the short name; empty for towns and regions
    level: str = "county"  #: one of DIVISION_LEVELS, or the kind of a region: region, river, lake, country, …
    parent: str = ""  #: code of the division above; empty for provinces and regions
    valid_from: str = ""  #: year; empty when unknown or before 2003
    valid_until: str = ""  #: year of the change, or of the last list that has it; empty for places of today
    replaced_by: str = ""  #: code of the successor, when there is one
    aliases: tuple[str, ...] = ()
    former_names: tuple[tuple[str, str], ...] = ()  #: (name, last year) of names it had under the same code
    members: tuple[str, ...] = ()  #: codes of the divisions a region is made of, where they are agreed
    english: str = ""  #: English name of a region

    @property
    def key(self) -> str:
        """Identity of an entity: ``place/430200``, ``place/river/xiangjiang``, ``country/DE``."""
        return f"place/{self.code}" if self.is_division else self.code

    @property
    def is_division(self) -> bool:
        """Tell a division from a region."""
        return self.level in DIVISION_LEVELS

    @property
    def is_current(self) -> bool:
        """Tell a place of today from a former one."""
        return not self.valid_until

    def existed(self, year: int) -> bool:
        """Tell whether the place existed in a year, as far as the tables know."""
        starts = not self.valid_from or int(self.valid_from) <= year
        return starts and (not self.valid_until or year <= int(self.valid_until))
