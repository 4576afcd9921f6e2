import { APIError, del, explain, get, onSignedOut, post, put } from "./api";
import { Cell } from "./cells";
import { isLanguage, keepLanguage, keptLanguage, pageLanguage } from "../words/language";
import type { Language } from "../words/language";
import type { Availability, Profile } from "./types";

/** Who sits at this browser. The cookie is HttpOnly: the server alone knows, so the page asks for the profile. */
export type Session =
    | { state: "asking" }
    | { state: "out" }
    | { state: "in"; me: Profile }
    | { state: "failed"; error: string };

export const session = new Cell<Session>({ state: "asking" });
export const availability = new Cell<Availability>("online");

onSignedOut(() => session.set({ state: "out" }));

let lastID: number | null = null;

export function me(): Profile | null {
    const now = session.value;
    return now.state === "in" ? now.me : null;
}

/** The path of something in the account, such as `account("/conversations")`. */
export function account(path: string): string {
    return `/api/v1/accounts/${me()?.account_id ?? 0}${path}`;
}

/** The same in the second version of the API, where the reports are. */
export function accountV2(path: string): string {
    return `/api/v2/accounts/${me()?.account_id ?? 0}${path}`;
}

export async function ask(): Promise<void> {
    try {
        const profile = await get<Profile>("/api/v1/profile");
        const here = profile.accounts?.find((one) => one.id === profile.account_id);
        if (!followLanguage(profile)) return;
        availability.set(here?.availability ?? here?.availability_status ?? "online");
        lastID = profile.id;
        session.set({ state: "in", me: profile });
    } catch (error) {
        if (error instanceof APIError && error.status === 401) session.set({ state: "out" });
        else session.set({ state: "failed", error: explain(error) });
    }
}

/** Something that this agent has chosen and the server keeps. */
export const uiSetting = (name: string): unknown => me()?.ui_settings?.[name];

export async function saveUISettings(part: Record<string, unknown>): Promise<void> {
    session.set({ state: "in", me: await put<Profile>("/api/v1/profile", { profile: { ui_settings: part } }) });
}

/** Chosen on another device: this one loads the page again in that language. False where it does. */
function followLanguage(profile: Profile): boolean {
    const chosen = profile.ui_settings?.locale;
    const language = isLanguage(chosen) ? chosen : null;
    const before = pageLanguage();
    keepLanguage(language);
    // Without storage it could not be remembered: loading again would never end.
    if (pageLanguage() === before || keptLanguage() !== language) return true;
    location.reload();
    return false;
}

/** nil: as the browser. */
export async function chooseLanguage(language: Language | null): Promise<void> {
    await saveUISettings({ locale: language });
    keepLanguage(language);
    location.reload();
}

export async function signIn(email: string, password: string): Promise<void> {
    const before = lastID;
    await post("/auth/sign_in", { email, password });
    await ask();
    // What another person's session left in memory must not be seen by this one.
    if (before !== null && me()?.id !== before) location.reload();
}

export async function signOut(): Promise<void> {
    await del("/auth/sign_out").catch(() => undefined);
    location.assign("/app");
}

export async function setAvailability(next: Availability): Promise<void> {
    const before = availability.value;
    availability.set(next);
    try {
        await post("/api/v1/profile/availability", { profile: { availability: next, account_id: me()?.account_id } });
    } catch (error) {
        availability.set(before);
        throw error;
    }
}
