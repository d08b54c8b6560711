/* Learning merges from word counts (Sennrich et al. 2016): again and again the adjacent pair of symbols
 * that occurs most often in words, weighted by how often the words occur, becomes one symbol.
 *
 * Ties      the pair whose left symbol has the smaller id, then the smaller right id
 * Counts    of "a a a" the pair "a a" counts twice, as in the original, though it joins once
 * Stops     early when no pair occurs twice; the caller gets fewer merges
 * Ids       0 <unk>; the characters by code point; the same with </w>; "\n</w>"; then one token a merge.
 *           The characters are all printable ASCII but capitals, and those that occur
 *           BPE_TRAIN_CHARACTER_COUNT times; the others become <unk>. (In theory two merges can spell
 *           the same token; they then share its id.) */
#ifndef TEXT_BPE_TRAIN_H
#define TEXT_BPE_TRAIN_H

#include "text/vocabulary.h"
#include "text/word_counts.h"

enum { BPE_TRAIN_CHARACTER_COUNT = 50 };

/* Fills the vocabulary (fresh, with an arena) and adds the lines of the merges file to `merges`. */
bool bpe_train_merges(Vocabulary *vocabulary, Buffer *merges, size_t *n_learnt,
                      const WordCounts *words, size_t n_merges, Arena *scratch,
                      Error *err) MUST_USE;

#endif
