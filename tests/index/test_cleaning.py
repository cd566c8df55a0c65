from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import Kind, clean

SENTENCES = [
    "The stone bridge over the Linden was closed on Monday after the river rose by three metres.",
    "Engineer Tom Veld said that repairs would take 14 weeks.",
    "About 230 people live on the far bank.",
    "They now cross by ferry, which costs two crowns.",
    "“Nobody was hurt,” said Ida Brandt, the mayor.",
    "“Will it hold?” she asked the engineers on Sunday.",
    "The council meets on Jan. 9 at 7 p.m. in the town hall.",
    "Share prices of the brewery fell by 3.5 percent.",
    "More rain is expected on Thursday, the weather office said.",
    "Related costs were not known at first.",
]
CLUTTER = [
    "Skip to main content",
    "Home News Sport Business",
    "Share",
    "Share this article",
    "Facebook",
    "Advertisement",
    "Related Content",
    "RELATED:",
    "Recommended Videos",
    "Most Read",
    "Sign up for our newsletter",
    "CLICK HERE TO READ MORE FROM THE EXAMPLE COURIER",
    "MAYOR SHOULD NOT WAIT FOR THE FLOOD",
    "Comments",
    "0",
    "1 / 15",
    "Loading...",
    "Copyright 2022 The Example Press. All rights reserved",
    "We use cookies to improve your experience.",
    "Also read | Ferry to run until midnight",
    "62º",
    "News > World",
    "•",
]
METADATA = ["By Ada Moor", "Published 6 January 2022", "Photo: Reuters"]


def kept(text: str, *kinds: Kind) -> list[str]:
    return [text[span.start : span.end] for span in clean(text).spans if not kinds or span.kind in kinds]


def page(*lines: str) -> str:
    return "\n\n".join(lines)


def test_a_page_is_divided_into_headline_metadata_and_body() -> None:
    text = page(
        "Skip to main content",
        "News > World",
        "Old bridge closes after flood",
        "By Ada Moor",
        "Published 6 January 2022",
        SENTENCES[0],
        "ADVERTISEMENT",
        SENTENCES[1],
        "CLICK HERE TO READ MORE FROM THE EXAMPLE COURIER",
        "Related Content",
        "Ferry to run until midnight",
    )
    cleaned = clean(text)
    assert kept(text, Kind.HEADLINE) == ["Old bridge closes after flood"]
    assert kept(text, Kind.METADATA) == ["By Ada Moor", "Published 6 January 2022"]
    assert kept(text, Kind.BODY) == SENTENCES[:2]
    assert cleaned.title == "Old bridge closes after flood"
    assert cleaned.publisher == "Example Courier"
    assert cleaned.published == date(2022, 1, 6)


def test_an_empty_page_tells_nothing() -> None:
    cleaned = clean(" \n")
    assert (cleaned.spans, cleaned.title, cleaned.publisher, cleaned.published) == ((), "", "", None)


@pytest.mark.parametrize(
    "headline",
    [
        "Old bridge closes after flood",
        "Why did the old bridge close?",
        "Old bridge will ‘never open again’",
        "OLD BRIDGE CLOSES AFTER FLOOD",
        "Watch: old bridge closes after flood",
        "Explained: why the old bridge closed",
        "Flood closes bridge",
        "‘Nobody slept’: families on the Linden count the cost",
    ],
)
def test_the_first_line_above_prose_is_the_headline(headline: str) -> None:
    assert clean(page("Menu", headline, *SENTENCES[:2])).title == headline


@pytest.mark.parametrize(
    "first",
    [SENTENCES[0], "Opinion", "Latest news", "The Example", "She said:", "Four people came today:", "“It is over.”"],
)
def test_a_sentence_or_a_label_is_no_headline(first: str) -> None:
    assert clean(page(first, *SENTENCES[1:3])).title == ""


def test_a_text_without_prose_has_no_headline() -> None:
    assert clean("Old bridge closes after flood").title == ""
    assert clean(page("Old bridge closes after flood", "Ferry to run until midnight")).title == ""


def test_the_white_space_of_a_headline_becomes_single_spaces_in_the_title_only() -> None:
    text = page("Old  bridge\u00a0closes after flood", SENTENCES[0])
    assert clean(text).title == "Old bridge closes after flood"
    assert kept(text, Kind.HEADLINE) == ["Old  bridge\u00a0closes after flood"]


