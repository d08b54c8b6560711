#include "cli/export_form.h"

/* reprise export: what of a finished run other programs read. */
static const Command *const forms[] = {&export_predictions, &export_disagreements,
                                       &export_huggingface, &export_tensorboard, NULL};

const Command command_export = {
    .name = "export",
    .help = "write what a finished run predicts, where its variants disagree, a trained model, or "
            "courses of training, for other programs",
    .forms = forms,
};
