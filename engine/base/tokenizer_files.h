/* Where the files of a tokenizer lie that somebody published. Plain data; borrowed texts. */
#ifndef BASE_TOKENIZER_FILES_H
#define BASE_TOKENIZER_FILES_H

typedef struct TokenizerFiles {
    const char *method; /* which of the methods reads them (text/tokenizer_methods.c) */
    const char *vocabulary;
    const char *merges;   /* NULL: none, as of most methods */
    const char *settings; /* tokenizer_config.json of Hugging Face's library; NULL: none */
} TokenizerFiles;

#endif
