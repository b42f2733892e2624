// Opens libxml2 and looks its functions up, once.
#include "CXML.h"

#include <dlfcn.h>
#include <pthread.h>

static CXML table;
static const CXML *loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    const char *names[] = {"libxml2.so.2", "libxml2.so.16", "libxml2.so", "libxml2.2.dylib"};
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
#define LOOK_UP(result, name, arguments) \
    if (!(*(void **)&table.name = dlsym(library, #name))) return;
    CXML_FUNCTIONS(LOOK_UP)
    // Before any thread parses.
    table.xmlInitParser();
    loaded = &table;
}

const CXML *cxml_load(void) {
    pthread_once(&once, load);
    return loaded;
}
