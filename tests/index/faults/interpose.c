/* Interposed between a process and the C library, this fails or kills a process at a chosen change of the disk.
 *
 * Every call that changes something below one folder is counted. The n-th one can be made to fail once, or from then
 * on; or the process is killed before it, or in the middle of it.
 *
 *   cc -shared -fPIC -O1 -o interpose.so interpose.c -ldl
 *   LD_PRELOAD=./interpose.so python driver.py
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum mode { COUNT, KILL, TEAR, FAIL_ONCE, FAIL_ALWAYS };

static char root[PATH_MAX];
static size_t root_length;
static enum mode chosen;
static long left;
static int error_number;
static int log_file = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Count the changes below a folder from now on; at the n-th one, counted from 0, do what the mode says.
 * The name of each is written as a line to a file, unless its descriptor is -1. */
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

static int path_is_below(int folder, const char *path)
{
    char link[64], base[PATH_MAX];
    if (!root_length || !path)
        return 0;
    if (path[0] == '/')
        return below_root(path);
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t size = readlink(folder == AT_FDCWD ? "/proc/self/cwd" : link, base, sizeof base - 1);
    if (size < 0)
        return 0;
    base[size] = '\0';
    return below_root(base);
}

static int file_is_below(int file)
{
    char link[64], path[PATH_MAX];
    if (!root_length)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0)
        return 0;
    path[size] = '\0';
    return below_root(path);
}

/* What becomes of a change: 0 it is made, 1 it fails with errno set, 2 it is made in part and the process dies. */
static int fate(const char *name)
{
    int result = 0;
    pthread_mutex_lock(&lock);
    if (log_file >= 0) {
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
        if (WRITES(flags) && path_is_below(AT_FDCWD, path) && fate("open") == 1)                                      \
            return -1;                                                                                                 \
        return real_(path, flags, rights);                                                                             \
    }

#define OPENING_AT(NAME)                                                                                               \
    int NAME(int folder, const char *path, int flags, ...)                                                             \
    {                                                                                                                  \
        int (*real_)(int, const char *, int, ...) = real(#NAME);                                                       \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode_t rights = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;                                                  \
        va_end(rest);                                                                                                  \
        if (WRITES(flags) && path_is_below(folder, path) && fate("open") == 1)                                        \
            return -1;                                                                                                 \
        return real_(folder, path, flags, rights);                                                                     \
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
    return what == 1 ? -1 : real_(file, bytes, size);
}

ssize_t writev(int file, const struct iovec *parts, int count)
{
    ssize_t (*real_)(int, const struct iovec *, int) = real("writev");
    int what = file_is_below(file) ? fate("write") : 0;
    if (what == 2) {
        real_(file, parts, 1);
        kill(getpid(), SIGKILL);
    }
    return what == 1 ? -1 : real_(file, parts, count);
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
        return what == 1 ? -1 : real_(file, bytes, size, place);                                                       \
    }

WRITING_AT(pwrite, off_t)
WRITING_AT(pwrite64, off64_t)

/* A change that cannot be made in part: where it is to be torn, the process dies before it. */
#define WHOLE(NAME, WHAT, SIGNATURE, ARGUMENTS, BELOW)                                                                 \
    int NAME SIGNATURE                                                                                                 \
    {                                                                                                                  \
        int (*real_) SIGNATURE = real(#NAME);                                                                          \
        int what = (BELOW) ? fate(WHAT) : 0;                                                                           \
        if (what == 2)                                                                                                 \
            kill(getpid(), SIGKILL);                                                                                   \
        return what == 1 ? -1 : real_ ARGUMENTS;                                                                       \
    }

WHOLE(fsync, "fsync", (int file), (file), file_is_below(file))
WHOLE(fdatasync, "fsync", (int file), (file), file_is_below(file))
WHOLE(ftruncate, "truncate", (int file, off_t size), (file, size), file_is_below(file))
WHOLE(ftruncate64, "truncate", (int file, off64_t size), (file, size), file_is_below(file))
WHOLE(rename, "rename", (const char *from, const char *to), (from, to), path_is_below(AT_FDCWD, to))
WHOLE(renameat, "rename", (int in, const char *from, int at, const char *to), (in, from, at, to), path_is_below(at, to))
WHOLE(link, "link", (const char *from, const char *to), (from, to), path_is_below(AT_FDCWD, to))
WHOLE(linkat, "link", (int in, const char *from, int at, const char *to, int flags), (in, from, at, to, flags),
      path_is_below(at, to))
WHOLE(unlink, "unlink", (const char *path), (path), path_is_below(AT_FDCWD, path))
WHOLE(unlinkat, "unlink", (int folder, const char *path, int flags), (folder, path, flags), path_is_below(folder, path))
WHOLE(mkdir, "mkdir", (const char *path, mode_t rights), (path, rights), path_is_below(AT_FDCWD, path))
WHOLE(mkdirat, "mkdir", (int folder, const char *path, mode_t rights), (folder, path, rights),
      path_is_below(folder, path))
WHOLE(rmdir, "rmdir", (const char *path), (path), path_is_below(AT_FDCWD, path))
