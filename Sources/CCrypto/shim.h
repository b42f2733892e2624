// SHA-256 of OpenSSL's libcrypto. The low-level calls, because the newer EVP ones load providers at run time.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
