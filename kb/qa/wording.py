"""The sentences that answers are made of (data/wording.toml), the reasons for them (data/reasons.toml) and what a verdict rests on
(data/grounds.toml), in Chinese and English."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from kb.language.regex import regex
from kb.records import Question, Reason


def say(key: str, language: str, **values: str) -> str:
    """:raises KeyError: no such wording, or a place in it that no value fills."""
    return _catalogue("wording")[key]["zh" if language == "zh" else "en"].format_map(values)


def introduced(question: Question) -> str:
    """What stands before the quotes: English words, by the kind of question; nothing where the quotes are in the reader's language."""
    if question.language == "zh":
        return ""
    row = f"says_{question.kind}"
    return say(row if row in _catalogue("wording") else "says", question.language)


def quoted(text: str, language: str) -> str:
    """Words of an article: between quotation marks where they stand among those of another language."""
    return say("quote", language, text=text)


def because(key: str, **values: str | float) -> Reason:
    """A reason of data/reasons.toml."""
    return Reason(key, tuple(values.items()))


def worded(reason: Reason, language: str) -> str:
    """:raises KeyError: no such reason, or a place in its words that no value fills."""
    values = {name: _shown(name, value, language) for name, value in reason.values}
    return _catalogue("reasons")[reason.key]["zh" if language == "zh" else "en"].format_map(values)


def _shown(name: str, value: str | float, language: str) -> str:
    if name == "how":
        return grounds(str(value), language)
    if name == "worth":
        return f"{min(1.0, float(value)):.0%}"  # a telling clause may be worth more than all that was asked
    return f"{value:.2f}" if isinstance(value, float) else value


def grounds(why: str, language: str) -> str:
    """What a yes or no rests on, in words; as it stands where data/grounds.toml has no words for it."""
    kind = _SURE.sub("", why).partition(":")[0]
    row = _catalogue("grounds").get(kind)
    return row["zh" if language == "zh" else "en"] if row else why


_SURE = regex(r" \(\d\.\d+\)$")  # how sure the weights are stands behind what they weighed


@cache
def _catalogue(name: str) -> dict[str, dict[str, str]]:
    text = resources.files("kb.qa").joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    catalogue: dict[str, dict[str, str]] = tomllib.loads(text)
    return catalogue


_SEAM = regex(r"(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])")


def spaced(text: str) -> str:
    """Words of our own with a blank between Latin and Han characters, as Chinese is set (Docker 和 Podman); not for quotes."""
    return _SEAM.sub(" ", text)
