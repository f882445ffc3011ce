"""Numbers with units, whose they are and what they measure: 虚拟机启动需要数分钟 is 启动速度 of 虚拟机, 2–9 分钟."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.clauses import SLOT, Clause, clauses_of, is_reported
from ingest.concepts import Reading
from ingest.topics import Topic
from kb.domain import Domain
from kb.language.numerals import Number, find_numbers
from kb.language.regex import regex
from kb.language.units import dimension_of
from kb.records import Quantity

_HINTS = {
    "time": (
        ("创建", "创建速度"),
        ("启动", "启动速度"),
        ("开机", "启动速度"),
        ("就绪", "启动速度"),
        ("停止", "停止速度"),
        ("迁移", "迁移"),
    ),
    "size": (
        ("内存", "资源占用"),
        ("磁盘", "磁盘占用"),
        ("存储", "磁盘占用"),
        ("空间", "磁盘占用"),
        ("大小", "体积"),
        ("镜像", "体积"),
        ("体积", "体积"),
    ),
    "rate": (("创建", "创建速度"), ("启动", "创建速度")),
}
_DEFAULT = {
    "time": "时间",
    "size": "体积",
    "rate": "创建速度",
    "ratio": "比例",
    "flops": "性能",
    "iops": "磁盘性能",
    "length": "长度",
    "bandwidth": "带宽",
    "throughput": "吞吐量",
    "frequency": "频率",
    "power": "功耗",
    "price": "价格",
}
_AGAINST = regex(r"(?:比|较|相对于?|相比于?|相当于|超过|不到|低于|高于)(?:传统的?|普通的?)?\s?$")  # 比物理机慢约 2.3%: of who is slower
_MEASURED = regex(r"\s?的\s?[^,，]{0,4}(?:值|率|数|量|速度|时间|大小|结果|性能|开销|延迟|长度)")
_GRAIN = regex(
    r"(?:\s?[或和、]\s?\d+\s?[KMG]i?B)?\s?的?(?:内存)?(?:随机|顺序|连续)?(?:读|写|页|块|扇区|大页|记录)"
)  # 4 KB 随机读: how something is measured or cut, not its size
# before a number of one: it is meant as a number, not as an article (只需要一个, 同一个, 多了一层)
_EXACTLY = regex(
    r"(?:(?:只|仅仅?|至少|最少|最多|至多|一共|总共)(?:能|会|可以)?(?:需要?|有|要|用|剩下?|占|保留|支持|包含|允许|提供)?|同|"
    r"(?:[多少]|增加|减少|省去|去掉|省掉|多出|减去|加上?|增添|新增|抛去|略去)了?|每[一个台颗块份套条层][^,，]{0,10}(?:有|拥有|分配到?|对应|使用|运行)(?:自己的)?)\s?$"
)
_CONSISTS = regex(r"\s?(?:一共|总共|共)?(?:是|为|有|包含|包括|由)\s?")
_MORE_OF = regex(r"(?:[多少]|增加|减少|省去|去掉|省掉|多出|减去|增添|新增|抛去|略去)了?\s?$")
_ONLY_ONE = regex(
    rf"(?:(?:共享|共用|基于|具有|拥有|有|得到|获得|使用|依赖于?|只有|作为)(?P<value>单个|单一)|(?P<only>唯一))的?(?P<what>{SLOT})"
)
_THE_THING_ITSELF = frozenset("核层")  # counters that need no noun: 16 个核, 少了两层
_BRACKETED = regex(rf"[(（](?:单个|单一|唯一的?|仅?一个)?(?P<what>{SLOT})[)）]")
_OF_BRACKETS = frozenset("(（")
_SINGLE = regex(r"单个|单一|唯一|仅?一个")
_HAS = regex(r"(?:有|分为|分成|包括|包含|提供|支持|具有|存在|提出|代表)[^,，]{0,16}$")
_MANY = 10  # a number that is no article
_OPENS_WITH_MEASURE = regex(
    r"\s*(?:而且|并且|但是?|而|则|就|便|那么|因此|所以|此外|另外|同时|通常|一般|平均|默认|最多|至少|总共|一共)*(?:它们?的?|其|该[\u3400-\u9fff]{2}的?)?(?:只|仅|约|大约|也|还|可以|能够?|需要?|只需|要|用|"
    r"启动|创建|停止|迁移|占用?|消耗|体积|大小|容量|内存|磁盘|延迟|耗时|时间|速度|开销|价格|性能|最[大小高低多少快慢长短]|每|\d)"
)
_POINTED_AT = regex(r"(?:[这那]|以上|上述|上面|下面|以下|前面|后面|其他|另外|[中里上]的)$")
_COMPARED = regex(r"\s*(?:只|仅|还|也|却)?(?:比|较|相比)")
_SORTS = regex(r"\s?(?:主要的?|不同的?|常见的?|特殊|基本)?(?P<what>[\u3400-\u9fff]{2,4})[。.；;:：!！\s]*$")
_PORT = regex(
    r"端口(?:号)?(?:一般|通常|默认)?(?:是|为|：|:|使用|用)?\s?(?P<port>\d{1,5})(?![\d.])|(?<![\d.:])(?P<number>\d{2,5})\s?(?:号)?端口(?!号?(?:是|为|：|:)|的?[\u3400-\u9fff]{0,4}(?:交换机|集线器|路由器|网卡|面板|模块|网关))"
)
_JOINED = regex(r"[^,，。；;的比]{0,10}(?:和|、|以及|及|与|，|,|另有|外加)\s?")
_EVERY = regex(r"(?:每|一)(?P<time>秒|分钟)钟?(?:内|里)?(?=[^,，。；;]{0,12}$|[^,，。；;]{0,12}\d)")
_DEALT_WITH = regex(r"[^,，。；;]{0,4}?(?:请求|查询|事务|消息|操作|连接|调用|读写)")
_PREDICATES = regex(r"[是为在]")
_EACH = regex(r"(?:分别|依次)(?:是|为|达到?|约|大约|需要?|只?要|可达)*")  # A 和 B 分别是 50 毫秒和 30 秒
_OF_OTHER = regex(r"(?:是|为|达到?|相当于|只有|仅有?|不到|约为?)(?:传统的?|普通的?)?$")


def find_quantities(readings: Sequence[Reading], domain: Domain, kinds: dict[str, str]) -> tuple[Quantity, ...]:
    properties = frozenset(id_ for id_, kind in kinds.items() if kind == "property")
    topic = Topic()
    found: list[Quantity] = []
    for reading in readings:
        topic.enter_sentence(reading, properties)
        if reading.piece.is_heading:
            continue
        clauses = clauses_of(reading)
        last: str | None = None  # whose the last number of the sentence was
        for number, clause in enumerate(clauses):
            subjects = topic.enter_clause(clauses, number, properties)
            here = [*_in_clause(reading, clause, subjects, last, domain, properties)]
            found.extend(here)
            last = here[-1].subject if here else last
    return tuple(found)


def _in_clause(
    reading: Reading, clause: Clause, subjects: tuple[str, ...], last: str | None, domain: Domain, properties: frozenset[str]
) -> Iterator[Quantity]:
    """`last`: whose the number before was; that of who is compared (比物理机慢 55%) where the clause names only the other."""
    text = reading.text[clause.start : clause.end]
    for port in _PORT.finditer(text) if "端口" in text else ():
        owner = _subject(clause, clause.start + port.start(), properties) or next(iter(subjects), None)
        if owner is not None:
            written = port["port"] or port["number"]
            span, value = reading.piece.mapped.original(clause.start, clause.end), float(written)
            yield Quantity(reading.piece.sentence.id, span, owner, "端口", written, value, value, "", found_by="numerals", confidence=0.7)
    if not _OF_BRACKETS.isdisjoint(clause.characters):
        yield from _in_brackets(reading, clause, properties)
    yield from _only_ones(reading, clause, subjects, properties)
    previous: tuple[int, str] | None = None  # where the number before ended, and whose it was
    numbers = [_in_time(text, number) for number in _numbers(clause, text)]
    respective = _respective(clause, text, numbers, subjects, properties)
    for place, number in enumerate(numbers):
        if place in respective and respective[place] is None:
            continue  # 随机读分别是 84044 IOPS 和 42543 IOPS: of whom each is, another sentence tells
        dimension = dimension_of(number.unit)
        counted = _counted(clause, clause.start + number.end)
        sorts = _sorts(number, text) if dimension is None and counted is None else None
        counted = counted or sorts or (number.unit if number.unit in _THE_THING_ITSELF else None)
        if dimension is None and (counted is None or not _counts_something(number, text, counted)):
            continue
        if dimension == "size" and _GRAIN.match(text, number.end):
            continue
        labelled = next(iter(subjects), None) if place not in respective and _is_a_name(reading) else None
        own = _owner(clause, text, number, properties) if sorts else _subject(clause, clause.start + number.start, properties)
        if dimension == "ratio" and (first := _of_another(clause, text, number, properties)) is not None:
            own = first
        elif previous is not None and _JOINED.fullmatch(text, previous[0], number.start):
            own = previous[1]  # 2 颗 CPU 和 256 GB 内存
        if dimension is None and counted is not None and own is not None and _says_how_many_of_itself(clause, number, own):
            own = None  # 则需要安装三个系统: of whom the text before speaks
        against = last if own is None and _COMPARED.match(text) else None
        subject = respective.get(place) or labelled or own or against or _carried(reading, text, subjects)
        if subject is None or (dimension is None and not sorts and _says_how_many_of_itself(clause, number, subject)):
            continue
        previous = (number.end, subject)
        aspect = f"{_surplus(text, number)}{_aspect(reading, text, counted, dimension, domain)}"
        yield Quantity(
            reading.piece.sentence.id,
            reading.piece.mapped.original(clause.start, clause.end),
            subject,
            aspect,
            text[number.start : number.end].strip(),
            number.low,
            number.high,
            number.unit,
            approximate=number.approximate,
            found_by="numerals",
            confidence=(0.7 if dimension else 0.5) * (0.4 if is_reported(text) else 1.0),
        )


def _numbers(clause: Clause, text: str) -> Sequence[Number]:
    """The numbers of a clause; one that a name ends with (多虚一 in 多虚一两种形式) is none."""
    numbers = find_numbers(text)
    ends = [m.end - clause.start for m in clause.matches if m.end > m.start]
    cut = max(
        (end for number in numbers for end in ends if number.start < end < number.end and not text[number.start].isascii()), default=0
    )
    if not cut:
        return numbers
    return tuple(replace(number, start=number.start + cut, end=number.end + cut) for number in find_numbers(text[cut:]))


def _only_ones(reading: Reading, clause: Clause, subjects: tuple[str, ...], properties: frozenset[str]) -> Iterator[Quantity]:
    """唯一的操作系统, 单个内核: one of them, said without a number."""
    for match in _ONLY_ONE.finditer(clause.slots):
        counted, ahead = clause.concept(match["what"]), clause.place(match.start())
        owner = next((m.concept_id for m in reversed(clause.matches) if m.end <= ahead and m.concept_id not in properties), None)
        owner = owner or next(iter(subjects), None)
        if (
            owner is not None
            and counted not in properties
            and owner != counted
            and clause.slots[match.start() - 1 : match.start()] not in "(（"
        ):
            span = reading.piece.mapped.original(clause.start, clause.end)
            noun = clause.text(match.start("what"), match.end("what"))
            yield Quantity(
                reading.piece.sentence.id,
                span,
                owner,
                f"{noun}数量",
                match["value"] or match["only"],
                1.0,
                1.0,
                "个",
                found_by="numerals",
                confidence=0.5,
            )


def _surplus(text: str, number: Number) -> str:
    """少了两层 counts what is less, not what there is."""
    more = _MORE_OF.search(text, 0, number.start)
    return "" if more is None else "多出的" if more.group()[0] in "多增新" else "少的"


def _carried(reading: Reading, text: str, subjects: tuple[str, ...]) -> str | None:
    """Of whom the text before speaks: from sentence to sentence only where the clause opens with it, or with what is measured."""
    subject = next(iter(subjects), None)
    here = any(match.concept_id == subject for match in reading.matches)
    return subject if here or _OPENS_WITH_MEASURE.match(text) else None


def _says_how_many_of_itself(clause: Clause, number: Number, subject: str) -> bool:
    """需要两个容器 counts no part of the containers, 以上示例中的两个容器 none at all."""
    place = clause.start + number.end
    behind = [m for m in clause.matches if m.concept_id == subject and 0 <= m.start - place <= 4]
    return any("的" not in clause.sentence[place : m.start] for m in behind) or bool(  # 1024 位的公钥 tells of the key
        _POINTED_AT.search(clause.sentence, clause.start, clause.start + number.start)
    )


def _respective(
    clause: Clause, text: str, numbers: Sequence[Number], subjects: tuple[str, ...], properties: frozenset[str]
) -> dict[int, str | None]:
    """Index of a number that 分别 deals out → whose it is; nobody's where there are not as many owners as numbers."""
    each = _EACH.search(text)
    dealt = [place for place, number in enumerate(numbers) if each is not None and number.start >= each.end()]
    if each is None or len(dealt) < 2 or len({dimension_of(numbers[place].unit) for place in dealt}) > 1:
        return {}
    ahead = dict.fromkeys(m.concept_id for m in clause.matches if m.end <= clause.start + each.start() and m.concept_id not in properties)
    owners = next((tuple(named) for named in (ahead, dict.fromkeys(subjects)) if len(named) == len(dealt)), (None,) * len(dealt))
    return dict(zip(dealt, owners, strict=True))


