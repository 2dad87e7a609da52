#include "index_options.h"

#include "article.h"
#include "resources.h"

#include <stdlib.h>
#include <string.h>

static const pil_option_keyword formats[] = {
    {"auto", PIL_FORMAT_NONE},         {"text", PIL_FORMAT_TEXT},
    {"markdown", PIL_FORMAT_MARKDOWN}, {"html", PIL_FORMAT_HTML},
    {"jsonl", PIL_FORMAT_JSONL},       {"csv", PIL_FORMAT_CSV},
    {"org", PIL_FORMAT_ORG},           {"rst", PIL_FORMAT_RST},
    {"tex", PIL_FORMAT_TEX},           {"pdf", PIL_FORMAT_PDF},
    {"docx", PIL_FORMAT_DOCX},         {"odt", PIL_FORMAT_ODT},
    {"epub", PIL_FORMAT_EPUB},         {"rtf", PIL_FORMAT_RTF},
    {"mail", PIL_FORMAT_MAIL},         {"mbox", PIL_FORMAT_MBOX},
    {"mhtml", PIL_FORMAT_MHTML},       {"warc", PIL_FORMAT_WARC},
    {"archive", PIL_FORMAT_ARCHIVE},   {NULL, 0}};
static const pil_option_keyword whens[] = {
    {"auto", PIL_WHEN_AUTO}, {"always", PIL_WHEN_ALWAYS}, {"never", PIL_WHEN_NEVER}, {NULL, 0}};

/* An option's tags are the verbs that it goes with. */
#define WITH(verb) (1u << PIL_VERB_##verb)
#define WITH_ALL                                                                                   \
    (WITH(INDEX) | WITH(STATUS) | WITH(VERIFY) | WITH(MERGE) | WITH(REMOVE) | WITH(FORMATS) |      \
     WITH(TRUST))
#define AT(member) offsetof(pil_index_options, member)

