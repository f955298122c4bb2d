#ifndef JILAAL_CACHE_PREFETCH_H
#define JILAAL_CACHE_PREFETCH_H

/// Asks the processor to bring the cache line of an address near, soon to be
/// read. Only a hint: any address will do, one that is not mapped too.
static inline __attribute__((always_inline)) void
jilaal_prefetch(const void *address) {
    __builtin_prefetch(address, 0, 3);
}

#endif
