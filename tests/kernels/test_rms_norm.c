#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "kernels/kernels.h"

static const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
enum { N_TABLES = 2, N = 2, C = 11 };

static real x[N * C], dy[N * C], gain[C];

static void start(void)
{
    for (int i = 0; i < N * C; i++) x[i] = (real)(i * 7 % 23 - 11) / 8;
    for (int i = 0; i < N * C; i++) dy[i] = (real)(i * 5 % 13 - 6) / 4;
    for (int c = 0; c < C; c++) gain[c] = (real)(c * 3 % 7 + 1) / 4;
}

TestSuite(rms_norm, .init = start);

static void expect_close(const char *what, const real *got, const double *known, int n)
{
    const double tolerance = sizeof(real) == sizeof(float) ? 1e-6 : 1e-14;
    for (int i = 0; i < n; i++)
        cr_expect_float_eq((double)got[i], known[i], tolerance, "%s[%d]: %.17g, not %.17g", what, i,
                           (double)got[i], known[i]);
}

/* torch 2.15, in double: torch.nn.functional.rms_norm(x, (C,), gain, 0.5), differentiated with dy */
Test(rms_norm, has_the_known_values_and_gradients)
{
    static const double known_y[N * C] = {-0.3040239391159117,
                                          -0.44221663871405337,
                                          0.5804093383121951,
                                          0.8291561975888501,
                                          -0.9949874371066201,
                                          0.05527707983925667,
                                          1.1055415967851334,
                                          -0.22110831935702668,
                                          -0.11055415967851334,
                                          1.1608186766243902,
                                          -0.8291561975888501,
                                          -0.0884442012700999,
                                          0.47170240677386616,
                                          2.270067832599231,
                                          -0.4422210063504995,
                                          0.3537768050803996,
                                          0.5306652076205994,
                                          -1.031849014817832,
                                          0.0,
                                          0.8254792118542658,
                                          -1.857328226672098,
                                          -0.1768884025401998};
    static const double known_dx[N * C] = {
        -0.474891534796814,    -0.2731916123611263,   1.5868207052522616,   -0.533116725560831,
        0.25353753952939057,   0.676345781322105,     -0.44860421238436743, 0.06166465350957075,
        -1.1185624200361584,   0.07812493950614945,   0.698947965078601,    -0.32895428588702136,
        0.6744569179029616,    -1.9188627299577847,   -0.43033154145156904, 1.5164844758861462,
        -0.015504756733401459, -0.060006390242250685, 0.3537768050803996,   -0.11688201229794914,
        0.7820211677409339,    -0.9858192682655468};
    static const double known_dgain[C] = {
        2.08947623850577,    0.34640536306544645, -1.614109948906658,  -0.9581345946683002,
        0.07001996386916307, -0.8954991757234289, -0.6485864416776198, -0.66332495807108,
        -0.2745469063289912, -0.7959978114308992, -1.0871129917477504};
    for (int k = 0; k < N_TABLES; k++) {
        real y[N * C], rstd[N], dx[N * C], dgain[C] = {0};
        tables[k]->rms_norm_forward(y, rstd, x, gain, N, C, (real)0.5);
        tables[k]->rms_norm_backward(dx, dgain, dy, x, gain, rstd, N, C);
        expect_close("y", y, known_y, N * C);
        expect_close("dx", dx, known_dx, N * C);
        expect_close("dgain", dgain, known_dgain, C);
    }
}

/* 3 and 4, of which the mean square is 12.5: with another 3.5, the root of 16. */
Test(rms_norm, takes_no_mean_off_and_adds_epsilon_inside_the_root)
{
    const real legs[2] = {3, -4}, weight[2] = {1, 2};
    for (int k = 0; k < N_TABLES; k++) {
        real y[2], rstd;
        tables[k]->rms_norm_forward(y, &rstd, legs, weight, 1, 2, (real)3.5);
        cr_expect_eq(rstd, (real)0.25);
        cr_expect_eq(y[0], (real)0.75);
        cr_expect_eq(y[1], -2);
    }
}

Test(rms_norm, a_row_of_zeros_stays_one)
{
    const real zeros[C] = {0};
    for (int k = 0; k < N_TABLES; k++) {
        real y[C], rstd;
        tables[k]->rms_norm_forward(y, &rstd, zeros, gain, 1, C, (real)1e-6);
        for (int c = 0; c < C; c++) cr_expect_eq(y[c], 0);
        cr_expect(isfinite(rstd));
    }
}

Test(rms_norm, the_gradient_of_x_may_lie_where_that_of_y_lay)
{
    for (int k = 0; k < N_TABLES; k++) {
        real y[N * C], rstd[N], dx[N * C], in_place[N * C];
        memcpy(in_place, dy, sizeof dy);
        tables[k]->rms_norm_forward(y, rstd, x, gain, N, C, (real)1e-6);
        tables[k]->rms_norm_backward(dx, NULL, dy, x, gain, rstd, N, C);
        tables[k]->rms_norm_backward(in_place, NULL, in_place, x, gain, rstd, N, C);
        cr_expect_arr_eq(in_place, dx, sizeof dx, "%s", tables[k]->name);
    }
}

Test(rms_norm, a_gradient_that_is_not_wanted_leaves_the_others_as_they_are)
{
    for (int k = 0; k < N_TABLES; k++) {
        real y[N * C], rstd[N], dx[N * C], alone[N * C], dgain[C] = {0};
        tables[k]->rms_norm_forward(y, rstd, x, gain, N, C, (real)1e-6);
        tables[k]->rms_norm_backward(dx, dgain, dy, x, gain, rstd, N, C);
        tables[k]->rms_norm_backward(alone, NULL, dy, x, gain, rstd, N, C);
        cr_expect_arr_eq(alone, dx, sizeof dx);
    }
}

Test(rms_norm, no_rows_do_nothing)
{
    const real one = 1;
    for (int k = 0; k < N_TABLES; k++) {
        real out = 3;
        tables[k]->rms_norm_forward(&out, &out, &one, &one, 0, 1, 1);
        tables[k]->rms_norm_backward(&out, &out, &one, &one, &one, &one, 0, 1);
        cr_expect_eq(out, 3);
    }
}
