import fc from "fast-check";
import { expect, it } from "vitest";
import { isInRanges } from "./ip-range";

it("knows addresses and ranges of both kinds", () => {
  const inside: [string, string][] = [
    ["192.0.2.7", "192.0.2.7"],
    ["192.0.2.7", "192.0.2.0/24"],
    ["192.0.2.7", "0.0.0.0/0"],
    ["192.0.2.7", " 192.0.2.6/31 "],
    ["::ffff:192.0.2.7", "192.0.2.0/24"],
    ["2001:db8::1", "2001:db8::/32"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::/10"],
    ["::1", "::1/128"],
  ];
  for (const [ip, range] of inside) expect(isInRanges(ip, [range]), `${ip} in ${range}`).toBe(true);
});

it("lets nothing else in", () => {
  const outside: [string, string][] = [
    ["192.0.3.7", "192.0.2.0/24"],
    ["192.0.2.8", "192.0.2.6/31"],
    ["::1", "0.0.0.0/0"],
    ["192.0.2.7", "::/0"],
    ["192.0.2.7", "192.0.2.7/33"],
    ["192.0.2.7", "192.0.2.7/"],
    ["192.0.2.7", "192.0.2.7/-1"],
    ["192.0.2.7", "192.0.2.7/x"],
    ["192.0.2.7", ""],
    ["192.0.2.007", "192.0.2.7"],
    ["256.0.0.1", "0.0.0.0/0"],
    ["1:2:3", "::/0"],
    ["1::2::3", "::/0"],
    ["", "0.0.0.0/0"],
  ];
  for (const [ip, range] of outside)
    expect(isInRanges(ip, [range]), `${ip} in ${range}`).toBe(false);
  expect(isInRanges("192.0.2.7", [])).toBe(false);
  const mixed = ["nonsense", "2001:db8::/32", "192.0.2.0/24"];
  for (const ip of ["2001:db8::7", "192.0.2.7"]) expect(isInRanges(ip, mixed), ip).toBe(true);
  expect(isInRanges("192.0.3.7", mixed)).toBe(false);
});

it("compares exactly the leading bits", () => {
  const byte = fc.nat(255);
  const address = fc.tuple(byte, byte, byte, byte);
  fc.assert(
    fc.property(address, address, fc.nat(32), (a, b, length) => {
      const bits = (parts: readonly number[]) =>
        parts.map((p) => p.toString(2).padStart(8, "0")).join("");
      const expected = bits(a).slice(0, length) === bits(b).slice(0, length);
      expect(isInRanges(a.join("."), [`${b.join(".")}/${length}`])).toBe(expected);
    }),
  );
});
