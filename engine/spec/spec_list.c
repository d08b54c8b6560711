#include <string.h>

#include "spec/field.h"

int spec_list_find(const TextList *list, const char *text)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->text[i], text) == 0) return (int)i;
    return -1;
}

int spec_list_place(TextList *list, const char *text)
{
    int place = spec_list_find(list, text);
    if (place >= 0) return place;
    list->text[list->n] = text;
    return (int)list->n++;
}
