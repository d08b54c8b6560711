/* Families of models in Hugging Face's library that are architectures here: a row each, found by architecture or by the
 * library's word. Adding one is one file plus one row in huggingface_families.c. */
#ifndef MODEL_HUGGINGFACE_FAMILY_H
#define MODEL_HUGGINGFACE_FAMILY_H

#include "model/architecture.h"

enum { HUGGINGFACE_MOST_PARTS = 3 };

enum HuggingfaceNameFlags {
    HUGGINGFACE_TRANSPOSED = 1, /* [out,in] there */
    HUGGINGFACE_OPTIONAL = 2,   /* may be missing from a file, which then says nothing of it */
};

/* A tensor here, and the tensors there that stand side by side in it along its last dimension. "%d", once or not at
 * all, is the number of a block. */
typedef struct HuggingfaceName {
    const char *ours;
    const char *theirs[HUGGINGFACE_MOST_PARTS + 1]; /* up to NULL */
    unsigned flags;
} HuggingfaceName;

typedef enum HuggingfaceFieldKind {
    HUGGINGFACE_COUNT,  /* int64_t of the spec, least..most */
    HUGGINGFACE_RATE,   /* double of the spec; usually 0.1 */
    HUGGINGFACE_CHOICE, /* int of the spec: where its word stands in `words` */
    HUGGINGFACE_RATIO, /* a whole number that follows from others: factor times `of` through `by` */
    HUGGINGFACE_NUMBER, /* always `number` */
    HUGGINGFACE_TEXT,   /* always `text` */
    HUGGINGFACE_TRUE,   /* always true */
} HuggingfaceFieldKind;

/* A member of config.json. Two rates of one place must be the same. */
typedef struct HuggingfaceField {
    const char *key;
    HuggingfaceFieldKind kind;
    size_t offset; /* of counts, rates and choices in the spec */
    int64_t least; /* 0: 1 */
    int64_t most;
    int64_t usual;       /* of a count that may be left out; 0: it may not */
    bool loose;          /* a count that a model is not made for: settings may say another */
    const char *divides; /* key of a count that this count has to divide; NULL: none */
    const char *const *words;
    const char *of, *by; /* keys of counts; by NULL: 1 */
    int64_t factor;
    double number;
    const char *text;
} HuggingfaceField;

/* How a model of a task answers. */
typedef enum HuggingfaceHeadKind {
    HUGGINGFACE_HEAD_NONE,    /* as a language model */
    HUGGINGFACE_HEAD_CLASSES, /* an output a class */
    HUGGINGFACE_HEAD_NUMBER,  /* the number is its output */
    HUGGINGFACE_HEAD_CHOICE,  /* an output for each of several sequences */
} HuggingfaceHeadKind;

/* Another name for a tensor, which may stand beside it with the same values. */
typedef struct HuggingfaceAlias {
    const char *alias, *tensor;
} HuggingfaceAlias;

typedef struct HuggingfaceFamily {
    const Architecture *architecture;
    const char *model_type;     /* in config.json */
    const char *class_name;     /* of its classes there: "OpenAIGPT" */
    const char *language_model; /* the class of a language model ... */
    const char *opened_by;      /* ... and what opens one */
    struct {
        const char *language_model, *opened_by; /* NULL: it has none */
    } of_pairs;             /* the same of one that tells whether a text follows another, too */
    const char *pipeline;   /* what it is for there: "text-generation" */
    const char *classifier; /* the class of what gives classes or a number; NULL: it has none */
    const char *chooser;    /* ... of what gives each of several sequences an output */
    bool head_without_bias; /* which the classifier's has not (huggingface_classifier.h) */
    bool pads_vocabulary;   /* the library's tables may have more rows than there are tokens */
    const char *prefix;     /* of names, which a file may lack */
    const HuggingfaceField *fields; /* up to one without a key; of the vocabulary there is none */
    const HuggingfaceName *names;   /* up to one without */
    const HuggingfaceAlias *aliases;
    const HuggingfaceAlias *spellings; /* of the end of a name, in older files */
    const char *const *surplus; /* patterns of names that say nothing of the model, up to NULL */
} HuggingfaceFamily;

extern const HuggingfaceFamily *const huggingface_families[]; /* up to NULL */

const HuggingfaceFamily *huggingface_family_of(const Architecture *architecture); /* NULL: none */
const HuggingfaceFamily *huggingface_family_named(const char *model_type);        /* NULL: none */

/* The class of a model with such a head; NULL: the family has none. */
const char *huggingface_family_class(const HuggingfaceFamily *family, HuggingfaceHeadKind head);

#endif
