// SPDX-License-Identifier: Apache-2.0
//
// The least that any program could do. lab/bench measures ipvsadm against it.
//
//   floor start            asks for the timeouts, as ipvsadm -L --timeout
//   floor restore <RULES   adds the rules that lab/bench writes, and knows no others
//   floor list             dumps all services and servers by netlink
//   floor proc             copies /proc/net/ip_vs
//   floor connections      copies /proc/net/ip_vs_conn
//
// It talks to the kernel in as few system calls as the kernel allows, and does as little as
// possible besides. It checks that the kernel did what it asked for, and nothing else.

#define _GNU_SOURCE
#include <endian.h>
#include <fcntl.h>
#include <linux/genetlink.h>
#include <linux/ip_vs.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { BATCH = 128, BUFFER = 32 * 1024, ANSWERS = 4 };

static int netlink;
static uint16_t family;
static char request[BUFFER], answers[ANSWERS][BUFFER], text[2 * BUFFER];
static size_t length, written;

_Noreturn static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void flush(void) {
  for (size_t done = 0; done < written;) {
    ssize_t count = write(STDOUT_FILENO, text + done, written - done);
    if (count < 0) fail("write");
    done += (size_t)count;
  }
  written = 0;
}

// Requests. begin and end enclose a message, open and close an attribute that has others in it.

static struct nlmsghdr *begin(uint16_t type, uint16_t flags, uint8_t command) {
  struct nlmsghdr *message = (void *)(request + length);
  *message = (struct nlmsghdr){.nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | flags};
  length += NLMSG_HDRLEN;
  if (type >= NLMSG_MIN_TYPE) {
    struct genlmsghdr *header = (void *)(request + length);
    *header = (struct genlmsghdr){.cmd = command, .version = 1};
    length += GENL_HDRLEN;
  }
  return message;
}

static void end(struct nlmsghdr *message) {
  message->nlmsg_len = (uint32_t)(request + length - (char *)message);
}

static void put(uint16_t type, const void *value, size_t size) {
  struct nlattr *attribute = (void *)(request + length);
  *attribute = (struct nlattr){.nla_type = type, .nla_len = (uint16_t)(NLA_HDRLEN + size)};
  memcpy(request + length + NLA_HDRLEN, value, size);
  length += NLA_ALIGN(NLA_HDRLEN + size);
}

static void put16(uint16_t type, uint16_t value) { put(type, &value, sizeof value); }
static void put32(uint16_t type, uint32_t value) { put(type, &value, sizeof value); }

static struct nlattr *open_nest(uint16_t type) {
  struct nlattr *nest = (void *)(request + length);
  put(type | NLA_F_NESTED, "", 0);
  return nest;
}

static void close_nest(struct nlattr *nest) {
  nest->nla_len = (uint16_t)(request + length - (char *)nest);
}

static void send_requests(void) {
  if (send(netlink, request, length, 0) < 0) fail("send");
  length = 0;
}

// Answers. They are read several at a time, because the end of a dump comes by itself. receive
// hands each message to a function until the last one, and ends the program at an error.

static void receive(void (*take)(const struct nlmsghdr *)) {
  struct iovec buffers[ANSWERS];
  struct mmsghdr heads[ANSWERS];
  memset(heads, 0, sizeof heads);
  for (int n = 0; n < ANSWERS; n++) {
    buffers[n] = (struct iovec){answers[n], BUFFER};
    heads[n].msg_hdr = (struct msghdr){.msg_iov = &buffers[n], .msg_iovlen = 1};
  }
  for (;;) {
    int count = recvmmsg(netlink, heads, ANSWERS, MSG_WAITFORONE, NULL);
    if (count < 0) fail("recvmmsg");
    for (int n = 0; n < count; n++) {
      const struct nlmsghdr *message = (void *)answers[n];
      for (unsigned left = heads[n].msg_len; NLMSG_OK(message, left); message = NLMSG_NEXT(message, left)) {
        if (message->nlmsg_type == NLMSG_DONE) return;
        if (message->nlmsg_type == NLMSG_ERROR) {
          const struct nlmsgerr *error = NLMSG_DATA(message);
          if (error->error == 0) return;
          fprintf(stderr, "the kernel refused: %s\n", strerror(-error->error));
          exit(1);
        }
        take(message);
        if (!(message->nlmsg_flags & NLM_F_MULTI)) return;
      }
    }
  }
}