def _in_time(text: str, number: Number) -> Number:
    """每秒能创建 150 台 is a rate: 台/秒; 每秒处理五万个请求: 次/秒."""
    every = [*_EVERY.finditer(text, 0, number.start)]
    if not every:
        return number
    time = every[-1]["time"]
    if time == "秒" and dimension_of(f"{number.unit}/秒") == "bandwidth":
        return replace(number, unit=f"{number.unit}/秒")  # 每秒写入 300 MB
    if time == "秒" and (number.unit in "次条" or _DEALT_WITH.match(text, number.end)):
        return replace(number, unit="次/秒")
    unit = f"{number.unit}/{time}"
    return replace(number, unit=unit) if dimension_of(unit) and re.search(r"创建|启动|部署|新建", text) else number


def _of_another(clause: Clause, text: str, number: Number, properties: frozenset[str]) -> str | None:
    """虚拟机的启动时间是容器的 20 倍 is said of the first."""
    named = [m for m in clause.matches if m.end <= clause.start + number.start and m.concept_id not in properties]
    if len(named) < 2 or not _OF_OTHER.search(clause.sentence[clause.start : named[-1].start]):
        return None
    return named[0].concept_id if re.fullmatch(r"[^,，]{0,6}的\s?", clause.sentence[named[-1].end : clause.start + number.start]) else None


