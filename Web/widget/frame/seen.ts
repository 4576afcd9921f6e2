/** A message is seen when it was on screen for this long, in milliseconds, while the widget was open and the page visible (behaviour §2). */
const DWELL = 1000;
/** Of a message, or of the screen where the message is taller. */
const SHARE = 0.6;

export class Seen {
    private readonly timers = new Map<Element, number>();
    private readonly onScreen = new Set<Element>();
    private readonly ids = new WeakMap<Element, number>();
    private readonly observer: IntersectionObserver;

    constructor(
        root: Element,
        private readonly isLooking: () => boolean,
        private readonly seen: (id: number) => void,
    ) {
        this.observer = new IntersectionObserver((entries) => entries.forEach((e) => this.moved(e)), { root, threshold: [0, 0.2, 0.4, SHARE, 0.8, 1] });
        document.addEventListener("visibilitychange", () => this.restart());
    }

    watch(element: Element, id: number): void {
        if (this.ids.has(element)) return;
        this.ids.set(element, id);
        this.observer.observe(element);
    }

    /** After the widget was opened or closed, or the page hidden or shown: the second begins anew. */
    restart(): void {
        for (const timer of this.timers.values()) clearTimeout(timer);
        this.timers.clear();
        if (this.isLooking()) this.onScreen.forEach((element) => this.count(element));
    }

    private moved(entry: IntersectionObserverEntry): void {
        const tall = entry.rootBounds !== null && entry.intersectionRect.height >= entry.rootBounds.height * SHARE;
        if (entry.isIntersecting && (entry.intersectionRatio >= SHARE || tall)) {
            if (this.onScreen.has(entry.target)) return;
            this.onScreen.add(entry.target);
            if (this.isLooking()) this.count(entry.target);
        } else {
            this.onScreen.delete(entry.target);
            clearTimeout(this.timers.get(entry.target));
            this.timers.delete(entry.target);
        }
    }

    private count(element: Element): void {
        clearTimeout(this.timers.get(element));
        this.timers.set(
            element,
            window.setTimeout(() => {
                this.timers.delete(element);
                if (!this.isLooking() || !element.isConnected) return;
                this.observer.unobserve(element);
                this.onScreen.delete(element);
                this.seen(this.ids.get(element) ?? 0);
            }, DWELL),
        );
    }
}
