import fc from "fast-check";
import { expect, it } from "vitest";
import { AppError } from "../../shared/errors";
import { cutAt, everyCut } from "../testing/cuts";
import { encode, fromLatin1, utf8 } from "./bytes";
import { readSseFrame, sseCutter } from "./sse";

const framesOf = (chunks: readonly Uint8Array[]) => {
  const raw: string[] = [];
  const cutter = sseCutter((text, start, end) => raw.push(text.slice(start, end)));
  for (const chunk of chunks) cutter.push(chunk);
  cutter.end();
  const read = raw.map((frame) => readSseFrame(frame)).filter((frame) => frame !== null);
  return { raw, read: read.map(({ event, data }) => ({ event, data: utf8(data) })) };
};

const WIRE = encode(
  '\uFEFFevent: a\r\ndata: {"x":1}\r\n\r\n: ping\n\ndata: é\ndata:2\n\nid: 7\rdata: r\r\rdata: last',
);
const FRAMES = [
  { event: "a", data: '{"x":1}' },
  { event: null, data: "é\n2" },
  { event: null, data: "r" },
  { event: null, data: "last" },
];

it("reads the same frames wherever the bytes are cut", () => {
  for (const chunks of everyCut(WIRE)) {
    const { raw, read } = framesOf(chunks);
    expect(read).toEqual(FRAMES);
    expect(fromLatin1(raw.join(""))).toEqual(Buffer.from(WIRE));
  }
});

it("hands out frames that, joined, are the bytes it was given", () => {
  const line = fc.constantFrom("data: x", "data:é", ":c", "event: e", "\n", "\r\n", "\r", "");
  const places = fc.array(fc.nat(), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), places, (lines, cuts) => {
      const wire = encode(lines.join(""));
      const whole = framesOf([wire]);
      const cut = framesOf(cutAt(wire, cuts));
      expect(utf8(cut.raw.join(""))).toBe(lines.join(""));
      expect(cut.read).toEqual(whole.read);
    }),
    { numRuns: 5000 },
  );
});

it("answers how much of a chunk is whole frames", () => {
  const cutter = sseCutter(() => {});
  expect(cutter.push(encode("data: a\n"))).toBe(0);
  expect(cutter.push(encode("\ndata"))).toBe(1);
  expect(cutter.push(encode(": b\r\n\r\n"))).toBe(7);
  expect(cutter.push(encode("data: c\n\ndata: d\n\n"))).toBe(18);
});

it("names the place of a single data line", () => {
  const text = ": before\n\nevent: e\ndata: {}\n\ndata: after";
  const read = readSseFrame(text, 10, text.length - 11);
  expect(read).toEqual({ event: "e", data: "{}", dataStart: text.indexOf("{}") });
  expect(readSseFrame("data: a\ndata: b\n\n")?.dataStart).toBe(-1);
});

it("knows fields by their whole name", () => {
  expect(readSseFrame("database: x\n\n")).toBeNull();
  expect(readSseFrame("eventual: x\ndata\n\n")).toMatchObject({ event: null });
  expect(readSseFrame(": data: x\n\n")).toBeNull();
});

it("reads a frame of the common spelling like any other", () => {
  const line = fc.constantFrom("data: x", "data: ", "data:y", "event: e", "event: ", "event: a\rb");
  const end = fc.constantFrom("\n", "\n\n", "\r\n", "\r", "");
  fc.assert(
    fc.property(fc.array(fc.tuple(line, end), { maxLength: 4 }), (lines) => {
      const frame = lines.flat().join("");
      const uncommon = readSseFrame(`:\n${frame}`);
      const read = readSseFrame(frame);
      expect({ ...read, dataStart: 0 }).toEqual({ ...uncommon, dataStart: 0 });
      if (read && read.dataStart >= 0)
        expect(frame.startsWith(read.data, read.dataStart)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

it("gives up on a frame that does not end", () => {
  const cutter = sseCutter(() => {}, { maxFrameBytes: 100 });
  cutter.push(encode("data: "));
  expect(() => cutter.push(encode("x".repeat(100)))).toThrow(AppError);
});

it("lets a frame be as long as its bound", () => {
  const frames: string[] = [];
  const cutter = sseCutter((...frame) => frames.push(frame[0].slice(frame[1], frame[2])), {
    maxFrameBytes: 1 << 21,
  });
  const long = encode(`data: ${"é".repeat(500_000)}\n\n`);
  for (let i = 0; i < long.length; i += 65_536) cutter.push(long.subarray(i, i + 65_536));
  expect(frames).toHaveLength(1);
  expect(frames[0]).toHaveLength(long.length);
});
