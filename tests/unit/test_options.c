#include "cli/options.h"

#include "indexer/article.h"
#include "indexer/index_options.h"
#include "query/query_options.h"

#include <criterion/criterion.h>
#include <string.h>

typedef struct settings {
    bool quiet, verbose;
    int format;
    uint64_t count, size;
    const char *name;
    int color;
    const char *ends[2];
} settings;

static const pil_option_keyword colors[] = {{"auto", 0}, {"always", 1}, {"never", 2}, {NULL, 0}};

static const pil_option sample_options[] = {
    {.section = "First",
     .name = "quiet",
     .letter = 'q',
     .kind = PIL_OPTION_FLAG,
     .offset = offsetof(settings, quiet),
     .help = "say little"},
    {.name = "verbose",
     .letter = 'v',
     .kind = PIL_OPTION_FLAG,
     .offset = offsetof(settings, verbose),
     .help = "say much"},
    {.name = "json",
     .kind = PIL_OPTION_CONSTANT,
     .offset = offsetof(settings, format),
     .constant = 7,
     .help = "as JSON"},
    {.section = "Second",
     .name = "limit",
     .letter = 'n',
     .kind = PIL_OPTION_NUMBER,
     .offset = offsetof(settings, count),
     .value_name = "N",
     .min = 1,
     .max = 100,
     .help = "a help text that is long enough to need a second line, since it goes on and on"},
    {.name = "memory",
     .letter = 'm',
     .kind = PIL_OPTION_SIZE,
     .offset = offsetof(settings, size),
     .value_name = "SIZE",
     .min = 1024,
     .max = UINT64_C(8) << 30,
     .help = "how much"},
    {.name = "name",
     .letter = 'o',
     .kind = PIL_OPTION_STRING,
     .offset = offsetof(settings, name),
     .value_name = "NAME",
     .help = "the name"},
    {.name = "color-of-the-output",
     .kind = PIL_OPTION_KEYWORD,
     .offset = offsetof(settings, color),
     .value_name = "WHEN",
     .keywords = colors,
     .help = "auto, always or never"},
    {.name = "ends",
     .kind = PIL_OPTION_PAIR,
     .offset = offsetof(settings, ends),
     .value_name = "FROM TO",
     .help = "both ends"},
};

static const pil_option_table sample = {.program = "sample",
                                        .usage = "[OPTION]... FILE\n--help",
                                        .about = "Does things.\n",
                                        .notes = "That is all.\n",
                                        .options = sample_options,
                                        .n_options =
                                            sizeof sample_options / sizeof sample_options[0]};

enum { ARGUMENTS_MAX = 12 };

/* What a command line gives; the arguments end with NULL. */
typedef struct parsed {
    pil_status status;
    settings settings;
    pil_operands operands;
    pil_error error;
} parsed;

static parsed parse(const pil_option_table *table, const char *const *arguments)
{
    const char *argv[ARGUMENTS_MAX + 2] = {"sample"};
    char *writable[ARGUMENTS_MAX + 2] = {0};
    int argc = 1;
    for (; arguments[argc - 1] != NULL; argc++)
        argv[argc] = arguments[argc - 1];
    memcpy(writable, argv, sizeof argv);
    parsed result = {.settings = {.count = 10, .name = "unset"}};
    result.status =
        pil_options_parse(table, argc, writable, &result.settings, &result.operands, &result.error);
    return result;
}

#define PARSE(table, ...) parse(table, (const char *const[ARGUMENTS_MAX + 1]){__VA_ARGS__})

Test(options, values_may_be_attached_or_follow)
{
    static const char *const forms[][3] = {{"-n5"},          {"-n", "5"}, {"--limit=5"},
                                           {"--limit", "5"}, {"-qn5"},    {"-vn", "5"}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        parsed got = PARSE(&sample, forms[i][0], forms[i][1]);
        cr_expect_eq(got.status, PIL_OK, "form %zu: %s", i, got.error.message);
        cr_expect_eq(got.settings.count, 5, "form %zu", i);
        cr_expect_eq(got.operands.n_items, 0, "form %zu", i);
        pil_operands_dispose(&got.operands);
    }
}

