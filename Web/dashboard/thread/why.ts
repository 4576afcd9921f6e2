import type { SenderCheck } from "../model/types";
import { words } from "../words";
import { pageLanguage } from "../words/language";

interface Evidence { evidence: string | null; evidence_detail?: string | null }

/** Why a mail stands where it stands: the server's own sentence in English, which names the place; else by its code. */
export function whyHere({ evidence, evidence_detail: detail }: Evidence): string | null {
    const known = evidence === null ? null : words.mail.evidence[evidence] ?? null;
    return (pageLanguage() === "en" ? detail ?? known : known ?? detail) ?? null;
}

/** What the checks of a sender came to. */
export function checked(check: SenderCheck): string {
    const domain = check.dmarc?.domain || null;
    const known = words.mail.checked[check.result]?.(domain) ?? null;
    return pageLanguage() === "en" ? check.words : known ?? check.words;
}
