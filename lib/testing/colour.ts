/** A colour in linear sRGB, each part 0–1. */
export type Linear = readonly [r: number, g: number, b: number];
/** Ordinary sight and the three kinds of colour blindness. */
export type Sight = "full" | "protan" | "deutan" | "tritan";

type Matrix = readonly [Linear, Linear, Linear];

/** @see Machado, Oliveira and Fernandes 2009, severity 1.0. */
const SIGHTS: Record<Sight, Matrix> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const LMS_TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const LAB_TO_LMS: Matrix = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
];
const LMS_TO_RGB: Matrix = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
];

/** WCAG contrast of two colours, 1 to 21. */
export function contrast(a: Linear, b: Linear): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** Distance of two colours in OKLab as somebody with that sight sees them. */
export function difference(a: Linear, b: Linear, sight: Sight): number {
  const [p, q] = [a, b].map((colour) => toLab(clip(times(SIGHTS[sight], colour))));
  return p && q ? Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) : 0;
}

/**
 * The colours of both themes from a style sheet: the blocks of `:root` give the light one, `.dark`
 * overrides it, and `var()` is followed. What is no opaque colour is left out.
 */
export function readThemes(css: string): Record<"light" | "dark", Record<string, Linear>> {
  const light = Object.assign({}, ...blocks(css, ":root"));
  const dark = Object.assign({}, light, ...blocks(css, ".dark"));
  return { light: resolve(light), dark: resolve(dark) };
}

function blocks(css: string, selector: string): Record<string, string>[] {
  return css
    .split("}")
    .filter((block) => block.split("{")[0]?.trim().endsWith(selector))
    .map((block) =>
      Object.fromEntries(
        [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
      ),
    );
}

function resolve(raw: Record<string, string>): Record<string, Linear> {
  const colours: Record<string, Linear> = {};
  for (const name of Object.keys(raw)) {
    const colour = follow(raw, name);
    if (colour) colours[name] = colour;
  }
  return colours;
}

function follow(raw: Record<string, string>, name: string): Linear | null {
  const value = raw[name] ?? "";
  const target = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  if (target) return follow(raw, target);
  const parts = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(value);
  return parts ? fromOklch(Number(parts[1]), Number(parts[2]), Number(parts[3])) : null;
}

function fromOklch(lightness: number, chroma: number, hue: number): Linear {
  const angle = (hue * Math.PI) / 180;
  const lab: Linear = [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const [l, m, s] = times(LAB_TO_LMS, lab);
  return clip(times(LMS_TO_RGB, [l ** 3, m ** 3, s ** 3]));
}

function toLab(colour: Linear): Linear {
  const [l, m, s] = times(TO_LMS, colour);
  return times(LMS_TO_LAB, [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)]);
}

function luminance([r, g, b]: Linear): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function times([first, second, third]: Matrix, [x, y, z]: Linear): Linear {
  const row = (r: Linear) => r[0] * x + r[1] * y + r[2] * z;
  return [row(first), row(second), row(third)];
}

function clip([r, g, b]: Linear): Linear {
  const bound = (part: number) => Math.min(1, Math.max(0, part));
  return [bound(r), bound(g), bound(b)];
}