Test(options, kinds_set_their_targets_and_the_last_one_counts)
{
    parsed got = PARSE(&sample, "--json", "-qv", "-m", "2M", "-ofirst", "--name=second",
                       "--color-of-the-output=never");
    cr_assert_eq(got.status, PIL_OK);
    cr_expect(got.settings.quiet && got.settings.verbose);
    cr_expect_eq(got.settings.format, 7);
    cr_expect_eq(got.settings.size, 2u << 20);
    cr_expect_str_eq(got.settings.name, "second");
    cr_expect_eq(got.settings.color, 2);
    cr_expect_eq(got.settings.count, 10);
    cr_expect_eq(got.operands.given, 0x77, "bits of what was given, not of the limit");
    pil_operands_dispose(&got.operands);
}

Test(options, a_pair_takes_two_values_whatever_they_look_like)
{
    static const struct {
        const char *arguments[4], *ends[2];
    } cases[] = {{{"--ends", "a", "b", "-q"}, {"a", "b"}},
                 {{"--ends=a", "b", "-q"}, {"a", "b"}},
                 {{"--ends", "--limit=7", "-v", "-q"}, {"--limit=7", "-v"}},
                 {{"--ends=", "", "-q"}, {"", ""}},
                 {{"-q", "--ends", "", "--"}, {"", "--"}}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const *arguments = cases[i].arguments;
        parsed got = PARSE(&sample, arguments[0], arguments[1], arguments[2], arguments[3]);
        cr_assert_eq(got.status, PIL_OK, "case %zu: %s", i, got.error.message);
        cr_expect_str_eq(got.settings.ends[0], cases[i].ends[0], "case %zu", i);
        cr_expect_str_eq(got.settings.ends[1], cases[i].ends[1], "case %zu", i);
        cr_expect(got.settings.quiet && !got.settings.verbose, "case %zu", i);
        cr_expect_eq(got.settings.count, 10, "case %zu", i);
        cr_expect_eq(got.operands.n_items, 0, "case %zu", i);
        pil_operands_dispose(&got.operands);
    }
}

Test(options, operands_keep_their_order_among_options_and_behind_two_dashes)
{
    parsed got = PARSE(&sample, "one", "-q", "-", "+two", "", "--", "-v", "--json");
    cr_assert_eq(got.status, PIL_OK);
    static const char *const expected[] = {"one", "-", "+two", "", "-v", "--json"};
    cr_assert_eq(got.operands.n_items, 6);
    for (size_t i = 0; i < 6; i++)
        cr_expect_str_eq(got.operands.items[i], expected[i], "operand %zu", i);
    cr_expect_eq(got.operands.n_before_end, 4);
    cr_expect(got.settings.quiet && !got.settings.verbose);
    pil_operands_dispose(&got.operands);
}

