#include "deviation.h"

#include <math.h>

double deviation_largest(const real *found, const real *expected, size_t n)
{
    double difference = 0, size = 0;
    for (size_t i = 0; i < n; i++) {
        const double d = fabs((double)found[i] - (double)expected[i]);
        if (isnan(d)) return d;
        difference = fmax(difference, d);
        size = fmax(size, fabs((double)expected[i]));
    }
    return size > 0 ? difference / size : difference;
}
