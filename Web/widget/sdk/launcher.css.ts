/** Styles of the launcher and of the panel's outside. They live in a shadow root: the page cannot break them, nor they the page. */
export const CSS = `:host{all:initial!important}
*{box-sizing:border-box}
.root{--gap:20px;font:15px/1.4 system-ui;color-scheme:light}
.root>*{position:fixed;z-index:2147483000;right:var(--gap)}
.left>*{right:auto;left:var(--gap)}
button{font:inherit;border:0;margin:0;cursor:pointer}
.launcher{bottom:calc(var(--gap) + env(safe-area-inset-bottom,0px));height:60px;min-width:60px;padding:0;border-radius:30px;background:var(--fill);color:var(--on);display:flex;align-items:center;box-shadow:0 6px 24px -4px #0006;transition:transform .2s}
.launcher:hover{transform:translateY(-2px) scale(1.03)}
:focus-visible{outline:3px solid #fff!important;box-shadow:0 0 0 6px #111!important}
.icons{position:relative;width:60px;height:60px}
.icons svg{position:absolute;inset:0;margin:auto;width:30px;transition:.2s}
.x,.open .c{opacity:0;transform:rotate(50deg)}
.open .x{opacity:1;transform:none}
.label{margin-inline:-6px 24px;font:600 16px system-ui}
.open :is(.label,.badge),:empty:is(.label,.badge),[hidden]{display:none!important}
.badge{position:absolute;top:-3px;right:-3px;min-width:22px;padding:0 6px;border-radius:11px;background:#d3222d;color:#fff;font:700 13px/22px system-ui;text-align:center;box-shadow:0 0 0 2px #fff}
.panel{bottom:calc(var(--gap) + 76px);width:400px;height:min(700px,calc(100vh - 76px - 2*var(--gap)));max-width:calc(100vw - 2*var(--gap));border-radius:18px;overflow:hidden;background:linear-gradient(var(--fill) 250px,#fff 0);box-shadow:0 0 0 1px #0001,0 20px 56px -8px #0005;transition:opacity .2s,transform .2s,visibility .2s;opacity:0;visibility:hidden;transform:translateY(14px) scale(.97)}
.open .panel{opacity:1;visibility:visible;transform:none}
.dark .panel{background:linear-gradient(var(--fill) 250px,#1c1e22 0)}
.flat .panel{border-radius:0}
iframe{display:block;width:100%;height:100%;border:0;opacity:0;transition:opacity .15s}
.ready iframe{opacity:1}
.peek{bottom:calc(var(--gap) + 74px);width:300px;max-width:calc(100vw - 2*var(--gap));animation:rise .2s}
.say{display:block;width:100%;text-align:start;padding:14px 40px 14px 16px;border-radius:16px;background:#fff;color:#1c1c20;box-shadow:0 0 0 1px #0001,0 20px 56px -8px #0005}
.who{display:block;font-weight:600;font-size:13px;opacity:.75}
.text{display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere}
.no{position:absolute;top:8px;right:8px;width:28px;height:28px;padding:6px;border-radius:14px;background:none;color:#5c5c66}
.no svg{display:block}
.dark .say{background:#22242a;color:#f2f2f4}.dark .no{color:#b3b5bd}
@keyframes rise{from{opacity:0;transform:translateY(10px)}}
@media (max-width:600px),(max-height:480px){.root{--gap:16px}.panel{inset:0!important;width:100%;max-width:none;height:100%;height:100dvh;border-radius:0}.open .launcher{visibility:hidden}}
@media (prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important}}
@media print{.root{display:none}}
@media (forced-colors:active){.launcher{border:2px solid}}`;
