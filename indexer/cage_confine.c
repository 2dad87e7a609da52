#define _GNU_SOURCE /* O_PATH */
#include "cage_confine.h"

#include "cage_limits.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A sanitizer reserves terabytes of addresses. */
#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER 0
#endif

enum { DESCRIPTORS = 32 };

static bool limit(int resource, uint64_t soft, uint64_t hard)
{
    const struct rlimit value = {.rlim_cur = (rlim_t)soft, .rlim_max = (rlim_t)hard};
    return setrlimit((__rlimit_resource_t)resource, &value) == 0;
}

static bool limit_resources(void)
{
    /* Twice: the file itself may be as large as that. */
    uint64_t most = 2 * PIL_CAGE_MEMORY_BYTES;
    return limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_NPROC, 0, 0) &&
           limit(RLIMIT_NOFILE, DESCRIPTORS, DESCRIPTORS) &&
           (HAS_SANITIZER || limit(RLIMIT_AS, most, most));
}

bool pil_cage_confine_for_file(uint64_t n_bytes, bool with_ocr)
{
    struct rusage used;
    if (getrusage(RUSAGE_SELF, &used) != 0)
        return false;
    uint64_t seconds = (uint64_t)used.ru_utime.tv_sec + (uint64_t)used.ru_stime.tv_sec + 1 +
                       PIL_CAGE_CPU_SECONDS + pil_cage_more_seconds(n_bytes, with_ocr);
    uint64_t most = 2 * PIL_CAGE_MEMORY_BYTES;
    return limit(RLIMIT_CPU, seconds, RLIM_INFINITY) &&
           (HAS_SANITIZER || limit(RLIMIT_AS, PIL_CAGE_MEMORY_BYTES + n_bytes, most));
}

/* ---- Landlock ---- */

/* All file rights up to the third version; a kernel takes those that it knows. */
static uint64_t rights_of(int abi)
{
    uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; /* of the first version */
    if (abi >= 2)
        rights |= UINT64_C(1) << 13; /* REFER */
    if (abi >= 3)
        rights |= UINT64_C(1) << 14; /* TRUNCATE */
    return rights;
}

static bool allow_reading(int rules, const char *path)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT;
    struct landlock_path_beneath_attr below = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE |
                                                                 LANDLOCK_ACCESS_FS_READ_DIR,
                                               .parent_fd = fd};
    bool ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
    if (!ok && errno == EINVAL) { /* a file has no directory rights */
        below.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
        ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
    }
    close(fd);
    return ok;
}

/* As the kernel's documentation has it (userspace-api/landlock); libc has no functions for it. */
static bool confine_files(uint32_t *landlock_abi)
{
    static const char *const readable[] = {"/usr", "/lib", "/etc/fonts", "/etc/ld.so.cache"};
    /* From the fourth version on the structure has rights of the network: binding, connecting. */
    struct {
        uint64_t files, network;
    } handled = {.network = 3};
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    *landlock_abi = abi > 0 ? (uint32_t)abi : 0;
    if (abi <= 0)
        return true;
    handled.files = rights_of((int)abi);
    size_t size = abi >= 4 ? sizeof handled : sizeof handled.files;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
    bool ok = rules >= 0;
    for (size_t i = 0; i < sizeof readable / sizeof readable[0] && ok; i++)
        ok = allow_reading(rules, readable[i]);
    ok = ok && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (rules >= 0)
        close(rules);
    return ok;
}

/* ---- seccomp ---- */

/* What memory, time, reading, and answering take. */
static const char *const allowed_calls[] = {
    "read",
    "readv",
    "pread64",
    "write",
    "writev",
    "close",
    "fstat",
    "newfstatat",
    "stat",
    "lstat",
    "statx",
    "lseek",
    "mmap",
    "mprotect",
    "munmap",
    "mremap",
    "brk",
    "madvise",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sigaltstack",
    "futex",
    "getpid",
    "gettid",
    "getuid",
    "geteuid",
    "getgid",
    "getegid",
    "clock_gettime",
    "gettimeofday",
    "time",
    "clock_nanosleep",
    "nanosleep",
    "getrandom",
    "recvmsg",
    "poll",
    "ppoll",
    "exit",
    "exit_group",
    "getrlimit",
    "setrlimit",
    "getrusage",
    "sched_yield",
    "sched_getaffinity",
    "rseq",
    "set_robust_list",
    "arch_prctl",
    "fcntl",
    "dup",
    "access",
    "faccessat",
    "faccessat2",
    "readlink",
    "readlinkat",
    "getdents64",
    "getcwd",
    "uname",
    "sysinfo",
    "restart_syscall",
#if HAS_SANITIZER
    "pipe",
    "pipe2", /* how it finds out whether memory can be read */
#endif
    "fadvise64",
    "getppid",
    "membarrier",
};

static bool allow(scmp_filter_ctx filter, const char *name)
{
    int call = seccomp_syscall_resolve_name(name);
    /* Not every architecture has all of them. */
    return call == __NR_SCMP_ERROR || call < 0 ||
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
}

/* Opening is for reading; prlimit and signals are for itself. */
static bool allow_with_care(scmp_filter_ctx filter)
{
    const unsigned writing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
    const scmp_datum_t self = (scmp_datum_t)getpid();
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY)) == 0 &&
#ifdef __NR_open
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
                            SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY)) == 0 &&
#endif
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
                            SCMP_A0(SCMP_CMP_EQ, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, self)) == 0;
}

static bool confine_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool ok = filter != NULL;
    for (size_t i = 0; i < sizeof allowed_calls / sizeof allowed_calls[0] && ok; i++)
        ok = allow(filter, allowed_calls[i]);
    ok = ok && allow_with_care(filter) && seccomp_load(filter) == 0;
    if (filter != NULL)
        seccomp_release(filter);
    return ok;
}

bool pil_cage_confine(uint32_t *landlock_abi)
{
    pid_t parent = getppid();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_DUMPABLE, 0) != 0)
        return false;
    /* It may have ended before it was watched. */
    if (getppid() != parent)
        return false;
    return limit_resources() && confine_files(landlock_abi) && confine_calls();
}
