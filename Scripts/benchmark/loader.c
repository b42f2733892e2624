// What SQLite itself takes: loads the generator's jsonl or reddit lines into an archive that `threadbank init` made, into the same tables
// and indexes, with bound statements, keys and packed columns in memory, and no merging, checking or bookkeeping. It is no importer: it
// trusts its input, whose posts stand before their answers. cc -O2 -o loader loader.c -lsqlite3; loader ARCHIVE LINES
#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 20000 };

static sqlite3 *archive;

static void require(int isWell, const char *what) {
    if (isWell) return;
    fprintf(stderr, "loader: %s: %s\n", what, archive ? sqlite3_errmsg(archive) : "failed");
    exit(2);
}

static void run(const char *sql) { require(sqlite3_exec(archive, sql, 0, 0, 0) == SQLITE_OK, sql); }

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    require(sqlite3_prepare_v3(archive, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0) == SQLITE_OK, sql);
    return statement;
}

static void step(sqlite3_stmt *statement) {
    require(sqlite3_step(statement) == SQLITE_DONE, sqlite3_sql(statement));
    sqlite3_reset(statement);
}

// A field of a line: where its value starts, and how long it is; a text's quotes are taken off, and an escape stays as it is, which the
// generator never writes.
typedef struct { const char *text; int length; } Field;

static Field field(const char *line, const char *name) {
    char pattern[64];
    int size = snprintf(pattern, sizeof pattern, "\"%s\": ", name);
    const char *found = memmem(line, strlen(line), pattern, size);
    if (!found) return (Field){0, 0};
    found += size;
    if (*found == '"') return (Field){found + 1, (int)(strchr(found + 1, '"') - found - 1)};
    return (Field){found, (int)strcspn(found, ",}")};
}

// Names to row ids: open addressing; names are copied, as they would be in any program.
typedef struct { char *name; int length; sqlite3_int64 id; } Entry;
typedef struct { Entry *entries; size_t size, count; } Names;

static Entry *entry(Names *names, Field name) {
    if (names->count * 2 >= names->size) {
        Names larger = {calloc(names->size ? names->size * 4 : 1024, sizeof(Entry)), names->size ? names->size * 4 : 1024, 0};
        require(larger.entries != 0, "memory");
        for (size_t i = 0; i < names->size; i++)
            if (names->entries[i].name) *entry(&larger, (Field){names->entries[i].name, names->entries[i].length}) = names->entries[i];
        free(names->entries);
        larger.count = names->count;
        *names = larger;
    }
    unsigned long long hash = 1469598103934665603ull;
    for (int i = 0; i < name.length; i++) hash = (hash ^ (unsigned char)name.text[i]) * 1099511628211ull;
    size_t place = hash % names->size;
    while (names->entries[place].name
           && (names->entries[place].length != name.length || memcmp(names->entries[place].name, name.text, name.length)))
        place = (place + 1) % names->size;
    return &names->entries[place];
}

// The row id of a name; a new one gets the next.
static sqlite3_int64 number(Names *names, Field name, int *isNew) {
    Entry *found = entry(names, name);
    *isNew = !found->name;
    if (*isNew) {
        found->name = strndup(name.text, name.length);
        found->length = name.length;
        found->id = ++names->count;
    }
    return found->id;
}

static void bindText(sqlite3_stmt *statement, int place, Field value) {
    if (value.text) sqlite3_bind_text(statement, place, value.text, value.length, SQLITE_STATIC);
    else sqlite3_bind_null(statement, place);
}

static void bindNumber(sqlite3_stmt *statement, int place, Field value) {
    if (value.text) sqlite3_bind_int64(statement, place, strtoll(value.text, 0, 10));
    else sqlite3_bind_null(statement, place);
}

// A packed column of posts or threads: a value a row id, kept in memory until the end.
typedef struct { const char *name; int width, mayBeOne; unsigned *values; sqlite3_int64 size; } Column;
enum { FLAGS, LENGTH, THREAD, AUTHOR, SOURCE, MINUTE, ROOT, FORUM, COLUMNS, BLOCK = 65536 };
static Column columns[COLUMNS] = {
    {"posts.flags", 1, 0}, {"posts.length", 2, 1}, {"posts.thread", 4, 1}, {"posts.author", 4, 1}, {"posts.source", 4, 1},
    {"posts.minute", 4, 1}, {"threads.root", 4, 0}, {"threads.forum", 4, 0}};

