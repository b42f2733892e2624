// Opens libarchive and looks its functions up, once.
#include "CArchive.h"

#include <dlfcn.h>
#include <pthread.h>

static CArchive table;
static const CArchive *loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    const char *names[] = {"libarchive.so.13", "libarchive.so", "libarchive.13.dylib"};
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
#define LOOK_UP(result, name, arguments) \
    if (!(*(void **)&table.name = dlsym(library, #name))) return;
    CARCHIVE_FUNCTIONS(LOOK_UP)
    loaded = &table;
}

const CArchive *carchive_load(void) {
    pthread_once(&once, load);
    return loaded;
}
