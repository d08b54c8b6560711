/* experiments/SPEC.md: the reference of both kinds of document. */
#include "question/experiment_fields.h"
#include "question/experiment_spec.h"

static const char introduction[] =
    "# Fields of experiments and scales\n\n"
    "Made from the engine's field tables by `make doc`; not edited by hand.\n\n"
    "`experiments/NAME.json` holds the fields of an experiment and any of the settings;\n"
    "`experiments/scales/SCALE.json` the fields of a scale and the settings. Settings are merged "
    "in the\n"
    "order scale, what the experiment extends (oldest first), experiment, variant, grid point. "
    "Objects\n"
    "merge member by member; lists and `null` replace. Unknown fields are errors.\n\n";

static const char about_settings[] = "The settings may stand at the top level of both kinds of "
                                     "document and in each variant; a grid names\n"
                                     "them by dotted paths such as `finetune.lm_coefficient`. What "
                                     "is required must be there once all is\n"
                                     "merged.\n\n";

bool experiment_describe(Buffer *markdown, Error *err)
{
    return buffer_add_text(markdown, introduction, err) &&
           spec_describe(markdown, &experiment_fields_table, "$", err) &&
           buffer_add_char(markdown, '\n', err) &&
           spec_describe(markdown, &experiment_report_figure_table, "$.report.figures[]", err) &&
           buffer_add_char(markdown, '\n', err) &&
           spec_describe(markdown, &experiment_fields_scale_table, "$", err) &&
           buffer_add_char(markdown, '\n', err) && buffer_add_text(markdown, about_settings, err) &&
           spec_describe(markdown, &settings_table, "$", err);
}
