/** Chatwoot's cookies: `cw_conversation` (the visitor's session) and `cw_user_<token>` (who was set last). They last 365 days. */

export function readCookie(name: string): string {
    const pair = document.cookie.split("; ").find((p) => p.startsWith(name + "="));
    return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

/** An empty value removes the cookie; any other stays for 365 days, in seconds. */
export function writeCookie(name: string, value: string, baseDomain?: string): void {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    const domain = baseDomain ? "; domain=" + baseDomain : "";
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${value ? 31536e3 : 0}; SameSite=Lax${domain}${secure}`;
}

/** The page's own storage may be forbidden; what is kept there is a convenience. An empty value removes. Gives the value. */
export function remember(key: string, value?: string): string {
    try {
        const name = "throughline." + key;
        if (value === undefined) return localStorage.getItem(name) ?? "";
        if (value) localStorage.setItem(name, value);
        else localStorage.removeItem(name);
    } catch {
        // forbidden or full
    }
    return value ?? "";
}
