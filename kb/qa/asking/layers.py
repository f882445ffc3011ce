"""Questions that ask for the layers of a thing (从下往上有哪几层), and sentences that go through them."""

from __future__ import annotations

from kb.language.regex import regex
from kb.qa.sources import Sources

ASKED = regex(
    r"从[下上底][面层]?[往到至]|自[下上底][而向至]|由[下上底][往到至]|[几哪两三四五六七八九\d]层|层次|层级|bottom.{0,6}up|layers?\b"
)
GONE_THROUGH = regex(
    r"从[下上底][面层]?[往到至][上下顶]|自[下上底][而向至][上下顶]|由[下上底][往到至][上下顶]|依次(?:为|是|有|包括)|底层[^。]{1,80}(?:上层|顶层)|最[下底][面层]"
)
SPOKEN_OF = regex(r"层|从[下上]|依次")
_IN_LAYERS = regex(
    r"(?:可以|能|一共|总共|大致|自下而上|从下[往到]上)*(?:分|有|是)(?:为|成)?(?:哪|几)[几两三四五六七八九\d]?个?层|的?[几两三四五六七八九\d]个?层(?:分别)?(?:是|有|叫)(?:什么|哪)"
)


def named(asked: str, sources: Sources) -> str:
    """计算机软件层次 for 计算机软件分哪三层, where the articles have a name for the layers of it."""
    match = _IN_LAYERS.search(asked)
    if match is None:
        return asked
    for word in ("层次", "层级", "架构"):
        called = f"{asked[: match.start()]}{word}"
        if any(found.end == len(called) and len(called) - found.start > len(word) for found in sources.lexicon.find(called)):
            return f"{called}{asked[match.start() :]}"
    return asked
