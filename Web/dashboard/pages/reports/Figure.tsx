import { useEffect, useRef, useState } from "react";
import type { Drawing, Series } from "../../charts/draw";
import { useCell } from "../../model/cells";
import { loadDraw } from "../../model/charts";
import { dark } from "../../model/prefs";
import { words } from "../../words";

const say = words.reports;

export interface Plot {
    title: string;
    kind: Drawing["kind"];
    stacked?: boolean;
    /** Days as they are written below the chart, and in full in the table. */
    labels: string[];
    days: string[];
    series: Series[];
    write: (value: number) => string;
    step?: number;
    csv: string;
}

/** A chart, and the same figures as a table: whoever does not see the one reads the other. */
export function Figure({ plot }: { plot: Plot }): JSX.Element {
    return (
        <section className="card figure">
            <header><h2>{plot.title}</h2>
                <a className="text-link" href={plot.csv} download aria-label={say.csv(plot.title)}>{say.csvShort}</a></header>
            <Canvas plot={plot} />
            <details className="figure-table">
                <summary>{say.figures}</summary>
                <div className="table-scroll" tabIndex={0} role="region" aria-label={plot.title}><table className="figures">
                    <thead><tr><th scope="col">{say.day}</th>{plot.series.map((one) => <th key={one.name} scope="col">{one.name}</th>)}</tr>
                    </thead>
                    <tbody>{plot.days.map((day, index) => (
                        <tr key={day}><th scope="row">{day}</th>{plot.series.map((one) => {
                            const value = one.values[index];
                            return <td key={one.name}>{value === null || value === undefined ? say.none : plot.write(value)}</td>;
                        })}</tr>
                    ))}</tbody>
                </table></div>
            </details>
        </section>
    );
}

function Canvas({ plot }: { plot: Plot }): JSX.Element {
    const canvas = useRef<HTMLCanvasElement>(null);
    const [failed, fail] = useState(false);
    const night = useCell(dark);
    useEffect(() => {
        let away = (): void => {};
        let gone = false;
        loadDraw().then((draw) => {
            if (gone || canvas.current === null) return;
            fail(false);
            const target = canvas.current;
            const remove = draw(target, {
                kind: plot.kind, stacked: plot.stacked, labels: plot.labels, series: plot.series, write: plot.write, step: plot.step,
                language: words.locale,
                still: matchMedia("(prefers-reduced-motion: reduce)").matches,
            });
            away = () => { remove(); delete target.dataset.drawn; };
            // Drawn is what a frame has shown: the library draws in the next one.
            requestAnimationFrame(() => requestAnimationFrame(() => { if (!gone) target.dataset.drawn = "1"; }));
        }).catch(() => fail(true));
        return () => { gone = true; away(); };
    }, [plot, night]);
    if (failed) return <p className="field-hint">{say.noCharts}</p>;
    return <div className="figure-canvas"><canvas ref={canvas} role="img" aria-label={say.chart(plot.title)} /></div>;
}
