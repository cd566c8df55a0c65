from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metadata import Draft, clean_line, clean_url, draft_from_fields, normalise_names


def draft(**fields: object) -> Draft:
    return draft_from_fields("It rained.", normalise_names(fields))


@pytest.mark.parametrize("name", ["title", "Title", "HEADLINE", "webTitle", "name"])
def test_a_title_goes_by_many_names(name: str) -> None:
    assert draft(**{name: "Rain in Oxted"}).title == "Rain in Oxted"


@pytest.mark.parametrize(
    "name",
    [
        "date",
        "published",
        "publish_date",
        "date_publish",
        "datePublished",
        "published_at",
        "publishedAt",
        "pub_date",
        "pubDate",
        "publication_date",
        "date_published",
        "created_at",
        "webPublicationDate",
        "timestamp",
        "Publish-Date",
        "published_time",
        "article:published_time",
        "publish_time",
        "first_publication_date",
        "first_published_at",
        "date_posted",
        "dateCreated",
    ],
)
def test_a_day_of_publication_goes_by_many_names(name: str) -> None:
    assert draft(**{name: "2022-01-06T10:00:00Z"}).published == date(2022, 1, 6)


@pytest.mark.parametrize("name", ["updated", "updated_at", "dateModified", "last_modified", "crawl_date"])
def test_a_day_of_a_change_is_not_the_day_of_publication(name: str) -> None:
    assert draft(**{name: "2022-01-06"}).published is None


@pytest.mark.parametrize(
    "name",
    [
        "publisher",
        "source",
        "source_name",
        "sourceName",
        "site",
        "site_name",
        "sitename",
        "source_domain",
        "publication",
        "outlet",
        "newspaper",
    ],
)
def test_a_publisher_goes_by_many_names(name: str) -> None:
    assert draft(**{name: "The Puddle"}).publisher == "The Puddle"


@pytest.mark.parametrize("name", ["url", "link", "web_url", "webUrl", "canonical_url", "permalink", "href"])
def test_an_address_goes_by_many_names(name: str) -> None:
    assert draft(**{name: "https://puddle.example/rain"}).url == "https://puddle.example/rain"


@pytest.mark.parametrize("day", [1641427200.0, 1641427200000.0, 20220106.0, "1641427200"])
def test_a_day_may_be_a_number(day: object) -> None:
    assert draft(date=day).published == date(2022, 1, 6)


@pytest.mark.parametrize("day", [float("nan"), float("inf"), -1.0, 1e300, True, None, [], {}, "soon"])
def test_a_value_that_is_no_day_gives_none(day: object) -> None:
    assert draft(date=day).published is None


def test_the_first_field_that_tells_something_counts() -> None:
    made = draft(published="soon", date="2022-01-06", title="  ", headline="Rain")
    assert (made.published, made.title) == (date(2022, 1, 6), "Rain")


@pytest.mark.parametrize(
    "value",
    [
        {"id": "the-puddle", "name": "The Puddle"},
        {"@type": "Organization", "name": "The Puddle"},
        [{"name": "The Puddle"}],
    ],
)
def test_a_publisher_may_be_an_object_with_a_name(value: object) -> None:
    assert draft(publisher=value).publisher == "The Puddle"


@pytest.mark.parametrize("value", [None, 7.0, [], {}, {"name": None}, [None], {"id": "x"}])
def test_a_value_of_another_kind_is_left_out(value: object) -> None:
    assert draft(publisher=value) == Draft("It rained.")


def test_a_title_with_character_references_is_made_readable() -> None:
    assert draft(title={"rendered": "Rain &amp; wind: Oxted&#8217;s day"}).title == "Rain & wind: Oxted’s day"


def test_a_line_is_cut_at_300_characters() -> None:
    assert clean_line("rain " * 100) == ("rain " * 60).strip()


@given(st.text(st.characters(), max_size=400))
def test_a_line_is_always_one_printable_line_of_valid_text(text: str) -> None:
    line = clean_line(text)
    assert len(line) <= 300
    assert line == " ".join(line.split())
    assert line.replace(" ", "").isprintable()
    assert line.encode().decode() == line


@pytest.mark.parametrize(
    "text",
    ["", "/rain", "puddle.example/rain", "ftp://puddle.example", "https://a b", "https://a\x07", "https://\ud800"],
)
def test_only_addresses_of_the_web_are_kept(text: str) -> None:
    assert clean_url(text) == ""


def test_an_endless_address_is_left_out() -> None:
    assert clean_url("https://puddle.example/" + "a" * 2000) == ""


@pytest.mark.parametrize("name", ["title", "publisher"])
def test_a_reference_to_no_character_keeps_no_article_from_being_read(name: str) -> None:
    assert getattr(draft(**{name: "Rain &#" + "9" * 5_000 + ";"}), name).startswith("Rain")


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00", "9999-12-31"])
def test_a_day_that_stands_for_none_is_passed_over(day: object) -> None:
    assert draft(published=day, date="2022-01-06").published == date(2022, 1, 6)
