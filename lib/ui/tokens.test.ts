import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { contrast, difference, type Linear, readThemes } from "../testing/colour";

const themes = readThemes(readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8"));

const TEXTS = [
  "ink",
  "ink-muted",
  "ink-faint",
  "accent-text",
  "good",
  "warn",
  "bad",
  "info",
  "idle",
];
const SURFACES = ["canvas", "surface", "raised", "sunken", "hover"];
const PAIRS = [
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-accent", "danger"],
  ["on-accent", "danger-hover"],
  ["accent-text", "accent-soft"],
  ["ink", "accent-soft"],
  ["ink-muted", "accent-soft"],
  ["good", "good-soft"],
  ["warn", "warn-soft"],
  ["bad", "bad-soft"],
  ["info", "info-soft"],
  ["idle", "idle-soft"],
] as const;
const MARKS = ["control", "accent", "good-mark", "warn-mark", "bad-mark", "chart-others"];
const CHART = [1, 2, 3, 4, 5, 6].map((place) => `chart-${place}`);

for (const [theme, colours] of Object.entries(themes)) {
  const get = (name: string): Linear => {
    const colour = colours[name];
    if (!colour) throw new Error(`no colour "${name}" in the ${theme} theme`);
    return colour;
  };

  it(`is readable in the ${theme} theme: text has 4.5 to 1 on every surface`, () => {
    for (const text of TEXTS) {
      for (const surface of SURFACES) {
        expect(contrast(get(text), get(surface)), `${text} on ${surface}`).toBeGreaterThan(4.5);
      }
    }
    for (const [text, surface] of PAIRS) {
      expect(contrast(get(text), get(surface)), `${text} on ${surface}`).toBeGreaterThan(4.5);
    }
  });

  it(`shows its controls and marks in the ${theme} theme: 3 to 1`, () => {
    for (const mark of [...MARKS, ...CHART]) {
      expect(contrast(get(mark), get("surface")), mark).toBeGreaterThan(3);
    }
  });

  it(`keeps the colours of a chart apart for every kind of sight in the ${theme} theme`, () => {
    for (const sight of ["full", "protan", "deutan", "tritan"] as const) {
      for (const a of CHART) {
        for (const b of CHART) {
          if (a < b)
            expect(difference(get(a), get(b), sight), `${a} and ${b}, ${sight}`).toBeGreaterThan(
              0.08,
            );
        }
      }
    }
  });
}
