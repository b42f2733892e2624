// Line editing by libedit, opened when a console begins: linked, it would slow down the start of every verb. One editor at a time.
#pragma once

typedef struct CEdit CEdit;

/// What completes a word: is given the text before the cursor, and gives back, to be freed, a line with the number of bytes that are to
/// be completed, then a candidate a line; or NULL.
typedef char *(*CEditComplete)(const char *before);

/// Opens an editor on the terminal of stdin and stdout. NULL where libedit is not installed, or the terminal cannot be edited on.
CEdit *cedit_open(const char *program, const char *history, CEditComplete complete);

/// Reads a line without its end, to be freed. NULL at the end of input, and with `interrupted` set where Ctrl-C was pressed.
char *cedit_read(CEdit *editor, const char *prompt, int *interrupted);

/// Adds a line to the history, and to its file.
void cedit_add(CEdit *editor, const char *line);

void cedit_close(CEdit *editor);