def _is_a_name(reading: Reading) -> bool:
    """Whether the label of a sentence is what it speaks of (容器: …), and not the beginning of a statement (测试的结果是: …)."""
    label = reading.piece.label
    return label is not None and any(match.start == 0 and match.end >= len(label.strip()) for match in reading.matches)


def _in_brackets(reading: Reading, clause: Clause, properties: frozenset[str]) -> Iterator[Quantity]:
    """共享内核（单个宿主机内核）: what brackets say of how many there are."""
    for match in _BRACKETED.finditer(clause.slots):
        subject, single = clause.concept(match["what"]), _SINGLE.match(clause.text(match.start() + 1, match.end() - 1))
        if single and subject not in properties:
            span, value = reading.piece.mapped.original(clause.start, clause.end), single.group()
            yield Quantity(reading.piece.sentence.id, span, subject, "数量", value, 1.0, 1.0, "个", found_by="brackets", confidence=0.5)


def _sorts(number: Number, text: str) -> str | None:
    """有两种形式: the noun behind a number of sorts or parts, where it ends the clause and the clause is about having them."""
    behind = _SORTS.match(text, number.end)
    many = number.low is not None and number.low >= _MANY
    return behind["what"] if behind and (many or _HAS.search(text, 0, number.start)) else None


def _owner(clause: Clause, text: str, number: Number, properties: frozenset[str]) -> str | None:
    """Who has the sorts: the mention before the verb, else one between it and the number (Hypervisor 的三个条件)."""
    verb = _HAS.search(text, 0, number.start)
    place = clause.start + (verb.start() if verb else number.start)
    return _subject(clause, place, properties) or _subject(clause, clause.start + number.start, properties)


