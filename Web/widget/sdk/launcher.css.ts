/** Styles of the launcher and of the panel's outside. They live in a shadow root: the page cannot break them, nor they the page. */
export const CSS = `
:host{all:initial!important}
*{box-sizing:border-box}
.root{--gap:20px;position:fixed;z-index:2147483000;inset-block-end:0;font:400 15px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color-scheme:light}
.root.right{right:0}.root.left{left:0}
button{font:inherit;border:0;margin:0;cursor:pointer;-webkit-tap-highlight-color:transparent}
.launcher{position:fixed;bottom:calc(var(--gap) + env(safe-area-inset-bottom,0px));height:60px;min-width:60px;padding:0;border-radius:30px;background:var(--fill);color:var(--on);display:flex;align-items:center;justify-content:center;box-shadow:0 1px 2px rgba(0,0,0,.16),0 6px 24px -4px rgba(0,0,0,.3);transition:transform .18s cubic-bezier(.2,.9,.3,1.3),box-shadow .18s}
.right .launcher{right:var(--gap)}.left .launcher{left:var(--gap)}
.launcher:hover{transform:translateY(-2px) scale(1.03);box-shadow:0 2px 4px rgba(0,0,0,.16),0 12px 32px -6px rgba(0,0,0,.36)}
.launcher:active{transform:scale(.96)}
.launcher:focus-visible,.peek button:focus-visible{outline:3px solid var(--ring);outline-offset:3px}
.icons{position:relative;width:60px;height:60px;flex:none}
.icons svg{position:absolute;inset:0;margin:auto;width:28px;height:28px;transition:transform .22s cubic-bezier(.3,.8,.3,1),opacity .16s}
.icons .x{opacity:0;transform:rotate(-60deg) scale(.6)}
.open .icons .x{opacity:1;transform:none}.open .icons .c{opacity:0;transform:rotate(40deg) scale(.6)}
.label{padding-inline-end:24px;margin-inline-start:-6px;font-weight:600;font-size:16px;white-space:nowrap}
.open .label{display:none}
.badge{position:absolute;top:-3px;right:-3px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#d3222d;color:#fff;font-weight:700;font-size:13px;line-height:22px;text-align:center;box-shadow:0 0 0 2px #fff;animation:pop .3s cubic-bezier(.2,.9,.3,1.5)}
.left .badge{right:auto;left:-3px}
[hidden]{display:none!important}
.panel{position:fixed;bottom:calc(var(--gap) + 76px);width:400px;height:min(700px,calc(100vh - 76px - 2*var(--gap)));max-width:calc(100vw - 2*var(--gap));border-radius:18px;overflow:hidden;background:#fff;box-shadow:0 0 0 1px rgba(0,0,0,.06),0 2px 6px rgba(0,0,0,.08),0 20px 56px -8px rgba(0,0,0,.32);transform-origin:bottom right;transition:opacity .18s,transform .24s cubic-bezier(.2,.9,.3,1),visibility 0s .24s;opacity:0;visibility:hidden;transform:translateY(14px) scale(.97)}
.right .panel{right:var(--gap)}.left .panel{left:var(--gap);transform-origin:bottom left}
.open .panel{opacity:1;visibility:visible;transform:none;transition:opacity .18s,transform .24s cubic-bezier(.2,.9,.3,1)}
.dark .panel{background:#17181c;box-shadow:0 0 0 1px rgba(255,255,255,.09),0 20px 56px -8px rgba(0,0,0,.7)}
.flat .panel{border-radius:0}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:normal;opacity:0;transition:opacity .15s}
.ready iframe{opacity:1}
.panel::before{content:"";position:absolute;top:0;left:0;right:0;height:230px;background:var(--fill)}
.ready .panel::before{display:none}
.peek{position:fixed;bottom:calc(var(--gap) + 74px);width:300px;max-width:calc(100vw - 2*var(--gap));animation:rise .28s cubic-bezier(.2,.9,.3,1)}
.right .peek{right:var(--gap)}.left .peek{left:var(--gap)}
.peek .say{display:block;width:100%;text-align:start;padding:14px 40px 14px 16px;border-radius:16px;background:#fff;color:#1c1c20;box-shadow:0 0 0 1px rgba(0,0,0,.06),0 12px 36px -6px rgba(0,0,0,.28)}
.peek .who{display:block;font-weight:600;font-size:13px;color:#5c5c66;margin-bottom:2px}
.peek .text{display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere}
.peek .no{position:absolute;top:8px;inset-inline-end:8px;width:28px;height:28px;border-radius:14px;background:transparent;color:#5c5c66;display:grid;place-items:center}
.peek .no:hover{background:rgba(127,127,140,.16)}.peek .no svg{width:16px;height:16px}
.dark .peek .say{background:#22242a;color:#f2f2f4}.dark .peek .who,.dark .peek .no{color:#b3b5bd}
@keyframes pop{from{transform:scale(0)}}
@keyframes rise{from{opacity:0;transform:translateY(10px)}}
@media (max-width:600px){
.panel{inset:0!important;width:100%;max-width:none;height:100%;height:100dvh;border-radius:0;box-shadow:none!important;transform:translateY(24px)}
.open .launcher{visibility:hidden}
.root{--gap:16px}
}
@media (prefers-reduced-motion:reduce){*{transition-duration:.01ms!important;animation:none!important}.panel{transform:none!important}}
@media print{.root{display:none}}
@media (forced-colors:active){.launcher{border:2px solid ButtonText}}
`;