def test_a_title_known_from_elsewhere_wins_and_its_line_is_the_headline() -> None:
    text = page("More about the town today", "Old bridge  CLOSES", *SENTENCES[:2])
    cleaned = clean(text, title="Old bridge closes")
    assert cleaned.title == "Old bridge closes"
    assert Kind.HEADLINE not in {span.kind for span in clean(text, title="Another title").spans}


def test_a_line_that_repeats_the_known_title_is_the_headline() -> None:
    text = page("Northland today at a glance", "Old bridge closes  after flood", SENTENCES[0])
    (headline,) = (
        span for span in clean(text, title="Old Bridge closes after flood").spans if span.kind is Kind.HEADLINE
    )
    assert text[headline.start : headline.end] == "Old bridge closes  after flood"


@pytest.mark.parametrize("line", CLUTTER)
def test_furniture_between_body_paragraphs_goes(line: str) -> None:
    text = page("Old bridge closes after flood", SENTENCES[0], line, SENTENCES[1])
    assert kept(text) == ["Old bridge closes after flood", *SENTENCES[:2]]


@pytest.mark.parametrize(
    "line",
    [
        "Editor's note: An earlier version gave a wrong number of boats.",
        "Correction: An earlier version gave a wrong number of boats.",
        "LONDON, March 3 (Reuters) - The pound fell on Friday.",
        "BRAMFORD — The bridge was closed on Monday.",
        "People wait for the ferry in Bramford, Jan. 5, 2022.",
        "Photo: People wait for the ferry in Bramford",
        "People wait for the ferry in Bramford. (Photo by Ada Moor/AFP)",
        "Reports: soldiers were sent to the bridge",
        "THE BRIDGE IS GONE.",
        "“No!”",
        "Nobody came.",
        "He left. She did not.",
        "Depth: 3.5 metres",
        "Bramford, Northland",
        "► The council passed the budget by one vote.",
        "#Linden The ferry is full tonight. pic.example.com/abc",
        "The ferry is full tonight, says the captain of the second boat",
    ],
)
def test_article_text_of_every_shape_stays(line: str) -> None:
    text = page("Old bridge closes after flood", SENTENCES[0], line, SENTENCES[1])
    assert len(kept(text)) == 4
    assert kept(text)[2] in line


def test_links_below_a_block_heading_go_until_prose_comes_back() -> None:
    text = page(
        SENTENCES[0],
        "Related Content",
        "Ferry to run until midnight",
        "Who pays for the new bridge?",
        SENTENCES[1],
        "Old mill on the Linden burns",
    )
    assert kept(text) == [SENTENCES[0], SENTENCES[1], "Old mill on the Linden burns"]


def test_a_long_paragraph_or_two_sentences_end_a_block_of_links_even_without_a_full_stop() -> None:
    long = SENTENCES[0].rstrip(".") + ", and the people on the far bank have crossed by ferry since"
    two = "The ferry runs until midnight. It costs two crowns"
    assert kept(
        page(SENTENCES[1], "Related", "Mill burns on the Linden", long, "Related", "Mill burns again", two)
    ) == [
        SENTENCES[1],
        long,
        two,
    ]


def test_a_label_of_up_to_three_words_goes() -> None:
    assert kept(page(SENTENCES[0], "World", "Ada Moor", "Example Staff Writer", SENTENCES[1])) == SENTENCES[:2]


def test_a_text_without_spaces_is_no_label() -> None:
    text = "桥在星期一关闭了因为河水在一夜之间上涨了三米" * 5
    assert kept(text) == [text]


@pytest.mark.parametrize("bullet", ["• ", "- ", ""])
def test_the_items_of_a_list_stay_however_short(bullet: str) -> None:
    intro = "The office names four signs of the illness:"
    items = ["Fever", "Dry cough", "A loss of taste", "Pain"]
    text = page(SENTENCES[0], intro) + "\n\n" + "\n".join(bullet + item for item in items) + "\n\n" + SENTENCES[1]
    assert kept(text) == [SENTENCES[0], intro, *items, SENTENCES[1]]


def test_a_short_line_that_announces_a_list_or_a_quotation_stays() -> None:
    text = page("She said:", "“It is over now, and we are glad.”", "The signs:", "• Fever\n• Pain", SENTENCES[0])
    assert kept(text) == [
        "She said:",
        "“It is over now, and we are glad.”",
        "The signs:",
        "Fever",
        "Pain",
        SENTENCES[0],
    ]