static const pil_option options_of_indexer[] = {
    {.section = "Where",
     .name = "index",
     .kind = PIL_OPTION_STRING,
     .offset = AT(index),
     .letter = 'd',
     .value_name = "DIR",
     .tags = WITH_ALL,
     .help = "the index (default: $PILCROW_INDEX, else the nearest .pilcrow directory upward, "
             "else your own in $XDG_DATA_HOME/pilcrow/index)"},

    {.section = "Indexing",
     .name = "language",
     .kind = PIL_OPTION_STRING,
     .offset = AT(language),
     .letter = 'l',
     .value_name = "LANG",
     .tags = WITH(INDEX),
     .help = "the language of texts that neither say nor show theirs, such as fr (default: that of "
             "most in the same file, else en)"},
    {.name = "format",
     .kind = PIL_OPTION_KEYWORD,
     .offset = AT(format),
     .letter = 'f',
     .value_name = "FORMAT",
     .keywords = formats,
     .tags = WITH(INDEX),
     .help = "read all inputs as text, markdown, html, jsonl, csv, org, rst, tex, pdf, docx, odt, "
             "epub, rtf, "
             "mail, mbox, "
             "mhtml, warc or archive (default: auto, by their names; standard input as text)"},
    {.name = "set",
     .kind = PIL_OPTION_STRINGS,
     .offset = AT(set),
     .value_name = "FIELD=VALUE",
     .tags = WITH(INDEX),
     .help =
         "say the title, author, date, language, source or url of all that is read, whatever it "
         "says itself; may be repeated"},
    {.name = "text-column",
     .kind = PIL_OPTION_STRING,
     .offset = AT(text_column),
     .value_name = "NAME",
     .tags = WITH(INDEX),
     .help = "the column of .csv and .tsv files that holds the text (default: text, body, content "
             "or paragraph)"},
    {.name = "filter",
     .kind = PIL_OPTION_STRINGS,
     .offset = AT(filter),
     .value_name = "EXT:COMMAND",
     .tags = WITH(INDEX),
     .help = "read files that end in .EXT by what COMMAND prints, in which %f is the path of the "
             "file, such as 'doc:antiword %f'; EXT=html:COMMAND for HTML, or another FORMAT; may "
             "be repeated"},
    {.name = "ocr",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(ocr),
     .tags = WITH(INDEX),
     .help =
         "read PDFs and pages without text, as scanned ones are, by tesseract, as English or the "
         "language that --language names"},
    {.name = "retry",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(retry),
     .tags = WITH(INDEX),
     .help = "read again what was skipped before and has not changed"},
    {.name = "no-delete",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(no_delete),
     .tags = WITH(INDEX),
     .help = "keep articles whose files have disappeared"},
    {.name = "dry-run",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(dry_run),
     .letter = 'n',
     .tags = WITH(INDEX) | WITH(REMOVE) | WITH(TRUST),
     .help = "say what would be done, and write nothing"},
    {.name = "memory",
     .kind = PIL_OPTION_SIZE,
     .offset = AT(memory),
     .letter = 'm',
     .value_name = "SIZE",
     .min = PIL_INDEX_MEMORY_MIN,
     .max = PIL_INDEX_MEMORY_MAX,
     .tags = WITH(INDEX) | WITH(MERGE),
     .help = "hold at most SIZE in memory before writing: bytes, or with K, M or G (default: a "
             "quarter of the machine's, at most 1G)"},
    {.name = "jobs",
     .kind = PIL_OPTION_NUMBER,
     .offset = AT(jobs),
     .letter = 'j',
     .value_name = "N",
     .min = 1,
     .max = PIL_INDEX_JOBS_MAX,
     .tags = WITH(INDEX) | WITH(MERGE),
     .help = "work with N threads (default: one for each processor); the index is the same"},

    {.section = "Status",
     .name = "skipped",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(skipped),
     .tags = WITH(STATUS),
     .help = "list what was skipped, and why"},
    {.name = "json",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(json),
     .tags = WITH(STATUS) | WITH(FORMATS),
     .help = "print it as JSON"},

    {.section = "Messages",
     .name = "quiet",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(quiet),
     .letter = 'q',
     .tags = WITH_ALL,
     .help = "only errors"},
    {.name = "verbose",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(verbose),
     .letter = 'v',
     .tags = WITH_ALL,
     .help = "also what is done with each input"},
    {.name = "progress",
     .kind = PIL_OPTION_KEYWORD,
     .offset = AT(progress),
     .value_name = "WHEN",
     .keywords = whens,
     .tags = WITH_ALL,
     .help = "show progress: auto (the default: on a terminal), always or never"},
    {.name = "help",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(help),
     .letter = 'h',
     .tags = WITH_ALL,
     .help = "print this and exit"},
    {.name = "version",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(version),
     .letter = 'V',
     .tags = WITH_ALL,
     .help = "print the version and exit"},
};

const pil_option_table pil_index_option_table = {
    .program = "pilcrow-index",
    .usage = "[OPTION]... PATH...\n"
             "status|verify|merge|formats|trust [OPTION]...\n"
             "remove [OPTION]... PATH...",
    .about = "Indexes the paragraphs of the articles at and below each PATH (text, Markdown,\n"
             "HTML, PDF, Word, mail and more; - is standard input), so that pilcrow finds\n"
             "them. Run again, it reads only what has changed, and drops what has disappeared\n"
             "below the PATHs.\n"
             "\n"
             "  status   what the index holds, and what was skipped\n"
             "  verify   check every checksum and record; never writes\n"
             "  merge    make one segment of all, dropping what is dead\n"
             "  remove   drop the articles at and below each PATH\n"
             "  formats  what this machine can read\n"
             "  trust    allow the commands in the index's config file\n"
             "\n"
             "A path of such a name is written ./status.\n"
             "\n"
             "Examples:\n"
             "  pilcrow-index ~/articles\n"
             "  mkdir .pilcrow && pilcrow-index .     an index for this project\n"
             "  pilcrow-index status --skipped\n",
    .notes = "Exit status: 0 done, 2 usage, 3 done, but some inputs were skipped, 4 the index\n"
             "is damaged or incompatible, 5 another pilcrow-index is writing to it, 6 the\n"
             "system failed.\n",
    .options = options_of_indexer,
    .n_options = sizeof options_of_indexer / sizeof options_of_indexer[0],
};

