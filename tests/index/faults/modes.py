"""The kinds of faults, numbered as in ``interpose.c``; those beyond ``RECORD`` need nothing of it."""

COUNT, KILL, TEAR, FAIL_ONCE, FAIL_ALWAYS, RECORD, KILL_AT_MOMENT, FEW_FILES = range(8)
NAMES = {
    KILL: "killed before",
    TEAR: "killed in the middle of",
    FAIL_ONCE: "fails once:",
    FAIL_ALWAYS: "full from",
    KILL_AT_MOMENT: "killed at a random moment",
    FEW_FILES: "too few open files",
}