def test_bullets_are_not_part_of_the_kept_text() -> None:
    assert kept(f"• {SENTENCES[0]}\n• {SENTENCES[1]}") == SENTENCES[:2]


def test_a_heading_below_a_list_is_a_label_again() -> None:
    assert kept(page("These came to the meeting:", "• Ada\n• Ida", "What comes next", SENTENCES[0]))[-2:] == [
        "Ida",
        SENTENCES[0],
    ]


def test_a_link_in_capitals_goes_below_the_headline_only() -> None:
    text = page("BRIDGE CLOSES AFTER FLOOD", SENTENCES[0], "MAYOR SHOULD NOT WAIT FOR THE FLOOD", SENTENCES[1])
    assert kept(text) == ["BRIDGE CLOSES AFTER FLOOD", *SENTENCES[:2]]


def test_a_quoted_tweet_stays_and_its_signature_is_metadata() -> None:
    text = page(SENTENCES[0], "The ferry is full tonight. pic.example.com/abc", "— Ada Moor (@adamoor) January 7, 2022")
    assert kept(text, Kind.BODY)[-1] == "The ferry is full tonight. pic.example.com/abc"
    assert kept(text, Kind.METADATA) == ["Ada Moor (@adamoor) January 7, 2022"]
    assert clean(text).published is None


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Image caption, People wait for the ferry", "People wait for the ferry"),
        ("Image copyright Reuters Image caption People wait for the ferry", "People wait for the ferry"),
        ("Caption: People wait for the ferry", "People wait for the ferry"),
        ("Caption writers were on strike.", "Caption writers were on strike."),
    ],
)
def test_the_label_of_a_caption_is_taken_off(line: str, caption: str) -> None:
    assert kept(page(SENTENCES[0], line))[-1] == caption


def test_a_date_glued_to_the_first_sentence_is_divided_from_it() -> None:
    text = f"date 2022-01-07 {SENTENCES[0]}"
    assert kept(text, Kind.METADATA) == ["date 2022-01-07"]
    assert kept(text, Kind.BODY) == SENTENCES[:1]
    assert clean(text).published == date(2022, 1, 7)


def test_a_button_glued_to_the_end_of_a_paragraph_goes() -> None:
    assert kept(f"{SENTENCES[0]} Read more") == SENTENCES[:1]


@pytest.mark.parametrize(
    "line",
    [
        "Published 6 January 2022",
        "By Ada Moor | January 6, 2022",
        "Jan 6, 2022, 10:02 IST",
        "NEW BRAMFORD | Published: January 6, 2022 10:02 IST",
        "Published 2 hours ago\n\nPublished 6 January 2022",
        "Updated 7 January 2022\n\nPublished 6 January 2022",
        "Photo: Ada Moor/Agency, 5 January 2022\n\nPublished 6 January 2022",
    ],
)
def test_the_day_of_publication_is_read_from_a_stamp_or_a_byline(line: str) -> None:
    assert clean(page("Old bridge closes after flood", line, SENTENCES[0])).published == date(2022, 1, 6)


@pytest.mark.parametrize("line", ["Updated 10:35 AM EST, Thu January 6, 2022", "Last modified on 6 January 2022"])
def test_the_day_of_a_change_counts_where_nothing_tells_that_of_publication(line: str) -> None:
    assert clean(page("Old bridge closes after flood", line, SENTENCES[0])).published == date(2022, 1, 6)


def test_the_day_of_a_dateline_counts_where_no_stamp_tells_another() -> None:
    dateline = f"NEW BRAMFORD, Jan. 7, 2022 (Agency) — {SENTENCES[0]}"
    assert clean(page("Old bridge closes after flood", dateline)).published == date(2022, 1, 7)
    assert clean(page("Old bridge closes after flood", "6 January 2022", dateline)).published == date(2022, 1, 6)


@pytest.mark.parametrize(
    "line",
    [
        "May 6, 2022, was a cold day.",
        "01/02/2022",
        "Published yesterday",
        "It closed on 6 January 2022.",
        "Photo: Ada Moor, 6 January 2022",
    ],
)
def test_a_date_in_a_sentence_or_an_ambiguous_one_is_not_the_day_of_publication(line: str) -> None:
    assert clean(page("Old bridge closes after flood", line, SENTENCES[0])).published is None


COMMENTS = [
    "Comments (2)",
    "Log in to comment",
    "Tom",
    "This mayor is a fool. I hate ferries.",
    "Reply",
    "I like ferries a lot.",
    "Reply",
]