static const char *const verb_names[] = {
    [PIL_VERB_INDEX] = "",      [PIL_VERB_STATUS] = "status", [PIL_VERB_VERIFY] = "verify",
    [PIL_VERB_MERGE] = "merge", [PIL_VERB_REMOVE] = "remove", [PIL_VERB_FORMATS] = "formats",
    [PIL_VERB_TRUST] = "trust",
};

pil_index_verb pil_index_verb_named(const char *name)
{
    for (int verb = PIL_VERB_STATUS; verb <= PIL_VERB_TRUST; verb++)
        if (strcmp(name, verb_names[verb]) == 0)
            return (pil_index_verb)verb;
    return PIL_VERB_INDEX;
}

static pil_status check_options(const pil_index_options *options, uint64_t given, pil_error *err)
{
    for (size_t i = 0; i < pil_index_option_table.n_options; i++) {
        const pil_option *option = &options_of_indexer[i];
        if ((given >> i & 1) == 0 || (option->tags & 1u << options->verb) != 0)
            continue;
        if (options->verb == PIL_VERB_INDEX)
            return pil_error_set(err, PIL_INVALID_ARGUMENT, "--%s goes with: pilcrow-index status",
                                 option->name);
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--%s does not go with %s", option->name,
                             verb_names[options->verb]);
    }
    if (options->quiet && options->verbose)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--quiet does not go with --verbose");
    return PIL_OK;
}

static pil_status check_paths(const pil_index_options *options, pil_error *err)
{
    bool wants_paths = options->verb == PIL_VERB_INDEX || options->verb == PIL_VERB_REMOVE;
    if (wants_paths && options->n_paths == 0)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "%s",
                             options->verb == PIL_VERB_INDEX ? "no PATH to index"
                                                             : "remove needs a PATH");
    if (!wants_paths && options->n_paths > 0)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "%s takes no PATH; to index a path of that name, write ./%s",
                             verb_names[options->verb], verb_names[options->verb]);
    for (size_t i = 0; i < options->n_paths; i++)
        if (options->paths[i][0] == '\0')
            return pil_error_set(err, PIL_INVALID_ARGUMENT, "a PATH is empty");
    return PIL_OK;
}

static uint64_t default_jobs(void)
{
    unsigned n = pil_resources_processors();
    return n < PIL_INDEX_JOBS_MAX ? n : PIL_INDEX_JOBS_MAX;
}

pil_status pil_index_options_parse(int argc, char *const *argv, pil_index_options *options,
                                   pil_error *err)
{
    *options = (pil_index_options){
        .format = PIL_FORMAT_NONE,
        .memory = pil_resources_memory(PIL_INDEX_MEMORY_MIN, PIL_INDEX_MEMORY_DEFAULT_MAX),
        .jobs = default_jobs(),
        .progress = PIL_WHEN_AUTO};
    pil_operands operands = {0};
    pil_status status =
        pil_options_parse(&pil_index_option_table, argc, argv, options, &operands, err);
    if (status != PIL_OK)
        return status;
    if (operands.n_before_end > 0)
        options->verb = pil_index_verb_named(operands.items[0]);
    size_t n_verbs = options->verb == PIL_VERB_INDEX ? 0 : 1;
    options->n_paths = operands.n_items - n_verbs;
    memmove(operands.items, operands.items + n_verbs, options->n_paths * sizeof *operands.items);
    options->paths = operands.items;
    if (options->help || options->version)
        return PIL_OK;
    status = check_options(options, operands.given, err);
    return status == PIL_OK ? check_paths(options, err) : status;
}

void pil_index_options_dispose(pil_index_options *options)
{
    free(options->paths);
    options->paths = NULL;
    options->n_paths = 0;
}
