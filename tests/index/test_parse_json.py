import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.metadata import Draft
from index.parse_json import read_document, read_lines
from index.records import Skipped

RAIN = {"text": "It rained."}
SNOW = {"text": "It snowed."}


def texts(value: object) -> list[tuple[int, str]]:
    results = read_document(json.dumps(value), "a.json")
    return [(number, result.text) for number, result in results if isinstance(result, Draft)]


def only(value: object) -> Draft:
    ((_, result),) = read_document(json.dumps(value), "a.json")
    assert isinstance(result, Draft)
    return result


def skipped(text: str) -> list[Skipped]:
    return [result for _, result in read_document(text, "a.json") if isinstance(result, Skipped)]


def test_one_object_is_one_article_with_number_0() -> None:
    assert texts(RAIN) == [(0, "It rained.")]


def test_the_articles_of_a_list_are_numbered_from_1() -> None:
    assert texts([RAIN, SNOW]) == [(1, "It rained."), (2, "It snowed.")]


@pytest.mark.parametrize(
    "value",
    [
        {"articles": [RAIN, SNOW]},
        {"Data": [RAIN, SNOW]},
        {"status": "ok", "totalResults": 2, "results": [RAIN, SNOW]},
        {"response": {"docs": [RAIN, SNOW], "meta": {"hits": 2}}},
        {"hits": {"total": 2, "hits": [{"_id": "1", "_source": RAIN}, {"_id": "2", "_source": SNOW}]}},
        {"@context": "https://schema.org", "@graph": [RAIN, SNOW]},
    ],
    ids=["articles", "other case", "results", "response.docs", "search engine", "linked data"],
)
def test_a_list_is_found_inside_an_object(value: object) -> None:
    assert texts(value) == [(1, "It rained."), (2, "It snowed.")]


def test_an_article_with_a_list_of_other_things_is_still_one_article() -> None:
    assert texts({"text": "It rained.", "entries": ["weather", "Oxted"]}) == [(0, "It rained.")]


@pytest.mark.parametrize(
    "name",
    [
        "text",
        "body",
        "content",
        "article",
        "article_text",
        "fulltext",
        "full_text",
        "maintext",
        "articleBody",
        "story",
        "bodyText",
        "BODY",
    ],
)
def test_a_text_goes_by_many_names(name: str) -> None:
    assert only({name: "It rained."}).text == "It rained."


def test_the_metadata_comes_along() -> None:
    value = {
        "source": {"id": None, "name": "The Puddle"},
        "title": "Rain",
        "publishedAt": "2022-01-06T10:00:00Z",
        "url": "https://puddle.example/rain",
        "content": "It rained.",
    }
    assert only(value) == Draft("It rained.", "Rain", "The Puddle", date(2022, 1, 6), "https://puddle.example/rain")


def test_fields_may_be_wrapped_once_more() -> None:
    value = {"webTitle": "Rain", "fields": {"bodyText": "It rained.", "headline": "Rain!"}}
    assert (only(value).text, only(value).title) == ("It rained.", "Rain!")


def test_the_name_of_a_source_is_no_title() -> None:
    assert only({"source": {"name": "The Puddle"}, "text": "It rained."}).title == ""


def test_a_list_of_paragraphs_is_joined_with_blank_lines() -> None:
    assert only({"text": ["It rained.", "", {"text": "It stopped."}, None]}).text == "It rained.\n\nIt stopped."


def test_tags_are_stripped_and_text_without_tags_is_kept_to_the_letter() -> None:
    assert only({"content": {"rendered": "<p>Rain &amp; wind.</p><p>Sun.</p>"}}).text == "Rain & wind.\n\nSun."
    assert only({"text": " a < b\r\n\tc &amp; d "}).text == " a < b\r\n\tc &amp; d "


def test_what_utf8_cannot_hold_is_replaced() -> None:
    ((_, result),) = read_document('{"text": "Rain \\ud800 or \\u0000 \\ud83c\\udf27"}', "a.json")
    assert isinstance(result, Draft)
    assert result.text == "Rain \ufffd or \ufffd \U0001f327"


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("", "a.json", "not valid JSON"),
        ('{"text": ', "a.json", "not valid JSON"),
        ('{"text": "a"} {"text": "b"}', "a.json", "not valid JSON"),
        ("[" * 100_000, "a.json", "nested too deeply"),
        ("[]", "a.json", "holds no articles"),
        ('{"articles": []}', "a.json", "holds no articles"),
        ('"It rained."', "a.json", "not a JSON object"),
        ("null", "a.json", "not a JSON object"),
        ("{}", "a.json", "no text"),
        ('{"title": "Rain", "text": " "}', "a.json", "no text"),
        ('{"text": 7}', "a.json", "no text"),
        ('{"text": "<p></p>"}', "a.json", "no text"),
        ('["It rained."]', "a.json#1", "not a JSON object"),
        ('[{"text": "It rained."}, {"title": "Snow"}]', "a.json#2", "no text"),
    ],
)
def test_what_holds_no_article_is_named_with_a_reason(text: str, path: str, reason: str) -> None:
    (skip,) = skipped(text)
    assert skip.path == path
    assert reason in skip.reason


@pytest.mark.parametrize(
    "extra",
    [
        '"n": ' + "9" * 10_000,
        '"n": NaN, "date": NaN',
        '"date": Infinity',
        '"text": "It rained."',
        '"n": ' + "[" * 500 + "]" * 500,
    ],
    ids=["huge number", "not a number", "infinity", "duplicate key", "nested"],
)
def test_odd_values_beside_the_text_do_no_harm(extra: str) -> None:
    ((_, result),) = read_document('{"text": "It rained.", ' + extra + "}", "a.json")
    assert result == Draft("It rained.")


def test_each_line_is_an_article_numbered_by_its_line() -> None:
    results = dict(read_lines('{"text": "It rained."}\r\n\n  \n{"text": "It\u2028snowed."}', "a.jsonl"))
    assert results == {1: Draft("It rained."), 4: Draft("It\u2028snowed.")}


def test_a_broken_line_is_named_and_the_rest_goes_on() -> None:
    lines = ['{"text": "It rained."}', '{"text', "[]", "[" * 100_000, '{"title": "x"}', '{"text": "It snowed."}']
    results = [result for _, result in read_lines("\n".join(lines), "a.jsonl")]
    assert [result.path for result in results if isinstance(result, Skipped)] == [f"a.jsonl:{n}" for n in (2, 3, 4, 5)]
    assert [result.text for result in results if isinstance(result, Draft)] == ["It rained.", "It snowed."]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["text", "title", "date", "source", "url", "data", "fields"]) | st.text(), inner
        )
    ),
)


@settings(deadline=None)  # the first call imports the parsers
@given(json_values)
def test_any_json_gives_articles_that_can_be_stored_or_reasons(value: object) -> None:
    for number, result in read_document(json.dumps(value), "a.json"):
        assert number >= 0
        if isinstance(result, Draft):
            assert result.text.strip()
            assert "\0" not in result.text
            assert f"{result.text}{result.title}{result.publisher}{result.url}".encode()
        else:
            assert result.reason
