/** The demo shop's only script: what the website snippet does, which the page's own rules do not allow inline, and the two buttons. */

interface Chat {
    toggle(state?: "open" | "close"): void;
    reset(): void;
}
declare global {
    interface Window {
        $chatwoot?: Chat;
        chatwootSDK?: { run(options: { websiteToken: string; baseUrl: string }): void };
    }
}

const { websiteToken = "" } = document.body.dataset;

// The snippet itself, from wherever this page was opened: localhost, 127.0.0.1 or a forwarded port.
const script = document.createElement("script");
script.src = location.origin + "/packs/js/sdk.js";
script.async = true;
script.onload = () => window.chatwootSDK?.run({ websiteToken, baseUrl: location.origin });
document.head.append(script);

document.getElementById("ask")?.addEventListener("click", () => window.$chatwoot?.toggle("open"));
document.getElementById("new-visitor")?.addEventListener("click", () => window.$chatwoot?.reset());

export {};
