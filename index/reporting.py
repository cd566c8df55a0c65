"""Sentences that report: what tells a sentence of the news from a sentence in which a page speaks to its reader."""

import re

_MOST_WORDS = 12

_SAID = (
    r"(?:said|says?|told|tells|asked|wrote|writes|ruled|announced|warn(?:ed|s)?|added|admitted|recalled|argued|claimed|explained"
    r"|insisted|replied|declared|demanded|urged|advised?|begged|pleaded|complained|confirmed|promised|predicted|testified"
    r"|observed|joked|shouted|cried|whispered|vowed|conceded|concluded|suggested|stressed|cautioned|alleged|remarked"
    r"|ordered|charged|believed?|hoped|feared|found|learned)"
)
_SIGN = r"(?:sign|label|banner|note|poster|notice|message|letter|placard|slogan|sticker|plaque|leaflet|graffiti)s?"
# Behind a comma or a closing quotation mark: who said it. A page does not say who speaks.
_ATTRIBUTION = re.compile(
    rf"(?:[,?!]['\"]?|['\"]) (?!and |or |you |we |i )(?:[\w.'-]+ ){{1,8}}?{_SAID}\b"
    rf"|(?:[,?!]['\"]?|['\"]) (?:{_SAID} |according to )(?!(?:you|us|our|to|by|and)\b)\w"
    rf"|, (?:(?:[\w.'-]+ ){{0,3}}{_SIGN} (?:[\w.'-]+ ){{0,6}})?read(?:[.!]$|s\b| an? (?:[\w.'-]+ ){{0,2}}{_SIGN}\b)"
    r"|, (?:the|an?|his|her|their) (?:[\w.'-]+ ){1,5}\w+(?<!deliver)(?<!clos)(?<!updat)(?<!reserv)ed[.!]$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"@\w|\w\.(?:com|org|net)\b|©|\b(?:you|yours?|our|ours|us|my|sign (?:up|in)(?= here)|click|tap|download|e-?mail"
    r"|newsletters?|inbox|cookies|javascript|browser|subscri\w+|copyright (?:[©(]|\d{4}\b(?! [a-z]))"
    r"|rights reserved(?=$|[.,!])|syndicated|feed"
    r"|(?:this|the) (?:web ?site|web ?page|site|page|app|article|story|post|video|material|content|headline))\b"
    r"|(?:latest|breaking|top|live) (?:[\w']+ ){0,3}(?:news|updates?|headlines|stories|coverage)\b"
    r"|^(?:read|see) (?:the|our) (?:full|original|complete|entire) (?:article|story|post|interview|explainer|version)\b"
    r"|^(?:read|see|more|related|find out|learn|\w+ read)\b.{0,60}[:|»›>→]|\b(?:here|below)[.!:]$",
    re.IGNORECASE,
)
# Past tenses that are no participles as well, so that they make a statement.
_PAST = re.compile(
    r"\b(?:was|were|had|did|began|came|went(?! wrong)|gave|took|drew|fell|rose|won|lost|held|left|met|ran|led|became"
    r"|grew|broke|knew|saw|stood|fled|drove|spoke|flew|swept|struck|died|killed)\b",
    re.IGNORECASE,
)


def reports(sentence: str) -> bool:
    """Whether a sentence that begins like page furniture is news all the same.

    It names who said it; or it does not speak to the reader of a page, and tells what happened or goes on for more than
    twelve words.

    Args:
        sentence: One or more sentences, with single spaces and straight quotation marks.

    Example:
        >>> reports("Stay tuned, the mayor told the town."), reports("Stay tuned to our channel.")
        (True, False)
    """
    if _ATTRIBUTION.search(sentence):
        return True
    if _ADDRESS.search(sentence):
        return False
    return bool(_PAST.search(sentence)) or sentence.count(" ") >= _MOST_WORDS
