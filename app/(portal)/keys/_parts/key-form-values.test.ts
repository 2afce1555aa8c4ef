import { expect, it } from "vitest";
import { CreateKeyBody } from "@/lib/contracts/keys";
import { fromKey, KeyFormShape, type KeyFormValues, toKeyBody } from "./key-form-values";

const blank = fromKey(null);
const wrongIn = (changes: Partial<KeyFormValues>) => {
  const parsed = KeyFormShape.safeParse({ ...blank, name: "ci", ...changes });
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join("."));
};

it("needs nothing but a name", () => {
  expect(wrongIn({})).toEqual([]);
  expect(wrongIn({ name: " " })).toEqual(["name"]);
  expect(CreateKeyBody.safeParse(toKeyBody({ ...blank, name: "ci" }, null)).success).toBe(true);
});

it("turns amounts in USD into exact micro-USD, and nothing into no limit", () => {
  const body = toKeyBody({ ...blank, daily: "2.5", monthly: "0.000001" }, null);
  expect(body.dailyLimitMicroUsd).toBe("2500000");
  expect(body.monthlyLimitMicroUsd).toBe("1");
  expect(body.weeklyLimitMicroUsd).toBeNull();
});

it("refuses amounts that are not money", () => {
  for (const daily of ["-1", "1,5", "abc", "1.2345678"]) {
    expect(wrongIn({ daily }), daily).toEqual(["daily"]);
  }
});

it("wants both halves of a rate", () => {
  expect(wrongIn({ rateRequests: "10" })).toEqual(["rateSeconds"]);
  expect(wrongIn({ rateRequests: "10", rateSeconds: "60" })).toEqual([]);
});

it("reads lists from lines and commas, and says which line form is wrong", () => {
  const body = toKeyBody(
    { ...blank, tags: "a, b，c", modelMap: "claude-*= gemini-3 \n\n", clients: " one \n two" },
    null,
  );
  expect(body.tags).toEqual(["a", "b", "c"]);
  expect(body.modelMap).toEqual([{ from: "claude-*", to: "gemini-3" }]);
  expect(body.allowedClients).toEqual(["one", "two"]);
  expect(wrongIn({ modelMap: "no arrow" })).toEqual(["modelMap"]);
  expect(wrongIn({ addresses: "not an address" })).toEqual(["addresses"]);
  expect(wrongIn({ modelMode: "allow" })).toEqual(["modelPatterns"]);
});

it("refuses a last day that is over", () => {
  expect(wrongIn({ expires: "date", expiresOn: "2020-01-01" })).toEqual(["expiresOn"]);
  expect(wrongIn({ expires: "date", expiresOn: "" })).toEqual(["expiresOn"]);
  expect(wrongIn({ expires: "date", expiresOn: "2999-01-01" })).toEqual([]);
});
