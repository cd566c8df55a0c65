/* Interposed between a process and the C library, this fails or kills a process at a chosen change of the disk.
 *
 * Every call that changes something below one folder is counted. The n-th one can be made to fail once, or from then
 * on; or the process is killed before it, or in the middle of it. Or all of them are recorded with what they write, so
 * that what a power cut leaves can be told (power.py).
 *
 *   cc -shared -fPIC -O1 -o interpose.so interpose.c -ldl
 *   LD_PRELOAD=./interpose.so python driver.py
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

enum mode { COUNT, KILL, TEAR, FAIL_ONCE, FAIL_ALWAYS, RECORD };

static char root[PATH_MAX];
static size_t root_length;
static enum mode chosen;
static long left;
static int error_number;
static int log_file = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Count the changes below a folder from now on; at the n-th one, counted from 0, do what the mode says.
 * The name of each is written as a line to a file, unless its descriptor is -1; a record has more to tell (recorded). */
void interpose_arm(const char *folder, int mode, long nth, int error, int log)
{
    root_length = 0;
    snprintf(root, sizeof root, "%s", folder);
    chosen = (enum mode)mode;
    left = nth;
    error_number = error;
    log_file = log;
    root_length = strlen(root);
}

static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static int below_root(const char *path)
{
    return root_length && path && strncmp(path, root, root_length) == 0
        && (path[root_length] == '/' || path[root_length] == '\0');
}

/* The absolute path of an open file or folder; empty if there is none. */
static void path_of(int file, char *path)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(file == AT_FDCWD ? "/proc/self/cwd" : link, path, PATH_MAX - 1);
    path[size < 0 ? 0 : size] = '\0';
}

static void path_in(int folder, const char *name, char *path)
{
    path[0] = '\0';
    if (name[0] != '/')
        path_of(folder, path);
    size_t size = strlen(path);
    snprintf(path + size, PATH_MAX - size, "%s%s", size ? "/" : "", name);
}

static int path_is_below(int folder, const char *name)
{
    char path[PATH_MAX];
    if (!root_length || !name)
        return 0;
    path_in(folder, name, path);
    return below_root(path);
}

static int file_is_below(int file)
{
    char path[PATH_MAX];
    if (!root_length)
        return 0;
    path_of(file, path);
    return below_root(path);
}

/* Record a change that was made: its name, one or two paths, and the bytes that were written and where; or the size
 * that a file was cut to. An open file is told by the path that it has at this moment. */
static void recorded(const char *name, int folder, const char *path, int other_folder, const char *other, long place,
                     const void *bytes, size_t size)
{
    ssize_t (*write_)(int, const void *, size_t) = real("write");
    char full[PATH_MAX], target[PATH_MAX] = "", head[2 * PATH_MAX + 128];
    int error = errno;
    if (chosen != RECORD || log_file < 0)
        return;
    if (path)
        path_in(folder, path, full);
    else
        path_of(folder, full);
    if (other)
        path_in(other_folder, other, target);
    if (below_root(full)) {
        int length = snprintf(head, sizeof head, "%s\t%s\t%s\t%ld\t%zu\n", name, full + root_length,
                              other ? target + root_length : "", place, size);
        pthread_mutex_lock(&lock);
        if (write_(log_file, head, (size_t)length) != length || (size && write_(log_file, bytes, size) != (ssize_t)size))
            abort();
        pthread_mutex_unlock(&lock);
    }
    errno = error;
}

/* What becomes of a change: 0 it is made, 1 it fails with errno set, 2 it is made in part and the process dies. */
static int fate(const char *name)
{
    int result = 0;
    pthread_mutex_lock(&lock);
    if (log_file >= 0 && chosen != RECORD) {
        ssize_t (*write_)(int, const void *, size_t) = real("write");
        char line[64];
        int size = snprintf(line, sizeof line, "%s\n", name);
        if (write_(log_file, line, (size_t)size) != size)
            log_file = -1;
    }
    long now = left--;
    pthread_mutex_unlock(&lock);
    if (now == 0 && chosen == KILL)
        kill(getpid(), SIGKILL);
    else if (now == 0 && chosen == TEAR)
        result = 2;
    else if ((now == 0 && chosen == FAIL_ONCE) || (now <= 0 && chosen == FAIL_ALWAYS)) {
        errno = error_number;
        result = 1;
    }
    return result;
}

#define WRITES(flags) ((flags) & (O_CREAT | O_TRUNC))

