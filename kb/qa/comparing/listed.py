"""Whether a sentence names several things only as examples or members of one list: 「容器技术如 LXC，OpenVZ」 tells neither from the other."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.compared import Thing

# what stands between two members of a list: a joint, or other members, each between joints
_MEMBERS = regex(r"(?:[、,/和与或及]|以及|或者)+(?:[^、,;。:()和与或/及]{1,14}(?:[、,/和与或及]|以及|或者)+)*")
_OPENS_A_LIST = regex(r"(?:比如|例如|譬如|诸如|(?<![比不相])如(?![何果此])|像|包括|分为|分成|[(（])[^;。)）]{0,60}$")
_OF_EACH = regex(r"分别|各自|依次")


def only_listed(text: str, things: Sequence[Thing]) -> bool:
    """`text`: a sentence that names all of the things."""
    folded = fold(text)
    places = sorted((place, place + len(name)) for thing in things if (found := _first(folded, thing.names)) for place, name in (found,))
    if len(places) < 2 or not all(_MEMBERS.fullmatch(folded[one[1] : other[0]]) for one, other in zip(places, places[1:], strict=False)):
        return False
    return _OPENS_A_LIST.search(folded[: places[0][0]]) is not None and not _OF_EACH.search(folded)


def _first(text: str, names: Sequence[str]) -> tuple[int, str] | None:
    """The earliest place of one of the names, and the longest of those there."""
    return min(((text.find(name), name) for name in names if name in text), key=lambda found: (found[0], -len(found[1])), default=None)
