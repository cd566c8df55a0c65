"""Names that are spelled in several ways: "Psaki" and "Pasaki", "Nazarbayev" and "Nazarbaev".

Two spellings of one foreign name mostly differ in their vowels, in doubled letters, and in letters that sound alike.
Different names of the same consonants exist too, so that short names, of which there are many, are left alone.
"""

from itertools import groupby

_VOWELS = "aeiouy"
_SOUND_ALIKE = {letter: f"[{letters}]" for letters in ("ckq", "vw", "sz") for letter in letters}
_FEWEST_CONSONANTS = 3
_SHORTEST = 5
_FURTHEST = 2


def spelling_pattern(term: str) -> str:
    """A regular expression for the terms that may be other spellings of a name.

    Args:
        term: A term of the name, in lower case.

    Returns:
        The pattern of a whole term, or ``""`` where the name is too short to tell.

    Example:
        >>> bool(re.fullmatch(spelling_pattern("psaki"), "pasaki")), spelling_pattern("kiev")
        (True, '')
    """
    letters = [letter for letter, _ in groupby(term)]
    consonants = [letter for letter in letters if letter not in _VOWELS]
    if len(term) < _SHORTEST or len(consonants) < _FEWEST_CONSONANTS or not term.isascii() or not term.isalpha():
        return ""
    pattern = "".join(f"[{_VOWELS}]*{_SOUND_ALIKE.get(letter, letter)}{{1,2}}" for letter in consonants)
    start = f"[{_VOWELS}]" if term[0] in _VOWELS else ""
    # What begins or ends with a vowel goes on doing so.
    end = f"[{_VOWELS}]+" if term[-1] in _VOWELS else ""
    return (start + pattern if start else pattern.removeprefix(f"[{_VOWELS}]*")) + end


def is_spelled_like(name: str, other: str) -> bool:
    """Whether two words of the same consonants may be two spellings of a name.

    With three consonants one vowel may be added or missing, for exchanged it makes another name ("Biden", "Baden");
    with four one may be exchanged too; with more, two letters may differ. Doubled letters do not count.

    Example:
        >>> is_spelled_like("Psaki", "Pasaki"), is_spelled_like("Lukashenko", "Lukashenka")
        (True, True)
        >>> is_spelled_like("Biden", "Baden"), is_spelled_like("Stalin", "Stallone")
        (False, False)
    """
    first, second = _undoubled(name), _undoubled(other)
    consonants = sum(letter not in _VOWELS for letter in first)
    distance = _distance(first, second)
    if consonants <= _FEWEST_CONSONANTS:
        return distance == 0 or (distance == 1 and len(first) != len(second))
    return distance <= (1 if consonants == _FEWEST_CONSONANTS + 1 else _FURTHEST)


def _undoubled(name: str) -> str:
    return "".join(letter for letter, _ in groupby(name.casefold()))


def _distance(one: str, other: str) -> int:
    """How many letters must be inserted, removed or exchanged (Levenshtein, 1966)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, row[0] = row[0], number
        for place, another in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != another))
    return row[-1]