static void pack(int which, sqlite3_int64 id, unsigned value) {
    Column *column = &columns[which];
    if (id >= column->size) {
        sqlite3_int64 size = (id / BLOCK + 1) * BLOCK * 2;
        column->values = realloc(column->values, size * sizeof *column->values);
        require(column->values != 0, "memory");
        memset(column->values + column->size, 0, (size - column->size) * sizeof *column->values);
        column->size = size;
    }
    column->values[id] = value;
}

// Writes the columns as `threadbank` packs them: see the comment on packed_columns in its migration.
static void writePacked(void) {
    sqlite3_stmt *sizes = prepare("SELECT id, sz FROM posts_fts_docsize");
    while (sqlite3_step(sizes) == SQLITE_ROW) {
        const unsigned char *size = sqlite3_column_blob(sizes, 1), *end = size + sqlite3_column_bytes(sizes, 1);
        unsigned sum = 0;
        for (unsigned value = 0; size < end; size++) {
            value = value << 7 | (*size & 0x7F);
            if (!(*size & 0x80)) sum += value, value = 0;
        }
        pack(LENGTH, sqlite3_column_int64(sizes, 0), sum);
    }
    sqlite3_finalize(sizes);
    sqlite3_stmt *insertion = prepare("INSERT INTO packed_columns (name, block, data) VALUES (?, ?, ?)");
    static unsigned char bytes[BLOCK * 4];
    for (int which = 0; which < COLUMNS; which++) {
        Column *column = &columns[which];
        for (sqlite3_int64 block = 0; block < column->size / BLOCK; block++) {
            const unsigned *values = column->values + block * BLOCK, *flags = columns[FLAGS].values + block * BLOCK;
            int count = BLOCK, first = -1, isOne = column->mayBeOne;
            while (count > 0 && !values[count - 1]) count--;
            if (!count) continue;
            for (int slot = 0; column->mayBeOne && slot < BLOCK; slot++) {
                if (!flags[slot]) continue;
                if (first < 0) first = slot;
                if (values[slot] != values[first]) isOne = 0;
            }
            if (isOne) values += first, count = 1;
            else if (column->mayBeOne && count < 2) count = 2;
            for (int slot = 0; slot < count; slot++) memcpy(bytes + slot * column->width, values + slot, column->width);
            sqlite3_bind_text(insertion, 1, column->name, -1, SQLITE_STATIC);
            sqlite3_bind_int64(insertion, 2, block);
            sqlite3_bind_blob(insertion, 3, bytes, count * column->width, SQLITE_STATIC);
            step(insertion);
        }
    }
    sqlite3_finalize(insertion);
}

static void begin(void) { run("BEGIN IMMEDIATE"); }

static void indexSettings(const char *hashSize, const char *merging) {
    char sql[300];
    const char *tables[] = {"posts_fts", "posts_cjk"};
    for (int i = 0; i < 2; i++) {
        snprintf(sql, sizeof sql, "INSERT INTO %s (%s, rank) VALUES ('hashsize', %s); INSERT INTO %s (%s, rank) VALUES ('automerge', %s)",
                 tables[i], tables[i], hashSize, tables[i], tables[i], merging);
        run(sql);
    }
}

