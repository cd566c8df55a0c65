"""Names that are spelled in several ways: "Psaki" and "Pasaki", "Nazarbayev" and "Nazarbaev".

Two spellings of one foreign name mostly differ in their vowels, in doubled letters, and in letters that sound alike.
Different names of the same consonants exist too, so that short names, of which there are many, are left alone.
"""

from collections.abc import Mapping
from itertools import groupby

_VOWELS = "aeiouy"
# Letters that sound alike are told by the first of them. Inside a name, "j" is written for "y".
_SOUND_ALIKE = {"c": "ckq", "v": "vw", "s": "sz"}
_SOUNDS = str.maketrans({letter: sound for sound, letters in _SOUND_ALIKE.items() for letter in letters})
_FEWEST_CONSONANTS, _MANY_CONSONANTS = 3, 5
_SHORTEST = 5
_FURTHEST = 2


def spelling_pattern(term: str) -> str:
    """A regular expression for the terms that may be other spellings of a name.

    Args:
        term: A term of the name, in lower case.

    Returns:
        The pattern of a whole term, or ``""`` where the name is too short to tell.

    Example:
        >>> import re
        >>> bool(re.fullmatch(spelling_pattern("psaki"), "pasaki")), spelling_pattern("kiev")
        (True, '')
    """
    sounds = _sounds(term)
    consonants = _consonants(sounds)
    if len(term) < _SHORTEST or len(consonants) < _FEWEST_CONSONANTS or not term.isascii() or not term.isalpha():
        return ""
    vowels = f"[{_VOWELS}j]"
    pattern = f"{vowels}*".join(f"[{_SOUND_ALIKE.get(letter, letter)}]{{1,2}}" for letter in consonants)
    # What begins or ends with a vowel goes on doing so.
    start = f"[{_VOWELS}]{vowels}*" if sounds[0] in _VOWELS else ""
    return f"{start}{pattern}{vowels}+" if sounds[-1] in _VOWELS else start + pattern


def is_spelled_like(name: str, other: str) -> bool:
    """Whether two words of the same consonants may be two spellings of a name.

    With three or four consonants one vowel may be added or missing, for exchanged it makes another name ("Biden",
    "Baden"; "Martin", "Marten"); with more, two letters may differ. Doubled letters do not count.

    Example:
        >>> is_spelled_like("Psaki", "Pasaki"), is_spelled_like("Lukashenko", "Lukashenka")
        (True, True)
        >>> is_spelled_like("Biden", "Baden"), is_spelled_like("Stalin", "Stallone")
        (False, False)
    """
    first, second = _sounds(name), _sounds(other)
    distance = edit_distance(first, second)
    consonants = len(_consonants(first))
    if consonants < _MANY_CONSONANTS:
        return distance == 0 or (distance == 1 and len(first) != len(second))
    return distance <= _FURTHEST


def _sounds(name: str) -> str:
    """A name in lower case with one letter for those that sound alike, and none doubled."""
    lower = name.casefold()
    heard = (lower[:1] + lower[1:].replace("j", "y")).translate(_SOUNDS)
    return "".join(letter for letter, _ in groupby(heard))


def _consonants(sounds: str) -> list[str]:
    return [letter for letter in sounds if letter not in _VOWELS]


def edit_distance(one: str, other: str) -> int:
    """How many letters must be inserted, removed or exchanged to make one word the other (Levenshtein, 1966).

    Example:
        >>> edit_distance("Kiev", "Kyiv")
        2
    """
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, row[0] = row[0], number
        for place, another in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != another))
    return row[-1]


def commonest(words: Mapping[str, int]) -> list[str]:
    """Words by how often they occur, the commonest first.

    Example:
        >>> commonest({"Kyiv": 1, "Kiev": 3})
        ['Kiev', 'Kyiv']
    """
    return [word for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0]))]
