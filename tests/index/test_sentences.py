import textwrap

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.cleaning import Kind, Span, clean
from index.sentences import LONGEST_SENTENCE, split_sentences

# A bar stands where one sentence ends and the next begins.
EXAMPLES = """
The U.S. Army left in May.|Gen. Mark Moor stayed.
He lives in the U.S.|She moved away in 1999.
In Washington, D.C., it rained.|In D.C. it rained.
The U.K. Prime Minister left at 3.30 p.m. on Tuesday.
Lot No. 2 sold for $2.5 million.|Lot No. 3 did not sell.
On Jan. 5, 2022, the rain began.|It ended on Jan. 7.
Sen. Ada Moor, R-Tex., and Rep. J. R. Veld of St. Paul met at 5 p.m. Monday.
Lt. Col. James Veld and Sgt. Moor left Ft. Worth.
Gov. Moor met Atty. Gen. Veld at noon.
Prof. Moor and Dr. Veld wrote it, said Ms. Brandt.|Mr. Roe read it.
The Rev. Ida Brandt prayed.|Capt. Veld sang.
The doors closed at 5 p.m.|The crowd stayed.
The doors closed at 5 p.m. EST.|The crowd stayed.
The plane, a 737-800, landed at 10:35 a.m.|No one was hurt.
Prices rose 3.5 percent to $4.20 a gallon, vs. 2.1 percent a year ago.|That hurt.
The rupee fell to Rs. 74.5 against the dollar.|It rose later.
The firm, Moor & Co., fell 3 pct.|Its rival rose.
Dr. Veld of Acme Inc. said so.|Acme Corp. denied it.
The court, in Moor v. Veld, ruled so.|It was final.
It was founded by Ada F. Moor Jr. in 1995.|It closed.
They live on Main St.|It is quiet.
It was cold.|Mr. Veld left.
He said so.|Ida Brandt did not.
They met last month.|Shares fell.
He flew to New York.|“Nobody came,” he said.
He joined NATO.|Thanks came at once.
“It is over.”|He left the room.
“It is over,” he said.|“We won.”
"It is over," he said.|"We won."
“It was bad,” said Veld, “but not very bad.”|He left.
“It was bad,” said Veld.|“It was very bad.”
There was “no risk.”|She left.
There was "no risk." |She left.
He said he was “sad.” |The crowd was not.
He said: “It is over.|We won.|Nobody knows.”|The crowd cheered.
“They told me ‘no.’|We left,” she said.|Nobody knew.
“They told me, ‘Go home.’”|Then they left.
“Is it true that ‘the U.S. lost’?” he asked.
“What now?” she asked.|Nobody answered.
“Stop!” he shouted.|They ran.
“Who did this?” Veld said.|“I don't know.”
“Who did this?” Mayor Ida Brandt asked on Monday.|Nobody knew.
"Who did this?" Veld asked.|Nobody knew.
He asked, “Why?”|Nobody knew.
He asked, “Why?”|Moor said nothing.
“We won!”|The crowd cheered.
“[They] are wrong,” he said.|“[We] are right.”
Well … it happened.|He waited... and then left.|Nobody came.
He waited...|Nobody came.
“I never…” she began.|He laughed.
The firm (founded in 1990 by J. P. Moor) grew.|It closed later.
The firm grew.|(It closed later.)|Nobody minded.
Visit example.com.|Then call.
Read it at https://www.example.com/a.b?c=d.|Then come back.
The ferry is full tonight. pic.twitter.com/abc123
The ferry is full tonight. https://t.co/abc pic.twitter.com/abc123
The ferry is full tonight. — Ada Moor (@adamoor) January 6, 2022
The ferry is full. pic.twitter.com/abc https://t.co/x — Example News (@example) January 6, 2022
The ferry is full.|More to follow. https://t.co/xyz
"This is it." — Ida Brandt, mayor
1. First thing to do.|2. Second thing to do.
LONDON, March 3 (Reuters) - The pound fell on Friday.|It rose later.
BRAMFORD (AP) — The pound fell.|It rose later.
People wait for the ferry, Jan. 5, 2022. (Photo by Ada Moor/AFP via Getty Images)
People wait for the ferry. (AP Photo/Ada Moor, File)
People wait for the ferry. | Photo: Twitter/ @adamoor
People wait for the ferry. REUTERS/Ada Moor
People wait for the ferry. Ada Moor/Getty Images
People wait for the ferry. Photo: Example Wire/A. Moor
The images show damage.|The photo by Moor shows smoke.|Nobody was there.
Credit card debt rose.|Photo evidence was found.|Picture this: a river.
iPhone sales fell.|eBay shares rose.
Why?!|Nobody knows.
Police said: "No."|The mayor said: "Yes."
The score was 3-2.|Next came No. 10 Moor.
"""


def split(text: str, kind: Kind = Kind.BODY) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text, (Span(0, len(text), kind),))]


@pytest.mark.parametrize("example", EXAMPLES.strip().split("\n"))
def test_a_paragraph_of_news_is_divided_where_its_sentences_end(example: str) -> None:
    if "| Photo" in example:
        assert split(example) == [example]
    else:
        wanted = [sentence.strip() for sentence in example.split("|")]
        assert split(" ".join(wanted)) == wanted


