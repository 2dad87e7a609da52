#include "cli/options.h"

#include "base/edit_distance.h"
#include "base/utf8.h"
#include "cli/terminal_text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much of an argument a message repeats, in bytes. */
enum { QUOTE_MAX = 60, NAME_MAX_BYTES = 40 };

typedef struct option_parser {
    const pil_option_table *table;
    char *const *argv;
    int argc;
    int at; /* the argument that is read next */
    void *target;
    pil_operands *operands;
    bool has_ended; /* "--" was seen */
    pil_error *err;
} option_parser;

/* An argument's text for a message: cut when long, and harmless. */
typedef struct quote {
    char text[4 * QUOTE_MAX + 8];
} quote;

static quote quote_of(const char *text)
{
    size_t length = strlen(text);
    size_t shown = length;
    if (length > QUOTE_MAX)
        shown = pil_utf8_boundary(text, length, QUOTE_MAX);
    quote result = {""};
    pil_buffer buffer;
    pil_buffer_init(&buffer, sizeof result.text - 4);
    if (pil_terminal_escape(text, shown, 0, &buffer) == PIL_OK)
        snprintf(result.text, sizeof result.text, "%s%s", buffer.bytes,
                 shown < length ? "..." : "");
    pil_buffer_dispose(&buffer);
    return result;
}

bool pil_option_has_value(const pil_option *option)
{
    return option->kind != PIL_OPTION_FLAG && option->kind != PIL_OPTION_CONSTANT;
}

static const pil_option *find_name(const pil_option_table *table, const char *name, size_t length)
{
    for (size_t i = 0; i < table->n_options; i++) {
        const pil_option *option = &table->options[i];
        if (strlen(option->name) == length && memcmp(option->name, name, length) == 0)
            return option;
    }
    return NULL;
}

static const pil_option *find_letter(const pil_option_table *table, char letter)
{
    for (size_t i = 0; i < table->n_options; i++)
        if (table->options[i].letter == letter && letter != '\0')
            return &table->options[i];
    return NULL;
}

/* The option whose name is meant, by its beginning or by a slip or two; NULL when none is near. */
static const pil_option *find_nearest(const pil_option_table *table, const char *name,
                                      size_t length)
{
    const pil_option *nearest = NULL;
    size_t nearest_distance = length < 4 ? 2 : 3;
    for (size_t i = 0; i < table->n_options; i++) {
        const pil_option *option = &table->options[i];
        size_t distance = length >= 3 && strncmp(option->name, name, length) == 0
                              ? 1
                              : pil_edit_distance(name, length, option->name, strlen(option->name),
                                                  nearest_distance);
        if (distance < nearest_distance) {
            nearest = option;
            nearest_distance = distance;
        }
    }
    return nearest;
}

static pil_status unknown_name(option_parser *parser, const char *name, size_t length)
{
    const pil_option *nearest = find_nearest(parser->table, name, length);
    quote shown = quote_of(parser->argv[parser->at - 1]);
    char *equals = strchr(shown.text, '=');
    if (equals != NULL)
        *equals = '\0';
    if (nearest != NULL)
        return pil_error_set(parser->err, PIL_INVALID_ARGUMENT,
                             "unknown option %s: did you mean --%s?", shown.text, nearest->name);
    return pil_error_set(parser->err, PIL_INVALID_ARGUMENT, "unknown option %s", shown.text);
}

/* argument is the whole of it, from its dash. */
static pil_status unknown_letter(option_parser *parser, const char *argument, const char *letter)
{
    size_t n_letter_bytes = 0;
    pil_utf8_next(letter, strlen(letter), &n_letter_bytes, NULL);
    char text[8];
    snprintf(text, sizeof text, "%.*s", (int)n_letter_bytes, letter);
    quote shown = quote_of(text), whole = quote_of(argument);
    const char *name = argument + 1;
    const pil_option *meant = find_name(parser->table, name, strcspn(name, "="));
    if (meant != NULL)
        return pil_error_set(parser->err, PIL_INVALID_ARGUMENT,
                             "unknown option -%s in %s: did you mean --%s?", shown.text, whole.text,
                             meant->name);
    if (!parser->table->has_exclusions)
        return pil_error_set(parser->err, PIL_INVALID_ARGUMENT, "unknown option -%s", shown.text);
    if (parser->operands->n_items == 0)
        return pil_error_set(parser->err, PIL_INVALID_ARGUMENT,
                             "unknown option -%s (a word to exclude comes after the first word)",
                             shown.text);
    return pil_error_set(parser->err, PIL_INVALID_ARGUMENT,
                         "unknown option -%s (to exclude what does not begin with two letters, put "
                         "quotes inside quotes: '-\"%s\"')",
                         shown.text, whole.text + 1);
}

