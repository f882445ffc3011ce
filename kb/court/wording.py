"""Rulings in words, Chinese and English at once: figures, conditions and the explanation. Sentences come from `tests.toml`."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator
from datetime import datetime

from kb.court.evidence import Evidence, fresh_until
from kb.court.records import Figure, Rules, RulingVerdict, Statement, Text, Trial
from kb.language.amounts import amount, extent
from kb.language.regex import regex
from kb.records import Claim, Measurement, Quantity, Sentence

_QUOTED = regex(r"「[^「」]*」|“[^“”]*”|『[^『』]*』")


def join(texts: Iterable[Text | None]) -> Text:
    """Sentences one after another, in both languages."""
    kept = [text for text in texts if text is not None]
    return "".join(zh for zh, _ in kept), " ".join(en for _, en in kept)


def fill(text: Text, places: dict[str, Text]) -> Text:
    zh, en = text
    for name, (value_zh, value_en) in places.items():
        zh, en = zh.replace(f"{{{name}}}", value_zh), en.replace(f"{{{name}}}", value_en)
    return zh, en


def _amount(value: float, unit: str) -> Text:
    return amount(value, unit, "zh"), amount(value, unit, "en")


def _extent(low: float, high: float, unit: str) -> Text:
    return extent(low, high, unit, "zh"), extent(low, high, unit, "en")


def about(ratio: float) -> Text:
    """A ratio to one significant figure: 387 → 400."""
    if math.isinf(ratio):
        return "许多", "many"
    size = 10.0 ** math.floor(math.log10(ratio))
    return (f"{round(ratio / size) * size:g}",) * 2


# ---------------------------------------------------------------- figures


def figures_of(evidence: Evidence, rules: Rules) -> tuple[Figure, ...]:
    return tuple(_figure(measurement, rules) for measurement in evidence.measurements)


def _figure(measurement: Measurement, rules: Rules) -> Figure:
    samples = measurement.samples
    return Figure(
        measurement.id,
        measurement.backend,
        measurement.concept,
        rules.backends.get(measurement.backend, (measurement.backend, measurement.backend)),
        _figure_text(measurement),
        measurement.unit,
        len(samples),
        statistics.median(samples),
        min(samples),
        max(samples),
    )


def _figure_text(measurement: Measurement) -> Text:
    samples, n = measurement.samples, len(measurement.samples)
    if measurement.unit == "processes":
        seen = sum(sample > 0 for sample in samples)
        return f"{n} 次中 {seen} 次能看到里面的进程", f"the process inside was seen {seen} of {n} times"
    if measurement.unit == "ended":
        ended = sum(sample > 0 for sample in samples)
        return f"{n} 次中 {ended} 次被 SIGTERM 结束", f"ended by SIGTERM {ended} of {n} times"
    if measurement.unit == "attempts":
        tried, denied = len(measurement.signs), sum(not sign.same for sign in measurement.signs)
        return f"{tried} 项尝试中 {denied} 项被拒绝", f"{denied} of {tried} attempts were denied"
    if measurement.signs:
        same, total = sum(sign.same for sign in measurement.signs), len(measurement.signs)
        return f"{total} 项迹象中 {same} 项与宿主机相同", f"{same} of {total} signs agree with the host"
    median, whole = _amount(statistics.median(samples), measurement.unit), _extent(min(samples), max(samples), measurement.unit)
    failed_zh = f"，失败 {measurement.failures} 次" if measurement.failures else ""
    failed_en = f", {measurement.failures} failed" if measurement.failures else ""
    if n == 1:
        return f"{median[0]}（n=1{failed_zh}）", f"{median[1]} (n=1{failed_en})"
    return (
        f"中位数 {median[0]}（n={n}，{whole[0]}{failed_zh}）",
        f"median {median[1]} (n={n}, {whole[1]}{failed_en})",
    )


def _side(measurements: tuple[Measurement, ...], rules: Rules) -> Text:
    """The medians of one side, smallest and largest: 3.8–6.5 ms."""
    medians = sorted((statistics.median(measurement.samples), measurement.unit) for measurement in measurements)
    (low, unit), (high, _) = medians[0], medians[-1]
    least, most = _amount(low, unit), _amount(high, unit)
    return least if least == most else _extent(low, high, unit)


def _backends(measurements: Iterable[Measurement], rules: Rules) -> Text:
    names = [rules.backends.get(name, (name, name)) for name in dict.fromkeys(m.backend for m in measurements)]
    return "、".join(zh for zh, _ in names), ", ".join(en for _, en in names)


def places(
    statement: Statement, trial: Trial, rules: Rules, *, evidence: Evidence | None, ratio: float | None, reason: Text | None
) -> dict[str, Text]:
    """What may stand in an explanation; `rules.PLACES` names them all."""
    found: dict[str, Text] = {"reason": reason or ("", "")}
    if isinstance(statement, Quantity):
        found["said"] = (statement.value_text, statement.value_text)
    if evidence is not None:
        found["a"] = _side(evidence.sides[0], rules)
        found["b"] = _side(evidence.sides[-1], rules)
        found["first"] = _backends(evidence.sides[0], rules)
        found["backends"] = _backends(evidence.measurements, rules)
        found["measured"] = (_day(evidence.measurements[0]),) * 2
        terms = [until for m in evidence.measurements if (until := fresh_until(trial, m)) is not None]
        if terms:
            found["until"] = (min(terms).date().isoformat(),) * 2
    if ratio is not None:
        found["ratio"] = about(ratio)
    return found


def _day(measurement: Measurement) -> str:
    return datetime.fromisoformat(measurement.measured_at).date().isoformat()


# ---------------------------------------------------------------- explanation and conditions


def sentence_for(trial: Trial, verdict: RulingVerdict, rules: Rules) -> Text:
    own = dict(trial.sentences).get(verdict)
    if own is not None:
        return own
    return rules.sentences.get((trial.judge, verdict)) or rules.sentences[("*", verdict)]


def conditions_of(evidence: Evidence) -> tuple[Text, ...]:
    """The days and the host, then the caveats of the measurements."""
    caveats = (_caveat(caveat) for measurement in evidence.measurements for caveat in measurement.caveats)
    return tuple(dict.fromkeys((*(_host(measurement) for measurement in evidence.measurements), *caveats)))


def qualifiers_of(statement: Statement, sentence: Sentence, rules: Rules) -> Iterator[Text]:
    if isinstance(statement, Claim) and statement.condition:
        yield f"原文的条件：「{statement.condition}」", f"The text's own condition: “{statement.condition}”"
    if not isinstance(statement, Quantity) and statement.hedge:
        yield f"原文的限定：「{statement.hedge}」", f"The text's own hedge: “{statement.hedge}”"
    if any(word in sentence.text for word in rules.reporting_words) or is_quoted(statement, sentence.text):
        yield "这句话在转述或评论一种说法，不一定赞成它", "The sentence reports or discusses a saying and may not agree with it"


def is_quoted(statement: Statement, text: str) -> bool:
    """Whether the figure stands in quotation marks: somebody else's words, which the sentence speaks of."""
    return isinstance(statement, Quantity) and any(statement.value_text in words for words in _QUOTED.findall(text))


def _host(measurement: Measurement) -> Text:
    facts = dict(measurement.host.facts)
    virtual = facts.get("virtualization", "none")
    zh = f"{_day(measurement)}，{facts.get('cpu', '?')} × {facts.get('cpus', '?')}，内核 {facts.get('kernel', '?')}"
    en = f"{_day(measurement)}, {facts.get('cpu', '?')} × {facts.get('cpus', '?')}, kernel {facts.get('kernel', '?')}"
    if virtual == "none":
        return zh, en
    return f"{zh}，本机自身是虚拟机（{virtual}）", f"{en}, itself a virtual machine ({virtual})"


def _caveat(text: str) -> Text:
    zh, separator, en = text.partition(" / ")
    return zh.rstrip("。"), (en if separator else zh).rstrip(".")
