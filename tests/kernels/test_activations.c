/* Elementwise functions: values and slopes as torch has them, far inputs, in place. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "kernels/kernels.h"

static const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
enum { N_TABLES = 2, N_X = 9 };

static const real x[N_X] = {-10, -3, -1, (real)-0.25, 0, (real)0.5, 1, (real)2.5, 10};
static const real ones[N_X] = {1, 1, 1, 1, 1, 1, 1, 1, 1};

/* In double, of torch 2.15: y = function(x); y.sum().backward(); x.grad */
typedef struct Known {
    double y[N_X], dx[N_X];
} Known;

/* torch.nn.functional.gelu(x, approximate="tanh") */
static const Known gelu = {{-0.0, -0.0036373920817729943, -0.15880800939172324, -0.100324649298315,
                            0, 0.34571400982514394, 0.8411919906082768, 2.484915733910001, 10},
                           {0, -0.011584166630969648, -0.08296408384578252, 0.30464590484893955,
                            0.5, 0.8673699035346424, 1.0829640838457826, 1.037951576212666, 1}};

/* torch.nn.functional.gelu(x) */
static const Known gelu_erf = {{-0.0, -0.00404969409489031, -0.15865525393145702,
                                -0.10032341857926907, 0, 0.34573123063700656, 0.841344746068543,
                                2.4844758366855597, 10},
                               {0, -0.01194564720418392, -0.08331547058768635, 0.304626645116364,
                                0.5, 0.8674951246561629, 1.0833154705876864, 1.037611085908145, 1}};

/* torch.relu(x) */
static const Known relu = {{0, 0, 0, 0, 0, 0.5, 1, 2.5, 10}, {0, 0, 0, 0, 0, 1, 1, 1, 1}};

/* torch.tanh(x) */
static const Known tangent = {
    {-0.9999999958776927, -0.9950547536867305, -0.7615941559557649, -0.24491866240370913, 0,
     0.4621171572600098, 0.7615941559557649, 0.9866142981514303, 0.9999999958776927},
    {8.244614529632978e-09, 0.009866037165440166, 0.41997434161402614, 0.940014848806378, 1,
     0.7864477329659274, 0.41997434161402614, 0.02659222668316057, 8.244614529632978e-09}};

static void expect_close(const char *table, const real *got, const double *known)
{
    const double tolerance = sizeof(real) == sizeof(float) ? 4e-7 : 1e-15;
    for (int i = 0; i < N_X; i++)
        cr_expect_float_eq((double)got[i], known[i], tolerance * fmax(1, fabs(known[i])),
                           "%s at %g: %.17g, not %.17g", table, (double)x[i], (double)got[i],
                           known[i]);
}

/* from_y: backward is given what came out of forward, else what went in. */
static void expect_known(const char *table, GeluForward *forward, GeluBackward *backward,
                         bool from_y, const Known *known)
{
    real y[N_X], dx[N_X];
    forward(y, x, N_X);
    expect_close(table, y, known->y);
    backward(dx, ones, from_y ? y : x, N_X);
    expect_close(table, dx, known->dx);
}

Test(activations, have_the_known_values_and_slopes)
{
    for (int k = 0; k < N_TABLES; k++) {
        const Kernels *table = tables[k];
        expect_known(table->name, table->gelu_forward, table->gelu_backward, false, &gelu);
        expect_known(table->name, table->gelu_erf_forward, table->gelu_erf_backward, false,
                     &gelu_erf);
        expect_known(table->name, table->relu_forward, table->relu_backward, false, &relu);
        expect_known(table->name, table->relu_forward, table->relu_backward, true, &relu);
        expect_known(table->name, table->tanh_forward, table->tanh_backward, true, &tangent);
    }
}

/* The first n of these. */
static void expect_finite_far_out(const char *table, GeluForward *forward, GeluBackward *backward,
                                  size_t n)
{
    const real far[] = {-1000, 1000, (real)-1e30, (real)1e30}, dy[] = {1, 1, 1, 1};
    real y[4], dx[4] = {0};
    forward(y, far, n);
    backward(dx, dy, far, n);
    for (size_t i = 0; i < n; i++) {
        cr_expect_eq(y[i], i % 2 ? far[i] : 0, "%s: %g", table, (double)y[i]);
        cr_expect_eq(dx[i], i % 2, "%s: %g", table, (double)dx[i]);
    }
}

Test(activations, far_inputs_stay_finite)
{
    for (int k = 0; k < N_TABLES; k++) {
        const Kernels *table = tables[k];
        /* the tanh form has x^3, which ends sooner */
        expect_finite_far_out(table->name, table->gelu_forward, table->gelu_backward, 2);
        expect_finite_far_out(table->name, table->gelu_erf_forward, table->gelu_erf_backward, 4);
        expect_finite_far_out(table->name, table->relu_forward, table->relu_backward, 4);
    }
}

Test(activations, what_is_not_a_number_stays_so)
{
    const real nan = (real)NAN, one = 1;
    for (int k = 0; k < N_TABLES; k++) {
        real y, dx;
        GeluForward *const forward[] = {tables[k]->gelu_erf_forward, tables[k]->relu_forward,
                                        tables[k]->tanh_forward};
        GeluBackward *const backward[] = {tables[k]->gelu_erf_backward, tables[k]->relu_backward,
                                          tables[k]->tanh_backward};
        for (int i = 0; i < 3; i++) {
            forward[i](&y, &nan, 1);
            cr_expect(isnan(y));
            backward[i](&dx, &nan, &one, 1);
            cr_expect(isnan(dx));
        }
    }
}

enum { N = 101 };

static void expect_backward_in_place(const char *table, GeluBackward *backward)
{
    real saved[N], dy[N], dx[N], in_place[N];
    for (int i = 0; i < N; i++) saved[i] = (real)(i - N / 2) / 8, dy[i] = (real)(i % 7) - 3;
    memcpy(in_place, dy, sizeof dy);
    backward(dx, dy, saved, N);
    backward(in_place, in_place, saved, N);
    cr_expect_arr_eq(in_place, dx, sizeof dx, "%s", table);
}

Test(activations, the_gradient_of_x_may_lie_where_that_of_y_lay)
{
    for (int k = 0; k < N_TABLES; k++) {
        expect_backward_in_place(tables[k]->name, tables[k]->gelu_backward);
        expect_backward_in_place(tables[k]->name, tables[k]->gelu_erf_backward);
        expect_backward_in_place(tables[k]->name, tables[k]->relu_backward);
        expect_backward_in_place(tables[k]->name, tables[k]->tanh_backward);
    }
}

static void expect_forward_in_place(const char *table, GeluForward *forward)
{
    real y[N], in_place[N];
    for (int i = 0; i < N; i++) in_place[i] = (real)(i - N / 2) / 8;
    forward(y, in_place, N);
    forward(in_place, in_place, N);
    cr_expect_arr_eq(in_place, y, sizeof y, "%s", table);
}

Test(activations, of_some_y_may_lie_where_x_lay)
{
    for (int k = 0; k < N_TABLES; k++) {
        expect_forward_in_place(tables[k]->name, tables[k]->relu_forward);
        expect_forward_in_place(tables[k]->name, tables[k]->tanh_forward);
    }
}
