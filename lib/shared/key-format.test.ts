import { expect, it } from "vitest";
import { isKeySecret, isKeySized, makeKeySecret } from "./key-format";

it("accepts every key that it makes, and no two are alike", () => {
  const keys = Array.from({ length: 500 }, makeKeySecret);
  expect(keys.every(isKeySecret)).toBe(true);
  expect(keys.every(isKeySized)).toBe(true);
  expect(new Set(keys).size).toBe(500);
  expect(keys[0]).toMatch(/^cr_[0-9A-Za-z]{49}$/);
});

it("refuses a key with any one character mistyped", () => {
  const key = makeKeySecret();
  for (let i = 3; i < key.length; i++) {
    const wrong = key.slice(0, i) + (key[i] === "a" ? "b" : "a") + key.slice(i + 1);
    expect(isKeySecret(wrong), `at ${i}`).toBe(false);
  }
});

it("accepts imported keys of 64 hex digits", () => {
  expect(isKeySecret(`cr_${"0123456789abcdef".repeat(4)}`)).toBe(true);
  expect(isKeySecret(`cr_${"0123456789ABCDEF".repeat(4)}`)).toBe(false);
  expect(isKeySized(`cr_${"0123456789abcdef".repeat(4)}`)).toBe(true);
});

it("tells what is too long or too short to be a key, or begins otherwise", () => {
  const key = makeKeySecret();
  for (const other of ["", "cr_", `${key}x`, key.slice(0, -1), key.replace("cr_", "cr-")]) {
    expect(isKeySized(other), other).toBe(false);
  }
});

it("refuses anything else", () => {
  const others = ["", "cr_", "sk-ant-api03-abc", `cr_${"x".repeat(49)}`, `xx_${"0".repeat(64)}`];
  for (const other of others) expect(isKeySecret(other), other).toBe(false);
});
