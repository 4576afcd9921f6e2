"""A proxy that cuts connections."""
import random
import socket
import threading

from listener import Listener


class CuttingProxy(Listener):
    """Stands before a server and cuts connections at random bytes of what the server says, so many times."""

    def __init__(self, port, cuts, seed, most):
        self.target, self.left, self.cut, self.random, self.most = port, cuts, 0, random.Random(seed), most
        self.lock = threading.Lock()
        super().__init__()

    def serve(self, client):
        with socket.create_connection(("127.0.0.1", self.target), 5) as server:
            with self.lock:
                limit = self.random.randint(1, self.most) if self.left > 0 else None
            asking = threading.Thread(target=self._pump, args=(client, server, None), daemon=True)
            asking.start()
            self._pump(server, client, limit)
            asking.join()

    def _pump(self, source, sink, limit):
        try:
            while data := source.recv(65536):
                if limit is not None:
                    data = data[:limit]
                    limit -= len(data)
                sink.sendall(data)
                if limit == 0:
                    with self.lock:
                        self.left -= 1
                        self.cut += 1
                    break
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
