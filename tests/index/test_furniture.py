import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.furniture import ends_sentence, furniture_tail, is_furniture, is_link, is_shouted, opens_link_block

BUTTONS = """
Skip to main content
Skip to navigation
Skip Navigation
Open menu
Search this site
Log in
Sign in or create an account
Subscribe now
Share
Share this article
Share full article
Share on Facebook
Share on WhatsApp
Share via email
Share this story with a friend
Tweet
Print this page
Copy link
Link copied to clipboard
Gift this article
Save this story for later
Listen to this story
Listen to this article · 5:32 min
Read the full story
Continue reading
Continue reading the main story
Keep reading
Show more
Load more comments
View comments (23)
Comments 12
14 comments
Join the conversation
Be the first to comment.
Post with no comments.
Sort by newest
Newest first
Log in to comment
No comments yet.
Advertisement
ADVERTISEMENT - CONTINUE READING BELOW
Story continues below advertisement
Article continues after this advertisement
Scroll to continue
Loading...
Loading…
Please wait...
5 min read
Reading time: 4 minutes
3 hours ago
1.2k shares
1.2K views
345 likes
Accept all cookies
Reject all
Manage preferences
Cookie settings
Privacy Policy
Do Not Sell My Personal Information
Terms of Service
Contact us
Get the app
Download on the App Store
Follow us
Image 1 of 9
1/12
Topics covered
Breaking News
Text size
A A A
0
1.2k
•
***
"""

PLEAS = """
Click here to read more from the Example Courier
CLICK HERE TO READ MORE FROM THE EXAMPLE COURIER
Please click here to see the gallery.
Copyright 2022 The Example Press. All rights reserved. This material may not be published or broadcast.
Copyright © 2023 Example Media Group
© 2024 Example Broadcasting. It is not responsible for the content of external sites.
The BBC is not responsible for the content of external sites.
Read about our approach to external linking.
Our Standards: The Thomson Reuters Trust Principles.
(This story has not been edited by Example staff and is published from a syndicated feed.)
(Except for the headline, this story has not been edited by Example staff and is published from a syndicated feed.)
This story was auto-generated from a syndicated feed.
We use cookies to improve your experience on our site.
This website uses cookies.
We value your privacy
We and our 842 partners store and access information on a device.
By clicking “Accept all”, you agree to the storing of cookies on your device.
By signing up, you agree to our terms of use.
You can change your settings at any time by clicking the link in the footer.
This article is for subscribers only.
This article is exclusive to subscribers.
Already a subscriber? Log in
Already have an account? Sign in
Not a subscriber? Join today.
Subscribe to continue reading.
Sign in to read the full article.
You have reached your limit of free articles.
You have 2 free articles remaining.
Start your free trial today.
Cancel anytime.
Get unlimited access to all our stories.
Sign up for our newsletter
Sign up for our daily newsletter and get the top stories in your inbox.
Subscribe to our YouTube channel for more.
Get the latest news delivered to your inbox.
Get the latest updates on politics and sport
Catch all the latest news and live updates here.
Catch all the Business News, Breaking News Events and Latest News Updates on Example Mint.
Download the Example News App to get daily market updates.
Follow us on Twitter @example
Follow Ada Moor on Twitter @adamoor
Follow her on Instagram.
Like us on Facebook
Join our WhatsApp channel on Telegram
Reach the reporter at ada@example.com.
Ada Moor covers courts. She can be reached at ada@example.com.
Have a news tip? Write to tips@example.com.
Your browser does not support the video tag.
Please enable JavaScript to continue.
Something went wrong. Please try again later.
This video cannot be played in your browser.
Comments are closed.
Comments on this story are moderated.
Your email address will not be published. Required fields are marked *
Read more here.
See the full list here.
Learn more about our membership
Support independent journalism.
Was this article helpful? Yes No
Thank you for reading!
This article originally appeared on Example Courier.
Also Read | Rain floods the market
ALSO READ: Rain floods the market
Also read - Rain floods the market
Read more: Rain floods the market
READ MORE | Rain floods the market
More: Rain floods the market
MORE:Rain floods the market
RELATED: Rain floods the market
Don't miss: Rain floods the market
Don’t miss: Rain floods the market
"""

