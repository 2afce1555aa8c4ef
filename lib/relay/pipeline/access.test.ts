import { expect, it } from "vitest";
import { makeKeySecret } from "../../shared/key-format";
import { handClock } from "../testing/hand-clock";
import { sampleKey } from "../testing/samples";
import { checkKeyRules, checkModel, isModelAllowed } from "./access";
import { authenticate, presentedKey } from "./authenticate";

const SECRET = makeKeySecret();
const request = (headers: Record<string, string>, query = "") => ({
  headers,
  query: new URLSearchParams(query),
  ip: "192.0.2.1",
});
const world = (key: ReturnType<typeof sampleKey> | null) => {
  let looked = 0;
  const clock = handClock(1000);
  const findKey = () => {
    looked++;
    return key;
  };
  return { clock, looked: () => looked, findKey };
};

/** As a promise, whichever way it was answered. */
const authenticated = async (...args: Parameters<typeof authenticate>) => authenticate(...args);

it("takes the key from the first place that is not empty", () => {
  const all = {
    "x-api-key": "a",
    "x-goog-api-key": "b",
    authorization: "Bearer c",
    "api-key": "d",
  };
  expect(presentedKey(request(all, "key=e"))).toBe("a");
  expect(presentedKey(request({ ...all, "x-api-key": "" }))).toBe("b");
  expect(presentedKey(request({ authorization: "bearer  c" }))).toBe("c");
  expect(presentedKey(request({ "x-api-key": "Bearer a" }))).toBe("a");
  expect(presentedKey(request({ "api-key": "d" }, "key=e"))).toBe("d");
  expect(presentedKey(request({}, "key=e"))).toBe("e");
  expect(presentedKey(request({ authorization: "Bearer " }))).toBeNull();
  for (const sent of [SECRET, ` ${SECRET} `, `Bearer ${SECRET}`, `BEARER\t${SECRET}`]) {
    for (const name of ["x-api-key", "x-goog-api-key", "authorization", "api-key"]) {
      expect(presentedKey(request({ [name]: sent }))).toBe(SECRET);
    }
    expect(presentedKey(request({ "x-api-key": " " }, `key=${sent}`))).toBe(SECRET);
  }
});

it("answers unknown, paused, revoked and expired keys alike", async () => {
  const refused = [
    null,
    sampleKey({ refusal: "paused" }),
    sampleKey({ refusal: "revoked" }),
    sampleKey({ refusal: "owner-disabled" }),
    sampleKey({ expiresAtMs: 1000 }),
  ];
  const messages = new Set<string>();
  for (const key of refused) {
    const asked = authenticated(request({ "x-api-key": SECRET }), world(key));
    const failure = await asked.catch((e) => e);
    expect(failure).toMatchObject({ code: "unauthenticated" });
    messages.add(failure.message);
  }
  expect(messages.size).toBe(1);
  const key = sampleKey({ expiresAtMs: 1001 });
  expect(authenticate(request({ "x-api-key": SECRET }), world(key)), "without waiting").toBe(key);
});

it("waits for a key that is not in memory, and judges it alike", async () => {
  const answering = (key: ReturnType<typeof sampleKey> | null) => ({
    clock: handClock(1000),
    findKey: async () => key,
  });
  const key = sampleKey();
  const ask = (found: typeof key | null) =>
    authenticated(request({ "x-api-key": SECRET }), answering(found));
  await expect(ask(key)).resolves.toBe(key);
  for (const refused of [null, sampleKey({ refusal: "paused" }), sampleKey({ expiresAtMs: 1 })]) {
    await expect(ask(refused)).rejects.toMatchObject({ code: "unauthenticated" });
  }
});

it("finds what is too long or too short to be a key without a look-up", async () => {
  const ports = world(sampleKey());
  for (const wrong of ["nothing", `${SECRET}x`, SECRET.slice(0, -1), "sk-ant-api03-x"]) {
    const asked = authenticated(request({ "x-api-key": wrong }), ports);
    const failure = await asked.catch((e) => e);
    expect(failure).toMatchObject({ code: "unauthenticated" });
  }
  await expect(authenticated(request({}), ports)).rejects.toMatchObject({
    code: "unauthenticated",
  });
  expect(ports.looked()).toBe(0);
});

it("holds a key to its faces, addresses and clients", () => {
  const from = (ip: string, agent = "claude-cli/2.1.330 (x)") => ({
    ip,
    headers: { "user-agent": agent },
  });
  const fails = (key: Parameters<typeof sampleKey>[0], who = from("192.0.2.1")) => {
    try {
      checkKeyRules(sampleKey(key), "anthropic", who);
      return false;
    } catch (error) {
      expect(error).toMatchObject({ code: "forbidden" });
      return true;
    }
  };
  expect(fails({})).toBe(false);
  expect(fails({ faces: ["gemini"] })).toBe(true);
  expect(fails({ faces: ["anthropic"] })).toBe(false);
  expect(fails({ ipAllow: ["10.0.0.0/8"] })).toBe(true);
  expect(fails({ ipAllow: ["10.0.0.0/8"] }, from("10.9.9.9"))).toBe(false);
  expect(fails({ clients: ["claude-code"] })).toBe(false);
  expect(fails({ clients: ["gemini-cli", "MyTool/*"] })).toBe(true);
  expect(fails({ clients: ["MyTool/*"] }, from("192.0.2.1", "mytool/1.0"))).toBe(false);
});

it("reads lists of models as allowed or as denied, on the asked name", () => {
  const patterns = ["claude-*", "gemini-2.5-pro"];
  const allow = { models: { mode: "allow" as const, patterns } };
  const deny = { models: { mode: "deny" as const, patterns } };
  for (const [model, listed] of [
    ["claude-opus-5-5", true],
    ["Gemini-2.5-Pro", true],
    ["gpt-5", false],
  ] as const) {
    expect(isModelAllowed(allow, model)).toBe(listed);
    expect(isModelAllowed(deny, model)).toBe(!listed);
    expect(isModelAllowed({ models: null }, model)).toBe(true);
  }
  expect(() => checkModel(allow, "gpt-5")).toThrow("gpt-5");
});
