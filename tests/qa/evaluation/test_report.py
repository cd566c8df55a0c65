import base64
import hashlib
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics import measures
from qa.evaluation.outcomes import Outcome
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.report import MEASURES, report_page
from qa.render import one_line
from tests.qa.evaluation.made import evaluations, outcome
from tests.qa.evaluation.pages import Element, document, read_page

any_text = st.text(st.characters(exclude_categories=()), max_size=20)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title><svg onload=alert(1)>",
    "<!-- ]]> &lt;b&gt; $title ${style} %s {0}",
    "javascript:alert(1)",
    "\u202egnp.exe\u2066\x00\x1b[31m\x9b\ud800",
)


def page_of(made: list[Outcome]) -> Element:
    return read_page(report_page(document(made)))


def hostile_outcome(text: str) -> Outcome:
    return Outcome(
        GoldQuestion(text, f"Who {text}?", (text, f"a {text}")),
        rank=2,
        answered=True,
        confidence=0.5,
        quote=f"Owls {text} hid.",
        span=text,
        source=text,
    )


def assert_harmless(page: Element) -> None:
    """Nothing in the page runs, is loaded, or leads elsewhere."""
    elements = page.all()
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base", "use", "image"} & {
        element.name for element in elements
    }
    for element in elements:
        names = element.attributes.keys()
        assert not [name for name in names if name.startswith("on") or name in {"src", "style", "xlink:href"}]
        assert element.attributes.get("href", "#").startswith("#")


def test_the_page_is_well_formed_and_its_names_are_used_once() -> None:
    html = report_page(document([outcome(name="a"), outcome(2, name="a"), outcome(name="b")], [outcome(2, name="b")]))
    page = read_page(html)
    names = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert len(set(names)) == len(names)
    targets = {element.attributes["href"] for element in page.all("a")}
    labels = {name for element in page.all() for name in element.attributes.get("aria-labelledby", "").split()}
    assert targets <= {f"#{name}" for name in names}
    assert labels <= set(names)


def test_the_page_says_what_it_is() -> None:
    page = page_of([outcome(), outcome(0, answerable=False)])
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("h1").text == "Evaluation of 2 questions"
    assert page.one("head").one("title").text == "pullquote: evaluation of 2 questions"
    settings = {row.one("dt").text: row.one("dd").text for row in page.one("header").all("div")}
    assert settings == {"Articles": "/news", "Reader": "default", "Threshold": "0.06", "Dense weight": "0.6"}


def test_the_page_forbids_itself_to_load_or_run_anything_but_its_own_style() -> None:
    page = page_of([outcome()])
    digest = base64.b64encode(hashlib.sha256(page.one("style").text.encode()).digest()).decode()
    policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|@font-face|https?:", page.one("style").text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    made = document([hostile_outcome(text)], [hostile_outcome(text), hostile_outcome(f"{text}2")])
    made["settings"]["articles"] = text
    page = read_page(report_page(made))
    assert_harmless(page)
    assert page.one("article").one("mark").text == one_line(text)
    assert page.one("header").all("dd")[0].text == one_line(text)


@given(any_text)
def test_any_text_stays_text(text: str) -> None:
    html = report_page(document([hostile_outcome(text)]))
    html.encode("utf-8")
    page = read_page(html)
    assert_harmless(page)
    assert one_line(page.one("article").one("blockquote").text).split() == one_line(f"Owls {text} hid.").split()


@given(evaluations())
def test_every_question_is_there_once(made: list[Outcome]) -> None:
    page = page_of(made)
    shown = [article.one("h4").all("span")[0].text for article in page.all("article")]
    assert sorted(shown) == sorted(one_line(each.gold.question) for each in made)
    assert sum(int(count.text) for count in page.one("nav").all("b")) == len(made)


def test_every_measure_is_shown_with_its_meaning() -> None:
    made = document([outcome(1), outcome(2), outcome(0)])
    rows = [row for row in read_page(report_page(made)).one("table", class_="measures").all("tr") if row.all("td")]
    assert {row.one("th").text for row in rows} == measures([outcome()]).keys()
    values = {row.one("th").text: row.all("td")[0].text for row in rows}
    assert (values["top-1"], values["MRR"], values["refusal F1"], values["p50 ms"]) == ("0.333", "0.500", "n/a", "10")
    assert all(row.all("td")[1].text.endswith(".") for row in rows)


def test_the_plots_have_their_numbers_in_tables() -> None:
    made = [outcome(1, confidence=0.95), outcome(2, confidence=0.92), outcome(0, confidence=0.1, answered=False)]
    plots = page_of(made).one("div", class_="plots")
    reliability, risk = (
        [[cell.text for cell in row.all() if cell.name in {"th", "td"}] for row in table.one("tbody").all("tr")]
        for table in plots.all("table")
    )
    assert reliability == [["0.1 to 0.2", "1", "0.100", "0.000"], ["0.9 to 1.0", "2", "0.935", "0.500"]]
    assert risk == [["50%", "0.000"], ["75%", "0.500"], ["90%", "0.500"], ["100%", "0.667"]]
    assert "where 67% were answered" in plots.text


def test_a_comparison_is_shown_where_there_is_one() -> None:
    made = [outcome(1, name="a")]
    assert not page_of(made).all("h2", id="comparison")
    assert read_page(report_page(document(made, [outcome(2, name="a")]))).one("h2", id="comparison")


@pytest.mark.parametrize(
    "made",
    [
        {},
        {"questions": 0, "outcomes": [], "reliability": [], "risk-coverage": [], "settings": {}},
        dict.fromkeys(
            [*(name for group in MEASURES.values() for name in group), "settings", "outcomes", "reliability"]
        ),
    ],
)
def test_what_is_missing_is_shown_as_missing(made: dict[str, Any]) -> None:
    page = read_page(report_page(made))
    values = [row.all("td")[0].text for row in page.one("table", class_="measures").all("tr") if row.all("td")]
    assert set(values) == {"n/a"}
    assert page.one("h1").text == "Evaluation of 0 questions"


def colours(style: str, dark: bool) -> dict[str, str]:
    light_part, _, rest = style.partition("@media screen and (prefers-color-scheme: dark)")
    part = rest[: rest.index("}\n}")] if dark else light_part
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part))


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
def test_all_text_stands_out_from_what_is_behind_it(dark: bool) -> None:
    found = colours(page_of([outcome()]).one("style").text, dark)
    verdicts = ["wrong", "unrefused", "refused", "right", "rightly-refused"]
    pairs = [("paper", name) for name in ("ink", "soft", "link", *verdicts)]
    for behind, before in [*pairs, ("panel", "ink"), ("panel", "soft"), ("mark", "ink")]:
        low, high = sorted((luminance(found[behind]), luminance(found[before])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (behind, before)
