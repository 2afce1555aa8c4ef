import { expect, it } from "vitest";
import type { Account, ProviderForm } from "@/lib/contracts/accounts";
import {
  accountFormShape,
  fromAccount,
  leadsElsewhere,
  toCreateBody,
  toUpdateBody,
} from "./account-form-values";

const field = { help: null, required: true, default: null, options: [], advanced: false };
const PROVIDER: ProviderForm = {
  id: "router",
  label: "Router",
  protocol: "anthropic",
  settings: [
    {
      ...field,
      name: "baseUrl",
      label: "Address",
      kind: "url",
      required: false,
      default: "https://a.example",
    },
  ],
  secret: [{ ...field, name: "apiKey", label: "Key", kind: "secret" }],
  urlSettings: ["baseUrl"],
  signIn: null,
  defaultModelMap: [],
};
const ACCOUNT: Account = {
  id: "acc_1",
  provider: "router",
  providerLabel: "Router",
  protocol: "anthropic",
  name: "CCR",
  note: "",
  sharing: "shared",
  enabled: true,
  schedulable: true,
  priority: 50,
  weight: 1,
  maxConcurrency: null,
  settings: { baseUrl: "https://a.example/v1" },
  secretHint: "",
  modelMap: [{ from: "opus", to: "gemini" }],
  returnKey: { id: "key_1", name: "return", start: "cr_a", owner: "Mei" },
  planExpiresAt: null,
  proxy: null,
  dailyQuota: null,
  quotaResetHour: 0,
  probeCron: null,
  coolDownOverrides: null,
  consent: null,
  nextProbeAt: null,
  pauseAtPercent: null,
  createdAt: "2026-11-01T00:00:00.000Z",
  lastUsedAt: null,
  state: { kind: "active", reason: null, until: null, families: [], evidence: null },
  inFlight: 0,
  today: { requests: 0, errors: 0, costMicroUsd: "0", averageFirstByteMs: null },
};

/** Paths of the fields that are wrong. */
function wrongIn(values: ReturnType<typeof fromAccount>, account: Account | null): string[] {
  const parsed = accountFormShape(PROVIDER, account).safeParse(values);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join("."));
}

it("begins with the provider's defaults and asks for name and secret", () => {
  const empty = fromAccount(PROVIDER, null);
  expect(empty.settings).toEqual({ baseUrl: "https://a.example" });
  expect(wrongIn(empty, null)).toEqual(["name", "secret.apiKey"]);
  expect(wrongIn({ ...empty, name: "x", secret: { apiKey: "k" } }, null)).toEqual([]);
});

it("keeps the stored secret while the address leads to the same host", () => {
  const values = fromAccount(PROVIDER, ACCOUNT);
  const elsewhere = { ...values, settings: { baseUrl: "https://b.example/v1" } };
  const samePlace = { ...values, settings: { baseUrl: "https://a.example/other" } };
  expect(wrongIn(samePlace, ACCOUNT)).toEqual([]);
  expect(toUpdateBody(PROVIDER, samePlace, ACCOUNT)).not.toHaveProperty("secret");
  expect(leadsElsewhere(PROVIDER, ACCOUNT, elsewhere.settings)).toBe(true);
  expect(wrongIn(elsewhere, ACCOUNT)).toEqual(["secret.apiKey"]);
});

it("refuses half a mapping, a router without its key, and what is no address", () => {
  const values = { ...fromAccount(PROVIDER, null), name: "x", secret: { apiKey: "k" } };
  expect(wrongIn({ ...values, modelMap: [{ from: "opus", to: " " }] }, null)).toEqual(["modelMap"]);
  expect(wrongIn({ ...values, leadsBack: true }, null)).toEqual(["returnKeyId"]);
  expect(wrongIn({ ...values, settings: { baseUrl: "ftp://a" } }, null)).toEqual([
    "settings.baseUrl",
  ]);
});

it("sends what was typed: numbers as numbers, empty rows not at all", () => {
  const values = {
    ...fromAccount(PROVIDER, null),
    name: "x",
    maxConcurrency: "4",
    secret: { apiKey: " k " },
    modelMap: [
      { from: " opus ", to: "g" },
      { from: "", to: "" },
    ],
  };
  expect(toCreateBody(PROVIDER, values)).toMatchObject({
    provider: "router",
    priority: 50,
    maxConcurrency: 4,
    returnKeyId: null,
    secret: { apiKey: "k" },
    modelMap: [{ from: "opus", to: "g" }],
  });
});

it("shows an account as it is stored and sends the same back", () => {
  expect(toUpdateBody(PROVIDER, fromAccount(PROVIDER, ACCOUNT), ACCOUNT)).toMatchObject({
    name: "CCR",
    modelMap: ACCOUNT.modelMap,
    returnKeyId: "key_1",
    settings: ACCOUNT.settings,
  });
});
