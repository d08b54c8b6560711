#include "analysis/chance.h"

#include <criterion/criterion.h>

static double chance(const char *metric, int n_labels, DatasetForm form)
{
    const double truth[] = {1, 1, 1, 0};
    const DatasetInfo info = {.n_labels = n_labels, .form = form};
    return chance_score(&info, metric_find(metric), truth, 4);
}

Test(chance, accuracy_of_guessing_is_one_in_as_many_as_there_are_labels)
{
    cr_assert_eq(chance("accuracy", 4, DATASET_MULTIPLE_CHOICE), 0.25);
    cr_assert_eq(chance("accuracy", 0, DATASET_LAST_WORD), 0.0);
}

/* Precision 3/4 and recall 1/2. */
Test(chance, f1_of_guessing_follows_from_the_share_of_positive_examples)
{
    cr_assert_float_eq(chance("f1", 2, DATASET_SIMILARITY), 0.6, 1e-15);
}

Test(chance, correlations_of_guessing_are_0)
{
    cr_assert_eq(chance("matthews", 2, DATASET_CLASSIFICATION), 0.0);
    cr_assert_eq(chance("pearson", 0, DATASET_REGRESSION), 0.0);
}

Test(chance, of_minimal_pairs_is_a_half)
{
    cr_assert_eq(chance("accuracy", 0, DATASET_MINIMAL_PAIRS), 0.5);
}
