"""Whether words can be the kind of answer that a question asks for, by their form alone."""

import re

from qa.question import Kind, Question

_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|once|twice|double"
    r"|single|none|no|zero|several|many|few|all|both)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d|day\b|\b(?:weeks?|months?|years?|decades?|centur\w+|hours?|minutes?|morning|afternoon|evening|night|noon"
    r"|midnight|today|tonight|tomorrow|spring|summer|autumn|fall|winter|ago|after|before|when|while|during|until|since"
    r"|era|christmas|easter|now|soon|later|earlier|early|late|once|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b",
    re.IGNORECASE,
)
# Words that are no names, though they have a capital at the beginning of a sentence: "The country's largest chain".
_NO_NAMES = frozenset("The A An One Two Some Its His Her Their He She It They We I".split())
_WORD = re.compile(r"\w+")
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b\d{4}\b|\b\d{2,3}0s\b")
_COUNTRIES = """
    Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain
    |Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Botswana|Brazil|Britain|Brunei|Bulgaria
    |Burkina Faso|Burma|Burundi|Cambodia|Cameroon|Canada|Cape Verde|Chad|Chile|China|Colombia|Comoros|Congo|Costa Rica
    |Croatia|Cuba|Cyprus|Czech Republic|Czechia|Denmark|Djibouti|Dominica|Dominican Republic|East Timor|Ecuador|Egypt
    |El Salvador|England|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Georgia|Germany|Ghana
    |Greece|Greenland|Grenada|Guatemala|Guinea|Guyana|Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland
    |Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kiribati|Korea|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia
    |Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Macedonia|Madagascar|Malawi|Malaysia|Maldives
    |Mali|Malta|Mauritania|Mauritius|Mexico|Micronesia|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar
    |Namibia|Nauru|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|Norway|Oman|Pakistan|Palau|Palestine|Panama
    |Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|San Marino
    |Saudi Arabia|Scotland|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa
    |Soviet Union|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo
    |Tonga|Trinidad|Tunisia|Turkey|Türkiye|Turkmenistan|Tuvalu|Uganda|Ukraine|United Arab Emirates|UAE|U.A.E.
    |United Kingdom|UK|U.K.|United States|US|U.S.|USA|America|Uruguay|Uzbekistan|Vanuatu|Vatican|Venezuela|Vietnam
    |Wales|Yemen|Yugoslavia|Zambia|Zimbabwe
"""
_STATES = """
    Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois
    |Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri
    |Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma
    |Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington
    |West Virginia|Wisconsin|Wyoming
"""


def _any_of(names: str) -> re.Pattern[str]:
    """The pattern of one of some names, each a whole word."""
    alternatives = "|".join(re.escape(name.strip()) for name in names.split("|"))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


# What a kind of thing must look like, by the noun that asks for it. A state of another country than the United States
# looks like none of these, but then no other candidate does.
_LOOKS = (
    (frozenset({"country", "countries", "nation", "nations"}), _any_of(_COUNTRIES)),
    (frozenset({"state", "states"}), _any_of(_STATES)),
    (frozenset({"month", "months"}), _MONTH),
    (frozenset({"year", "years"}), _YEAR),
)


def is_of_wrong_kind(words: str, question: Question) -> bool:
    """Whether words cannot be the number, date, person or place that is asked for.

    Example:
        >>> from qa.question import read_question
        >>> asked = read_question("How many troops were sent?")
        >>> is_of_wrong_kind("about 2,500", asked), is_of_wrong_kind("the troops", asked)
        (False, True)
        >>> is_of_wrong_kind("Nashville", read_question("Which state passed the bill?"))
        True
    """
    if not question.counts:
        for nouns, look in _LOOKS:
            if not nouns.isdisjoint(question.focus.lower().split()):
                return not look.search(words)
    match question.kind:
        case Kind.NUMBER:
            return not _NUMBER.search(words)
        case Kind.DATE:
            return not _TIME.search(words)
        case Kind.PERSON | Kind.PLACE:
            return not _has_a_name(words)
        case Kind.NAME | Kind.OTHER:
            return question.named and not _has_a_name(words)
        case _:
            return False


def _has_a_name(words: str) -> bool:
    """Whether one of some words has a capital or a digit, and is none of those that are no names."""
    found = (word for word in _WORD.findall(words) if word not in _NO_NAMES)
    return any(character.isupper() or character.isdigit() for word in found for character in word)