MENUS = """
Home News Sport Business
Home News Sport Business Opinion Culture Travel
Home | News | Sport | Weather
World › Asia › Central Asia
Home > News > World
News » World » Asia
News / World / Asia
Share   Tweet   Print
Facebook Twitter WhatsApp Email
Tags: Linden, flood, ferry
Tags: Linden
Topics: Flood | Linden
Filed under: Weather, Local
#linden #flood #ferry
"""

PROSE = """
The bridge reopened on Monday.
Share prices fell by a tenth after the mine closed.
Shares of the brewery rose.
Save the whales, the banner said.
Print newspapers are dying, she said.
Tags on the sheep were counted twice.
Topics at the meeting included the price of bread.
Search teams found the boat.
Search for survivors ended.
Follow the money, the judge advised.
Follow-up tests were clean.
Like many singers on Twitter, she left.
Like others on Facebook, he deleted the post.
Join the queue on time, officials told voters.
Copyright law protects books.
Copyright by itself does not protect ideas.
Privacy policy was the main topic of the hearing.
Terms of the deal were secret.
Comments by the minister angered the unions.
Comments made on Tuesday are being studied.
Listen to the people, he begged.
Back to work, the foreman shouted.
Related parties were sued.
More than 200 people came.
More rain is expected.
Most popular of all was the stall with pears.
Watch out, she cried.
Watch the birds long enough and winter is here.
Subscribers left in thousands.
Register to vote by Friday, the office said.
Register to vote here by 5 p.m., officials said.
Sign up to get vaccinated, the minister urged.
Contact Crime Stoppers at 555-0134 with information.
Already a member of the union, Norland asked for more.
Already registered voters need not come.
We use the river every day, the miller said.
We use salt.
Cookies were found in the kitchen.
Cookies are sold at the market.
An error by the goalkeeper cost them the match.
There was a problem with the engine, police said.
The video could not be verified.
The video is not authentic, the police said.
The report has been published by the agency.
(The staff were told to leave.)
The footage had not been edited by police.
You have to sign a waiver to enter.
For more than a year, people visited the ruin.
For more money they would have stayed.
The views of the council were ignored.
The opinion of the court was short.
Read the letter aloud, she told him.
See the sea and die, the poet wrote.
By using a ladder, the thieves got in.
By continuing the strike, the union risks a fine.
Get out while you can, the sirens warned.
Get the vaccine, the doctor said.
Stay at home, the mayor told them.
Contact was lost at 3 a.m.
Reach for the stars, her teacher said.
Tell us the truth, they shouted.
If you buy a horse, look at its teeth, he said.
Home prices fell.
Home is where she wants to be.
Next came the fire engines.
Play was stopped by rain.
Live music returned to the square.
Photos of the flood were shown in court.
Video of the fire was shown in court.
Report after report was ignored.
Print is dead, he said.
Email was down for a day.
Editor's note: The number of boats was wrong in an earlier version.
Correction: The number of boats was wrong in an earlier version.
No.
I do.
"""

# They begin as furniture does.
REPORTS = """
All rights reserved for the millers in 1807 were withdrawn on Friday.
The jury found that all rights reserved to the guild had been ignored.
Something went wrong in the boiler room before dawn.
Support journalism pupils receive will fall by a tenth.
You have two articles of the treaty to read, Moor told the senators.
Sign up for the militia began in Norland on Sunday and drew 300 men to a letter campaign.
We use cookies as bait, the trapper admitted.
This page is no longer available to historians.
Cancel at any time of the journey cost travellers 90 crowns.
Stay tuned to the radio, the mayor urged the town before the flood.
Follow her on the pilgrims' path and you find an inn at every bend.
Find us on the chart, they radioed, and nobody could.
Join us on the bridge, the miller told the strikers.
Thank you for visiting Linden, the queen told him.
9 responses to the tender came from Norland.
This report may not be printed before the vote, the judge ruled.
This report may not be published before the vote.
You must sign in ink, the clerk wrote.
Read the full report of the inquiry, the bishop demanded.
Share your views with the inquiry, the minister urged farmers.
Comments are now closed, the commission said of the draft rule.
This story was first published in 1911, and Brandt never changed it.
The views expressed in court do not bind the council, Judge Veld said.
By signing the treaty in Oxted, you agree to disarm, the envoy told the rebels.
We and our partners in the north will hold the line, Brandt said.
Like many voters on Facebook.
Reach him at home and he laughs, said a friend, @ida.
Warning: the content may change, read a label on the jar.
If you buy fuel in Linden, you pay a commission, drivers complained.
© marks were forged on 20 jugs, police said.
Copyright 1911 became the title of the play.
To support her work, Brandt gave lessons at night.
Was this page useful? the lawyer asked.
Save my name, email the judge, he begged.
Please enable javascript was printed on every ballot.
Related: the two millers are brothers, police said.
More: the play about the miller opens on Friday.
Email exchanges between ada@example.com and the mayor were leaked in June.
"""

