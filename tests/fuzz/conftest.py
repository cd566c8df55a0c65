"""What pytest leaves alone here: the fuzzer itself, since it imports an extra that the other tests do without."""

collect_ignore = ["run.py"]
