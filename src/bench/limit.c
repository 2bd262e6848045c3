/* The C broadcast server to which doc/benchmarks.md compares Teahouse; java -jar target/teahouse.jar figures compiles and runs it. */
/*
 * limit - the least a room server can do: a single-threaded epoll broadcaster.
 *
 * It stands for the limit that the machine and the kernel set: no accounts, no
 * checks, no commands but "/join ROOM".  Protocol: the first line is the
 * client's name, every further line goes to the whole room (the sender too) as
 * "NAME: TEXT\n".  All lines that arrive in one round of the event loop are
 * gathered in one buffer per room; at the end of the round each member gets
 * that buffer with a single send().
 *
 *   cc -O2 -std=c11 -Wall -Wextra -o limit limit.c
 *   ./limit PORT [max bytes queued per client, default 64 MiB]
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

struct client;
struct room {
    char name[32];
    struct client **m; int n, cap;           /* members */
    char *buf; size_t len, bcap; int queued; /* this round's lines */
};
struct client {
    int fd, pos; struct room *room; int named, nlen; char name[32];
    char *in; size_t inlen; char *out; size_t outlen, outcap; int wantout, dead;
};
static struct room **R; static int nr, rcap;
static struct room **act; static int nact;   /* rooms with lines this round */
static struct client **gone; static int ngone, gcap;
static int ep; static size_t maxq = 64u << 20;
static char rb[256 * 1024 + 8192];

