/** Chatwoot's cookies: `cw_conversation` (the visitor's session) and `cw_user_<token>` (who was set last). They last 365 days. */

export function readCookie(name: string): string {
    for (const pair of document.cookie.split("; ")) {
        if (pair.startsWith(name + "=")) {
            try {
                return decodeURIComponent(pair.slice(name.length + 1));
            } catch {
                return "";
            }
        }
    }
    return "";
}

export function writeCookie(name: string, value: string, baseDomain?: string, days = 365): void {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    const domain = baseDomain ? "; domain=" + baseDomain : "";
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${days * 86400}; SameSite=Lax${domain}${secure}`;
}

export function removeCookie(name: string, baseDomain?: string): void {
    writeCookie(name, "", baseDomain, 0);
}

/** The page's own storage may be forbidden; everything kept there is a convenience. */
export function remember(key: string, value?: string | null): string | null {
    try {
        if (value === undefined) return localStorage.getItem("throughline." + key);
        if (value === null) localStorage.removeItem("throughline." + key);
        else localStorage.setItem("throughline." + key, value);
    } catch {
        // forbidden or full
    }
    return null;
}
