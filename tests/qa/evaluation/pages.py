"""Pages as a browser reads them, and documents made by hand and by hypothesis."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from qa.evaluation.compare import compare
from qa.evaluation.outcomes import Outcome
from qa.evaluation.run import Result, Settings


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    content: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    def all(self, name: str = "", **attributes: str) -> "list[Element]":
        """The elements inside of a name and with attributes; ``class_`` is that of style."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        found = []
        for part in self.content:
            if isinstance(part, Element):
                if name in {"", part.name} and wanted.items() <= part.attributes.items():
                    found.append(part)
                found.extend(part.all(name, **attributes))
        return found

    def one(self, name: str = "", **attributes: str) -> "Element":
        (found,) = self.all(name, **attributes)
        return found


class Reader(HTMLParser):
    """Fails where an end does not fit its start, or an attribute is given twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag != "meta":
            self.open.append(self.open[-1].content[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs)
        self.open[-1].content.append(Element(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def read_page(html: str) -> Element:
    """The tree of a page or a part of one."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    (root,) = reader.open
    return root


def document(after: list[Outcome], before: list[Outcome] | None = None) -> dict[str, Any]:
    """The document of an evaluation with these outcomes."""
    made = Result(tuple(after), Settings("/news", 0.06, "default", 0.6)).to_dict()
    if before is not None:
        made["comparison"] = compare(before, after).to_dict()
    return made