def test_a_headline_is_one_sentence() -> None:
    headline = "Bridge closed. Who pays? Mayor: ‘Not us.’"
    assert split(headline, Kind.HEADLINE) == [headline]


def test_metadata_holds_no_sentences() -> None:
    assert split("By Ada Moor.", Kind.METADATA) == []


def test_sentences_never_reach_over_spans() -> None:
    text = "Rain fell.\n\nShare\n\nand it stopped. Then"
    spans = (Span(0, 10, Kind.BODY), Span(19, len(text), Kind.BODY))
    found = split_sentences(text, spans)
    assert [text[s.start : s.end] for s in found] == ["Rain fell.", "and it stopped.", "Then"]


def test_a_hard_wrapped_sentence_keeps_its_line_break() -> None:
    assert split("The bridge was\nclosed on Monday. It\nrained.") == [
        "The bridge was\nclosed on Monday.",
        "It\nrained.",
    ]


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    text = ("word " * 700).strip()
    found = split(text)
    assert " ".join(found) == text
    assert all(len(sentence) <= LONGEST_SENTENCE for sentence in found)


def test_a_word_that_is_too_long_is_cut_anywhere() -> None:
    assert split("a" * 2500) == ["a" * 1000, "a" * 1000, "a" * 500]


@pytest.mark.parametrize(
    "unit", ["a", " a", "- ", "By A ", "1", "|", '."', "It is. it is. ", "photo ", "(", "“a.” ", "U.S. "]
)
def test_a_paragraph_of_any_length_is_divided(unit: str) -> None:
    text = "It rained. " + (unit * 200_000)[:200_000].strip()
    assert_sentences_cover(text, (Span(0, len(text), Kind.BODY),))


@pytest.mark.timeout(20)
def test_links_that_touch_each_other_are_read_at_once() -> None:
    text = (f"It rained. {'http://a' * 18} x. " * 300).strip()
    assert_sentences_cover(text, (Span(0, len(text), Kind.BODY),))


def assert_sentences_cover(text: str, spans: tuple[Span, ...]) -> None:
    found = list(split_sentences(text, spans))
    for span in spans:
        position = span.start
        while found and found[0].start < span.end and span.kind is not Kind.METADATA:
            sentence = found.pop(0)
            assert span.start <= position <= sentence.start < sentence.end <= span.end
            assert sentence.end - sentence.start <= LONGEST_SENTENCE
            assert text[sentence.start : sentence.end] == text[sentence.start : sentence.end].strip()
            assert not text[position : sentence.start].strip()
            position = sentence.end
        assert span.kind is Kind.METADATA or not text[position : span.end].strip()
    assert not found


pieces = st.sampled_from(
    [
        "The U.S. left. ",
        "“Why?” ",
        "he said. ",
        "No. 2",
        ' "',
        ".",
        "... ",
        "\n",
        "(Photo: A. Moor/AP) ",
        "https://t.co/x ",
        "— A (@a) ",
        "• ",
        "word " * 90,
    ]
)
texts = st.text() | st.lists(pieces, max_size=30).map("".join)


@given(texts)
def test_sentences_are_ordered_trimmed_and_cover_all_that_the_cleaner_keeps(text: str) -> None:
    assert_sentences_cover(text, clean(text).spans)


@given(texts)
def test_sentences_cover_any_span(text: str) -> None:
    third = len(text) // 3
    spans = (
        Span(0, third, Kind.BODY),
        Span(third, 2 * third, Kind.METADATA),
        Span(2 * third, len(text), Kind.HEADLINE),
    )
    assert_sentences_cover(text, spans)


WRAPPED = [
    "The council voted on Tuesday to close the bridge, which 4,000 cars cross on a working day of the year.",
    "The mayor, Ida Brandt, said that the work would cost the town no more than 12 million crowns.",
    "“It will take until Jan. 9, 2031,” said Tom Veld of the Norland Road Office, who drew the plans.",
    "Gen. Mark Moor and Rep. Ada Roe of Bramford asked for soldiers to carry the people over the river.",
    "Is the ferry safe?",
    "Nobody was hurt.",
]


@given(
    st.lists(st.permutations(WRAPPED).map(lambda found: found[:4]), min_size=1, max_size=3),
    st.integers(45, 130),
    st.sampled_from(["", "    "]),
)
def test_the_sentences_of_a_paragraph_are_the_same_however_it_is_wrapped(
    prose: list[list[str]], width: int, indent: str
) -> None:
    def wrap(text: str) -> str:
        return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)

    headline = "Council closes old bridge"
    wrapped = [wrap(" ".join(sentences)) for sentences in prose]
    # Where no line begins with a small letter, nothing tells wrapped prose from a list.
    assume(all(any(line.lstrip()[0].islower() for line in text.split("\n")) for text in wrapped if "\n" in text))
    page = "\n\n".join([headline, *wrapped])
    found = split_sentences(page, clean(page).spans)
    assert [" ".join(page[s.start : s.end].split()) for s in found] == [headline, *(s for p in prose for s in p)]
