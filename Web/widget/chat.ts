/** The page with nothing but the widget: opens it for the website that the address names. */
const sdk = (window as unknown as { chatwootSDK?: { run(options: { websiteToken: string; baseUrl: string }): void } }).chatwootSDK;
const websiteToken = new URLSearchParams(location.search).get("website_token") ?? "";
addEventListener("chatwoot:ready", () => (window as unknown as { $chatwoot: { toggle(state: string): void } }).$chatwoot.toggle("open"), { once: true });
sdk?.run({ websiteToken, baseUrl: location.origin });

export {};
