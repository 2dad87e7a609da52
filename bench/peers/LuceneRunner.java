import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene 8 as a peer: EnglishAnalyzer, BM25, the text stored. The commands are those of all
 * runners: README.md.
 */
public final class LuceneRunner {
    private static final String ARTICLE = "article";
    private static final String TEXT = "text";
    private static final double RAM_BUFFER_MB = 256;
    private static final int WARM_UP_MS = 5000;

    /** An article of the corpus, a JSON object with string members. */
    private static final class Article {
        String id = "";
        String title = "";
        String text = "";
    }

    /** Reads just the JSON that corpora have. */
    private static final class ArticleParser {
        private final String line;
        private int at;

        ArticleParser(String line) {
            this.line = line;
        }

        Article parse() {
            Article article = new Article();
            for (at = 1; at < line.length() && line.charAt(at) != '}';) {
                if (line.charAt(at) != '"') {
                    at++;
                    continue;
                }
                String key = readString();
                while (line.charAt(at) == ' ' || line.charAt(at) == ':') {
                    at++;
                }
                if (line.charAt(at) != '"') {
                    continue;
                }
                String value = readString();
                if (key.equals("id")) {
                    article.id = value;
                } else if (key.equals("title")) {
                    article.title = value;
                } else if (key.equals("text")) {
                    article.text = value;
                }
            }
            return article;
        }

        private String readString() {
            StringBuilder out = null;
            int begin = ++at;
            for (;;) {
                char c = line.charAt(at);
                if (c == '"') {
                    String rest = line.substring(begin, at++);
                    return out == null ? rest : out.append(rest).toString();
                }
                at++;
                if (c == '\\') {
                    out = out == null ? new StringBuilder(line.length() - begin) : out;
                    out.append(line, begin, at - 1).append(readEscaped());
                    begin = at;
                }
            }
        }

        private char readEscaped() {
            char c = line.charAt(at++);
            switch (c) {
                case 'n':
                    return '\n';
                case 't':
                    return '\t';
                case 'r':
                    return '\r';
                case 'b':
                case 'f':
                    return ' ';
                case 'u':
                    at += 4;
                    return (char) Integer.parseInt(line.substring(at - 4, at), 16);
                default:
                    return c;
            }
        }
    }

    /** The paragraphs of a text are what blank lines set apart. */
    private static List<String> paragraphsOf(String text) {
        List<String> paragraphs = new ArrayList<>();
        int begin = 0;
        while (begin < text.length()) {
            int end = begin;
            do {
                int newline = text.indexOf('\n', end);
                end = newline < 0 ? text.length() : newline + 1;
            } while (end < text.length() && !isBlankLine(text, end));
            String paragraph = text.substring(begin, end).trim();
            if (!paragraph.isEmpty()) {
                paragraphs.add(paragraph);
            }
            begin = end;
        }
        return paragraphs;
    }

    private static boolean isBlankLine(String text, int begin) {
        for (int i = begin; i < text.length() && text.charAt(i) != '\n'; i++) {
            if (text.charAt(i) > ' ') {
                return false;
            }
        }
        return true;
    }

    /** Lines of a file of UTF-8, handed out to several threads; they decode them themselves. */
    private static final class LineSource implements AutoCloseable {
        private final InputStream in;
        private byte[] buffer = new byte[1 << 20];
        private int begin;
        private int end;

        LineSource(String path) throws IOException {
            in = new BufferedInputStream(Files.newInputStream(Paths.get(path)), 1 << 16);
        }

        /** The next line without its newline; null at the end. */
        synchronized byte[] next() throws IOException {
            int searched = begin;
            for (;;) {
                for (int i = searched; i < end; i++) {
                    if (buffer[i] == '\n') {
                        byte[] line = Arrays.copyOfRange(buffer, begin, i);
                        begin = i + 1;
                        return line;
                    }
                }
                searched = end - begin;
                System.arraycopy(buffer, begin, buffer, 0, searched);
                begin = 0;
                end = searched;
                if (end == buffer.length) {
                    buffer = Arrays.copyOf(buffer, 2 * end);
                }
                int n = in.read(buffer, end, buffer.length - end);
                if (n <= 0) {
                    byte[] line = end == 0 ? null : Arrays.copyOf(buffer, end);
                    end = 0;
                    return line;
                }
                end += n;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static Article articleOf(byte[] line) {
        return new ArticleParser(new String(line, StandardCharsets.UTF_8)).parse();
    }

    private static List<Document> documentsOf(Article article) {
        List<Document> documents = new ArrayList<>();
        for (String paragraph : paragraphsOf(article.text)) {
            Document document = new Document();
            document.add(new StringField(ARTICLE, article.id, Field.Store.YES));
            document.add(new TextField(TEXT, paragraph, Field.Store.YES));
            documents.add(document);
        }
        return documents;
    }

    private static IndexWriter openWriter(String path, IndexWriterConfig.OpenMode mode)
            throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer());
        config.setOpenMode(mode);
        config.setRAMBufferSizeMB(RAM_BUFFER_MB);
        return new IndexWriter(FSDirectory.open(Paths.get(path)), config);
    }

