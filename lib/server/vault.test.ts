import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { openVault } from "./vault";

const PLACE = { table: "accounts", column: "sealed_secret", row: "acc_1" };
const newKey = () => randomBytes(32).toString("base64");

it("opens what it sealed, whatever the text", () => {
  const vault = openVault(newKey());
  for (const plain of ["", "sk-ant-1", "密钥 ✓", "x".repeat(100_000)]) {
    expect(vault.open(PLACE, vault.seal(PLACE, plain))).toBe(plain);
  }
});

it("never makes the same envelope twice", () => {
  const vault = openVault(newKey());
  expect(vault.seal(PLACE, "same")).not.toBe(vault.seal(PLACE, "same"));
});

it("refuses an envelope with any byte changed", () => {
  const vault = openVault(newKey());
  const envelope = vault.seal(PLACE, "secret text");
  for (let i = 0; i < envelope.length; i++) {
    for (const bit of [1, 2, 4, 8]) {
      const changed = String.fromCharCode(envelope.charCodeAt(i) ^ bit);
      const forged = envelope.slice(0, i) + changed + envelope.slice(i + 1);
      expect(() => vault.open(PLACE, forged), `byte ${i}, bit ${bit}`).toThrow("cannot be opened");
    }
  }
});

it("refuses an envelope that was moved to another table, column or row", () => {
  const vault = openVault(newKey());
  const envelope = vault.seal(PLACE, "secret text");
  for (const moved of [{ table: "keys" }, { column: "sealed_proxy" }, { row: "acc_2" }]) {
    expect(() => vault.open({ ...PLACE, ...moved }, envelope)).toThrow("cannot be opened");
  }
});

it("reads old keys after a rotation and says which envelopes are left", () => {
  const [old, young] = [newKey(), newKey()];
  const before = openVault(`old:${old}`);
  const envelope = before.seal(PLACE, "kept");
  const after = openVault(`new:${young},old:${old}`);
  expect(after.open(PLACE, envelope)).toBe("kept");
  expect(after.needsRotation(envelope)).toBe(true);
  expect(after.needsRotation(after.seal(PLACE, "kept"))).toBe(false);
  expect(() => openVault(`new:${young}`).open(PLACE, envelope)).toThrow("cannot be opened");
});
