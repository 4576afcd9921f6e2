import type { draw } from "../charts/draw";

/** What the file of charts leaves behind. */
declare global {
    interface Window { throughlineCharts?: { draw: typeof draw } }
}

let loading: Promise<typeof draw> | null = null;

/** The drawing of charts, loaded when the first one is shown. */
export function loadDraw(): Promise<typeof draw> {
    loading ??= new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = "/assets/charts.js";
        script.onload = () => (window.throughlineCharts === undefined ? reject(new Error("charts")) : resolve(window.throughlineCharts.draw));
        script.onerror = () => { loading = null; script.remove(); reject(new Error("charts")); };
        document.head.append(script);
    });
    return loading;
}
