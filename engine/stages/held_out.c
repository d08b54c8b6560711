#include "stages/held_out.h"

#include <string.h>

#include "base/hash.h"

size_t held_out_count(size_t n, double share)
{
    size_t wanted = share > 0 ? (size_t)(share * (double)n + 0.5) : 0;
    if (share > 0 && wanted == 0) wanted = 1;
    return wanted < n ? wanted : n;
}

void held_out_choose(bool *held_out, const char *const *name, size_t n, double share)
{
    const size_t wanted = held_out_count(n, share);
    memset(held_out, 0, n * sizeof *held_out);
    for (size_t k = 0; k < wanted; k++) {
        size_t smallest = n;
        uint64_t least = 0;
        for (size_t d = 0; d < n; d++) {
            uint64_t hash = hash_u64(name[d], strlen(name[d]));
            if (held_out[d] || (smallest < n && hash >= least)) continue;
            smallest = d;
            least = hash;
        }
        held_out[smallest] = true;
    }
}
