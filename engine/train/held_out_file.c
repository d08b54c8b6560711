#include "train/held_out_file.h"

#include "base/csv.h"
#include "base/elementary.h"
#include "train/curve.h"

bool held_out_file_write(const PerplexityReport *report, const char *folder, Arena *arena,
                         Error *err)
{
    Curve table;
    if (!curve_begin(&table, folder, "held_out.csv", "document,tokens,loss,perplexity\n", arena,
                     err))
        return false;
    for (size_t d = 0; d < report->n; d++) {
        const DocumentScore *document = &report->documents[d];
        double mean = document->n_tokens ? document->loss / (double)document->n_tokens : 0.0;
        Buffer name = buffer_create(arena);
        if (!csv_quoted(&name, document->name, err) ||
            !curve_row(&table, err, "%s%zu,%.9g,%.9g", name.data, document->n_tokens,
                       document->loss, elementary_exp64(mean)))
            return false;
    }
    return curve_save(&table, err);
}
