from __future__ import annotations

import inspect
import re

import pytest

from kb import errors
from kb.errors import BadInput, KnowledgeBaseError, NotFound, ProbeError

CLASSES = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, KnowledgeBaseError)]


def test_each_error_says_what_and_how_to_mend_it_in_two_languages() -> None:
    error = NotFound(("没有文章“甲”。", "There is no article '甲'."), ("kb articles 列出全部。", "kb articles lists all."))
    assert str(error) == "There is no article '甲'. kb articles lists all."
    assert error.in_language("zh") == error.in_language("zh_CN") == ("没有文章“甲”。", "kb articles 列出全部。")
    assert error.in_language("en") == error.in_language("fr") == ("There is no article '甲'.", "kb articles lists all.")


def test_a_hint_may_be_left_out() -> None:
    error = BadInput(("空。", "Empty."))
    assert (str(error), error.in_language("zh")) == ("Empty.", ("空。", ""))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_the_tree_at_the_top_of_the_module_names_every_class_under_its_parent(cls: type[KnowledgeBaseError]) -> None:
    lines = (errors.__doc__ or "").splitlines()
    depths = {match[2]: len(match[1]) for line in lines if (match := re.match(r"([│ ├└─]*)([A-Z]\w+)(?:\s{2,}|$)", line))}
    assert cls.__name__ in depths
    parent = cls.__mro__[1]
    if parent is not Exception:
        order = list(depths)
        above = [name for name in order[: order.index(cls.__name__)] if depths[name] < depths[cls.__name__]]
        assert above[-1] == parent.__name__


def test_what_a_user_may_have_done_wrong_is_bad_input() -> None:
    wrong_input = {"EmptyText", "TooLarge", "UnknownFormat", "UnreadableText"}
    assert {cls.__name__ for cls in BadInput.__subclasses__()} == wrong_input
    assert {"BackendUnavailable", "ProbeTimeout", "ProbeBusy", "ProbeCancelled"} <= {cls.__name__ for cls in ProbeError.__subclasses__()}


def test_not_found_is_no_bad_input() -> None:
    assert not issubclass(NotFound, BadInput)
