/* Event files as TensorBoard reads them: of that format what single numbers need, written out.
 *
 *   file    records, one after the other: length of the event (8 bytes), its check (4), the event, its check (4);
 *           numbers with the low byte first
 *   check   CRC-32C, turned right by 15 bits, plus 0xa282ead8
 *   event   a message of Protocol Buffers: 1 wall time (double), 2 step (integer), 3 version of the format (text), or
 *           5 summary: { 1 value: { 1 tag (text), 2 simple value (float) } }
 *
 * (tensorflow/core/lib/io/record_writer.h, core/util/event.proto, core/framework/summary.proto) */
#ifndef EXPERIMENT_EVENT_FILE_H
#define EXPERIMENT_EVENT_FILE_H

#include <stdint.h>
#include "base/buffer.h"

typedef struct EventFile {
    Buffer bytes;                 /* the file */
    Buffer event, summary, value; /* messages that are being made */
} EventFile;

/* An empty one; event_file_begin writes what comes first. */
EventFile event_file_create(Arena *arena);
bool event_file_begin(EventFile *file, Error *err) MUST_USE;

bool event_file_add(EventFile *file, double wall_seconds, int64_t step, const char *tag,
                    float value, Error *err) MUST_USE;

/* CRC-32C (Castagnoli's polynomial), as RFC 3720 has it. */
uint32_t event_file_crc(const void *bytes, size_t size);

#endif
