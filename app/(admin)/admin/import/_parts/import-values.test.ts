import { expect, it } from "vitest";
import { EMPTY, importBody } from "./import-values";

const fileOf = (content: unknown) =>
  new File([typeof content === "string" ? content : JSON.stringify(content)], "backup.json");

it("sends accounts and keys, and nothing about people or use", async () => {
  const body = await importBody({
    ...EMPTY,
    file: fileOf({
      metadata: { version: "2.0" },
      data: {
        apiKeys: [{ id: "k1", name: "one", usageStats: { total: {} }, icon: "data:…" }],
        claudeAccounts: [{ id: "a1" }],
        admins: [{ username: "root", password: "$2a$…" }],
      },
    }),
    pepper: " key ",
  });
  expect(body).toEqual({
    from: {
      kind: "file",
      name: "backup.json",
      file: {
        metadata: { version: "2.0" },
        data: { apiKeys: [{ id: "k1", name: "one" }], claudeAccounts: [{ id: "a1" }] },
      },
    },
    pepper: "key",
  });
});

it("names the field that is missing or cannot be read", async () => {
  expect(await importBody(EMPTY)).toEqual({ field: "file", word: "missing" });
  for (const content of ["not JSON", "[]", "null"]) {
    const broken = { ...EMPTY, file: fileOf(content) };
    expect(await importBody(broken)).toEqual({ field: "file", word: "file" });
  }
  const live = { ...EMPTY, kind: "live" as const, url: "https://x.example", username: "a" };
  expect(await importBody(live)).toEqual({ field: "password", word: "missing" });
  const whole = await importBody({ ...live, password: "p" });
  expect(whole).toEqual({
    from: { kind: "live", url: "https://x.example", username: "a", password: "p" },
  });
});
