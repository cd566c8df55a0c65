import json

from index.doctor.findings import Finding, Part, State
from qa.examination import document, has_fault, lines

SOUND = Finding(Part.DATABASE, State.SOUND, "5 articles")
OLD = Finding(Part.FILES, State.OUTDATED, "1 changed (a.txt first)")
FAULT = Finding(Part.VECTORS, State.FAULT, "vectors-1.faiss is not there", shard=1)
NO_MODEL = Finding(Part.MODEL, State.FAULT, "it is not there", advice="install it")


def test_only_a_fault_is_a_fault():
    assert not has_fault([SOUND, OLD])
    assert has_fault([SOUND, FAULT, OLD])


def test_what_is_not_sound_is_told_with_what_it_means_and_what_mends_it():
    told = [line.strip() for line in lines([SOUND, OLD, FAULT, NO_MODEL])]
    assert told == [
        "ok       database: 5 articles",
        "outdated files: 1 changed (a.txt first)",
        "--fix: brings the index up to date.",
        "FAULT    shard 2, vectors: vectors-1.faiss is not there",
        "It means: the search by meaning may miss passages or find wrong ones.",
        "--fix: encodes all passages again; no article is read.",
        "FAULT    model: it is not there",
        "It means: questions cannot be compared with the vectors of the passages.",
        "What to do first: install it.",
        "--fix: exports the model again, or encodes all passages with the one that is there.",
    ]


def test_after_mending_only_what_is_left_is_told():
    assert list(lines([FAULT], [SOUND]))[-2:] == ["", "Examined again: all is as it should be."]
    told = list(lines([FAULT, NO_MODEL], [SOUND, NO_MODEL]))
    assert told[-2:] == ["Examined again, this is left:", "FAULT    model: it is not there"]


def test_a_name_can_not_begin_a_line_of_its_own():
    hostile = Finding(Part.FILES, State.OUTDATED, "1 new (a\nok       files: all\x1b[2J first)")
    (line, *_) = lines([hostile])
    assert "\n" not in line
    assert "\x1b" not in line


def test_the_document_is_plain_and_tells_the_same():
    found = json.loads(json.dumps(document([SOUND, FAULT], [SOUND])))
    assert [finding["state"] for finding in found["found"]] == ["ok", "fault"]
    assert found["found"][1]["shard"] == 2
    assert found["found"][1]["remedy"] == FAULT.remedy
    assert found["found"][0]["remedy"] is None
    assert [finding["part"] for finding in found["after mending"]] == ["database"]
    assert document([SOUND])["after mending"] is None
