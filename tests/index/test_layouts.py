"""Whole pages as scrapers leave them: what stays of each is written out in full."""

import pytest

from index.cleaning import Kind, clean
from index.sentences import split_sentences

BROADCASTER = """
Skip to content
Accessibility Help
Home
News
More menu
Home | War in Norland | Climate | Video | World | Business | Tech

Norland unrest: Dozens killed in riots, officials say
Published
6 January 2022
Comments
Share
Copy link
About sharing
Related Topics
Norland protests
By Ada Moor
Example News, Bramford

Security forces in Norland say they have killed dozens of rioters.

Image source, Reuters
Image caption, Troops were seen on the main square on Thursday
"Dozens were killed," Tamara Quill told state TV. "Their names are not known."

What started it all?
The unrest started on Sunday when the cost of gas doubled.
You may also be interested in:
Media caption, The president's daughter speaks
More on this story
Norland asks for help
5 January 2022
Top stories
Live. President meets leaders
Published
2 hours ago
The woman who paints rivers
Most Read
1
Man eats bridge
© 2022 Example. The Example is not responsible for the content of external sites.
"""
BROADCASTER_KEPT = """
Norland unrest: Dozens killed in riots, officials say
Security forces in Norland say they have killed dozens of rioters.
Troops were seen on the main square on Thursday
"Dozens were killed," Tamara Quill told state TV.
"Their names are not known."
What started it all?
The unrest started on Sunday when the cost of gas doubled.
"""

WIRE = """
World
January 6, 2022
2:12 PM GMT
Last Updated 2 years ago
Norland sends troops after deadly riots
By Ada Moor
4 minute read
Register now for FREE unlimited access to Example.com
Register
BRAMFORD, Jan 6 (Reuters) - Security forces took back the streets of Norland's main city on Thursday.
The president had called in the troops. read more
Police said they had killed dozens.
1/13
A burnt car is seen in Bramford, Norland January 6, 2022. REUTERS/Pavel Quill
"It was like war," Tom Veld, 34, told Reuters by phone.
Reporting by Ada Moor and Tom Veld in Bramford; Writing by J. Roe; Editing by Max Poe
Our Standards: The Thomson Reuters Trust Principles.
Acquire Licensing Rights, opens new tab
Read Next
Middle East
category
Talks to resume on Monday
"""
WIRE_KEPT = """
Norland sends troops after deadly riots
BRAMFORD, Jan 6 (Reuters) - Security forces took back the streets of Norland's main city on Thursday.
The president had called in the troops.
Police said they had killed dozens.
A burnt car is seen in Bramford, Norland January 6, 2022. REUTERS/Pavel Quill
"It was like war," Tom Veld, 34, told Reuters by phone.
"""

INDIAN = """
Home / World News / Dozens killed in Norland unrest, says police
Dozens killed in Norland unrest, says police
Published on Jan 06, 2022 02:12 PM IST
The protests began after the price of gas doubled on Sunday.
Share Via
Copy Link
The main square of Bramford. (AFP)
By example.com | Written by Ada Moor | Edited by Tom Veld, New Bramford
Dozens of protesters were killed on Thursday, police spokesperson Tamara Quill said.
Also Read | Norland president asks alliance for help
“The airport was seized by 45 persons,” she told news agency ANI.
Nearly Rs. 2,000 crore was lost, Mr. Roe said.
(With inputs from agencies)
(This story has been published from a wire agency feed without modifications to the text.)
Catch all the Latest World News, Breaking News and Top Headlines on Example Times.
Download The Example News App to get Daily Updates.
Topics
norland protests
Tags: Norland, protests, gas
First Published: Jan 06, 2022, 14:12 IST
Follow us on Google News
Stay informed on Business News along with Gold Rates Today on Example Times Website and APPs
View Comments (23)
"""
INDIAN_KEPT = """
Dozens killed in Norland unrest, says police
The protests began after the price of gas doubled on Sunday.
The main square of Bramford. (AFP)
Dozens of protesters were killed on Thursday, police spokesperson Tamara Quill said.
“The airport was seized by 45 persons,” she told news agency ANI.
Nearly Rs. 2,000 crore was lost, Mr. Roe said.
"""

BLOG = """
What happened in Bramford on Wednesday?
Posted on January 6, 2022 by ada
I walked down to the square at noon and it was full of people.
By evening it was empty. The police had come.
Three things I saw:
1. A burning bus
2. A man with a flag
Share this:
Click to share on Twitter (Opens in new window)
Like this:
Like Loading...
Posted in Uncategorized | Tagged norland, protest | 3 Comments
3 thoughts on “What happened in Bramford on Wednesday?”
Tom says:
January 7, 2022 at 10:02 am
Great post! I was there too.
Reply
Leave a Reply
Your email address will not be published. Required fields are marked *
Save my name, email, and website in this browser for the next time I comment.
Powered by WordPress
"""
BLOG_KEPT = """
What happened in Bramford on Wednesday?
I walked down to the square at noon and it was full of people.
By evening it was empty.
The police had come.
Three things I saw:
A burning bus
A man with a flag
"""


@pytest.mark.parametrize(
    ("page", "wanted"),
    [(BROADCASTER, BROADCASTER_KEPT), (WIRE, WIRE_KEPT), (INDIAN, INDIAN_KEPT), (BLOG, BLOG_KEPT)],
    ids=["broadcaster", "wire", "indian", "blog"],
)
@pytest.mark.parametrize("line_end", ["\n", "\n\n", "\r\n"])
def test_of_a_whole_page_the_article_stays(page: str, wanted: str, line_end: str) -> None:
    text = page.replace("\n", line_end)
    cleaned = clean(text)
    assert [text[s.start : s.end] for s in split_sentences(text, cleaned.spans)] == wanted.strip().split("\n")
    assert cleaned.published is not None
    assert cleaned.published.isoformat() == "2022-01-06"
    assert cleaned.title == wanted.strip().split("\n")[0]
    assert all(span.kind is not Kind.HEADLINE or text[span.start : span.end] == cleaned.title for span in cleaned.spans)
