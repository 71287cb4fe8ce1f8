# SPDX-License-Identifier: Apache-2.0
"""The ways in which each system call may fail."""

MEMORY = "ENOMEM"
SENDING = "EINTR EAGAIN ENOBUFS ENOMEM EPERM"
RECEIVING = "EINTR EAGAIN ENOBUFS ENOMEM"
OPENING = "ENOENT EACCES EMFILE ENFILE ENOMEM EIO"
OPTION = "ENOPROTOOPT ENOMEM EPERM"
FORKING = "EAGAIN ENOMEM"

# What may happen to a call, in strace's words; an errno stands for itself.
FAULTS = {
    "access": "EACCES ENOMEM",  # that there is no file is an answer
    "bind": "EADDRINUSE EACCES ENOMEM",
    "brk": "retval=0",  # in the kernel's way of refusing, which is no errno
    "capset": "EPERM",
    "clone": FORKING,
    "clone3": FORKING,
    "connect": "EINTR EAGAIN ECONNREFUSED EACCES ENETUNREACH",
    "fcntl": "EINVAL EMFILE",
    "getdents64": "EIO ENOMEM",
    "getrandom": "EINTR ENOSYS",
    "getsockname": "ENOBUFS",
    "getsockopt": OPTION,
    "ioctl": "ENOTTY EIO",
    "listen": "EADDRINUSE",
    "lseek": "ESPIPE",
    "mmap": MEMORY,
    "mprotect": MEMORY,
    "mremap": MEMORY,
    "munmap": MEMORY,
    "newfstatat": "EACCES ENOMEM EIO",
    "openat": OPENING,
    "pipe2": "EMFILE ENFILE",
    "poll": "EINTR ENOMEM retval=0",
    "ppoll": "EINTR ENOMEM",
    "prctl": "EINVAL EPERM",
    "pread64": "EIO EINTR",
    "prlimit64": "EPERM",
    "read": "EIO EINTR EAGAIN ENOMEM",
    "recvfrom": RECEIVING,
    "recvmmsg": RECEIVING,
    "recvmsg": RECEIVING,
    "rt_sigaction": "EINVAL",
    "rt_sigprocmask": "EINVAL",
    "sendmmsg": SENDING,
    "sendmsg": SENDING,
    "sendto": SENDING,
    "setns": "EPERM EINVAL ENOMEM",
    "setsockopt": OPTION,
    "socket": "EMFILE ENFILE ENOMEM ENOBUFS EACCES EPERM EAFNOSUPPORT",
    "uname": "EFAULT",
    "wait4": "EINTR ECHILD",
    "write": "ENOSPC EDQUOT EIO EPIPE EINTR EAGAIN retval=1",
}

# Those that cannot fail, and the one that starts the program. Where close fails, the descriptor is closed, and strace
# would leave it open.
CERTAIN = set(
    "alarm arch_prctl clock_getres clock_gettime close execve exit exit_group futex getegid geteuid getgid getpid gettid"
    " getuid madvise restart_syscall rseq rt_sigreturn sched_getaffinity sched_yield set_robust_list set_tid_address time"
    " tgkill".split()
)
