import { words } from "../words";

/** A refusal or a failure, with a sentence that can be shown to a person. */
export class APIError extends Error {
    constructor(readonly status: number, message: string, readonly body: unknown = null) { super(message); }
}

/** Called when the server says that nobody is signed in. Set by the session. */
let signedOut: () => void = () => {};
export function onSignedOut(action: () => void): void { signedOut = action; }

const patience = 30_000;
/** Files take their time on a slow line. */
const uploadPatience = 300_000;

/** One request. JSON in and out, a form where `body` is one. Throws `APIError`; on 401 the session ends first. */
export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method !== "GET") headers["X-Throughline"] = "1";
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers["Content-Type"] = "application/json";
    const abort = new AbortController();
    const timer = window.setTimeout(() => abort.abort(), form ? uploadPatience : patience);
    let response: Response;
    try {
        response = await fetch(path, {
            method, headers, credentials: "same-origin", signal: abort.signal,
            body: body === undefined ? undefined : form ? body : JSON.stringify(body),
        });
    } catch {
        throw new APIError(0, abort.signal.aborted ? words.errors.slow : words.errors.unreachable);
    } finally {
        window.clearTimeout(timer);
    }
    const text = await response.text().catch(() => "");
    const parsed = parse(text);
    if (response.ok) return parsed as T;
    if (response.status === 401 && path !== "/auth/sign_in") signedOut();
    throw new APIError(response.status, sentence(response.status, parsed), parsed);
}

function parse(text: string): unknown {
    try { return text === "" ? null : JSON.parse(text); } catch { return null; }
}

function sentence(status: number, body: unknown): string {
    if (body !== null && typeof body === "object") {
        const { error, message, errors } = body as { error?: unknown; message?: unknown; errors?: unknown };
        if (typeof message === "string" && message !== "") return message;
        if (typeof error === "string" && error !== "") return error;
        if (Array.isArray(errors) && typeof errors[0] === "string") return errors[0];
    }
    return words.errors.status(status);
}

/** A request that outlives the page which makes it; nobody waits for its answer. */
export function parting(method: string, path: string, body: unknown): void {
    void fetch(path, {
        method, keepalive: true, credentials: "same-origin", body: JSON.stringify(body),
        headers: { Accept: "application/json", "Content-Type": "application/json", "X-Throughline": "1" },
    }).catch(() => undefined);
}

/** What to tell a person about anything that was thrown. */
export function explain(error: unknown): string {
    return error instanceof APIError ? error.message : words.errors.unexpected;
}

export const get = <T>(path: string): Promise<T> => request<T>("GET", path);
export const post = <T>(path: string, body: unknown = {}): Promise<T> => request<T>("POST", path, body);
export const patch = <T>(path: string, body: unknown): Promise<T> => request<T>("PATCH", path, body);
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>("PUT", path, body);
export const del = <T>(path: string): Promise<T> => request<T>("DELETE", path);

/** A query string without the parameters that are empty. */
export function query(parameters: Record<string, string | number | string[] | null | undefined>): string {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
        if (Array.isArray(value)) value.forEach((one) => search.append(`${name}[]`, one));
        else if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
    }
    // The server takes a plus for a plus, as in support+token@; a space is %20 in every reading (RFC 3986).
    const text = search.toString().replace(/\+/g, "%20");
    return text === "" ? "" : `?${text}`;
}
