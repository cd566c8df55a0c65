"""Words and their opposites, and verbs that can be negated, to turn questions around."""

import re

_PAIRS = """
    first last|largest smallest|biggest smallest|highest lowest|most least|more fewer|before after|north south|east west
    |northern southern|eastern western|early late|earliest latest|oldest youngest|old new|increase decrease
    |increased decreased|rise fall|rose fell|best worst|better worse|long short|longest shortest|high low|higher lower
    |larger smaller|always never|men women|male female|man woman|king queen|father mother|son daughter|brother sister
    |won lost|win lose|win lost|begin end|began ended|start stop|started stopped|opened closed|open close|above below
    |inside outside|major minor|maximum minimum|same different|accept reject|accepted rejected|allowed forbidden
    |support oppose|supported opposed|strong weak|strongest weakest|rich poor|common rare|good bad|positive negative
    |public private|left right|upper lower|buy sell|bought sold|gained lost|agreed refused|agree refuse
    |present absent|easy difficult|hot cold|heavy light|fast slow|minority majority|present past|legal illegal
    |hundreds thousands|thousands millions|millions billions|sparsely densely|husband wife|founded dissolved
    |arrived departed|arrival departure|import export|imports exports|winner loser|victory defeat|employer employee
    |teacher student|domestic foreign|rural urban|ancient modern|temporary permanent|internal external|guilty innocent
    |heavily sparsely|entered left|appointed dismissed|lend borrow|north west|succeeded preceded|ancestor descendant
    |friend enemy|attack defend|create destroy|created destroyed|built demolished|include exclude|inner outer
"""


def _both_ways() -> dict[str, tuple[str, ...]]:
    opposites: dict[str, tuple[str, ...]] = {}
    for first, second in map(str.split, _PAIRS.split("|")):
        for word, other in ((first, second), (second, first)):
            opposites[word] = tuple(dict.fromkeys((*opposites.get(word, ()), other)))
    return opposites


OPPOSITES_OF = _both_ways()
OPPOSITES = re.compile(rf"\b(?:{'|'.join(OPPOSITES_OF)})\b")
NEGATABLE = re.compile(r"\b(?:did|does|do|was|were|is|are|has|have|had|could|would|should)\b(?!n't| not)")
# Of these, the sentence encoder takes any two for nearly the same.
OF_A_SERIES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december one two three four five six seven eight nine ten eleven twelve twenty thirty"
    " forty fifty sixty seventy eighty ninety hundred thousand million billion second third fourth fifth sixth seventh"
    " eighth ninth tenth north south east west spring summer autumn winter".split()
)
