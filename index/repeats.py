"""When two printings are of one sentence: agency copy stands in many papers, with other quotation marks or links."""

import hashlib
import re
import unicodedata

LINK = re.compile(r"https?://\S+|pic\.twitter\.com/\S+")
# A word, or a number with the marks that belong to it: "1,200", "10.5", "7:30", "-5", "$5", "5%".
WORD = re.compile(r"(?<!\S)[-−–](?=\d)|[^\W_]+(?:[.,:/](?=\d)[^\W_]+)*|[%‰°+±$€£¥₸₽₹]")


def same_words(sentence: str) -> str:
    """What two printings of one sentence have in common: its words and numbers, without case, punctuation and links.

    The signs and units that make a number another one are kept. What has no words at all, such as a bare link, is the
    same only to the letter.

    Example:
        >>> same_words("“It is over,” he said.") == same_words('"It is over," he said')
        True
        >>> same_words("It rose by 1.5%.") == same_words("It rose by 15.")
        False
    """
    plain = unicodedata.normalize("NFC", LINK.sub(" ", sentence)).casefold()
    return " ".join(WORD.findall(plain)) or sentence


def fingerprint(sentence: str) -> int:
    """A signed 64-bit number that all printings of one sentence share.

    Example:
        >>> fingerprint("It is over.") == fingerprint("“It is over”")
        True
    """
    digest = hashlib.blake2b(same_words(sentence).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
