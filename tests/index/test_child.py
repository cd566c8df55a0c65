import subprocess
import sys

from index.child import child_command, child_environment


def test_a_module_of_the_present_folder_is_never_taken_for_one_of_ours(tmp_path):
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "__init__.py").write_text("raise SystemExit('taken over')")
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    done = subprocess.run(
        child_command("index.records"), cwd=tmp_path, env=child_environment({}), capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_settings_are_added_to_the_environment_of_this_process(monkeypatch):
    monkeypatch.setenv("LANG", "C.UTF-8")
    environment = child_environment({"TOKENIZERS_PARALLELISM": "false"})
    assert (environment["LANG"], environment["TOKENIZERS_PARALLELISM"]) == ("C.UTF-8", "false")
    assert child_command("index.records")[0] == sys.executable
