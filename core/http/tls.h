// A certificate with its key, which connections are served with.
//
// Those that are open keep the one they began with, so each holds a reference; new ones get the
// server's current one. Only for core/http; the loop's thread.
#pragma once

#include <microhttpd.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/http/server.h"

// The texts of the two files.
typedef struct TlsFiles {
    const char *certificate_path, *key_path; // borrowed
    Buffer certificate, key;
} TlsFiles;

// ERROR_SYSTEM when one cannot be read.
MUST_CHECK bool tls_read_files(const char *certificate, const char *key, TlsFiles *out,
                               Error *error);
void tls_free_files(TlsFiles *files); // the key is overwritten

typedef struct TlsCredentials TlsCredentials;

// One reference. ERROR_SYSTEM when they are no PEM, or the key is not the certificate's; whether
// the certificate is good by its dates is not asked.
MUST_CHECK bool tls_credentials_new(const TlsFiles *files, TlsCredentials **out, Error *error);
// From when to when all of the chain is good.
HttpCertificate tls_credentials_dates(const TlsCredentials *credentials);
void tls_credentials_release(TlsCredentials *credentials); // NULL is allowed
// Has a connection that was just opened use them; takes a reference, which is returned.
TlsCredentials *tls_credentials_use(TlsCredentials *credentials, struct MHD_Connection *handle);
// Writes to the client, past MHD; what it does not take at once is lost.
void tls_write(struct MHD_Connection *handle, const Buffer *bytes);
