#include <unbound.h>
// What wakes the thread that waits for its answers.
#include <sys/eventfd.h>