HEADLINES = """
Save the children, ministers told
Share prices fall after mine closes
Terms of peace deal still secret
Search for missing boat goes on
Follow the money: where the tax went
Home prices fall for third month
Live music returns to the square
Police watch over market after fire
Exclusive: minister planned to leave
Explained: why the price of bread rose
Watch: Ferry leaves for the last time
Who pays for the new bridge?
Mayor says bridge is ‘safe’
"""


def lines(text: str) -> list[str]:
    return text.strip().split("\n")


@pytest.mark.parametrize("line", lines(BUTTONS))
def test_a_button_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", lines(PLEAS))
def test_a_sentence_that_speaks_to_the_reader_of_the_page_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", lines(MENUS))
def test_a_menu_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", lines(PROSE))
def test_what_a_reporter_could_write_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)
    assert not is_link(line)
    assert not opens_link_block(line)


@pytest.mark.parametrize("line", lines(REPORTS))
def test_news_that_begins_like_furniture_is_none(line: str) -> None:
    assert not is_furniture(line)
    assert not is_link(line)
    assert furniture_tail(f"The bridge reopened. {line}") == len(f"The bridge reopened. {line}")


@pytest.mark.parametrize(
    "said", ["the minister said", "Ida Brandt told the council", "according to the mayor", "she wrote"]
)
@pytest.mark.parametrize("line", lines(PLEAS))
def test_what_somebody_is_quoted_with_is_no_furniture(line: str, said: str) -> None:
    assert not is_furniture(f"{line.rstrip('.!?* ')}, {said}.")


@pytest.mark.parametrize(
    "line",
    [
        "![The bridge at dawn](bridge.jpg)",
        '![](img/bridge_(1).jpg "The bridge at dawn. It is shut.")',
        "[![The bridge](bridge.jpg)](https://puddle.example/bridge)",
        "[Rain floods the market](https://puddle.example/rain)",
        "[Rain](a.md) | [Snow](b.md), [Hail](c.md)",
    ],
)
def test_a_markdown_image_or_bare_links_are_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The [town council](a.md) met.",
        "[Ida Brandt](a.md) resigned on Monday",
        "[The bridge reopened on Monday.](a.md)",
        "[Applause] (long)",
    ],
)
def test_a_markdown_link_in_prose_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize("line", lines(HEADLINES))
def test_a_headline_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize("line", ["Home", "Sport", "Home News Sport", "Share Tweet Print Email"])
def test_case_and_curly_quotation_marks_make_no_difference_to_a_label(line: str) -> None:
    assert is_furniture(line) == is_furniture(line.upper()) == is_furniture(line.lower())


def test_a_long_notice_about_cookies_is_furniture() -> None:
    assert is_furniture(
        "We use cookies and similar technologies to run the site. " + "They help us count visits. " * 30
    )


def test_a_long_paragraph_is_no_furniture_because_of_the_way_it_begins() -> None:
    assert not is_furniture(
        "Click here, he told his students, and nothing happened. " + "They waited for the page. " * 15
    )


