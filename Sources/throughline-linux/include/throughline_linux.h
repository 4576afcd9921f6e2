/* What Swift's Glibc module leaves out: epoll, and a search in bytes. For the benchmarks alone. */
#ifndef THROUGHLINE_LINUX_H
#define THROUGHLINE_LINUX_H

#include <stddef.h>
#include <sys/epoll.h>

/* memmem(3), which glibc declares only under _GNU_SOURCE. */
const void *find_bytes(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

#endif
