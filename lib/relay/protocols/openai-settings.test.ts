import { expect, it } from "vitest";
import { neutralCall, textBlock } from "../testing/neutral-call";
import { dataOf, dataUrl } from "./data-url";
import { askedEffort, effortsOf, nearestEffort } from "./openai-efforts";
import { endUserOf, namedSchema, saysJson, tierOf } from "./openai-settings";
import { isStrictSchema } from "./openai-strict-schema";
import { extrasOf } from "./own-extra";

const CLOSED = {
  type: "object",
  properties: { a: { type: ["string", "null"] } },
  required: ["a"],
  additionalProperties: false,
};
const losing = <T>(act: (lose: (kind: string) => void) => T) => {
  const lost: string[] = [];
  return [act((kind) => lost.push(kind)), lost] as const;
};

it("knows which schemas strict mode takes", () => {
  expect(isStrictSchema(CLOSED)).toBe(true);
  expect(isStrictSchema({ ...CLOSED, required: [] })).toBe(false);
  expect(isStrictSchema({ ...CLOSED, additionalProperties: undefined })).toBe(false);
  const nested = { ...CLOSED, properties: { a: { anyOf: [{ type: "object", properties: {} }] } } };
  expect(isStrictSchema(nested)).toBe(false);
});

it("names a schema, and is strict where nothing speaks against it", () => {
  const form = { kind: "schema", description: null, schema: CLOSED } as const;
  const named = (name: string | null, strict: boolean | null, schema: object = CLOSED) =>
    losing((lose) => namedSchema({ ...form, name, strict, schema: { ...schema } }, lose));
  expect(named("my form", null)[0]).toEqual({ name: "my_form", schema: CLOSED, strict: true });
  expect(named(null, false)[0]).toMatchObject({ name: "answer", strict: false });
  expect(named("x", true, { type: "object" })).toMatchObject([
    { strict: false },
    ["schema-constraints"],
  ]);
});

it("finds the word JSON in texts", () => {
  expect(saysJson([textBlock("Hi"), textBlock("as json, please")])).toBe(true);
  expect(saysJson([textBlock("Hi")])).toBe(false);
});

it("keeps names of end users and tiers that OpenAI takes", () => {
  const user = (endUser: string) => losing((lose) => endUserOf(neutralCall({ endUser }), lose));
  expect(user("u")).toEqual(["u", []]);
  expect(user("u".repeat(65))).toEqual([null, ["metadata"]]);
  const tier = (serviceTier: string | null) =>
    losing((lose) => tierOf(neutralCall({ serviceTier }), lose));
  expect(tier("flex")).toEqual(["flex", []]);
  expect(tier("standard_only")).toEqual(["default", []]);
  expect(tier("batch")).toEqual([null, ["service-tier"]]);
  expect(tier(null)).toEqual([null, []]);
});

it("asks for the effort that lies nearest to what was wished", () => {
  const wish = { enabled: null, effort: null, budgetTokens: null, show: null, summary: null };
  expect(askedEffort(wish)).toBeNull();
  expect(askedEffort({ ...wish, enabled: false, effort: "high" })).toBe("none");
  expect(askedEffort({ ...wish, budgetTokens: 0 })).toBe("none");
  expect(askedEffort({ ...wish, budgetTokens: 1024 })).toBe("minimal");
  expect(askedEffort({ ...wish, budgetTokens: 30_000 })).toBe("high");
  expect(nearestEffort("max", effortsOf("gpt-5.2"))).toBe("xhigh");
  expect(nearestEffort("none", effortsOf("openai/o3-mini"))).toBe("low");
  expect(effortsOf("gpt-4.1")).toEqual([]);
  expect(effortsOf("gpt-5-chat-latest")).toEqual([]);
});

it("reads and writes data URLs", () => {
  const data = { kind: "data", mime: "text/plain", base64: "SGk=" } as const;
  expect(dataOf("data:text/plain;charset=utf-8;base64,SGk=")).toEqual(data);
  expect(dataUrl(data)).toBe("data:text/plain;base64,SGk=");
  expect(dataOf("https://a.test")).toBeNull();
});

it("tells what a protocol kept itself from what another one did", () => {
  const { kept, isOwn, ownFields, ownExtra, foreignNames } = extrasOf("openai-chat");
  expect(kept({})).toEqual({});
  expect(kept({ a: 1 })).toEqual({ extra: ownExtra({ a: 1 }) });
  expect(isOwn(ownExtra({}))).toBe(true);
  const foreign = extrasOf("anthropic").ownExtra({ a: 1, id: "x" });
  expect(isOwn(foreign)).toBe(false);
  expect(ownFields(foreign)).toEqual({});
  expect(foreignNames(foreign)).toBe("a");
  expect(foreignNames(ownExtra({ a: 1 }))).toBeNull();
});