#define OPENING(NAME)                                                                                                  \
    int NAME(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        int (*real_)(const char *, int, ...) = real(#NAME);                                                            \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode_t rights = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;                                                  \
        va_end(rest);                                                                                                  \
        int below = WRITES(flags) && path_is_below(AT_FDCWD, path);                                                    \
        if (below && fate("open") == 1)                                                                                \
            return -1;                                                                                                 \
        int file = real_(path, flags, rights);                                                                         \
        if (below && file >= 0)                                                                                        \
            recorded((flags & O_TRUNC) ? "empty" : "open", AT_FDCWD, path, 0, NULL, 0, NULL, 0);                       \
        return file;                                                                                                   \
    }

#define OPENING_AT(NAME)                                                                                               \
    int NAME(int folder, const char *path, int flags, ...)                                                             \
    {                                                                                                                  \
        int (*real_)(int, const char *, int, ...) = real(#NAME);                                                       \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode_t rights = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;                                                  \
        va_end(rest);                                                                                                  \
        int below = WRITES(flags) && path_is_below(folder, path);                                                      \
        if (below && fate("open") == 1)                                                                                \
            return -1;                                                                                                 \
        int file = real_(folder, path, flags, rights);                                                                 \
        if (below && file >= 0)                                                                                        \
            recorded((flags & O_TRUNC) ? "empty" : "open", folder, path, 0, NULL, 0, NULL, 0);                         \
        return file;                                                                                                   \
    }

OPENING(open)
OPENING(open64)
OPENING_AT(openat)
OPENING_AT(openat64)

ssize_t write(int file, const void *bytes, size_t size)
{
    ssize_t (*real_)(int, const void *, size_t) = real("write");
    int what = file_is_below(file) ? fate("write") : 0;
    if (what == 2) {
        real_(file, bytes, size / 2);
        kill(getpid(), SIGKILL);
    }
    if (what == 1)
        return -1;
    ssize_t done = real_(file, bytes, size);
    if (done > 0 && file_is_below(file))
        recorded("write", file, NULL, 0, NULL, lseek(file, 0, SEEK_CUR) - done, bytes, (size_t)done);
    return done;
}

ssize_t writev(int file, const struct iovec *parts, int count)
{
    ssize_t (*real_)(int, const struct iovec *, int) = real("writev");
    int what = file_is_below(file) ? fate("write") : 0;
    if (what == 2) {
        real_(file, parts, 1);
        kill(getpid(), SIGKILL);
    }
    if (what == 1)
        return -1;
    ssize_t done = real_(file, parts, count);
    if (done > 0 && file_is_below(file)) {
        off_t place = lseek(file, 0, SEEK_CUR) - done;
        for (ssize_t left_over = done; left_over > 0; parts++) {
            ssize_t size = (ssize_t)parts->iov_len < left_over ? (ssize_t)parts->iov_len : left_over;
            recorded("write", file, NULL, 0, NULL, place, parts->iov_base, (size_t)size);
            place += size;
            left_over -= size;
        }
    }
    return done;
}

#define WRITING_AT(NAME, OFFSET)                                                                                       \
    ssize_t NAME(int file, const void *bytes, size_t size, OFFSET place)                                               \
    {                                                                                                                  \
        ssize_t (*real_)(int, const void *, size_t, OFFSET) = real(#NAME);                                             \
        int what = file_is_below(file) ? fate("write") : 0;                                                            \
        if (what == 2) {                                                                                               \
            real_(file, bytes, size / 2, place);                                                                       \
            kill(getpid(), SIGKILL);                                                                                   \
        }                                                                                                              \
        if (what == 1)                                                                                                 \
            return -1;                                                                                                 \
        ssize_t done = real_(file, bytes, size, place);                                                                \
        if (done > 0 && file_is_below(file))                                                                           \
            recorded("write", file, NULL, 0, NULL, place, bytes, (size_t)done);                                        \
        return done;                                                                                                   \
    }

WRITING_AT(pwrite, off_t)
WRITING_AT(pwrite64, off64_t)

/* A change that cannot be made in part: where it is to be torn, the process dies before it. */
#define WHOLE(NAME, WHAT, SIGNATURE, ARGUMENTS, BELOW, TOLD)                                                           \
    int NAME SIGNATURE                                                                                                 \
    {                                                                                                                  \
        int (*real_) SIGNATURE = real(#NAME);                                                                          \
        int below = (BELOW);                                                                                           \
        int what = below ? fate(WHAT) : 0;                                                                             \
        if (what == 2)                                                                                                 \
            kill(getpid(), SIGKILL);                                                                                   \
        if (what == 1)                                                                                                 \
            return -1;                                                                                                 \
        int done = real_ ARGUMENTS;                                                                                    \
        if (below && done == 0)                                                                                        \
            recorded TOLD;                                                                                             \
        return done;                                                                                                   \
    }

#define TO_FILE(NAME, WHAT, SIGNATURE, ARGUMENTS, SIZE)                                                                \
    WHOLE(NAME, WHAT, SIGNATURE, ARGUMENTS, file_is_below(file), (WHAT, file, NULL, 0, NULL, SIZE, NULL, 0))
#define TO_NAME(NAME, WHAT, SIGNATURE, ARGUMENTS, FOLDER)                                                              \
    WHOLE(NAME, WHAT, SIGNATURE, ARGUMENTS, path_is_below(FOLDER, path), (WHAT, FOLDER, path, 0, NULL, 0, NULL, 0))
#define TO_NAMES(NAME, WHAT, SIGNATURE, ARGUMENTS, IN, AT)                                                             \
    WHOLE(NAME, WHAT, SIGNATURE, ARGUMENTS, path_is_below(AT, to), (WHAT, IN, from, AT, to, 0, NULL, 0))

TO_FILE(fsync, "fsync", (int file), (file), 0)
TO_FILE(fdatasync, "fsync", (int file), (file), 0)
TO_FILE(ftruncate, "truncate", (int file, off_t size), (file, size), size)
TO_FILE(ftruncate64, "truncate", (int file, off64_t size), (file, size), size)
TO_NAMES(link, "link", (const char *from, const char *to), (from, to), AT_FDCWD, AT_FDCWD)
TO_NAMES(linkat, "link", (int in, const char *from, int at, const char *to, int flags), (in, from, at, to, flags), in, at)
TO_NAME(unlink, "unlink", (const char *path), (path), AT_FDCWD)
TO_NAME(unlinkat, "unlink", (int folder, const char *path, int flags), (folder, path, flags), folder)
TO_NAME(mkdir, "mkdir", (const char *path, mode_t rights), (path, rights), AT_FDCWD)
TO_NAME(mkdirat, "mkdir", (int folder, const char *path, mode_t rights), (folder, path, rights), folder)
TO_NAME(rmdir, "rmdir", (const char *path), (path), AT_FDCWD)

/* Rust's tempfile renames without the C library, and Tantivy commits that way. So renames are met in the kernel: each is
 * stopped with a signal, whose handler makes it, marked so that it is not stopped again. */
#define MADE_HERE 0x70717571

#if defined(__x86_64__)
#define RESULT(context) ((context)->uc_mcontext.gregs[REG_RAX])
#define ARGUMENTS(context, n)                                                                                          \
    ((context)->uc_mcontext.gregs[(const int[]){REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8}[n]])
#elif defined(__aarch64__)
#define RESULT(context) ((context)->uc_mcontext.regs[0])
#define ARGUMENTS(context, n) ((context)->uc_mcontext.regs[n])
#endif

static void renames(int number, siginfo_t *info, void *state)
{
    ucontext_t *context = state;
    int error = errno, in = AT_FDCWD, at = AT_FDCWD, first = 0;
    unsigned flags = 0;
    (void)number;
#ifdef SYS_rename
    if (info->si_syscall != SYS_rename)
#endif
    {
        in = (int)ARGUMENTS(context, 0);
        at = (int)ARGUMENTS(context, 2);
        first = 1;
    }
    const char *from = (const char *)ARGUMENTS(context, first), *to = (const char *)ARGUMENTS(context, 2 * first + 1);
    if (info->si_syscall == SYS_renameat2)
        flags = (unsigned)ARGUMENTS(context, 4);
    int below = path_is_below(at, to), what = below ? fate("rename") : 0;
    if (what == 2)
        kill(getpid(), SIGKILL);
    long done = what == 1 ? -1 : syscall(SYS_renameat2, in, from, at, to, flags, MADE_HERE);
    if (below && done == 0)
        recorded("rename", in, from, at, to, 0, NULL, 0);
    RESULT(context) = done == 0 ? 0 : -errno;
    errno = error;
}

/* Meet the renames of this process, which is armed and ends soon. */
int interpose_renames(void)
{
    struct sigaction action = {.sa_sigaction = renames, .sa_flags = SA_SIGINFO | SA_NODEFER};
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#ifdef SYS_rename
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rename, 4, 0),
#else
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat, 4, 0),
#endif
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MADE_HERE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    if (sigaction(SIGSYS, &action, NULL) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}
