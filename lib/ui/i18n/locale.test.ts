import { expect, it } from "vitest";
import { chooseLocale, chooseTimeZone } from "./locale";

it("prefers the reader's own choice over the browser's languages", () => {
  expect(chooseLocale("zh", "en-GB,en;q=0.9")).toBe("zh");
  expect(chooseLocale("xx", "zh-CN")).toBe("zh");
});

it("takes the language with the highest weight that the portal speaks", () => {
  expect(chooseLocale(undefined, "fr-FR, en;q=0.4, zh-TW;q=0.8")).toBe("zh");
  expect(chooseLocale(undefined, "zh;q=0, en")).toBe("en");
  expect(chooseLocale(undefined, "de")).toBe("en");
  expect(chooseLocale(undefined, null)).toBe("en");
});

it("falls back to UTC for a zone that does not exist", () => {
  expect(chooseTimeZone("Asia/Shanghai")).toBe("Asia/Shanghai");
  expect(chooseTimeZone("Mars/Olympus")).toBe("UTC");
  expect(chooseTimeZone(undefined)).toBe("UTC");
});
