/* A model of Hugging Face's library as data sets of ours: its weights under a name, and its tokenizer, where the
 * folder has the files of one, under NAME-tokens. The files are copied to the downloads and the manifests name
 * their digests, so that experiments made from them do not depend on where the folder was. */
#ifndef EXPERIMENT_MODEL_IMPORT_H
#define EXPERIMENT_MODEL_IMPORT_H

#include "data/dataset/dataset_places.h"
#include "model/huggingface.h"

typedef struct ModelImport {
    HuggingfaceModel model;
    const char *weights;          /* names of the data sets ... */
    const char *tokenizer;        /* ... NULL: the folder has none that can be read */
    const char *tokenizer_method; /* that reads it */
} ModelImport;

/* What is wrong with the folder is told before anything is written; data sets that are there are not replaced. */
bool model_import_huggingface(ModelImport *import, const char *folder, const char *name,
                              const DatasetPlaces *places, Arena *arena, Error *err) MUST_USE;

/* The settings of an experiment that begins from it, as JSON. */
Json *model_import_settings(const ModelImport *import, Arena *arena, Error *err) MUST_USE;

#endif
