#include "question/experiment_claim.h"

#include <math.h>
#include <string.h>

const char *const experiment_claim_on_words[] = {
    "score",          "convergence", "gap",  "parameters", "zero-shot",
    "context-window", "position",    "rate", "size",       NULL};
const char *const experiment_claim_at_words[] = {"mean", "first", "last", "gain", "point", NULL};
const char *const experiment_claim_rule_words[] = {"superior", "not-inferior", "equivalent",
                                                   "trend",    "most",         NULL};

bool experiment_claim_is_probe(ClaimOn on)
{
    return on >= CLAIM_ON_ZERO_SHOT && on <= CLAIM_ON_RATE;
}

bool experiment_claim_has_tasks(ClaimOn on)
{
    return on <= CLAIM_ON_ZERO_SHOT;
}

const char *experiment_claim_tasks_key(ClaimOn on)
{
    return on == CLAIM_ON_ZERO_SHOT ? "zero_shot_tasks" : "tasks";
}

/* --- rules between fields ------------------------------------------------------------------------ */

typedef struct Checking {
    const ExperimentClaim *claim;
    const SpecReader *reader;
    const char *path;
} Checking;

static void complain(const Checking *checking, const char *key, const char *problem,
                     const char *hint)
{
    spec_error(checking->reader, spec_path_key(checking->reader, checking->path, key), "%s",
               problem);
    error_hint(checking->reader->err, "%s", hint);
}

/* Only some measures say something about one side alone. */
static void check_worse(const Checking *checking)
{
    const ExperimentClaim *claim = checking->claim;
    bool alone = claim->on == CLAIM_ON_PARAMETERS || claim->on == CLAIM_ON_ZERO_SHOT;
    bool gain = claim->at == CLAIM_AT_GAIN || claim->rule == CLAIM_TREND;
    if (claim->worse || alone || (gain && claim->on != CLAIM_ON_CONVERGENCE)) return;
    complain(checking, "worse", "missing: nothing to compare with",
             "a variant or cell; or \"at\": \"gain\", to compare the last point with the first");
}

static void check_points(const Checking *checking)
{
    const ExperimentClaim *claim = checking->claim;
    bool probe = experiment_claim_is_probe(claim->on);
    if (claim->at == CLAIM_AT_POINT && !probe)
        complain(checking, "at", "only the curves of probes have numbered points",
                 "name the cells as \"better\" and \"worse\": \"full, epochs=3\"");
    if (claim->along && probe)
        complain(checking, "along", "a probe is a curve over points of its own",
                 "take \"along\" away");
    if (claim->rule == CLAIM_TREND && claim->at != CLAIM_AT_MEAN)
        complain(checking, "at", "a trend is judged on all points", "take \"at\" away");
}

static bool names_group(const TextList *tasks)
{
    for (size_t i = 0; i < tasks->n; i++)
        if (!strcmp(tasks->text[i], CLAIM_LARGEST) || !strcmp(tasks->text[i], CLAIM_SMALLEST))
            return true;
    return false;
}

static void check_tasks(const Checking *checking)
{
    const ExperimentClaim *claim = checking->claim;
    bool some = claim->tasks.n || claim->against_tasks.n;
    if (some && !experiment_claim_has_tasks(claim->on))
        complain(checking, claim->tasks.n ? "tasks" : "against_tasks",
                 "this is not measured on tasks", "take it away");
    if (claim->on == CLAIM_ON_ZERO_SHOT &&
        (names_group(&claim->tasks) || names_group(&claim->against_tasks)))
        complain(checking, "tasks", "zero-shot tasks are trained on no examples: none is largest",
                 "their names");
    if (claim->rule == CLAIM_MOST && !experiment_claim_has_tasks(claim->on))
        complain(checking, "rule", "this is not measured on tasks: there are no most of them",
                 "\"superior\"");
    if (claim->against_tasks.n && (claim->rule == CLAIM_MOST || claim->rule == CLAIM_TREND))
        complain(checking, "against_tasks", "does not go with this rule", "\"rule\": \"superior\"");
}

