import { h } from "./dom";

/** A person's picture, or the first letters of their name on a colour of their own. */
export function avatar(name: string, picture: string | null | undefined, size: "small" | "large" = "small"): HTMLElement {
    const letters = name
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean)
        .slice(0, 2)
        .map((part) => [...part][0] ?? "")
        .join("")
        .toUpperCase();
    const holder = h("span", { class: `avatar ${size}`, "aria-hidden": "true", style: `--hue:${hue(name)}` }, letters || "•");
    if (picture) {
        const image = h("img", { src: picture, alt: "", onError: () => image.remove() });
        holder.append(image);
    }
    return holder;
}

function hue(name: string): number {
    let sum = 0;
    for (let i = 0; i < name.length; i++) sum = (Math.imul(sum, 31) + name.charCodeAt(i) * 2654435) >>> 0;
    return sum % 360;
}