int main(int count, char **arguments) {
    require(count == 3, "usage: loader ARCHIVE LINES");
    require(sqlite3_open(arguments[1], &archive) == SQLITE_OK, arguments[1]);
    FILE *lines = fopen(arguments[2], "r");
    require(lines != 0, arguments[2]);
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY");
    run("PRAGMA ignore_check_constraints = ON");  // as an import does
    begin();
    indexSettings("67108864", "0");
    run("INSERT INTO sources (id, kind, name) VALUES (1, 'bench', '')");
    run("INSERT INTO imports (id, run_id, started_at, format, version, input) VALUES (1, 1, 0, 'loader', 1, 'loader')");
    sqlite3_stmt *forum = prepare("INSERT INTO forums (id, source_id, source_key, name) VALUES (?1, 1, ?2, ?2)");
    sqlite3_stmt *author = prepare("INSERT INTO authors (id, source_id, named_at, source_key, name) VALUES (?1, 1, ?2, ?3, ?3)");
    sqlite3_stmt *thread = prepare(
        "INSERT INTO threads (id, source_id, forum_id, root_post_id, is_container, source_key, title) VALUES (?, 1, ?, ?, ?, ?, ?)");
    sqlite3_stmt *post = prepare(
        "INSERT INTO posts (id, thread_id, source_id, author_id, import_id, created_at, fetched_at, in_container, score, state, markup,"
        " source_key, title, body) VALUES (?, ?, 1, ?, 1, ?, ?, ?, ?, 'present', 'plain', ?, ?, ?)");
    sqlite3_stmt *reply = prepare("INSERT INTO replies (post_id, parent_id, basis, confidence) VALUES (?, ?, 'native', 1)");
    sqlite3_stmt *words = prepare("INSERT INTO posts_fts (rowid, title, body) VALUES (?, ?, ?)");
    Names posts = {0}, authors = {0}, threads = {0}, forums = {0};
    char *line = 0;
    size_t capacity = 0;
    ssize_t length;
    sqlite3_int64 read = 0;
    while ((length = getline(&line, &capacity, lines)) > 0) {
        int isReddit = memmem(line, length, "\"subreddit\"", 11) != 0, isNew;
        Field title = field(line, "title"), body = field(line, isReddit && title.text ? "selftext" : "body");
        Field date = field(line, isReddit ? "created_utc" : "created_at");
        Field name = field(line, "author"), key = field(line, isReddit ? "id" : "key");
        Field parent = field(line, isReddit ? "parent_id" : "parent"), link = field(line, "link_id");
        char own[64];
        if (isReddit) {
            // Dumps name a post without the prefix that its answers use.
            key.length = snprintf(own, sizeof own, "%s%.*s", title.text ? "t3_" : "t1_", key.length, key.text);
            key.text = own;
        }
        Field container = isReddit ? link.text ? link : key : field(line, "thread");
        sqlite3_int64 forumID = number(&forums, field(line, isReddit ? "subreddit" : "forum"), &isNew);
        if (isNew) {
            sqlite3_bind_int64(forum, 1, forumID);
            bindText(forum, 2, field(line, isReddit ? "subreddit" : "forum"));
            step(forum);
        }
        sqlite3_int64 authorID = number(&authors, name, &isNew);
        if (isNew) {
            sqlite3_bind_int64(author, 1, authorID);
            bindNumber(author, 2, date);
            bindText(author, 3, name);
            step(author);
        }
        sqlite3_int64 id = number(&posts, key, &isNew);
        sqlite3_int64 threadID = number(&threads, container, &isNew);
        if (isNew) {
            sqlite3_bind_int64(thread, 1, threadID);
            sqlite3_bind_int64(thread, 2, forumID);
            sqlite3_bind_int64(thread, 3, id);
            sqlite3_bind_int(thread, 4, !isReddit);
            bindText(thread, 5, container);
            bindText(thread, 6, title);
            step(thread);
            pack(ROOT, threadID, (unsigned)id);
            pack(FORUM, threadID, (unsigned)forumID);
        }
        sqlite3_bind_int64(post, 1, id);
        sqlite3_bind_int64(post, 2, threadID);
        sqlite3_bind_int64(post, 3, authorID);
        bindNumber(post, 4, date);
        bindNumber(post, 5, field(line, "retrieved_on"));
        sqlite3_bind_int(post, 6, !isReddit);
        bindNumber(post, 7, field(line, "score"));
        bindText(post, 8, key);
        bindText(post, 9, title);
        bindText(post, 10, body);
        step(post);
        if (parent.text) {
            sqlite3_bind_int64(reply, 1, id);
            sqlite3_bind_int64(reply, 2, number(&posts, parent, &isNew));
            step(reply);
        }
        sqlite3_bind_int64(words, 1, id);
        bindText(words, 2, title);
        bindText(words, 3, body);
        step(words);
        pack(FLAGS, id, parent.text ? 1 | 8 : 1);
        pack(THREAD, id, (unsigned)threadID);
        pack(AUTHOR, id, (unsigned)authorID);
        pack(SOURCE, id, 1);
        pack(MINUTE, id, date.text ? (unsigned)(strtoll(date.text, 0, 10) / 60 + (1ll << 31)) : 0);
        if (++read % BATCH == 0) {
            run("COMMIT");
            begin();
        }
    }
    writePacked();
    indexSettings("1048576", "4");
    run("COMMIT");
    sqlite3_stmt *statements[] = {forum, author, thread, post, reply, words};
    for (int i = 0; i < 6; i++) sqlite3_finalize(statements[i]);
    require(sqlite3_close(archive) == SQLITE_OK, "close");
    printf("%lld\n", read);
    return 0;
}
