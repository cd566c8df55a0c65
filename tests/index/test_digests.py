import pytest

from index.digests import check_digests, checking, digest_of


@pytest.fixture
def folder(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(name.encode() * 100_000)
    return tmp_path


def recorded(folder):
    return {path.name: digest_of(path) for path in folder.iterdir()}


def test_files_that_are_as_recorded_pass(folder):
    check_digests(folder, recorded(folder), "one", "two")


@pytest.mark.parametrize("place", [0, 150_000, -1])
def test_a_flipped_byte_is_found_in_each_file(folder, place):
    digests = recorded(folder)
    data = bytearray((folder / "two").read_bytes())
    data[place] ^= 1
    (folder / "two").write_bytes(data)
    check_digests(folder, digests, "one")
    with pytest.raises(ValueError, match="two is not the file that was recorded"):
        check_digests(folder, digests, "one", "two")


def test_a_file_of_which_nothing_was_recorded_does_not_pass(folder):
    with pytest.raises(ValueError, match="one is not the file"):
        check_digests(folder, {}, "one")


def test_what_the_check_finds_comes_before_what_loading_says(folder):
    with pytest.raises(ValueError, match="one is not the file"), checking(folder, {}, "one"):
        raise RuntimeError("the library only says that it failed")
    with pytest.raises(RuntimeError, match="failed"), checking(folder, recorded(folder), "one"):
        raise RuntimeError("it failed")
