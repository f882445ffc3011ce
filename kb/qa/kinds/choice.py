"""「想把几个应用互相隔开,用什么合适?」「批量建配置相同的系统用哪种容器?」「Which should I choose for isolating tenants?」 What suits a purpose."""

from __future__ import annotations

import re

from kb.qa.extracts import extract, having
from kb.qa.sources import Sources
from kb.records import Answer, Question

CUES = re.compile(
    r"用(?:什么|哪[种个一]|啥)(?!样)(?!.{0,4}(?:端口|语言|协议|命令|算法|格式|参数|单位|文件|接口|模型|机制|结构|名|词|字段)).{0,8}(?:合适|好|适合|方便|$)|选(?:哪|什么|择)|该用|适合用|更适合|"
    r"应该用|推荐|建议用|哪[种个].{0,6}(?:合适|适合)|should i (?:use|choose|pick)|"
    r"which (?:one )?(?:should|is better suited|suits)|best for|还是.{1,16}[?？]?$|"
    r"什么(?:场合|情况下?|时候|场景下?).{0,4}(?:该|应该|适合|用(?![户来于])|选|更合适)|"
    r"怎么选|如何选|该选| or .{1,20}\?$"
)


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.86 if CUES.search(text) and not text.rstrip("?？").endswith(("吗", "好吗")) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    return extract(question, sources, having(r"适合|适用|用于|擅长|有用|选择|推荐|更合适|场景|通常采用|可以使用", worth=1.4))