static bool read_number(const char *text, bool is_size, uint64_t *number)
{
    uint64_t value = 0;
    if (*text < '0' || *text > '9')
        return false;
    for (; *text >= '0' && *text <= '9'; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    int shift = 0;
    if (is_size && *text != '\0') {
        const char *units = "KkMmGg";
        const char *unit = strchr(units, *text++);
        if (unit == NULL)
            return false;
        shift = 10 * (int)((unit - units) / 2 + 1);
    }
    if (*text != '\0' || value > UINT64_MAX >> shift)
        return false;
    *number = value << shift;
    return true;
}

/* The largest unit that divides it, as a user would type it. */
static const char *size_text(uint64_t bytes, char out[32])
{
    static const char *const units[] = {"", "K", "M", "G"};
    size_t unit = 0;
    while (unit < 3 && bytes != 0 && bytes % 1024 == 0) {
        bytes /= 1024;
        unit++;
    }
    snprintf(out, 32, "%llu%s", (unsigned long long)bytes, units[unit]);
    return out;
}

static pil_status set_number(option_parser *parser, const pil_option *option, const char *as,
                             const char *value)
{
    bool is_size = option->kind == PIL_OPTION_SIZE;
    uint64_t number;
    bool is_number = read_number(value, is_size, &number);
    if (is_number && number >= option->min && number <= option->max) {
        memcpy((char *)parser->target + option->offset, &number, sizeof number);
        return PIL_OK;
    }
    char min[32], max[32];
    if (is_size) {
        size_text(option->min, min);
        size_text(option->max, max);
    } else {
        snprintf(min, sizeof min, "%llu", (unsigned long long)option->min);
        snprintf(max, sizeof max, "%llu", (unsigned long long)option->max);
    }
    quote shown = quote_of(value);
    return pil_error_set(parser->err, PIL_INVALID_ARGUMENT,
                         "%s takes a %s from %s to %s, not \"%s\"", as, is_size ? "size" : "number",
                         min, max, shown.text);
}

static pil_status set_keyword(option_parser *parser, const pil_option *option, const char *as,
                              const char *value)
{
    char choices[128] = "";
    size_t used = 0;
    for (const pil_option_keyword *keyword = option->keywords; keyword->name != NULL; keyword++) {
        if (strcmp(keyword->name, value) == 0) {
            memcpy((char *)parser->target + option->offset, &keyword->value, sizeof keyword->value);
            return PIL_OK;
        }
        const char *joint = used == 0 ? "" : keyword[1].name == NULL ? " or " : ", ";
        snprintf(choices + used, sizeof choices - used, "%s%s", joint, keyword->name);
        used = strlen(choices);
    }
    quote shown = quote_of(value);
    return pil_error_set(parser->err, PIL_INVALID_ARGUMENT, "%s takes %s, not \"%s\"", as, choices,
                         shown.text);
}

static pil_status append_string(option_parser *parser, char *member, const char *value,
                                const char *as)
{
    pil_option_strings strings;
    memcpy(&strings, member, sizeof strings);
    if (strings.n_items == PIL_OPTION_STRINGS_MAX)
        return pil_error_set(parser->err, PIL_INVALID_ARGUMENT, "%s comes more than %d times", as,
                             PIL_OPTION_STRINGS_MAX);
    strings.items[strings.n_items++] = value;
    memcpy(member, &strings, sizeof strings);
    return PIL_OK;
}

/* The next argument as the value of an option that has none attached. */
static pil_status take_value(option_parser *parser, const pil_option *option, const char *as,
                             const char **value)
{
    if (parser->at >= parser->argc)
        return pil_error_set(parser->err, PIL_INVALID_ARGUMENT,
                             option->kind == PIL_OPTION_PAIR ? "%s needs two values: %s"
                                                             : "%s needs a %s",
                             as, option->value_name);
    *value = parser->argv[parser->at++];
    return PIL_OK;
}

static pil_status set_pair(option_parser *parser, const pil_option *option, const char *as,
                           const char *first)
{
    const char *pair[2] = {first, NULL};
    pil_status status = take_value(parser, option, as, &pair[1]);
    if (status == PIL_OK)
        memcpy((char *)parser->target + option->offset, pair, sizeof pair);
    return status;
}

/* value is NULL for options that have none; as is how the user wrote the option. */
static pil_status set_option(option_parser *parser, const pil_option *option, const char *as,
                             const char *value)
{
    char *member = (char *)parser->target + option->offset;
    parser->operands->given |= UINT64_C(1) << (option - parser->table->options);
    switch (option->kind) {
    case PIL_OPTION_FLAG:
        memcpy(member, &(bool){true}, sizeof(bool));
        return PIL_OK;
    case PIL_OPTION_CONSTANT:
        memcpy(member, &option->constant, sizeof option->constant);
        return PIL_OK;
    case PIL_OPTION_NUMBER:
    case PIL_OPTION_SIZE:
        if (value != NULL)
            return set_number(parser, option, as, value);
        memcpy(member, &(uint64_t){(uint64_t)option->constant}, sizeof(uint64_t));
        return PIL_OK;
    case PIL_OPTION_KEYWORD:
        if (value != NULL)
            return set_keyword(parser, option, as, value);
        memcpy(member, &option->constant, sizeof option->constant);
        return PIL_OK;
    case PIL_OPTION_PAIR:
        return set_pair(parser, option, as, value);
    case PIL_OPTION_STRING:
    case PIL_OPTION_STRINGS:
        break;
    }
    if (*value == '\0')
        return pil_error_set(parser->err, PIL_INVALID_ARGUMENT, "the %s of %s is empty",
                             option->value_name, as);
    if (option->kind == PIL_OPTION_STRINGS)
        return append_string(parser, member, value, as);
    memcpy(member, &value, sizeof value);
    return PIL_OK;
}

static pil_status parse_long(option_parser *parser, const char *argument)
{
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    const pil_option *option = find_name(parser->table, name, length);
    if (option == NULL)
        return unknown_name(parser, name, length);
    char as[NAME_MAX_BYTES + 8];
    snprintf(as, sizeof as, "--%s", option->name);
    if (!pil_option_has_value(option) && value != NULL)
        return pil_error_set(parser->err, PIL_INVALID_ARGUMENT, "%s takes no value", as);
    pil_status status = PIL_OK;
    if (pil_option_has_value(option) && value == NULL && !option->value_is_optional)
        status = take_value(parser, option, as, &value);
    return status == PIL_OK ? set_option(parser, option, as, value) : status;
}

static pil_status parse_letters(option_parser *parser, const char *argument)
{
    pil_status status = PIL_OK;
    for (const char *letter = argument + 1; *letter != '\0' && status == PIL_OK; letter++) {
        const pil_option *option = find_letter(parser->table, *letter);
        if (option == NULL)
            return unknown_letter(parser, argument, letter);
        const char as[] = {'-', *letter, '\0'};
        if (!pil_option_has_value(option)) {
            status = set_option(parser, option, as, NULL);
            continue;
        }
        const char *value = letter + 1;
        if (*value == '\0')
            status = take_value(parser, option, as, &value);
        return status == PIL_OK ? set_option(parser, option, as, value) : status;
    }
    return status;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (unsigned char)byte >= 0x80;
}

static bool is_operand(const option_parser *parser, const char *argument)
{
    if (parser->has_ended || argument[0] != '-' || argument[1] == '\0')
        return true;
    if (!parser->table->has_exclusions || parser->operands->n_items == 0)
        return false;
    return argument[1] == '"' || argument[1] == '=' ||
           (is_letter(argument[1]) && is_letter(argument[2]));
}

void pil_operands_dispose(pil_operands *operands)
{
    free(operands->items);
    *operands = (pil_operands){0};
}

pil_status pil_options_parse(const pil_option_table *table, int argc, char *const *argv,
                             void *target, pil_operands *operands, pil_error *err)
{
    assert(table->n_options <= 64);
    *operands = (pil_operands){0};
    size_t n_arguments = argc > 0 ? (size_t)argc : 0;
    operands->items = calloc(n_arguments + 1, sizeof *operands->items);
    if (operands->items == NULL)
        return pil_error_no_memory(err);
    option_parser parser = {.table = table,
                            .argv = argv,
                            .argc = argc,
                            .at = 1,
                            .target = target,
                            .operands = operands,
                            .err = err};
    pil_status status = PIL_OK;
    while (parser.at < argc && status == PIL_OK) {
        const char *argument = argv[parser.at++];
        if (is_operand(&parser, argument)) {
            operands->items[operands->n_items++] = argument;
            operands->n_before_end += !parser.has_ended;
        } else if (strcmp(argument, "--") == 0) {
            parser.has_ended = true;
        } else if (argument[1] == '-') {
            status = parse_long(&parser, argument);
        } else {
            status = parse_letters(&parser, argument);
        }
    }
    if (status != PIL_OK)
        pil_operands_dispose(operands);
    return status;
}
