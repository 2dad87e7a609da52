/* Command-line options from one table, which gives parsing, --help and the tests.
 *
 * The conventions are GNU's: `--name=value`, `--name value`, `-n5`, `-n 5`, short flags bundled
 * (`-qv`), options anywhere among the operands, `--` ends them. Long names are never abbreviated,
 * so that a new option breaks no script. A lone `-` and whatever begins with `+` are operands.
 *
 * A program whose operands are a query has exclusions: words that begin with a dash and must not
 * occur. Once there has been a first operand, an argument is such a word, and so an operand, when
 * it begins `-"` or `-=`, or when it begins with a dash and two letters (ASCII letters, or any
 * bytes from 0x80): `-Serbia`, `-"on all"`. Everything else stays an option: `-n5`, `-n 5`, `-h`,
 * `--json`. Before the first operand `-xy` is a bundle of options, and behind `--` all are
 * operands. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum pil_option_kind {
    PIL_OPTION_FLAG,     /* no value; sets a bool to true */
    PIL_OPTION_CONSTANT, /* no value; sets an int to constant */
    PIL_OPTION_NUMBER,   /* digits; sets a uint64_t from min to max */
    PIL_OPTION_SIZE,     /* digits, then nothing, K, M or G (powers of 1024); as a number */
    PIL_OPTION_STRING,   /* not empty; sets a const char * that points into argv */
    PIL_OPTION_STRINGS,  /* not empty; appends to a pil_option_strings */
    PIL_OPTION_PAIR,     /* two values, the second the next argument: --name=A B, --name A B; sets
                            a const char *[2] that point into argv, and may be empty */
    PIL_OPTION_KEYWORD   /* one of keywords; sets an int to its value */
} pil_option_kind;

/* The values of an option that may be repeated; they point into argv. */
enum { PIL_OPTION_STRINGS_MAX = 16 };
typedef struct pil_option_strings {
    const char *items[PIL_OPTION_STRINGS_MAX];
    size_t n_items;
} pil_option_strings;

typedef struct pil_option_keyword {
    const char *name; /* NULL ends the list */
    int value;
} pil_option_keyword;

typedef struct pil_option {
    const char *section; /* begins a section of --help; NULL: as the option before */
    const char *name;    /* long name without its dashes */
    char letter;         /* short name, or 0, as for a pair */
    pil_option_kind kind;
    size_t offset;          /* of what it sets, in the struct that is filled */
    const char *value_name; /* what --help calls the value; NULL for kinds without one */
    const char *help;       /* one or two sentences without a full stop, plain ASCII */
    uint64_t min, max;      /* PIL_OPTION_NUMBER and PIL_OPTION_SIZE */
    const pil_option_keyword *keywords;
    int constant;
    bool value_is_optional; /* of a number or keyword without a letter: alone, it sets constant */
    unsigned tags;          /* the program's own: which of its verbs the option goes with */
} pil_option;

/* All that is to know of a program's command line; static. */
typedef struct pil_option_table {
    const char *program; /* its name */
    const char *usage;   /* what follows the name, one line a form: "[OPTION]... PATH...\nstatus" */
    const char *about;   /* lines of at most 79 columns, shown above the options */
    const char *notes;   /* the same, shown below them */
    const pil_option *options;
    size_t n_options; /* at most 64 */
    bool has_exclusions;
} pil_option_table;

/* The arguments that are no options, in order; they point into argv. */
typedef struct pil_operands {
    const char **items;
    size_t n_items;
    size_t n_before_end; /* how many of them came before "--"; n_items when there was none */
    uint64_t given;      /* bit i: options[i] was given */
} pil_operands;

void pil_operands_dispose(pil_operands *operands);

/* Reads argv[1..argc), setting members of the struct at target, which has its defaults already;
 * when an option is repeated the last one counts, but for PIL_OPTION_STRINGS. *operands is filled;
 * the caller disposes of it. PIL_INVALID_ARGUMENT with a message that names the option and what is
 * wrong with it, and is safe for a terminal; PIL_NO_MEMORY. On failure *operands is empty and
 * target may have changed. */
PIL_NODISCARD pil_status pil_options_parse(const pil_option_table *table, int argc,
                                           char *const *argv, void *target, pil_operands *operands,
                                           pil_error *err);

/* Appends the text of --help, at most 79 columns wide. PIL_NO_MEMORY, or PIL_INVALID_ARGUMENT at
 * out's cap. */
PIL_NODISCARD pil_status pil_options_help(const pil_option_table *table, pil_buffer *out);

/* Whether the option takes a value. */
bool pil_option_has_value(const pil_option *option);

#endif
