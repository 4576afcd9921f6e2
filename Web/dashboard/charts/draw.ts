/** Drawing charts: a file of its own that only the reports load, and the one place that knows the library. */
import {
    BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip,
} from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

export interface Series {
    name: string;
    /** null leaves a gap. */
    values: (number | null)[];
}

export interface Drawing {
    kind: "bars" | "lines";
    labels: string[];
    series: Series[];
    /** Bars of one label stand on each other. */
    stacked?: boolean;
    /** How a value is written. */
    write: (value: number) => string;
    /** How far the lines of the scale stand apart; absent where the library may choose. */
    step?: number;
    language: string;
    /** Nothing moves. */
    still: boolean;
}

/** Colours that differ for every kind of sight, in lightness too; with points and dashes beside them nobody needs the colour. */
const hues = ["--chart-1", "--chart-2", "--chart-3"];
const points = ["circle", "triangle", "rect"] as const;
const dashes = [[], [6, 4], [2, 3]];

/** Draws, and gives back what takes it away again. */
export function draw(canvas: HTMLCanvasElement, drawing: Drawing): () => void {
    const style = getComputedStyle(canvas);
    const color = (name: string): string => style.getPropertyValue(name).trim();
    const [text, line] = [color("--text-soft"), color("--line")];
    const chart = new Chart<"bar" | "line", (number | null)[], string>(canvas, {
        type: drawing.kind === "bars" ? "bar" : "line",
        data: {
            labels: drawing.labels,
            datasets: drawing.series.map((series, index) => {
                const hue = color(hues[index % hues.length] ?? "--chart-1");
                return {
                    label: series.name, data: series.values, backgroundColor: hue, borderColor: hue,
                    ...(drawing.kind === "lines" ? {
                        borderWidth: 2, borderDash: dashes[index % dashes.length], pointStyle: points[index % points.length],
                        pointRadius: drawing.labels.length > 45 ? 0 : 3, pointHitRadius: 12, spanGaps: true, tension: 0,
                    } : { borderRadius: 2, maxBarThickness: 28 }),
                };
            }),
        },
        options: {
            responsive: true,
            maintainAspectRatio: false,
            animation: drawing.still ? false : { duration: 250 },
            locale: drawing.language,
            interaction: { mode: "index", intersect: false },
            scales: {
                x: { stacked: drawing.stacked ?? false, grid: { display: false },
                    ticks: { color: text, maxRotation: 0, autoSkipPadding: 14 } },
                y: { stacked: drawing.stacked ?? false, beginAtZero: true, grid: { color: line },
                    ticks: { color: text, maxTicksLimit: 7, precision: 0, stepSize: drawing.step, callback: (value) => drawing.write(Number(value)) } },
            },
            plugins: {
                legend: { display: drawing.series.length > 1, labels: { color: text, usePointStyle: true, boxHeight: 8 } },
                tooltip: {
                    callbacks: { label: (item) => `${item.dataset.label ?? ""}: ${drawing.write(Number(item.parsed.y))}` },
                },
            },
        },
    });
    return () => chart.destroy();
}
