import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../../../shared/errors";
import { mayHoldSeal, SEAL_MARK, type Sealed, seal, unseal } from "./envelope";

const hmacOf = (secret: string) => (text: string) =>
  createHmac("sha256", secret).update(text).digest("base64url");
const hmac = hmacOf("secret");

const raws = fc.oneof(
  fc.base64String(),
  fc.string({ unit: "binary" }),
  fc.uint8Array({ maxLength: 4_000 }).map((bytes) => Buffer.from(bytes).toString("base64")),
  fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("base64url")),
);
const sealeds: fc.Arbitrary<Sealed> = fc.record({
  kind: fc.constantFrom("t", "r", "c", "x"),
  maker: fc.stringMatching(/^[a-z-]{1,20}\/[a-z0-9-]{1,20}$/),
  raw: raws,
});

describe("envelope", () => {
  it("gives back exactly what was put in", () => {
    fc.assert(
      fc.property(sealeds, (sealed) => {
        expect(unseal(seal(sealed, hmac), hmac)).toEqual(sealed);
      }),
    );
  });

  it("is base64 that decoding and encoding leaves alone, in either alphabet", () => {
    fc.assert(
      fc.property(sealeds, (sealed) => {
        const text = seal(sealed, hmac);
        const bytes = Buffer.from(text, "base64");
        expect(bytes.toString("base64")).toBe(text);
        expect(unseal(bytes.toString("base64url"), hmac)).toEqual(sealed);
      }),
    );
  });

  it("is refused once any of its characters is another", () => {
    const text = seal({ kind: "t", maker: "anthropic/claude", raw: "c2lnbmF0dXJl" }, hmac);
    const keyEnd = SEAL_MARK.length + 8;
    for (let i = keyEnd; i < text.length; i++) {
      const other = text[i] === "A" ? "B" : "A";
      const forged = text.slice(0, i) + other + text.slice(i + 1);
      // The last bits of a group say nothing.
      if (Buffer.from(forged, "base64").equals(Buffer.from(text, "base64"))) continue;
      expect(() => unseal(forged, hmac), `character ${i}`).toThrow(AppError);
    }
  });

  it("is refused when it is cut short or made longer", () => {
    const text = seal({ kind: "t", maker: "anthropic/claude", raw: "c2lnbmF0dXJlcw==" }, hmac);
    for (let end = SEAL_MARK.length + 8; end < text.length - 3; end++) {
      expect(() => unseal(text.slice(0, end), hmac), `cut at ${end}`).toThrow(AppError);
    }
    const longer = Buffer.concat([Buffer.from(text, "base64"), Buffer.from("x")]);
    expect(() => unseal(longer.toString("base64"), hmac)).toThrow(AppError);
  });

  it("refuses a maker that was put in another's place", () => {
    const mine = { kind: "t", maker: "gemini/gemini-3", raw: "c2ln" } as const;
    const bytes = Buffer.from(seal(mine, hmac), "base64").toString("latin1");
    const changed = Buffer.from(bytes.replace("gemini-3", "gemini-2"), "latin1");
    expect(() => unseal(changed.toString("base64"), hmac)).toThrow(/not as it was handed out/);
  });

  it("knows that another secret's envelope is none of its own, and no forgery", () => {
    fc.assert(
      fc.property(sealeds, (sealed) => {
        expect(unseal(seal(sealed, hmacOf("former")), hmac)).toBe("unknown");
      }),
    );
  });

  it("leaves alone what is no envelope", () => {
    fc.assert(
      fc.property(raws, (raw) => {
        expect(unseal(raw, hmac)).toBeNull();
      }),
    );
  });

  it("adds little: a signature does not grow by half", () => {
    const raw = Buffer.alloc(3_000, 7).toString("base64");
    const text = seal({ kind: "c", maker: "gemini/gemini-3", raw }, hmac);
    expect(text.length - raw.length).toBeLessThan(100);
  });

  it("is found in a body wherever it stands", () => {
    const text = seal({ kind: "t", maker: "anthropic/claude", raw: "c2ln" }, hmac);
    const body = JSON.stringify({ messages: [{ content: [{ signature: text }] }] });
    expect(mayHoldSeal(Buffer.from(body))).toBe(true);
    // A view into a larger buffer, as bodies are.
    const wide = Buffer.from(`${text}${body.replace(text, "other")}`);
    expect(mayHoldSeal(wide.subarray(text.length))).toBe(false);
    expect(mayHoldSeal(new Uint8Array(wide))).toBe(true);
    expect(mayHoldSeal(new Uint8Array())).toBe(false);
  });
});
