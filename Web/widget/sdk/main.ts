import { install } from "./chatwoot";

/**
 * The website snippet's script. `window.chatwootSDK.run({websiteToken, baseUrl})` puts the launcher on the page; a new visitor's page asks
 * the server for nothing more than this script until the launcher is pressed.
 */
(window as unknown as { chatwootSDK: unknown }).chatwootSDK = { run: install };