/* Effects of less than 1 are all that one looks for: more is a number in the unit that results are printed in. */
static void check_size(const Checking *checking)
{
    const ExperimentClaim *claim = checking->claim;
    const SpecReader *reader = checking->reader;
    const double s = claim->smallest_effect;
    const bool nats = claim->on == CLAIM_ON_GAP || claim->on == CLAIM_ON_CONTEXT_WINDOW ||
                      claim->on == CLAIM_ON_POSITION;
    const bool size = claim->on == CLAIM_ON_SIZE;
    const bool ratio = claim->on == CLAIM_ON_CONVERGENCE || claim->on == CLAIM_ON_RATE || size;
    const char *path = spec_path_key(reader, checking->path, "smallest_effect");
    if (s < 1 || (nats && claim->rule != CLAIM_MOST)) return;
    if (ratio && claim->rule != CLAIM_MOST) {
        spec_error(reader, path, "%.15g would be %.3g times as %s: it is the ln of a ratio", s,
                   exp(s), size ? "many" : "fast");
        error_hint(reader->err, size ? "0.69 for twice as many, 0.1 for a tenth more"
                                     : "0.69 for twice as fast, 0.1 for a tenth faster");
        return;
    }
    const char *unit = claim->rule == CLAIM_MOST          ? "% of the tasks"
                       : claim->on == CLAIM_ON_PARAMETERS ? "% of the parameters"
                                                          : "points";
    spec_error(reader, path, "%.15g would be %.15g %s: it is a fraction of 1", s, 100 * s, unit);
    error_hint(reader->err, "0.02 for 2 %s", unit);
}

static void check_claim(const void *value, const SpecReader *reader, const char *json_path)
{
    const Checking checking = {value, reader, json_path};
    const ExperimentClaim *claim = value;
    bool margin = claim->rule == CLAIM_NOT_INFERIOR || claim->rule == CLAIM_EQUIVALENT;
    check_worse(&checking);
    check_points(&checking);
    check_tasks(&checking);
    check_size(&checking);
    if (margin && claim->smallest_effect <= 0)
        complain(&checking, "smallest_effect", "this rule needs one above 0",
                 "how much lower would still be no worse, in units of what is measured");
}

/* --- the table ------------------------------------------------------------------------------------ */

static const SpecField claim_fields[] = {
    SPEC_TEXT_REQUIRED(ExperimentClaim, id, "short name, unique in the experiment"),
    SPEC_TEXT_REQUIRED(ExperimentClaim, statement, "what is claimed, as one sentence"),
    SPEC_TEXT_REQUIRED(ExperimentClaim, better,
                       "variant (or cell) that is claimed to score higher"),
    SPEC_TEXT(ExperimentClaim, worse, NULL,
              "variant (or cell) that is claimed to score lower; absent: `better` is looked at "
              "alone",
              .sparse = true),
    SPEC_REAL(
        ExperimentClaim, smallest_effect, 0.0, 0.0, 1e15,
        "smallest difference of interest, in units of what is measured: of scores fractions, 0.02 "
        "for two points"),
    SPEC_CHOICE(ExperimentClaim, on, experiment_claim_on_words, CLAIM_ON_SCORE, "what is measured",
                .sparse = true),
    SPEC_CHOICE(ExperimentClaim, at, experiment_claim_at_words, CLAIM_AT_MEAN,
                "what is made of the grid's or the probe's points; gain: last minus first",
                .sparse = true),
    SPEC_REAL(ExperimentClaim, point, 0.0, -1e15, 1e15, "the x that `at` \"point\" takes",
              .sparse = true),
    SPEC_TEXT(ExperimentClaim, along, NULL,
              "grid path whose values are the points; absent: the only one", .sparse = true),
    SPEC_TEXTS(
        ExperimentClaim, tasks,
        "data sets, words for the scale's as in the experiment's own lists, or \"largest\" or "
        "\"smallest\": the half of them with most or fewest labelled examples; absent: all",
        .sparse = true),
    SPEC_TEXTS(ExperimentClaim, against_tasks,
               "the same; the effect on these is taken off the effect on `tasks`", .sparse = true),
    SPEC_CHOICE(ExperimentClaim, rule, experiment_claim_rule_words, CLAIM_SUPERIOR,
                "what makes the claim supported", .sparse = true),
    SPEC_END,
};
const SpecTable experiment_claim_table = {"claim", sizeof(ExperimentClaim), claim_fields,
                                          check_claim};
