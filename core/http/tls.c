// Certificates by GnuTLS, as MHD uses it: see tls.h.
#include "core/http/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"

enum { LARGEST_FILE = 1 << 20 };

struct TlsCredentials {
    gnutls_certificate_credentials_t handle;
    HttpCertificate dates;
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
    return good || error_set_errno(error, number, T("cannot read %s", "无法读取 %s"), path);
}

bool tls_read_files(const char *certificate, const char *key, TlsFiles *out, Error *error) {
    TlsFiles files = {.certificate_path = certificate, .key_path = key};
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

// ---- what cannot be used -----------------------------------------------------------------------

static bool has(const Buffer *text, const char *mark) {
    return text->length && memmem(text->data, text->length, mark, strlen(mark)) != NULL;
}

static bool error_certificate(const TlsFiles *files, Error *error) {
    bool is_key = has(&files->certificate, "PRIVATE KEY-----");
    error_set(error, ERROR_SYSTEM,
              is_key ? T("%s holds a private key and no certificate", "%s 中是私钥，没有证书")
                     : T("%s holds no certificate", "%s 中没有证书"),
              files->certificate_path);
    return error_hint(
        error, "%s",
        is_key ? T("are the two files given the wrong way round?", "两个文件是否给反了？")
               : T("it is to be a PEM file, the server's own certificate first",
                   "应为 PEM 文件，服务器自身的证书在最前面"));
}

static bool error_key(const TlsFiles *files, Error *error) {
    bool is_locked = has(&files->key, "ENCRYPTED");
    error_set(error, ERROR_SYSTEM,
              is_locked
                  ? T("the private key in %s is protected by a password", "%s 中的私钥有口令保护")
                  : T("%s holds no private key", "%s 中没有私钥"),
              files->key_path);
    return error_hint(error, "%s",
                      T("it is to be a PEM file without a password", "应为不带口令的 PEM 文件"));
}

static bool error_pair(const TlsFiles *files, Error *error) {
    error_set(error, ERROR_SYSTEM,
              T("the private key in %s is not that of the certificate in %s",
                "%s 中的私钥与 %s 中的证书不配对"),
              files->key_path, files->certificate_path);
    return error_hint(error, "%s",
                      T("give the key that the certificate was made for; the server's own "
                        "certificate stands first in its file",
                        "请给出申请该证书时所用的私钥；证书文件中服务器自身的证书应在最前面"));
}

// GnuTLS's own words are about its insides.
static bool error_unusable(const TlsFiles *files, int result, Error *error) {
    if (!has(&files->certificate, "BEGIN CERTIFICATE-----") &&
        !has(&files->certificate, "BEGIN X509 CERTIFICATE-----"))
        return error_certificate(files, error);
    if (!has(&files->key, "PRIVATE KEY-----") || has(&files->key, "ENCRYPTED"))
        return error_key(files, error);
    if (result == GNUTLS_E_CERTIFICATE_KEY_MISMATCH) return error_pair(files, error);
    error_set(error, ERROR_SYSTEM,
              T("the certificate in %s and the key in %s cannot be used: %s",
                "%s 中的证书与 %s 中的私钥无法使用：%s"),
              files->certificate_path, files->key_path, gnutls_strerror(result));
    return error_hint(
        error, "%s",
        T("one of the two files is damaged: `openssl x509 -in FILE` and `openssl pkey "
          "-in FILE` tell which",
          "两个文件之一已损坏，可用 `openssl x509 -in 文件` 和 `openssl pkey -in "
          "文件` 分别检查"));
}

// ---- credentials -------------------------------------------------------------------------------

// A chain is good while each of its certificates is.
static HttpCertificate read_dates(gnutls_certificate_credentials_t handle) {
    HttpCertificate dates = {.not_before_us = INT64_MIN, .not_after_us = INT64_MAX};
    gnutls_x509_crt_t *chain = NULL;
    unsigned count = 0;
    if (gnutls_certificate_get_x509_crt(handle, 0, &chain, &count) < 0) return dates;
    for (unsigned i = 0; i < count; i++) {
        int64_t begins_us = (int64_t)gnutls_x509_crt_get_activation_time(chain[i]) * 1000000;
        int64_t ends_us = (int64_t)gnutls_x509_crt_get_expiration_time(chain[i]) * 1000000;
        if (begins_us > dates.not_before_us) dates.not_before_us = begins_us;
        if (ends_us < dates.not_after_us) dates.not_after_us = ends_us;
        gnutls_x509_crt_deinit(chain[i]);
    }
    gnutls_free(chain);
    return dates;
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
        credentials->dates = read_dates(credentials->handle);
        *out = credentials;
        return true;
    }
    tls_credentials_release(credentials);
    return error_unusable(files, result, error);
}

HttpCertificate tls_credentials_dates(const TlsCredentials *credentials) {
    return credentials->dates;
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