#define FOR_EACH(attribute, first, size)                                                               \
  for (const struct nlattr *attribute = (void *)(first), *end_ = (void *)((char *)(first) + (size)); \
       attribute < end_; attribute = (void *)((char *)attribute + NLA_ALIGN(attribute->nla_len)))
#define VALUE(attribute) ((const void *)((const char *)(attribute) + NLA_HDRLEN))
#define SIZE(attribute) ((attribute)->nla_len - NLA_HDRLEN)
#define FIRST(message) ((char *)NLMSG_DATA(message) + GENL_HDRLEN)
#define REST(message) ((message)->nlmsg_len - NLMSG_HDRLEN - GENL_HDRLEN)

static void take_family(const struct nlmsghdr *message) {
  FOR_EACH(attribute, FIRST(message), REST(message))
    if (attribute->nla_type == CTRL_ATTR_FAMILY_ID) memcpy(&family, VALUE(attribute), sizeof family);
}

static void connect_kernel(void) {
  netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
  if (netlink < 0) fail("socket");
  struct nlmsghdr *message = begin(GENL_ID_CTRL, 0, CTRL_CMD_GETFAMILY);
  put(CTRL_ATTR_FAMILY_NAME, IPVS_GENL_NAME, sizeof IPVS_GENL_NAME);
  end(message);
  send_requests();
  receive(take_family);
}

static void take_timeouts(const struct nlmsghdr *message) {
  uint32_t timeouts[__IPVS_CMD_ATTR_MAX] = {0};
  FOR_EACH(attribute, FIRST(message), REST(message))
    if (attribute->nla_type < __IPVS_CMD_ATTR_MAX)
      memcpy(&timeouts[attribute->nla_type], VALUE(attribute), sizeof *timeouts);
  printf("Timeout (tcp tcpfin udp): %u %u %u\n", timeouts[IPVS_CMD_ATTR_TIMEOUT_TCP],
         timeouts[IPVS_CMD_ATTR_TIMEOUT_TCP_FIN], timeouts[IPVS_CMD_ATTR_TIMEOUT_UDP]);
}

static void start(void) {
  end(begin(family, 0, IPVS_CMD_GET_CONFIG));
  send_requests();
  receive(take_timeouts);
}

// Restoring. The kernel answers a request only if it fails, and the empty one at the end always.

static uint32_t number(char **at) {
  uint32_t value = 0;
  while (**at >= '0' && **at <= '9') value = value * 10 + (uint32_t)(*(*at)++ - '0');
  (*at)++; // the character that ends it
  return value;
}

static void put_address(char **at, uint16_t address_type, uint16_t port_type) {
  unsigned char address[16] = {0};
  for (int n = 0; n < 4; n++) address[n] = (unsigned char)number(at);
  put(address_type, address, sizeof address);
  put16(port_type, htobe16((uint16_t)number(at)));
}

static void put_rule(char *line) {
  int is_service = line[1] == 'A';
  struct nlmsghdr *message = begin(family, 0, is_service ? IPVS_CMD_NEW_SERVICE : IPVS_CMD_NEW_DEST);
  struct nlattr *nest = open_nest(IPVS_CMD_ATTR_SERVICE);
  char *at = line + strlen("-A -t ");
  put16(IPVS_SVC_ATTR_AF, AF_INET);
  put16(IPVS_SVC_ATTR_PROTOCOL, IPPROTO_TCP);
  put_address(&at, IPVS_SVC_ATTR_ADDR, IPVS_SVC_ATTR_PORT);
  if (is_service) {
    char *name = at + strlen("-s ");
    size_t size = strcspn(name, "\n");
    name[size] = 0;
    put(IPVS_SVC_ATTR_SCHED_NAME, name, size + 1);
    put(IPVS_SVC_ATTR_FLAGS, &(struct ip_vs_flags){0, ~0U}, sizeof(struct ip_vs_flags));
    put32(IPVS_SVC_ATTR_TIMEOUT, 0);
    put32(IPVS_SVC_ATTR_NETMASK, ~0U);
    close_nest(nest);
  } else {
    close_nest(nest);
    nest = open_nest(IPVS_CMD_ATTR_DEST);
    at += strlen("-r ");
    put_address(&at, IPVS_DEST_ATTR_ADDR, IPVS_DEST_ATTR_PORT);
    at += strlen("-m -w ");
    put32(IPVS_DEST_ATTR_FWD_METHOD, IP_VS_CONN_F_MASQ);
    put32(IPVS_DEST_ATTR_WEIGHT, number(&at));
    put32(IPVS_DEST_ATTR_U_THRESH, 0);
    put32(IPVS_DEST_ATTR_L_THRESH, 0);
    close_nest(nest);
  }
  end(message);
}

