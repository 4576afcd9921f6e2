"""A web server of somebody else, who counts what reaches them."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GIF = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


class Sink:
    def __init__(self):
        self.asked: list[str] = []
        self.referrers: list[str] = []
        self.pages: dict[str, str] = {}
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path.split("?")[0].lstrip("/")
                page = sink.pages.get(path)
                if page is None:
                    sink.asked.append(path)
                    sink.referrers.append(self.headers.get("Referer", ""))
                kind = "text/html" if page is not None else "text/css" if path.startswith("css") else "image/gif"
                body = page.encode() if page is not None else b"" if path.startswith("css") else GIF
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()


def hostile(sink: str) -> str:
    """A document that tries everything: each way to run or to fetch asks the sink for a path of its own name."""
    told = f"(new Image()).src='{sink}/"
    return f"""<!doctype html><html><head>
    <base href="{sink}/base/">
    <meta http-equiv="refresh" content="1;url={sink}/page-refresh">
    <link rel="stylesheet" href="{sink}/css-link">
    <link rel="preload" as="image" href="{sink}/preload"><link rel="prefetch" href="{sink}/prefetch">
    <link rel="modulepreload" href="{sink}/modulepreload"><link rel="icon" href="{sink}/icon"><link rel="manifest" href="{sink}/manifest">
    <style>@import "{sink}/css-import"; @font-face {{ font-family: f; src: url({sink}/font) }}
    p {{ font-family: f; background: url({sink}/img-background); cursor: url({sink}/img-cursor), auto; }} li {{ list-style-image: url({sink}/img-list); }}</style>
    <script>{told}script-inline'; try {{ top.ran = 'inline'; top.location = '{sink}/page-top'; }} catch (e) {{}}</script>
    <script src="{sink}/script-src"></script><script type="module">{told}script-module'</script>
    </head><body onload="{told}handler-body'">
    <p>text in a font</p><ul><li>item</li></ul>
    <img src="{sink}/img-src"><img srcset="{sink}/img-srcset 1x"><picture><source srcset="{sink}/img-picture"><img></picture>
    <img src="x-nothing:" onerror="{told}handler-error'">
    <table background="{sink}/img-table"><tr><td>x</td></tr></table><input type="image" src="{sink}/img-input">
    <svg onload="{told}handler-svg'"><script>{told}script-svg'</script><image href="{sink}/img-svg"/><use href="{sink}/svg-use#x"/></svg>
    <iframe src="{sink}/frame-src"></iframe><iframe srcdoc="&lt;img src='{sink}/img-srcdoc'&gt;&lt;script&gt;{told}script-srcdoc'&lt;/script&gt;"></iframe>
    <iframe src="javascript:{told}script-frame'"></iframe>
    <object data="{sink}/object"></object><embed src="{sink}/embed">
    <video src="{sink}/video" poster="{sink}/img-poster" autoplay muted></video><audio src="{sink}/audio" autoplay></audio>
    <form id="f" action="{sink}/form"><input name="a" value="1" autofocus onfocus="{told}handler-focus'"><button id="submit">go</button></form>
    <script>document.forms[0].submit()</script>
    <a id="top" target="_top" href="{sink}/page-top-link" ping="{sink}/ping">top</a> <a id="script" href="javascript:{told}script-link'">script</a>
    <details open ontoggle="{told}handler-toggle'"><summary>d</summary></details>
    <marquee onstart="{told}handler-marquee'">m</marquee>
    </body></html>"""
