/* What a corpus holds to train and to measure on, as far as it is known: how many documents its manifest states, and
 * once it is encoded how long they are. */
#ifndef STAGES_CORPUS_TEXT_H
#define STAGES_CORPUS_TEXT_H

#include "data/dataset/dataset.h"
#include "text/token_file.h"

typedef struct CorpusSide {
    size_t documents;
    uint64_t tokens, longest; /* of all, and of the longest document; where they are counted */
} CorpusSide;

typedef struct CorpusText {
    bool counted;
    CorpusSide training, held_out;
} CorpusText;

/* By the manifest, with this share held out. */
CorpusText corpus_text_stated(const DatasetInfo *corpus, double share);

/* Of one that is encoded. */
CorpusText corpus_text_counted(const TokenFile *file, const bool *held_out);

/* What is certain to be too little is refused, before anything is computed and in the same words whenever it is
 * found: text to train on at all; text that is held out; a held-out document of more than `longest` tokens. */
bool corpus_text_check_training(const CorpusText *text, Error *err) MUST_USE;
bool corpus_text_check_held_out(const CorpusText *text, const char *measure, int64_t longest,
                                const char *hint, Error *err) MUST_USE;

#endif
