// Opens GMime and looks its functions up, once.
#include "CGMime.h"

#include <dlfcn.h>
#include <pthread.h>

static CGMime table;
static const CGMime *loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    const char *names[] = {"libgmime-3.0.so.0", "libgmime-3.0.so", "libgmime-3.0.0.dylib"};
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
#define LOOK_UP(result, name, arguments) \
    if (!(*(void **)&table.name = dlsym(library, #name))) return;
    CGMIME_FUNCTIONS(LOOK_UP)
    table.g_mime_init();
    loaded = &table;
}

const CGMime *cgmime_load(void) {
    pthread_once(&once, load);
    return loaded;
}
