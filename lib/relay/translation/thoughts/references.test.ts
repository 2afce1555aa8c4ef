import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namedBy, nameOfCall, nameOfReference, referenceOf, withReference } from "./references";

const hmac = (text: string) => createHmac("sha256", "secret").update(text).digest("base64url");

describe("a reference in a tool call's id", () => {
  it("is found again, whatever the id was", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (id, n) => {
        const reference = referenceOf("req_1", n, hmac);
        expect(namedBy(withReference(id, reference))).toBe(nameOfReference(reference));
      }),
    );
  });

  it("leaves an id that every protocol takes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ minLength: 100 })), (id) => {
        const written = withReference(id, referenceOf("req_1", 0, hmac));
        expect(written).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      }),
    );
  });

  it("keeps the ids of one answer apart, however much was cut from them", () => {
    const ids = Array.from({ length: 100 }, (_, n) =>
      withReference("x".repeat(90), referenceOf("req_1", n, hmac)),
    );
    expect(new Set(ids).size).toBe(100);
  });

  it("is not seen in ids of others", () => {
    for (const id of ["", "toolu_01ABC", "call_rps_short", `call_rps_${"x".repeat(23)}`]) {
      expect(namedBy(id)).toBeNull();
    }
  });
});

describe("the name of a call", () => {
  const place = { session: "a", before: 3 };
  const name = (tool: string, input: string, at = place) =>
    nameOfCall({ name: tool, input }, at, hmac);

  it("does not depend on how the arguments are written", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(name("Bash", JSON.stringify(turned, null, 2))).toBe(
          name("Bash", JSON.stringify(value)),
        );
      }),
    );
    expect(name("Bash", "")).toBe(name("Bash", " {} "));
  });

  it("depends on the tool, on each argument and on its place", () => {
    const names = [
      name("Bash", '{"command":"ls"}'),
      name("Read", '{"command":"ls"}'),
      name("Bash", '{"command":"ls -l"}'),
      name("Bash", '{"command":["ls"]}'),
      name("Bash", '["ls","-l"]'),
      name("Bash", '["-l","ls"]'),
      name("Bash", "free text"),
      name("Bash", ""),
      name("Bash", "", { session: "b", before: 3 }),
      name("Bash", "", { session: "a", before: 4 }),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});