@pytest.mark.parametrize(
    "line",
    [
        "Watch: Ferry leaves for the last time",
        "Video: Ferry leaves for the last time",
        "In pictures: the flood on the Linden",
        "LIVE UPDATES: the flood on the Linden",
        "► Floods: What the new wall will cost",
        "→ What is a spring tide?",
        "Flood on the Linden:What to know about the new wall",
        "'Nobody slept':Families on the Linden count the cost",
    ],
)
def test_a_cue_an_arrow_or_a_glued_colon_makes_a_link(line: str) -> None:
    assert is_link(line)


@pytest.mark.parametrize(
    "line",
    [
        "► The council passed the budget by one vote.",
        "Latest: Police said that five boats were lost.",
        "At 10:48 the first boats came and nobody knew what to do next",
        "Date:July 4, Harbour Theatre, Bramford, doors open at eight",
        "The score was 3:1 after an hour and the crowd went home",
    ],
)
def test_a_statement_or_a_labelled_value_is_no_link(line: str) -> None:
    assert not is_link(line)


@pytest.mark.parametrize(
    "line",
    [
        "Related",
        "RELATED:",
        "Related Content",
        "Related Articles",
        "Recommended Videos",
        "Recommended for you",
        "Most Read",
        "Most viewed",
        "MOST POPULAR",
        "Trending now",
        "More from Example Courier",
        "More on this story",
        "You may also like",
        "You might also like",
        "Editor's Picks",
        "Editors’ Picks",
        "Up next",
        "Read more",
        "Top stories",
        "What to read next",
        "Around the web",
        "Sponsored content",
        "Comments (3)",
        "See also",
    ],
)
def test_a_heading_of_links_opens_a_block_of_links(line: str) -> None:
    assert opens_link_block(line)
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line", ["Most popular dogs of the year", "The most read book", "More rain", "All in all a good day"]
)
def test_another_heading_opens_no_block_of_links(line: str) -> None:
    assert not opens_link_block(line)


def test_three_words_in_capitals_are_shouted() -> None:
    assert is_shouted("MAYOR LEAVES TOWN")
    assert is_shouted("MAYOR, 64, LEAVES TOWN!")
    assert not is_shouted("MAYOR LEAVES")
    assert not is_shouted("NATO and the EU met")
    assert not is_shouted("12 34 56")
    assert not is_shouted("大水 桥 关闭")


@pytest.mark.parametrize(
    "text", ["It rained.", "Why?", "“It rained.”", "(It rained.)", "It rained…", "'Go!'", "桥关了。", "वर्षा हुई।"]
)
def test_a_sentence_ends_with_a_mark_and_perhaps_a_closing_quote(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "It rained", "He said:", "“It rained”", "It rained. Then"])
def test_other_text_does_not_end_as_a_sentence(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize(
    "tail",
    [
        "Read more",
        "Sign up here.",
        "Click here for more photos.",
        "Follow him on Twitter: @moor",
        "Learn more. Read more",
    ],
)
def test_furniture_glued_to_the_end_of_a_paragraph_is_found(tail: str) -> None:
    body = "The bridge reopened. Nobody was hurt."
    assert furniture_tail(f"{body} {tail}") == len(body)


@pytest.mark.parametrize("text", ["The bridge reopened. Nobody was hurt.", "He was asked. Share.", "Read more", ""])
def test_a_paragraph_without_furniture_at_its_end_stays_whole(text: str) -> None:
    assert furniture_tail(text) == len(text)


@pytest.mark.parametrize(
    "unit", ["a", " a", "- ", "By A ", "1", "|", "| ", "a > ", "share ", ":a", "(", "http://", "Read more. "]
)
def test_a_line_of_a_megabyte_is_judged_without_backtracking(unit: str) -> None:
    line = (unit * 1_000_000)[:1_000_000].strip()
    assert not opens_link_block(line)
    assert not is_link(line)
    assert is_furniture(line) is False
    assert furniture_tail(line) <= len(line)


@given(st.text(max_size=400))
def test_any_text_is_judged(text: str) -> None:
    text = text.strip()
    assert is_furniture(text) in {True, False}
    assert not (opens_link_block(text) and not is_furniture(text))
    assert 0 <= furniture_tail(text) <= len(text)
