import fc from "fast-check";
import { expect, it } from "vitest";
import { concat, decode, encode } from "../stream/bytes";
import { runAll } from "../stream/machine";
import { cutAt } from "../testing/cuts";
import { frameMapper, wholeMapper } from "./frame-mapper";

const upper = (frame: Uint8Array) => encode(decode(frame).toUpperCase());
const text = (parts: readonly Uint8Array[]) => decode(concat(parts));

it("changes frames up to the one that is the last, and no byte after it", () => {
  const wire = encode("data: a\n\ndata: b\n\ndata: c\n\ndata: d");
  for (let i = 0; i <= wire.length; i++) {
    const mapper = frameMapper("sse", (frame) => ({
      frame: upper(frame),
      done: decode(frame).includes("b"),
    }));
    expect(text(runAll(mapper, cutAt(wire, [i])))).toBe("DATA: A\n\nDATA: B\n\ndata: c\n\ndata: d");
  }
});

it("passes a frame that cannot be read as it is, and goes on with the next", () => {
  const mapper = frameMapper("sse", (frame) => {
    if (decode(frame).includes("bad")) throw new Error("unreadable");
    return { frame: upper(frame), done: false };
  });
  const wire = encode("data: a\n\ndata: bad\n\ndata: c\n\n");
  expect(text(runAll(mapper, [wire]))).toBe("DATA: A\n\ndata: bad\n\nDATA: C\n\n");
});

it("passes every byte when nothing is changed, whatever the bytes are and however they are cut", () => {
  const bytes = fc.uint8Array({ maxLength: 80 });
  const likely = fc.array(
    fc.constantFrom("data: x", "\n", "\r", "[", "]", "{", "}", '"', "\\", ","),
    { maxLength: 30 },
  );
  const places = fc.array(fc.nat(), { maxLength: 6 });
  const forms = fc.constantFrom("sse" as const, "array" as const);
  fc.assert(
    fc.property(
      fc.oneof(
        bytes,
        likely.map((parts) => encode(parts.join(""))),
      ),
      places,
      forms,
      (wire, cuts, form) => {
        const mapper = frameMapper(form, (frame) => ({ frame, done: false }));
        expect([...concat(runAll(mapper, cutAt(wire, cuts)))]).toEqual([...wire]);
      },
    ),
    { numRuns: 3000 },
  );
});

it("hands a change out with the frame's last byte, not later", () => {
  const mapper = frameMapper("sse", (frame) => ({ frame: upper(frame), done: false }));
  expect(text(mapper.push(encode("data: a\n")))).toBe("");
  expect(text(mapper.push(encode("\n")))).toBe("DATA: A\n\n");
});

it("changes a whole answer at its end, and passes it as it is when that fails", () => {
  expect(text(runAll(wholeMapper(upper), [encode("a"), encode("b")]))).toBe("AB");
  const failing = wholeMapper(() => {
    throw new Error("unreadable");
  });
  expect(text(runAll(failing, [encode("a"), encode("b")]))).toBe("ab");
});