def test_the_comments_of_readers_go() -> None:
    text = page("Old bridge closes after flood", *SENTENCES[:3], *COMMENTS, SENTENCES[3])
    assert kept(text) == ["Old bridge closes after flood", *SENTENCES[:4]]


def test_a_counter_of_comments_above_the_article_takes_nothing_away() -> None:
    text = page("12 Comments", "Old bridge closes after flood", *SENTENCES[:3], "Reply")
    assert kept(text) == ["Old bridge closes after flood", *SENTENCES[:3]]


def test_an_article_is_not_lost_between_a_counter_of_comments_and_a_far_button() -> None:
    text = page(SENTENCES[0], "12 Comments", *(SENTENCES[1:] * 2), "Reply")
    assert kept(text) == [SENTENCES[0], *(SENTENCES[1:] * 2)]


@pytest.mark.parametrize(
    "unit", ["a", " a", "- ", "By A ", "1", "| ", "a > ", "It is. ", '."', "Updated ", "share this "]
)
def test_a_line_of_a_megabyte_is_cleaned(unit: str) -> None:
    text = "Updated" + (unit * 1_000_000)[:1_000_000] + "x"
    assert [span.end for span in clean(text).spans] == [len(text)]


lines = st.sampled_from(SENTENCES + CLUTTER + METADATA) | st.text(max_size=40)
separators = st.sampled_from(["\n", "\n\n", "\r\n", "\n \n\t"])
pages = st.lists(st.tuples(lines, separators), max_size=25).map(
    lambda parts: "".join(line + end for line, end in parts)
)


@given(st.text() | pages, st.sampled_from(["", "Old bridge closes"]))
def test_spans_are_ordered_disjoint_trimmed_ranges_of_the_text(text: str, title: str) -> None:
    previous_end = 0
    cleaned = clean(text, title)
    for span in cleaned.spans:
        assert previous_end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        previous_end = span.end
    assert sum(span.kind is Kind.HEADLINE for span in cleaned.spans) <= 1
    assert cleaned.title == title or not title


@given(
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8),
    st.data(),
)
def test_prose_is_never_lost_wherever_clutter_lies_and_clutter_is_never_kept(
    prose: list[str], data: st.DataObject
) -> None:
    clutter = st.lists(st.sampled_from(CLUTTER), max_size=4)
    shuffled = [line for paragraph in prose for line in (*data.draw(clutter), paragraph)] + data.draw(clutter)
    without_shouting = [line for line in shuffled if not (line.isupper() and len(line.split()) > 5)]
    assert kept(data.draw(separators).join(without_shouting), Kind.BODY) == prose
    assert [
        line for line in kept("\n".join(["Old bridge closes after flood", *shuffled]), Kind.BODY) if line in prose
    ] == prose


FRONT_MATTER = (
    '---\ntitle: "Old bridge closes"\nauthor: Ada Moor\ndescription: The bridge was closed.\ntags:\n- flood\n---\n'
)


@pytest.mark.parametrize("front", [FRONT_MATTER, FRONT_MATTER.replace("\n", "\r\n")])
def test_front_matter_is_not_kept(front: str) -> None:
    assert kept(front + page("# Old bridge closes after flood", *SENTENCES[:2])) == [
        "Old bridge closes after flood",
        *SENTENCES[:2],
    ]


def test_a_text_that_begins_with_dashes_loses_nothing() -> None:
    for top in ("---\n", "---\nA note from the ferry office: it runs.\n---\n", "----------\n"):
        assert kept(top + page(*SENTENCES[:3]))[-3:] == SENTENCES[:3]
    assert "A note from the ferry office: it runs." in kept(
        "---\nA note from the ferry office: it runs.\n---\n" + SENTENCES[0]
    )


def test_the_marks_of_a_markdown_heading_are_not_kept_with_it() -> None:
    text = page(
        "# Old bridge closes after flood",
        SENTENCES[0],
        "## What the ferry costs now",
        SENTENCES[3],
        "#1 of 4 boats left.",
    )
    assert kept(text) == [
        "Old bridge closes after flood",
        SENTENCES[0],
        "What the ferry costs now",
        SENTENCES[3],
        "#1 of 4 boats left.",
    ]
    assert clean(text).title == "Old bridge closes after flood"


def test_responses_to_a_tender_are_no_heading_of_comments() -> None:
    text = page(SENTENCES[0], "9 responses to the tender came from Norland.", "Reply", SENTENCES[1])
    assert "9 responses to the tender came from Norland." in kept(text)
