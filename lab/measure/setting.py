# SPDX-License-Identifier: Apache-2.0
"""What lab/bench sets up to be listed: rules, connections, a slow name server."""
import collections
import socket
import struct
import subprocess
import threading
import time

from measure.programs import REFERENCE

VIP = "10.9.0.1"


def run(command):
    subprocess.run(command, shell=True, check=True)


def clear():
    run(f"{REFERENCE} -C")


def write_rules(path, services, servers=10, weight=1):
    with open(path, "w") as file:
        for s in range(services):
            vip = f"10.{s // 250}.{s % 250}.1:80"
            file.write(f"-A -t {vip} -s rr\n")
            for d in range(servers):
                file.write(f"-a -t {vip} -r 172.{16 + d // 250}.{s % 250}.{d % 250 + 1}:80 -m -w {weight}\n")
    return path


def prepare_network():
    """The virtual address, and a network for a server that does not exist: packets to it are dropped."""
    run("ip link add servers type dummy && ip link set servers up && ip address add 10.8.0.1/24 dev servers")
    run("ip neighbour add 10.8.0.2 lladdr 02:00:00:00:00:02 dev servers")
    run(f"ip address add {VIP}/32 dev lo")


def prepare_service():
    clear()
    run(f"{REFERENCE} --set 0 0 86400")
    run(f"{REFERENCE} -A -u {VIP}:53 -s rr && {REFERENCE} -a -u {VIP}:53 -r 10.8.0.2 -m")


def connect(start, end, ports=50000, vip=VIP, port=53):
    """Makes connections, so many from ports of each client, to a service of UDP. A raw socket needs one system call for each."""
    client = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    head = struct.pack("!BBHIBBH", 0x45, 0, 29, 0, 64, socket.IPPROTO_UDP, 0)
    to = socket.inet_aton(vip)
    for number in range(start, end):
        addresses = struct.pack("!I", (127 << 24 | 1 << 16) + number // ports) + to
        client.sendto(head + addresses + struct.pack("!HHHHc", 10000 + number % ports, port, 9, 0, b"x"), (vip, 0))
    client.close()


def prepare_names(directory, delay):
    """A table of 1 000 servers, and a name server on 127.0.0.1 that answers after a delay."""
    clear()
    slow_resolver(delay)
    with open(f"{directory}/resolv.conf", "w") as file:
        file.write("nameserver 127.0.0.1\n")
    run(f"mount --bind {directory}/resolv.conf /etc/resolv.conf")
    run(f"{REFERENCE} -A -f 1")
    rules = "".join(f"-a -f 1 -r 172.17.{n // 250}.{n % 250 + 1}:0 -g\n" for n in range(1000))
    subprocess.run([REFERENCE, "-R"], input=rules.encode(), check=True)


def slow_resolver(delay):
    """A name server that knows every address."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))

    def answer(query):
        end = query.index(b"\0", 12) + 5
        first = query[13 : 13 + query[12]]
        name = b"\x04h" + first.rjust(3, b"0") + b"\x04test\0"
        head = query[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + query[12:end]
        record = b"\xc0\x0c\0\x0c\0\1\0\0\0\x3c" + len(name).to_bytes(2, "big") + name
        return head + record

    def serve():
        waiting = collections.deque()
        while True:
            while waiting and waiting[0][0] <= time.monotonic():
                _, query, client = waiting.popleft()
                server.sendto(answer(query), client)
            server.settimeout(max(0.001, waiting[0][0] - time.monotonic()) if waiting else None)
            try:
                query, client = server.recvfrom(512)
                waiting.append((time.monotonic() + delay, query, client))
            except TimeoutError:
                pass

    threading.Thread(target=serve, daemon=True).start()
