"""nginx with nchan, both from Debian: event streams without a store behind them."""

import os
import subprocess
import time

from tools import answers, children, free_ports

CONFIGURATION = """\
load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
{user}daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
worker_rlimit_nofile 20000;
events {{ worker_connections 19000; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        keepalive_requests 1000000;
        location = /ready {{ return 200; }}
        location ~ ^/sub/(\\w+)$ {{ nchan_subscriber eventsource; nchan_channel_id $1; }}
        location ~ ^/pub/(\\w+)$ {{ nchan_publisher; nchan_channel_id $1; }}
    }}
}}
"""


class Nchan:
    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True)
        (self.port,) = free_ports(1)

    def __enter__(self):
        user = "user root;\n" if os.geteuid() == 0 else ""
        configuration = self.folder / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(folder=self.folder, port=self.port, user=user), encoding="utf-8")
        self.process = subprocess.Popen(
            ["/usr/sbin/nginx", "-e", str(self.folder / "error.log"), "-p", str(self.folder), "-c", str(configuration)])
        end = time.monotonic() + 10
        while not answers(self.port, "/ready"):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"nginx did not start: {(self.folder / 'error.log').read_text(errors='replace')[-500:]}")
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)

    def pids(self):
        return ",".join(map(str, [self.process.pid, *children(self.process.pid)]))
