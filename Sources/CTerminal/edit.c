// Opens libedit, looks its functions up, and drives it. The prototypes and numbers are those of libedit 3.1 (histedit.h).
#include "CEdit.h"

#include <dlfcn.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct EditLine EditLine;
typedef struct History History;
typedef struct { int number; const char *text; } HistEvent;
typedef struct { const char *buffer, *cursor, *end; } LineInfo;

enum { EL_PROMPT = 0, EL_EDITOR = 2, EL_BIND = 4, EL_SETTY = 8, EL_ADDFN = 9, EL_HIST = 10 };
enum { CC_NEWLINE = 1, CC_REFRESH = 4, CC_REDISPLAY = 8, CC_REFRESH_BEEP = 9 };
enum { H_SETSIZE = 1, H_ENTER = 10, H_LOAD = 17, H_SAVE = 18, H_SETUNIQUE = 20 };

#define FUNCTIONS(F)                                                       \
    F(EditLine *, el_init, (const char *, FILE *, FILE *, FILE *))         \
    F(void, el_end, (EditLine *))                                          \
    F(int, el_set, (EditLine *, int, ...))                                 \
    F(const char *, el_gets, (EditLine *, int *))                          \
    F(const LineInfo *, el_line, (EditLine *))                             \
    F(int, el_insertstr, (EditLine *, const char *))                       \
    F(void, el_resize, (EditLine *))                                       \
    F(int, el_source, (EditLine *, const char *))                          \
    F(History *, history_init, (void))                                     \
    F(void, history_end, (History *))                                      \
    F(int, history, (History *, HistEvent *, int, ...))

#define FIELD(result, name, arguments) result(*name) arguments;

struct CEdit {
    void *library;
    EditLine *line;
    History *past;
    char *file;
    FUNCTIONS(FIELD)
};

// libedit hands its own handle to callbacks, and there is one editor at a time.
static CEdit *current;
static const char *prompt;
static int was_interrupted;
static CEditComplete completer;

static char *show_prompt(EditLine *line) {
    (void)line;
    return (char *)prompt;
}

static unsigned char abandon(EditLine *line, int key) {
    (void)line, (void)key;
    was_interrupted = 1;
    fputs("^C\n", stdout);
    return CC_NEWLINE;
}

static unsigned char complete(EditLine *line, int key) {
    (void)key;
    const LineInfo *info = current->el_line(line);
    char *before = strndup(info->buffer, (size_t)(info->cursor - info->buffer));
    char *answer = before && completer ? completer(before) : NULL;
    free(before);
    if (!answer) return CC_REFRESH_BEEP;
    char *list = strchr(answer, '\n');
    if (!list || !list[1]) {
        free(answer);
        return CC_REFRESH_BEEP;
    }
    size_t word = (size_t)strtoul(answer, NULL, 10);
    list++;
    size_t first = strcspn(list, "\n"), common = first;
    int count = 0;
    for (char *at = list; *at;) {
        size_t size = strcspn(at, "\n");
        size_t same = 0;
        while (same < common && same < size && list[same] == at[same]) same++;
        // Never in the middle of a character.
        while (same > 0 && same < common && ((unsigned char)list[same] & 0xC0) == 0x80) same--;
        common = same;
        count++;
        at += size + (at[size] == '\n');
    }
    unsigned char result = CC_REFRESH;
    if (common > word || count == 1) {
        char *rest = common > word ? strndup(list + word, common - word) : strdup("");
        if (rest) current->el_insertstr(line, rest);
        free(rest);
        if (count == 1) current->el_insertstr(line, " ");
    } else {
        fputc('\n', stdout);
        size_t column = 0;
        for (char *at = list; *at;) {
            size_t size = strcspn(at, "\n");
            if (column > 0 && column + size + 2 > 78) {
                fputc('\n', stdout);
                column = 0;
            }
            column += size + 2;
            fprintf(stdout, "%.*s  ", (int)size, at);
            at += size + (at[size] == '\n');
        }
        fputc('\n', stdout);
        fflush(stdout);
        result = CC_REDISPLAY;
    }
    free(answer);
    return result;
}

CEdit *cedit_open(const char *program, const char *history, CEditComplete with) {
    if (current) return NULL;
    CEdit *editor = calloc(1, sizeof *editor);
    if (!editor) return NULL;
    const char *names[] = {"libedit.so.2", "libedit.so.0", "libedit.3.dylib", "libedit.so"};
    for (size_t i = 0; i < sizeof names / sizeof *names && !editor->library; i++)
        editor->library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!editor->library) goto fail;
#define LOOK_UP(result, name, arguments) \
    if (!(*(void **)&editor->name = dlsym(editor->library, #name))) goto fail;
    FUNCTIONS(LOOK_UP)
    // libedit turns bytes into characters as the locale says.
    if (!setlocale(LC_CTYPE, "") || MB_CUR_MAX == 1) setlocale(LC_CTYPE, "C.UTF-8");
    current = editor;
    completer = with;
    prompt = "";
    editor->line = editor->el_init(program, stdin, stdout, stderr);
    editor->past = editor->history_init();
    if (!editor->line || !editor->past) goto fail;
    HistEvent event;
    editor->history(editor->past, &event, H_SETSIZE, 2000);
    editor->history(editor->past, &event, H_SETUNIQUE, 1);
    if (history && (editor->file = strdup(history))) editor->history(editor->past, &event, H_LOAD, editor->file);
    editor->el_set(editor->line, EL_PROMPT, show_prompt);
    editor->el_set(editor->line, EL_EDITOR, "emacs");
    editor->el_set(editor->line, EL_HIST, editor->history, editor->past);
    editor->el_set(editor->line, EL_ADDFN, "tb-complete", "Complete a word", complete);
    editor->el_set(editor->line, EL_ADDFN, "tb-abandon", "Abandon the line", abandon);
    editor->el_set(editor->line, EL_BIND, "^I", "tb-complete", NULL);
    editor->el_set(editor->line, EL_BIND, "^R", "em-inc-search-prev", NULL);
    // While a line is edited Ctrl-C is a key; while a statement runs it is a signal.
    editor->el_set(editor->line, EL_SETTY, "-d", "-isig", NULL);
    editor->el_set(editor->line, EL_BIND, "^C", "tb-abandon", NULL);
    editor->el_source(editor->line, NULL);
    return editor;
fail:
    cedit_close(editor);
    return NULL;
}

char *cedit_read(CEdit *editor, const char *with, int *interrupted) {
    prompt = with;
    was_interrupted = 0;
    editor->el_resize(editor->line);
    int count = 0;
    const char *text = editor->el_gets(editor->line, &count);
    *interrupted = was_interrupted;
    if (was_interrupted || !text || count <= 0) return NULL;
    size_t size = strlen(text);
    while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r')) size--;
    return strndup(text, size);
}

void cedit_add(CEdit *editor, const char *line) {
    HistEvent event;
    editor->history(editor->past, &event, H_ENTER, line);
    if (editor->file) editor->history(editor->past, &event, H_SAVE, editor->file);
}

void cedit_close(CEdit *editor) {
    if (!editor) return;
    if (editor->line) editor->el_end(editor->line);
    if (editor->past) editor->history_end(editor->past);
    free(editor->file);
    if (current == editor) current = NULL;
    free(editor);
}
