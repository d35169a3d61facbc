// Listening sockets: made here, so that what the system says against one can be told.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/http/inside.h"

enum { WAITING_CONNECTIONS = 511 }; // that the kernel holds for us

typedef union SocketAddress {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_un local;
} SocketAddress;

static bool read_address(const char *text, int port, SocketAddress *out, socklen_t *size) {
    *out = (SocketAddress){0};
    if (inet_pton(AF_INET, text, &out->four.sin_addr) == 1) {
        out->four.sin_family = AF_INET;
        out->four.sin_port = htons((uint16_t)port);
        *size = sizeof out->four;
        return true;
    }
    if (inet_pton(AF_INET6, text, &out->six.sin6_addr) != 1) return false;
    out->six.sin6_family = AF_INET6;
    out->six.sin6_port = htons((uint16_t)port);
    *size = sizeof out->six;
    return true;
}

typedef struct Hint {
    int number;
    const char *text;
} Hint;

// `hints` ends with the number 0.
static bool fail(int listener, int number, const char *what, const Hint *hints, Error *error) {
    if (listener >= 0) close(listener);
    error_set_errno(error, number, T("cannot listen at %s", "无法监听 %s"), what);
    while (hints->number && hints->number != number)
        hints++;
    return hints->number ? error_hint(error, "%s", hints->text) : false;
}

static bool fail_tcp(int listener, int number, const char *what, Error *error) {
    const Hint hints[] = {
        {EADDRINUSE, T("another program is there; end it or choose another one",
                       "该地址已被其他程序占用；请结束该程序或改用其他地址")},
        {EADDRNOTAVAIL, T("this machine has no such address", "本机没有该地址")},
        {EACCES, T("a port below 1024 needs the capability CAP_NET_BIND_SERVICE",
                   "使用 1024 以下的端口需要 CAP_NET_BIND_SERVICE 权限")},
        {0, NULL},
    };
    return fail(listener, number, what, hints, error);
}

static bool fail_local(int listener, int number, const char *path, Error *error) {
    const Hint hints[] = {
        {EADDRINUSE, T("a server runs on this workspace already; end it first",
                       "该工作区已有服务在运行；请先停止该服务")},
        {EACCES, T("this user must be allowed to write to the folder of the socket",
                   "当前用户须有套接字所在文件夹的写权限")},
        {0, NULL},
    };
    return fail(listener, number, path, hints, error);
}

static int port_of(int listener) {
    SocketAddress got = {0};
    socklen_t size = sizeof got;
    if (getsockname(listener, &got.any, &size) != 0) return 0;
    return ntohs(got.any.sa_family == AF_INET6 ? got.six.sin6_port : got.four.sin_port);
}

static int make_tcp_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

// Where the kernel has no IPv6, all of the machine's addresses are those of IPv4.
static int make_socket_for(const char *address, int port, SocketAddress *wanted, socklen_t *size) {
    int made = make_tcp_socket(wanted->any.sa_family);
    if (made >= 0 || errno != EAFNOSUPPORT || strcmp(address, "::") != 0) return made;
    (void)!read_address("0.0.0.0", port, wanted, size);
    return make_tcp_socket(wanted->any.sa_family);
}

bool listen_tcp(const char *address, int port, int *listener, int *got_port, Error *error) {
    SocketAddress wanted;
    socklen_t size;
    char what[128];
    const int yes = 1, no = 0, most_unsent = 128 << 10;
    snprintf(what, sizeof what, strchr(address, ':') ? "[%s]:%d" : "%s:%d", address, port);
    if (port < 0 || port > 65535 || !read_address(address, port, &wanted, &size))
        return error_set(error, ERROR_INPUT,
                         T("%s is no numeric address and port", "%s 不是数字形式的地址和端口"),
                         what);
    int made = make_socket_for(address, port, &wanted, &size);
    if (made < 0) return fail_tcp(made, errno, what, error);
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    // Connections get this from the listener: what the kernel has taken and not sent stays little,
    // so that an answer which was handed over is one that went out.
    setsockopt(made, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &most_unsent, sizeof most_unsent);
    // "::" takes IPv4 too, whatever the system's default.
    if (wanted.any.sa_family == AF_INET6)
        setsockopt(made, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    if (bind(made, &wanted.any, size) != 0 || listen(made, WAITING_CONNECTIONS) != 0)
        return fail_tcp(made, errno, what, error);
    *listener = made;
    *got_port = port_of(made);
    return true;
}

// What a connection to the socket fails of; 0 when it does not.
static int try_to_connect(const SocketAddress *address) {
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) return errno;
    int number = connect(probe, &address->any, sizeof address->local) == 0 ? 0 : errno;
    close(probe);
    return number;
}

// Removes a socket that nobody listens at any more. One that cannot take a connection at once has a
// busy server behind it.
static bool clear_place(const SocketAddress *wanted, Error *error) {
    const char *path = wanted->local.sun_path;
    struct stat about;
    if (lstat(path, &about) != 0 || !S_ISSOCK(about.st_mode)) return true;
    int number = try_to_connect(wanted);
    if (number == ECONNREFUSED) return unlink(path) == 0 || fail_local(-1, errno, path, error);
    return fail_local(-1, number == 0 || number == EAGAIN ? EADDRINUSE : number, path, error);
}

// Between another server's bind and its listen its socket looks like one left behind. Whoever has
// the lock has the place, until his own socket is gone; the file stays, for who waits for it might
// have opened it already.
static bool lock_place(const char *path, int *lock, Error *error) {
    Buffer name = {0};
    buffer_printf(&name, "%s.lock", path);
    int file = open(name.data, O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool good = file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0;
    if (good)
        *lock = file;
    else
        fail_local(file, errno == EWOULDBLOCK ? EADDRINUSE : errno, path, error);
    buffer_free(&name);
    return good;
}

static bool bind_local(const SocketAddress *wanted, int *listener, Error *error) {
    const char *path = wanted->local.sun_path;
    if (!clear_place(wanted, error)) return false;
    int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0) return fail_local(made, errno, path, error);
    // The socket's file gets these rights when it is bound: nobody comes in before a chmod.
    fchmod(made, 0600);
    if (bind(made, &wanted->any, sizeof wanted->local) != 0 ||
        listen(made, WAITING_CONNECTIONS) != 0)
        return fail_local(made, errno, path, error);
    *listener = made;
    return true;
}

bool listen_local(const char *path, int *listener, int *lock, Error *error) {
    SocketAddress wanted = {.local = {.sun_family = AF_UNIX}};
    if (strlen(path) >= sizeof wanted.local.sun_path)
        return error_set(
            error, ERROR_INPUT,
            T("the path of a socket may have at most %zu bytes: %s", "套接字路径最长 %zu 字节：%s"),
            sizeof wanted.local.sun_path - 1, path);
    memcpy(wanted.local.sun_path, path, strlen(path) + 1);
    if (!lock_place(path, lock, error)) return false;
    if (bind_local(&wanted, listener, error)) return true;
    close(*lock);
    return false;
}
