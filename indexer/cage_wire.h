/* What pilcrow-index and pilcrow-extract say to each other over a socket: frames, each a type byte,
 * the length of its body in four bytes and the body. Numbers are little-endian; strings are their
 * length in four bytes and their bytes.
 *
 * pilcrow-extract begins with PIL_WIRE_HELLO. Then, for each file, pilcrow-index sends
 * PIL_WIRE_REQUEST, with a descriptor of the file's bytes beside its first byte, and gets any
 * number of PIL_WIRE_ARTICLE and PIL_WIRE_NOTE, and one PIL_WIRE_END.
 *
 * What comes out of the cage is believed in nothing: decoding checks all of it. */
#ifndef INDEXER_CAGE_WIRE_H
#define INDEXER_CAGE_WIRE_H

#include "article.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum pil_wire_type {
    PIL_WIRE_HELLO = 'H',
    PIL_WIRE_REQUEST = 'R',
    PIL_WIRE_ARTICLE = 'A',
    PIL_WIRE_NOTE = 'N',
    PIL_WIRE_END = 'E'
} pil_wire_type;

enum { PIL_WIRE_HEAD_BYTES = 5, PIL_WIRE_REQUEST_MAX_BYTES = 64 * 1024 };

/* What confines a pilcrow-extract. */
typedef struct pil_wire_hello {
    uint32_t landlock_abi; /* 0: the kernel has no Landlock */
    bool has_seccomp;
} pil_wire_hello;

typedef struct pil_wire_request {
    pil_format format;
    uint64_t n_bytes;         /* of the file */
    const char *file_name;    /* without its directory; may be NULL */
    const char *text_column;  /* of a table; may be NULL */
    const char *ocr_language; /* as in pil_read_options */
} pil_wire_request;

typedef struct pil_wire_end {
    pil_status status;
    const char *message;
} pil_wire_end;

/* Appending whole frames: PIL_NO_MEMORY, PIL_INVALID_ARGUMENT at out's cap. */
PIL_NODISCARD pil_status pil_wire_put_hello(pil_buffer *out, const pil_wire_hello *hello);
PIL_NODISCARD pil_status pil_wire_put_request(pil_buffer *out, const pil_wire_request *request);
PIL_NODISCARD pil_status pil_wire_put_article(pil_buffer *out, const pil_article *article);
PIL_NODISCARD pil_status pil_wire_put_note(pil_buffer *out, const pil_read_note *note);
PIL_NODISCARD pil_status pil_wire_put_end(pil_buffer *out, const pil_wire_end *end);

/* The length of the body that head, PIL_WIRE_HEAD_BYTES bytes, announces. */
uint32_t pil_wire_body_length(const char *head);

/* Reading a frame's body[0..length). False when it is not what it should be: cut short, not UTF-8,
 * ranges that end before they begin. Strings live in arena. */
bool pil_wire_get_hello(const char *body, size_t length, pil_wire_hello *out);
bool pil_wire_get_request(const char *body, size_t length, pil_arena *arena, pil_wire_request *out);
/* paragraphs is cleared and filled, and what article->paragraphs points to; its raw is a digest. */
bool pil_wire_get_article(const char *body, size_t length, pil_arena *arena,
                          pil_paragraphs *paragraphs, pil_article *out);
bool pil_wire_get_note(const char *body, size_t length, pil_arena *arena, pil_read_note *out);
bool pil_wire_get_end(const char *body, size_t length, pil_arena *arena, pil_wire_end *out);

#endif