static void *need(void *p) { if (!p) { perror("limit"); exit(1); } return p; }
static struct room *room_get(const char *name, size_t n) {
    if (n > 31) n = 31;
    for (int i = 0; i < nr; i++) if (strlen(R[i]->name) == n && !memcmp(R[i]->name, name, n)) return R[i];
    if (nr == rcap) {
        rcap = rcap ? rcap * 2 : 64;
        R = need(realloc(R, (size_t)rcap * sizeof *R)); act = need(realloc(act, (size_t)rcap * sizeof *act));
    }
    struct room *r = need(calloc(1, sizeof *r)); memcpy(r->name, name, n);
    return R[nr++] = r;
}
static void leave(struct client *c) {
    struct room *r = c->room; if (!r) return;
    r->m[c->pos] = r->m[--r->n]; r->m[c->pos]->pos = c->pos; c->room = NULL;
}
static void enter(struct client *c, struct room *r) {
    leave(c);
    if (r->n == r->cap) { r->cap = r->cap ? r->cap * 2 : 16; r->m = need(realloc(r->m, (size_t)r->cap * sizeof *r->m)); }
    c->room = r; c->pos = r->n; r->m[r->n++] = c;
}
static void drop(struct client *c) {
    if (c->dead) return;
    c->dead = 1; close(c->fd);
    if (ngone == gcap) { gcap = gcap ? gcap * 2 : 64; gone = need(realloc(gone, (size_t)gcap * sizeof *gone)); }
    gone[ngone++] = c;                       /* freed at the end of the round */
}
static void watch(struct client *c, int out) {
    struct epoll_event e = { .events = EPOLLIN | (out ? (unsigned)EPOLLOUT : 0u), .data.ptr = c };
    c->wantout = out; epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
}
static void keep(struct client *c, const char *p, size_t n) {
    if (c->outlen + n > maxq) { drop(c); return; }
    if (c->outlen + n > c->outcap) { c->outcap = (c->outlen + n) * 2; c->out = need(realloc(c->out, c->outcap)); }
    memcpy(c->out + c->outlen, p, n); c->outlen += n;
    if (!c->wantout) watch(c, 1);
}
static void deliver(struct client *c, const char *p, size_t n) {
    if (!c->outlen) {
        ssize_t w = send(c->fd, p, n, MSG_NOSIGNAL);
        if (w < 0 && errno != EAGAIN) { drop(c); return; }
        if (w > 0) { p += w; n -= (size_t)w; }
    }
    if (n) keep(c, p, n);
}
static void writable(struct client *c) {
    ssize_t w = send(c->fd, c->out, c->outlen, MSG_NOSIGNAL);
    if (w < 0) { if (errno != EAGAIN) drop(c); return; }
    c->outlen -= (size_t)w; memmove(c->out, c->out + w, c->outlen);
    if (!c->outlen) { free(c->out); c->out = NULL; c->outcap = 0; watch(c, 0); }
}
static void line(struct client *c, const char *p, size_t n) {
    if (n && p[n - 1] == '\r') n--;
    if (!c->named) {
        c->nlen = (int)(n > 31 ? 31 : n); memcpy(c->name, p, (size_t)c->nlen); c->named = 1;
        enter(c, room_get("lobby", 5)); return;
    }
    if (n > 6 && !memcmp(p, "/join ", 6)) { enter(c, room_get(p + 6, n - 6)); return; }
    struct room *r = c->room; size_t want = r->len + (size_t)c->nlen + n + 3;
    if (want > r->bcap) { r->bcap = want * 2; r->buf = need(realloc(r->buf, r->bcap)); }
    char *q = r->buf + r->len;
    memcpy(q, c->name, (size_t)c->nlen); q += c->nlen; *q++ = ':'; *q++ = ' ';
    memcpy(q, p, n); q += n; *q++ = '\n'; r->len = (size_t)(q - r->buf);
    if (!r->queued) { r->queued = 1; act[nact++] = r; }
}
static void readable(struct client *c) {
    if (c->inlen) memcpy(rb, c->in, c->inlen);
    ssize_t n = recv(c->fd, rb + c->inlen, 256 * 1024, 0);
    if (n <= 0) { if (!(n < 0 && errno == EAGAIN)) drop(c); return; }
    char *p = rb, *e = rb + c->inlen + n, *nl;
    while ((nl = memchr(p, '\n', (size_t)(e - p)))) { line(c, p, (size_t)(nl - p)); p = nl + 1; }
    c->inlen = (size_t)(e - p);
    if (c->inlen > 8192) { drop(c); return; }
    if (c->inlen) { c->in = need(realloc(c->in, c->inlen)); memcpy(c->in, p, c->inlen); }
}
int main(int argc, char **argv) {
    int port = argc > 1 ? atoi(argv[1]) : 7000, one = 1;
    if (argc > 2) maxq = strtoul(argv[2], NULL, 10);
    struct rlimit rl; getrlimit(RLIMIT_NOFILE, &rl); rl.rlim_cur = rl.rlim_max; setrlimit(RLIMIT_NOFILE, &rl);
    signal(SIGPIPE, SIG_IGN);
    int l = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (bind(l, (void *)&a, sizeof a) || listen(l, 4096)) { perror("limit"); return 1; }
    ep = epoll_create1(0);
    struct epoll_event e = { .events = EPOLLIN }, ev[1024]; epoll_ctl(ep, EPOLL_CTL_ADD, l, &e);
    for (;;) {
        int n = epoll_wait(ep, ev, 1024, -1);
        for (int i = 0; i < n; i++) {
            struct client *c = ev[i].data.ptr;
            if (!c) {
                for (int fd; (fd = accept4(l, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
                    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    c = need(calloc(1, sizeof *c)); c->fd = fd;
                    e.events = EPOLLIN; e.data.ptr = c; epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
                }
                continue;
            }
            if (c->dead) continue;
            if (ev[i].events & EPOLLOUT) writable(c);
            if (!c->dead && ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(c);
        }
        for (int i = 0; i < nact; i++) {
            struct room *r = act[i];
            for (int k = 0; k < r->n; k++) if (!r->m[k]->dead) deliver(r->m[k], r->buf, r->len);
            r->len = 0; r->queued = 0;
        }
        nact = 0;
        for (int i = 0; i < ngone; i++) { leave(gone[i]); free(gone[i]->in); free(gone[i]->out); free(gone[i]); }
        ngone = 0;
    }
}