Test(options, sizes_take_units_and_refuse_overflow)
{
    static const struct {
        const char *text;
        pil_status status;
        uint64_t size;
    } cases[] = {
        {"1024", PIL_OK, 1024},
        {"1K", PIL_OK, 1024},
        {"3m", PIL_OK, 3u << 20},
        {"8G", PIL_OK, UINT64_C(8) << 30},
        {"9G", PIL_INVALID_ARGUMENT, 0},
        {"1023", PIL_INVALID_ARGUMENT, 0},
        {"1T", PIL_INVALID_ARGUMENT, 0},
        {"K", PIL_INVALID_ARGUMENT, 0},
        {"2KB", PIL_INVALID_ARGUMENT, 0},
        {"-1", PIL_INVALID_ARGUMENT, 0},
        {"18446744073709551615G", PIL_INVALID_ARGUMENT, 0},
        {"18446744073709552640", PIL_INVALID_ARGUMENT, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        parsed got = PARSE(&sample, "--memory", cases[i].text);
        cr_expect_eq(got.status, cases[i].status, "%s", cases[i].text);
        cr_expect_eq(got.settings.size, cases[i].size, "%s", cases[i].text);
        pil_operands_dispose(&got.operands);
    }
}

Test(options, messages_name_the_option_and_what_is_wrong)
{
    static const struct {
        const char *arguments[3];
        const char *message;
    } cases[] = {
        {{"--quite"}, "unknown option --quite: did you mean --quiet?"},
        {{"--colour-of-the-output=x"},
         "unknown option --colour-of-the-output: did you mean --color-of-the-output?"},
        {{"--verb"}, "unknown option --verb: did you mean --verbose?"},
        {{"--jsno"}, "unknown option --jsno: did you mean --json?"},
        {{"--frobnicate"}, "unknown option --frobnicate"},
        {{"--="}, "unknown option --"},
        {{"-x"}, "unknown option -x"},
        {{"-json"}, "unknown option -j in -json: did you mean --json?"},
        {{"-qx"}, "unknown option -x"},
        {{"-\xC3\xA9"}, "unknown option -\xC3\xA9"},
        {{"-\x1B[2J"}, "unknown option -\\x1B"},
        {{"--\x1B[2J"}, "unknown option --\\x1B[2J"},
        {{"--quiet=yes"}, "--quiet takes no value"},
        {{"--limit"}, "--limit needs a N"},
        {{"-n"}, "-n needs a N"},
        {{"--ends"}, "--ends needs two values: FROM TO"},
        {{"--ends", "a"}, "--ends needs two values: FROM TO"},
        {{"--ends=a"}, "--ends needs two values: FROM TO"},
        {{"-n", "0"}, "-n takes a number from 1 to 100, not \"0\""},
        {{"--limit=101"}, "--limit takes a number from 1 to 100, not \"101\""},
        {{"-n5x"}, "-n takes a number from 1 to 100, not \"5x\""},
        {{"-n", ""}, "-n takes a number from 1 to 100, not \"\""},
        {{"-m1"}, "-m takes a size from 1K to 8G, not \"1\""},
        {{"--name="}, "the NAME of --name is empty"},
        {{"--color-of-the-output=allways"},
         "--color-of-the-output takes auto, always or never, not \"allways\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        parsed got = PARSE(&sample, cases[i].arguments[0], cases[i].arguments[1]);
        cr_expect_eq(got.status, PIL_INVALID_ARGUMENT, "case %zu", i);
        cr_expect_str_eq(got.error.message, cases[i].message, "case %zu: %s", i, got.error.message);
        cr_expect(got.operands.items == NULL);
        pil_operands_dispose(&got.operands);
    }
}

Test(options, a_message_cuts_long_arguments)
{
    char argument[5000] = "--";
    memset(argument + 2, 'x', sizeof argument - 3);
    argument[sizeof argument - 1] = '\0';
    parsed got = PARSE(&sample, argument);
    cr_expect_eq(got.status, PIL_INVALID_ARGUMENT);
    cr_expect_lt(strlen(got.error.message), 100);
    cr_expect(strstr(got.error.message, "xxx...") != NULL);
}

Test(options, every_width_of_help_is_within_79_columns)
{
    const pil_option_table *const tables[] = {&sample, &pil_query_option_table,
                                              &pil_index_option_table};
    for (size_t i = 0; i < 3; i++) {
        pil_buffer help;
        pil_buffer_init(&help, 1 << 20);
        cr_assert_eq(pil_options_help(tables[i], &help), PIL_OK);
        for (const char *line = help.bytes; *line != '\0';) {
            size_t length = strcspn(line, "\n");
            cr_expect_leq(length, 79, "%.*s", (int)length, line);
            cr_expect(length == 0 || line[length - 1] != ' ', "%.*s", (int)length, line);
            line += length + 1;
        }
        pil_buffer_dispose(&help);
    }
}

Test(options, help_is_grouped_and_aligned)
{
    static const char expected[] =
        "Usage: sample [OPTION]... FILE\n"
        "       sample --help\n"
        "\n"
        "Does things.\n"
        "\n"
        "First:\n"
        "  -q, --quiet           say little\n"
        "  -v, --verbose         say much\n"
        "      --json            as JSON\n"
        "\n"
        "Second:\n"
        "  -n, --limit=N         a help text that is long enough to need a second line,\n"
        "                        since it goes on and on\n"
        "  -m, --memory=SIZE     how much\n"
        "  -o, --name=NAME       the name\n"
        "      --color-of-the-output=WHEN\n"
        "                        auto, always or never\n"
        "      --ends=FROM TO    both ends\n"
        "\n"
        "That is all.\n";
    pil_buffer help;
    pil_buffer_init(&help, 1 << 20);
    cr_assert_eq(pil_options_help(&sample, &help), PIL_OK);
    cr_expect_str_eq(help.bytes, expected);
    pil_buffer_dispose(&help);
}

Test(options, tables_are_consistent)
{
    const pil_option_table *const tables[] = {&sample, &pil_query_option_table,
                                              &pil_index_option_table};
    for (size_t t = 0; t < 3; t++) {
        for (size_t i = 0; i < tables[t]->n_options; i++) {
            const pil_option *option = &tables[t]->options[i];
            cr_expect((option->value_name != NULL) == pil_option_has_value(option), "--%s",
                      option->name);
            cr_expect((option->keywords != NULL) == (option->kind == PIL_OPTION_KEYWORD), "--%s",
                      option->name);
            cr_expect(option->kind != PIL_OPTION_PAIR || option->letter == 0, "--%s", option->name);
            cr_expect(!option->value_is_optional || ((option->kind == PIL_OPTION_KEYWORD ||
                                                      option->kind == PIL_OPTION_NUMBER) &&
                                                     option->letter == 0),
                      "--%s", option->name);
            const pil_option_keyword *keyword = option->keywords;
            for (; keyword != NULL && keyword->name != NULL; keyword++)
                cr_expect(strstr(option->help, keyword->name) != NULL, "--%s does not name %s",
                          option->name, keyword->name);
            for (size_t j = 0; j < i; j++) {
                const pil_option *other = &tables[t]->options[j];
                cr_expect(strcmp(option->name, other->name) != 0, "--%s twice", option->name);
                cr_expect(option->letter == 0 || option->letter != other->letter, "-%c twice",
                          option->letter);
            }
        }
    }
}

/* Options of the query program: exclusions, and the joined query. */

typedef struct query_parsed {
    pil_status status;
    pil_query_options options;
    pil_error error;
} query_parsed;

static query_parsed parse_query(const char *const *arguments)
{
    char *argv[ARGUMENTS_MAX + 2] = {0};
    int argc = 1;
    for (; arguments[argc - 1] != NULL; argc++)
        memcpy(&argv[argc], &arguments[argc - 1], sizeof argv[argc]);
    query_parsed result = {0};
    result.status = pil_query_options_parse(argc, argv, &result.options, &result.error);
    return result;
}

#define PARSE_QUERY(...) parse_query((const char *const[ARGUMENTS_MAX + 1]){__VA_ARGS__})

Test(query_options, after_the_first_word_a_dash_and_two_letters_exclude)
{
    static const struct {
        const char *arguments[7];
        const char *query;
        uint64_t limit;
        bool all;
    } cases[] = {
        {{"Kosovo", "dialogue"}, "Kosovo dialogue", 10, false},
        {{"-n5", "Kosovo", "-Serbia"}, "Kosovo -Serbia", 10 - 5, false},
        {{"Kosovo", "-Serbia", "-n5", "--all"}, "Kosovo -Serbia", 5, true},
        {{"Kosovo", "-n", "7", "-aid"}, "Kosovo -aid", 7, false},
        {{"Kosovo", "-a", "-an"}, "Kosovo -an", 10, true},
        {{"Kosovo", "-\xC5\xA1ta"}, "Kosovo -\xC5\xA1ta", 10, false},
        {{"Kosovo", "-\xC3\xA9"}, "Kosovo -\xC3\xA9", 10, false},
        {{"Kosovo", "-\"on all\""}, "Kosovo -\"on all\"", 10, false},
        {{"Kosovo", "-=War"}, "Kosovo -=War", 10, false},
        {{"+Kosovo", "-\"U.N.\""}, "+Kosovo -\"U.N.\"", 10, false},
        {{"\"attack on all\""}, "\"attack on all\"", 10, false},
        {{"a", "-"}, "a -", 10, false},
        {{"--", "-n5", "--all"}, "-n5 --all", 10, false},
        {{"x", "--", "--all"}, "x --all", 10, false},
        {{"-an5", "x"}, "x", 5, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        query_parsed got = parse_query(cases[i].arguments);
        cr_expect_eq(got.status, PIL_OK, "case %zu: %s", i, got.error.message);
        if (got.status == PIL_OK) {
            cr_expect_str_eq(got.options.query, cases[i].query, "case %zu: %s", i,
                             got.options.query);
            cr_expect_eq(got.options.query_bytes, strlen(cases[i].query), "case %zu", i);
            cr_expect_eq(got.options.limit, cases[i].limit, "case %zu", i);
            cr_expect(got.options.all == cases[i].all, "case %zu", i);
        }
        pil_query_options_dispose(&got.options);
    }
}

Test(query_options, what_is_no_word_is_refused_with_advice)
{
    static const struct {
        const char *arguments[4];
        const char *message;
    } cases[] = {
        {{"-Kosovo", "x"}, "unknown option -K (a word to exclude comes after the first word)"},
        {{"x", "-U.N."},
         "unknown option -U (to exclude what does not begin with two letters, put quotes inside "
         "quotes: '-\"U.N.\"')"},
        {{"--all"}, "no words to look for"},
        {{"--topic=a b", "x"}, "--topic may not contain spaces or control characters"},
        {{"--run=a\tb", "x"}, "--run may not contain spaces or control characters"},
        {{"-n0", "x"}, "-n takes a number from 1 to 100000, not \"0\""},
        {{"--colour=never", "x"}, "unknown option --colour: did you mean --color?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        query_parsed got = parse_query(cases[i].arguments);
        cr_expect_eq(got.status, PIL_INVALID_ARGUMENT, "case %zu", i);
        cr_expect_str_eq(got.error.message, cases[i].message, "case %zu: %s", i, got.error.message);
        pil_query_options_dispose(&got.options);
    }
}

Test(query_options, the_last_format_counts_and_help_needs_no_words)
{
    query_parsed got = PARSE_QUERY("--json", "--format=trec", "x", "--topic", "31");
    cr_assert_eq(got.status, PIL_OK);
    cr_expect_eq(got.options.format, PIL_QUERY_TREC);
    cr_expect_str_eq(got.options.topic, "31");
    cr_expect_str_eq(got.options.run, "pilcrow");
    pil_query_options_dispose(&got.options);
    got = PARSE_QUERY("-h");
    cr_expect_eq(got.status, PIL_OK);
    cr_expect(got.options.help);
    pil_query_options_dispose(&got.options);
}

Test(query_options, copies_are_for_programs_unless_they_are_asked_for)
{
    static const struct {
        const char *arguments[ARGUMENTS_MAX];
        pil_query_copies wanted;
    } cases[] = {
        {{"x"}, PIL_QUERY_COPIES_COLLAPSE},
        {{"--format=md", "x"}, PIL_QUERY_COPIES_COLLAPSE},
        {{"--json", "x"}, PIL_QUERY_COPIES_SHOW},
        {{"--files", "x"}, PIL_QUERY_COPIES_SHOW},
        {{"--template={path}", "x"}, PIL_QUERY_COPIES_SHOW},
        {{"--dups", "x"}, PIL_QUERY_COPIES_SHOW},
        {{"x", "--dups=show"}, PIL_QUERY_COPIES_SHOW},
        {{"--dups=collapse", "--json", "x"}, PIL_QUERY_COPIES_COLLAPSE},
        {{"--dups=collapse", "--dups", "x"}, PIL_QUERY_COPIES_SHOW},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        query_parsed got = parse_query(cases[i].arguments);
        cr_assert_eq(got.status, PIL_OK, "case %zu: %s", i, got.error.message);
        cr_expect_eq(got.options.copies, (int)cases[i].wanted, "case %zu", i);
        cr_expect_str_eq(got.options.query, "x", "case %zu", i);
        pil_query_options_dispose(&got.options);
    }
    query_parsed got = PARSE_QUERY("--dups=none", "x");
    cr_expect_eq(got.status, PIL_INVALID_ARGUMENT);
    cr_expect_str_eq(got.error.message, "--dups takes show or collapse, not \"none\"");
    pil_query_options_dispose(&got.options);
}

/* Options of the indexer: verbs and what goes with them. */

typedef struct index_parsed {
    pil_status status;
    pil_index_options options;
    pil_error error;
} index_parsed;

static index_parsed parse_index(const char *const *arguments)
{
    char *argv[ARGUMENTS_MAX + 2] = {0};
    int argc = 1;
    for (; arguments[argc - 1] != NULL; argc++)
        memcpy(&argv[argc], &arguments[argc - 1], sizeof argv[argc]);
    index_parsed result = {0};
    result.status = pil_index_options_parse(argc, argv, &result.options, &result.error);
    return result;
}

#define PARSE_INDEX(...) parse_index((const char *const[ARGUMENTS_MAX + 1]){__VA_ARGS__})

Test(index_options, the_first_operand_may_be_a_verb)
{
    static const struct {
        const char *arguments[5];
        pil_index_verb verb;
        const char *first_path;
        size_t n_paths;
    } cases[] = {
        {{"articles", "-"}, PIL_VERB_INDEX, "articles", 2},
        {{"-d", "x", "status", "--skipped"}, PIL_VERB_STATUS, NULL, 0},
        {{"verify"}, PIL_VERB_VERIFY, NULL, 0},
        {{"merge", "-m", "1G"}, PIL_VERB_MERGE, NULL, 0},
        {{"remove", "a", "b"}, PIL_VERB_REMOVE, "a", 2},
        {{"./status"}, PIL_VERB_INDEX, "./status", 1},
        {{"--", "status"}, PIL_VERB_INDEX, "status", 1},
        {{"articles", "status"}, PIL_VERB_INDEX, "articles", 2},
        {{"remove", "--", "-odd"}, PIL_VERB_REMOVE, "-odd", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        index_parsed got = parse_index(cases[i].arguments);
        cr_expect_eq(got.status, PIL_OK, "case %zu: %s", i, got.error.message);
        cr_expect_eq((int)got.options.verb, (int)cases[i].verb, "case %zu", i);
        cr_expect_eq(got.options.n_paths, cases[i].n_paths, "case %zu", i);
        if (got.options.n_paths > 0 && cases[i].first_path != NULL)
            cr_expect_str_eq(got.options.paths[0], cases[i].first_path, "case %zu", i);
        pil_index_options_dispose(&got.options);
    }
}

Test(index_options, have_sound_defaults)
{
    index_parsed got = PARSE_INDEX("a");
    cr_assert_eq(got.status, PIL_OK);
    cr_expect_null(got.options.language);
    cr_expect_eq(got.options.format, PIL_FORMAT_NONE);
    cr_expect_geq(got.options.memory, PIL_INDEX_MEMORY_MIN);
    cr_expect_leq(got.options.memory, PIL_INDEX_MEMORY_DEFAULT_MAX);
    cr_expect_geq(got.options.jobs, 1);
    cr_expect_leq(got.options.jobs, PIL_INDEX_JOBS_MAX);
    cr_expect(!got.options.no_delete && !got.options.dry_run);
    pil_index_options_dispose(&got.options);
}

Test(index_options, each_format_goes_by_its_name)
{
    static const struct {
        const char *arguments[4];
        pil_format format;
    } cases[] = {
        {{"a", "--format=text"}, PIL_FORMAT_TEXT},
        {{"a", "--format=markdown"}, PIL_FORMAT_MARKDOWN},
        {{"a", "--format=html"}, PIL_FORMAT_HTML},
        {{"a", "--format=jsonl"}, PIL_FORMAT_JSONL},
        {{"a", "--format=auto"}, PIL_FORMAT_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        index_parsed got = parse_index(cases[i].arguments);
        cr_expect_eq(got.status, PIL_OK, "case %zu: %s", i, got.error.message);
        cr_expect_eq(got.options.format, (int)cases[i].format, "case %zu", i);
        pil_index_options_dispose(&got.options);
    }
    index_parsed odd = PARSE_INDEX("a", "--format=txt");
    cr_expect_eq(odd.status, PIL_INVALID_ARGUMENT);
    pil_index_options_dispose(&odd.options);
}

Test(index_options, what_does_not_go_together_is_refused)
{
    static const struct {
        const char *arguments[4];
        const char *message;
    } cases[] = {
        {{NULL}, "no PATH to index"},
        {{"remove"}, "remove needs a PATH"},
        {{"status", "x"}, "status takes no PATH; to index a path of that name, write ./status"},
        {{"status", "--dry-run"}, "--dry-run does not go with status"},
        {{"remove", "x", "--no-delete"}, "--no-delete does not go with remove"},
        {{"x", "--json"}, "--json goes with: pilcrow-index status"},
        {{"x", "-qv"}, "--quiet does not go with --verbose"},
        {{"x", ""}, "a PATH is empty"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        index_parsed got = parse_index(cases[i].arguments);
        cr_expect_eq(got.status, PIL_INVALID_ARGUMENT, "case %zu", i);
        cr_expect_str_eq(got.error.message, cases[i].message, "case %zu: %s", i, got.error.message);
        pil_index_options_dispose(&got.options);
    }
}