def _counts_something(number: Number, text: str, counted: str) -> bool:
    """一个 and 一种 are articles, no counts; a count is followed by what is counted."""
    if number.low == number.high and number.low == 1 and not (_EXACTLY.search(text, 0, number.start) or text[number.start] in "只仅至最"):
        return False
    if number.unit in _THE_THING_ITSELF and (number.unit == "核" or _MORE_OF.search(text, 0, number.start)):
        return True
    sorts = number.unit in "种条类项点" and _SORTS.match(text, number.end) is not None and _HAS.search(text, 0, number.start) is not None
    return bool(re.match(r"\s?[\u3400-\u9fffA-Za-z]", text[number.end :])) and (sorts or number.unit not in "种次条步类行")


def _counted(clause: Clause, place: int) -> str | None:
    """The thing that stands right behind a number, as the text names it."""
    after = next((match for match in clause.matches if match.start >= place), None)
    if after is None or after.start - place > 4 or _PREDICATES.search(clause.sentence, place, after.start):
        return None  # 前 16 位是网络前缀 counts no networks
    return clause.sentence[after.start : after.end]


def _subject(clause: Clause, place: int, properties: frozenset[str]) -> str | None:
    """The nearest mention before the number, else the one right behind it."""
    before = [m for m in clause.matches if m.end <= place and m.concept_id not in properties]
    if before and _AGAINST.search(clause.sentence[clause.start : before[-1].start]):
        before = before[:-1]
        if not before:
            return None
    if len(before) > 1 and _MEASURED.fullmatch(clause.sentence[before[-2].end : before[-1].end]):
        before = before[:-1]  # Docker 的平均值是 290: of whom it is the mean
    if before:
        return before[-1].concept_id if place - before[-1].end <= 12 else before[0].concept_id
    whole = next((m for m in reversed(clause.matches) if m.end <= place), None)
    if whole is not None and _CONSISTS.fullmatch(clause.sentence, whole.end, place):
        return whole.concept_id  # 处理器架构是 2 块 CPU
    after = next((m for m in clause.matches if m.start >= place and m.concept_id not in properties), None)
    return after.concept_id if after and after.start - place <= 10 else None


def _aspect(reading: Reading, text: str, counted: str | None, dimension: str | None, domain: Domain) -> str:
    return f"{counted}数量" if dimension is None else aspect_of(text, reading, dimension, domain)


def aspect_of(text: str, reading: Reading, dimension: str, domain: Domain) -> str:
    """What a number of this dimension measures, by the words of the text around it, else by those of the sentence and its heading."""
    around = f"{text} {reading.piece.sentence.heading or ''} {reading.text}"
    for stretch in (text, around):
        for word, aspect in _HINTS.get(dimension, ()):
            if word in stretch:
                return aspect
    for aspect_row in domain.aspects.values():
        fits = dimension == "ratio" or dimension_of(aspect_row.unit or "") in (dimension, None)
        if fits and any(name in text for name in (*aspect_row.names, *aspect_row.reversed_names)):
            return aspect_row.id
    return _DEFAULT[dimension]
