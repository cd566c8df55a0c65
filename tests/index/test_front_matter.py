import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.front_matter import front_matter


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_yaml_between_dashes_is_read(line_end: str) -> None:
    text = "---\n# made by hand\ntitle: 'Rain: a day'\nDate: 2022-01-06\ntags:\n- rain\n  - wind\n\n---\nIt rained."
    text = text.replace("\n", line_end)
    found = front_matter(text)
    assert found.fields == {"title": "Rain: a day", "date": "2022-01-06", "tags": ""}
    assert text[found.end :] == "It rained."


def test_toml_between_plus_signs_is_read() -> None:
    text = '+++\ntitle = "Rain"\n+++\nIt rained.'
    found = front_matter(text)
    assert (found.fields, text[found.end :]) == ({"title": "Rain"}, "It rained.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It rained.",
        "---",
        "---\nIt rained.\n---\nIt snowed.",
        "---\ntitle: Rain\nIt rained.",
        "---\ntitle: Rain\nThe mayor of Linden said this: it rained.\n---\nIt snowed.",
        "---\nferry: closed\n---\nIt rained.",
        "\n---\ntitle: Rain\n---\nIt rained.",
        "-----\ntitle: Rain\n-----\nIt rained.",
    ],
)
def test_what_only_resembles_front_matter_is_part_of_the_article(text: str) -> None:
    assert (front_matter(text).fields, front_matter(text).end) == ({}, 0)


@given(st.lists(st.sampled_from(["---", "+++", "title: Rain", "title", "- a", " a", "...", ""])).map("\n".join))
def test_the_article_begins_within_the_text(text: str) -> None:
    assert 0 <= front_matter(text).end <= len(text)