static void send_batch(void) {
  end(begin(NLMSG_NOOP, NLM_F_ACK, 0));
  send_requests();
  receive(NULL);
}

static void restore(void) {
  char line[256];
  int waiting = 0;
  while (fgets(line, sizeof line, stdin) != NULL) {
    put_rule(line);
    if (++waiting % BATCH == 0) send_batch();
  }
  if (waiting % BATCH != 0) send_batch();
}

// Listing. One dump has the services, and one more for each of them its servers, because the kernel
// begins a dump for a socket only after the one before has ended.

static char *keys; // what names each service: four attributes, KEY bytes
static size_t services;
enum { KEY = 4 * NLA_HDRLEN + 4 + 4 + 16 + 4 };

static void put_hex(const void *bytes, size_t size, char after) {
  for (size_t n = 0; n < size; n++) {
    text[written++] = "0123456789abcdef"[((const unsigned char *)bytes)[n] >> 4];
    text[written++] = "0123456789abcdef"[((const unsigned char *)bytes)[n] & 15];
  }
  text[written++] = after;
}

static void take_service(const struct nlmsghdr *message) {
  if (services % 256 == 0) keys = realloc(keys, (services + 256) * KEY);
  if (keys == NULL) fail("realloc");
  char *key = keys + services++ * KEY;
  const struct nlattr *service = (void *)FIRST(message);
  FOR_EACH(attribute, VALUE(service), SIZE(service)) {
    switch (attribute->nla_type) {
    case IPVS_SVC_ATTR_AF:
    case IPVS_SVC_ATTR_PROTOCOL:
    case IPVS_SVC_ATTR_ADDR:
    case IPVS_SVC_ATTR_PORT:
      memcpy(key, attribute, NLA_ALIGN(attribute->nla_len));
      key += NLA_ALIGN(attribute->nla_len);
    }
  }
}

static void take_server(const struct nlmsghdr *message) {
  if (written > sizeof text - 256) flush();
  const struct nlattr *server = (void *)FIRST(message);
  FOR_EACH(attribute, VALUE(server), SIZE(server)) {
    switch (attribute->nla_type) {
    case IPVS_DEST_ATTR_ADDR:
    case IPVS_DEST_ATTR_PORT:
    case IPVS_DEST_ATTR_FWD_METHOD:
    case IPVS_DEST_ATTR_WEIGHT:
    case IPVS_DEST_ATTR_ACTIVE_CONNS:
    case IPVS_DEST_ATTR_INACT_CONNS:
      put_hex(VALUE(attribute), SIZE(attribute), ' ');
    }
  }
  text[written++] = '\n';
}

static void list(void) {
  end(begin(family, NLM_F_DUMP, IPVS_CMD_GET_SERVICE));
  send_requests();
  receive(take_service);
  for (size_t n = 0; n < services; n++) {
    if (written > sizeof text - 256) flush();
    put_hex(keys + n * KEY, KEY, '\n');
    struct nlmsghdr *message = begin(family, NLM_F_DUMP, IPVS_CMD_GET_DEST);
    put(IPVS_CMD_ATTR_SERVICE | NLA_F_NESTED, keys + n * KEY, KEY);
    end(message);
    send_requests();
    receive(take_server);
  }
  flush();
}

static void copy(const char *path) {
  int file = open(path, O_RDONLY);
  if (file < 0) fail(path);
  ssize_t count;
  while ((count = read(file, text + written, sizeof text - written)) > 0) {
    written += (size_t)count;
    if (written == sizeof text) flush();
  }
  if (count < 0) fail(path);
  flush();
}

int main(int count, char **words) {
  const char *job = count == 2 ? words[1] : "";
  if (strcmp(job, "proc") == 0) {
    copy("/proc/net/ip_vs");
  } else if (strcmp(job, "connections") == 0) {
    copy("/proc/net/ip_vs_conn");
  } else if (strcmp(job, "start") == 0) {
    connect_kernel();
    start();
  } else if (strcmp(job, "restore") == 0) {
    connect_kernel();
    restore();
  } else if (strcmp(job, "list") == 0) {
    connect_kernel();
    list();
  } else {
    fputs("usage: floor start|restore|list|proc|connections\n", stderr);
    return 2;
  }
  return 0;
}
