import pytest

from index.agencies import after_dateline, agency_of


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("OSLEN (AP) — Rain fell.", "Associated Press"),
        ("OSLEN, Norway, Jan 6 (Reuters) - Rain fell.", "Reuters"),
        ("OSLEN (REUTERS): Rain fell.", "Reuters"),
        ("Oslen CNN — Rain fell.", "CNN"),
        ("(AFP) – Rain fell.", "Agence France-Presse"),
    ],
)
def test_an_agency_is_known_by_the_dateline_before_its_text(line: str, agency: str) -> None:
    assert agency_of(line) == agency
    assert line[after_dateline(line) :].strip() == "Rain fell."


@pytest.mark.parametrize("line", ["Rain fell.", "The AP said that rain fell.", "Rain fell (AP).", ""])
def test_text_without_a_dateline_begins_at_once_and_names_no_agency(line: str) -> None:
    assert agency_of(line) == ""
    assert after_dateline(line) == 0
