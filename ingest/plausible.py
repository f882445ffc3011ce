"""What cannot be meant whatever the words say: 两者有差别 names no part, 平均值是 290 GFLOPS names no kind.

Nouns that say which side of a thing is spoken of (条件, 差别) are no things themselves; a concept that ends in one is judged by it.
"""

from __future__ import annotations

from ingest.phrases import PREFIX
from kb.language.regex import regex
from kb.records import Claim

# nothing has them as a part
_NO_PARTS = regex(
    r"(?:差别|区别|差异|差距|贡献|责任|潜力|问题|优势|劣势|影响|意义|必要|可能|可能性|风险|情况|关系|联系|机会|原因|理由|作用|好处|坏处|优点|缺点|特点|"
    r"特色|帮助|需求|目的|经验|兴趣|变化|改进|进步|效果|价值|代价|困难|麻烦|疑问|误解|争议|办法|道理|空间的?余地|余地|弊端|局限|不足|长处|短处|前景|地位|用处|用途|后果|概念|术语|常识|好坏|理念|相似之处|不同之处)$"
)
# what is said to be something when they are the subject is their value, and no kind of theirs
_ROLES = regex(
    r"(?:平均值|最大值|最小值|默认值|取值|条件|前提|目的|目标|任务|作用|原因|结果|结论|特点|特征|优点|缺点|优势|劣势|好处|坏处|关键|步骤|次数|数量|大小|单位|本质|"
    r"区别|差别|差异|手段|思路|原理|做法|办法|难点|重点|代价|建议|顺序|数字|时间|时候|问题|主要功能|功能|用途|意思|含义|前缀|例外|一点|情况)$"
)
# 核心协议是 IP and 常见的引擎是 InnoDB name one of the kind, where 核心转储 and 最终一致性 are things
_FOREMOST = regex(
    r"(?:主要|首要|常见|常用|典型|主流)的?.|最(?:常|主要|重要|大的|简单|流行|著名|典型|核心|关键|早|好的?|佳)|默认(?:值|端口|引擎|方式|行为|策略|配置)|"
    r"(?:核心|关键)(?:协议|思想|概念|组件|部分|问题|功能|内容|技术|原理|理念|任务|目标|模块|步骤|点)"
)
# nothing is inside of what is no thing: 在执行过程中的第一步, 本方案中的两台虚拟机
_NO_WHOLES = regex(r"(?:方案|情况|场景|过程|示例|例子|方法|主题|章节|指南|教程|文章|下次|步骤|阶段|时候|前提|条件)$")
_STEPS = regex(r"第[一二三四五六七八九十\d]+[步个种次]|过程$")
_STATES = regex(r"(?:状态|阶段|模式|时期|地位|水平)$|(?:ing|ed)$")  # 处于 Pending 状态 tells how it is, not where
# is no kind of anything: 主机名等信息, 公开和私有两种形式, OCI 是…的缩写
_NO_KINDS = regex(
    r"(?:其他|其它|一些|各种|相关|重要|主要|多种|不同|关键|详细|各类)?的?(?:要素|因素|形式|方面|信息|内容|情况|操作|问题|方式|方法|场景|条件|步骤|原因|缩写|简称|全称|错误|"
    r"例子|示例|英寸|厘米|字段|选项|参数|部分|地方|事情|途径|手段|特性|特点|要求|名称|名字)$"
)
# does no more than use, need and get things: 用户, 管理员
_PERSON = regex(r"(?:user|developer|administrator|用户|人员|开发者|使用者|管理员|工程师|客户|企业|公司|员工)$")
_MEASURE = regex(r"(?:[美欧日]元|英镑|人民币|小时|分钟|秒|毫秒|毫安|true|false|null)$")  # 需要每小时 0.336 美元 says how much
_OF_THINGS = frozenset(("has_part", "part_of", "runs_on", "hosts"))
_KINDS = frozenset(("is_a", "equals"))


def is_plausible(claim: Claim) -> bool:
    subject, object_ = claim.subject.removeprefix(PREFIX), claim.object.removeprefix(PREFIX)
    if claim.relation == "has_part" and (_NO_PARTS.search(object_) or _STEPS.search(object_) or _NO_WHOLES.search(subject)):
        return False
    if claim.relation in _OF_THINGS and _PERSON.search(subject):
        return False
    if _MEASURE.match(object_):
        return False
    if claim.relation in ("is_a", "instance_of") and _NO_KINDS.match(object_):
        return False
    if claim.relation == "located_between" and _STATES.search(object_):
        return False
    return claim.relation not in _KINDS or (_ROLES.search(subject) is None and _FOREMOST.match(subject) is None)
