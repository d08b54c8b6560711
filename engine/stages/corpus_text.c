#include "stages/corpus_text.h"

#include "stages/held_out.h"

enum { LEAST_TOKENS = 2 }; /* one to predict, from one */

CorpusText corpus_text_counted(const TokenFile *file, const bool *held_out)
{
    CorpusText text = {.counted = true};
    for (size_t d = 0; d < file->n_documents; d++) {
        CorpusSide *side = held_out[d] ? &text.held_out : &text.training;
        const uint64_t n = file->offset[d + 1] - file->offset[d];
        side->documents++;
        side->tokens += n;
        if (n > side->longest) side->longest = n;
    }
    return text;
}

CorpusText corpus_text_stated(const DatasetInfo *corpus, double share)
{
    const size_t n = (size_t)corpus->n_documents, held_out = held_out_count(n, share);
    return (CorpusText){.training = {.documents = n - held_out},
                        .held_out = {.documents = held_out}};
}

bool corpus_text_check_training(const CorpusText *text, Error *err)
{
    const size_t n = text->training.documents;
    if (n == 0)
        error_usage(err, "no training text is left: all %zu documents are held out",
                    text->held_out.documents);
    else if (text->counted && text->training.longest < LEAST_TOKENS)
        error_usage(err, "no training text is left: none of the %zu documents has %d tokens", n,
                    LEAST_TOKENS);
    else return true;
    return error_hint(err, "a smaller corpus.held_out, or a corpus of more documents");
}

bool corpus_text_check_held_out(const CorpusText *text, const char *measure, int64_t longest,
                                const char *hint, Error *err)
{
    if (text->held_out.documents == 0) {
        error_usage(err, "%s is measured on held-out text, and corpus.held_out is 0", measure);
        return error_hint(err, "corpus.held_out 0.05, or measure without '%s'", measure);
    }
    if (!text->counted || text->held_out.longest > (uint64_t)longest) return true;
    error_usage(err, "no held-out document has more than %lld tokens, which %s is measured on",
                (long long)longest, measure);
    return error_hint(err, "%s", hint);
}
