import type { Message } from "./api";
import { h } from "./dom";

/** A satisfaction survey as its message carries it, words and all. */
export interface Survey {
    ratings: string[];
    thanks: string;
    comment: string;
    send: string;
    /** 1 to 5, once it was answered. */
    rating: number;
}

const FACES = ["😞", "🙁", "😐", "🙂", "😀"];

export function surveyOf(message: Message): Survey | null {
    if (message.content_type !== "input_csat") return null;
    const { labels, submitted_values: given } = (message.content_attributes ?? {}) as { labels?: Partial<Survey>; submitted_values?: { csat_survey_response?: { rating?: number } } };
    return {
        ratings: labels?.ratings ?? ["Terrible", "Bad", "Okay", "Good", "Great"],
        thanks: labels?.thanks ?? "Thank you!",
        comment: labels?.comment ?? "Anything you would like to add?",
        send: labels?.send ?? "Send",
        rating: given?.csat_survey_response?.rating ?? 0,
    };
}

/** Five faces; once one is chosen it is kept at once, and a field for some words appears. */
export function surveyView(survey: Survey, rate: (rating: number, words: string) => Promise<unknown>): HTMLElement {
    const said = h("p", { class: "survey-said", role: "status" });
    const field = h("textarea", { rows: "2", maxlength: "2000", "aria-label": survey.comment, placeholder: survey.comment });
    const more = h("div", { class: "survey-more", hidden: true }, field, h("button", { type: "button", onClick: () => send(field.value) }, survey.send));
    let chosen = survey.rating;
    const faces = FACES.map((face, index) =>
        h("button", { type: "button", class: "face", "aria-label": survey.ratings[index] ?? "", title: survey.ratings[index] ?? "", onClick: () => choose(index + 1) }, face),
    );
    const draw = () => faces.forEach((button, index) => button.setAttribute("aria-pressed", String(index + 1 === chosen)));
    const send = (words: string) =>
        rate(chosen, words).then(
            () => {
                said.textContent = survey.thanks;
                if (words) more.hidden = true;
            },
            (error: unknown) => (said.textContent = error instanceof Error ? error.message : ""),
        );
    const choose = (rating: number) => {
        chosen = rating;
        more.hidden = false;
        draw();
        void send("");
    };
    draw();
    return h("div", { class: "survey", role: "group", "aria-label": survey.thanks }, h("div", { class: "faces" }, ...faces), more, said);
}
