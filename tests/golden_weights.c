#include "golden_weights.h"

#include <string.h>

static uint32_t mix(uint32_t seed, uint32_t index)
{
    uint32_t h = seed + 0x9E3779B9u * index;
    h ^= h >> 16;
    h *= 0x85EBCA6Bu;
    h ^= h >> 13;
    h *= 0xC2B2AE35u;
    return h ^ h >> 16;
}

static uint32_t seed_of(const char *name)
{
    uint32_t h = 0x811C9DC5u;
    for (; *name; name++) h = (h ^ (unsigned char)*name) * 0x01000193u;
    return h;
}

bool golden_weights_ends_with(const char *name, const char *ending)
{
    const size_t n = strlen(name), n_ending = strlen(ending);
    return n >= n_ending && strcmp(name + n - n_ending, ending) == 0;
}

void golden_weights_fill(const TensorTable *table, real *block)
{
    for (int i = 0; i < table->n; i++) {
        const TensorInfo *tensor = &table->items[i];
        const uint32_t seed = seed_of(tensor->name);
        for (size_t j = 0; j < tensor->n; j++) {
            double value = ((int)(mix(seed, (uint32_t)j) >> 20) - 2048) / 4096.0;
            if (golden_weights_ends_with(tensor->name, ".gain")) value = 1 + value / 4;
            if (golden_weights_ends_with(tensor->name, ".bias")) value = value / 4;
            block[tensor->offset + j] = (real)value;
        }
    }
}
