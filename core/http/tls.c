// Certificates by GnuTLS, as MHD uses it: see tls.h.
#include "core/http/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"

enum { LARGEST_FILE = 1 << 20 };

struct TlsCredentials {
    gnutls_certificate_credentials_t handle;
    size_t references;
};

// Into memory of its size at once, so that growing leaves no copies of a key behind.
static bool read_bytes(int file, Buffer *out) {
    struct stat about;
    if (fstat(file, &about) != 0) return false;
    errno = EFBIG;
    if (about.st_size > LARGEST_FILE) return false;
    out->capacity = (size_t)about.st_size + 1;
    out->data = memory_new(out->capacity, 1);
    ssize_t got = read(file, out->data, (size_t)about.st_size);
    if (got > 0) out->length = (size_t)got;
    return got >= 0;
}

static bool read_file(const char *path, Buffer *out, Error *error) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool good = file >= 0 && read_bytes(file, out);
    int number = errno;
    if (file >= 0) close(file);
    if (good) return true;
    error_set_errno(error, number, T("cannot read %s", "无法读取 %s"), path);
    return error_at(error, path, 0, 0);
}

bool tls_read_files(const char *certificate, const char *key, TlsFiles *out, Error *error) {
    TlsFiles files = {0};
    if (!read_file(certificate, &files.certificate, error) || !read_file(key, &files.key, error)) {
        tls_free_files(&files);
        return false;
    }
    *out = files;
    return true;
}

void tls_free_files(TlsFiles *files) {
    if (files->key.data) explicit_bzero(files->key.data, files->key.length);
    buffer_free(&files->key);
    buffer_free(&files->certificate);
}

static gnutls_datum_t datum(const Buffer *text) {
    return (gnutls_datum_t){.data = (unsigned char *)text->data, .size = (unsigned)text->length};
}

bool tls_credentials_new(const TlsFiles *files, TlsCredentials **out, Error *error) {
    TlsCredentials *credentials = memory_new(1, sizeof *credentials);
    gnutls_datum_t certificate = datum(&files->certificate), key = datum(&files->key);
    credentials->references = 1;
    int result = gnutls_certificate_allocate_credentials(&credentials->handle);
    if (result >= 0)
        result = gnutls_certificate_set_x509_key_mem2(credentials->handle, &certificate, &key,
                                                      GNUTLS_X509_FMT_PEM, NULL, 0);
    if (result >= 0) {
        *out = credentials;
        return true;
    }
    tls_credentials_release(credentials);
    error_set(error, ERROR_SYSTEM,
              T("the certificate and its key cannot be used: %s", "证书与私钥无法使用：%s"),
              gnutls_strerror(result));
    return error_hint(error, T("both are to be PEM files without a password, the server's own "
                               "certificate first, and the key is to be the certificate's",
                               "两者都应为不带口令的 PEM 文件，服务器自身的证书在最前面，"
                               "且私钥应与证书配对"));
}

void tls_credentials_release(TlsCredentials *credentials) {
    if (!credentials || --credentials->references > 0) return;
    if (credentials->handle) gnutls_certificate_free_credentials(credentials->handle);
    free(credentials);
}

static gnutls_session_t session_of(struct MHD_Connection *handle) {
    return MHD_get_connection_info(handle, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session;
}

TlsCredentials *tls_credentials_use(TlsCredentials *credentials, struct MHD_Connection *handle) {
    gnutls_credentials_set(session_of(handle), GNUTLS_CRD_CERTIFICATE, credentials->handle);
    credentials->references++;
    return credentials;
}

void tls_write(struct MHD_Connection *handle, const Buffer *bytes) {
    enum { LARGEST_RECORD = 16384 };
    for (size_t at = 0; at < bytes->length;) {
        size_t length = bytes->length - at;
        ssize_t sent = gnutls_record_send(session_of(handle), bytes->data + at,
                                          length < LARGEST_RECORD ? length : LARGEST_RECORD);
        if (sent <= 0) return;
        at += (size_t)sent;
    }
}