    private static void index(String path, String corpus, int threads) throws Exception {
        AtomicInteger articles = new AtomicInteger();
        AtomicInteger paragraphs = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (LineSource lines = new LineSource(corpus);
                IndexWriter writer = openWriter(path, IndexWriterConfig.OpenMode.CREATE)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(executor.submit(() -> {
                    for (byte[] line; (line = lines.next()) != null;) {
                        List<Document> documents = documentsOf(articleOf(line));
                        writer.addDocuments(documents);
                        articles.incrementAndGet();
                        paragraphs.addAndGet(documents.size());
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            writer.commit();
            System.out.println(articles + " " + paragraphs + " 0");
        } finally {
            executor.shutdown();
        }
    }

    private static void update(String path, String corpus) throws IOException {
        try (LineSource lines = new LineSource(corpus);
                IndexWriter writer = openWriter(path, IndexWriterConfig.OpenMode.APPEND)) {
            for (byte[] line; (line = lines.next()) != null;) {
                Article article = articleOf(line);
                writer.updateDocuments(new Term(ARTICLE, article.id), documentsOf(article));
            }
            writer.commit();
            System.out.println("committed");
        }
    }

    /** An index open for queries. */
    private static final class Reader implements AutoCloseable {
        private final DirectoryReader reader;
        private final IndexSearcher searcher;
        private final QueryBuilder builder;

        Reader(String path) throws IOException {
            Analyzer analyzer = new EnglishAnalyzer();
            reader = DirectoryReader.open(FSDirectory.open(Paths.get(path)));
            searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            builder = new QueryBuilder(analyzer);
        }

        private Query queryOf(String words, String mode) {
            Query query;
            if (mode.equals("phrase")) {
                query = builder.createPhraseQuery(TEXT, words);
            } else if (mode.equals("and")) {
                query = builder.createBooleanQuery(TEXT, words, BooleanClause.Occur.MUST);
            } else {
                query = builder.createBooleanQuery(TEXT, words, BooleanClause.Occur.SHOULD);
            }
            return query == null ? new MatchNoDocsQuery() : query;
        }

        /** Finds the best paragraphs, and reads their texts if asked to; for out a line each. */
        int search(String words, String mode, int limit, boolean readsText, PrintStream out)
                throws IOException {
            TopScoreDocCollector collector = TopScoreDocCollector.create(limit, limit);
            searcher.search(queryOf(words, mode), collector);
            ScoreDoc[] hits = collector.topDocs().scoreDocs;
            for (ScoreDoc hit : readsText ? hits : new ScoreDoc[0]) {
                Document document = searcher.doc(hit.doc);
                String text = document.get(TEXT);
                if (out != null) {
                    out.println(hit.score + " " + document.get(ARTICLE) + ": " + text);
                }
            }
            return hits.length;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private static void query(String path, String queries, String mode, int rounds, int limit,
            boolean readsText) throws IOException {
        List<String> all = new ArrayList<>();
        for (String line : Files.readAllLines(Paths.get(queries))) {
            all.add(line.substring(line.indexOf('\t') + 1));
        }
        double[] latencies = new double[rounds * all.size()];
        int n = 0;
        int hits = 0;
        try (Reader reader = new Reader(path)) {
            long warm = System.nanoTime() + WARM_UP_MS * 1_000_000L;
            do {
                hits = 0;
                for (String words : all) {
                    hits += reader.search(words, mode, limit, readsText, null);
                }
            } while (System.nanoTime() < warm);
            for (int round = 0; round < rounds; round++) {
                for (String words : all) {
                    long begin = System.nanoTime();
                    reader.search(words, mode, limit, readsText, null);
                    latencies[n++] = (System.nanoTime() - begin) / 1e6;
                }
            }
        }
        Arrays.sort(latencies);
        System.out.printf(Locale.ROOT, "%.4f %.4f %.4f %d%n", latencies[n / 2],
                latencies[n * 95 / 100], latencies[n * 99 / 100], hits);
    }

    private static void one(String path, int limit, String words) throws IOException {
        try (Reader reader = new Reader(path)) {
            reader.search(words, "or", limit, true, System.out);
        }
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "index":
                index(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
                break;
            case "update":
                update(arguments[1], arguments[2]);
                break;
            case "one":
                one(arguments[1], Integer.parseInt(arguments[2]), arguments[3]);
                break;
            case "query":
                query(arguments[1], arguments[2], arguments[3], Integer.parseInt(arguments[4]),
                        Integer.parseInt(arguments[5]), arguments[6].equals("text"));
                break;
            default:
                throw new IllegalArgumentException(arguments[0]);
        }
    }
}
