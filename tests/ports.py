"""Ports of this machine that are free."""
import socket


def free_ports(count, kind=socket.SOCK_STREAM):
    """Different ones: each is held until all are found."""
    sockets = [socket.socket(socket.AF_INET, kind) for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def free_port(kind=socket.SOCK_STREAM):
    return free_ports(1, kind)[0]
