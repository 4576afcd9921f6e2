/** The mark in the tab, with a dot while something is unread. Drawn here: a picture file could not carry the dot. */
export function showFavicon(dot: boolean): void {
    const mark = '<rect width="28" height="28" rx="8" fill="#0b6b72"/><path d="M6.5 18.5c4.5 0 4.5-9 9-9H18" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>'
        + '<circle cx="6.8" cy="18.5" r="2.4" fill="#fff"/><circle cx="20.5" cy="9.5" r="2.4" fill="#fff"/>';
    const spot = dot ? '<circle cx="22.5" cy="5.5" r="5.5" fill="#e5484d" stroke="#fff" stroke-width="1.5"/>' : "";
    const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28">${mark}${spot}</svg>`;
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]') ?? document.head.appendChild(document.createElement("link"));
    link.rel = "icon";
    link.href = `data:image/svg+xml,${encodeURIComponent(picture)}`;
}
