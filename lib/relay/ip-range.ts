import { perObject } from "../shared/per-object";

/**
 * Does an address lie in a list of addresses and CIDR ranges, IPv4 or IPv6? An IPv4 address written
 * as IPv6 (`::ffff:1.2.3.4`) is the IPv4 address. Entries that cannot be read match nothing.
 */
export function isInRanges(ip: string, ranges: readonly string[]): boolean {
  const address = parseAddress(ip);
  if (address === null) return false;
  return networksOf(ranges).some(
    ({ bits, shift, leading }) => bits === address.bits && address.value >> shift === leading,
  );
}

interface Network {
  bits: Address["bits"];
  /** How many bits of an address follow those that count. */
  shift: bigint;
  leading: bigint;
}

/** Read once for each list: a key keeps its own until it is read again. */
const networksOf = perObject((ranges: readonly string[]): Network[] =>
  ranges.map(parseRange).filter((network) => network !== null),
);

interface Address {
  bits: 32 | 128;
  value: bigint;
}

function parseRange(range: string): Network | null {
  const [text = "", prefix] = range.trim().split("/");
  const address = parseAddress(text);
  if (!address) return null;
  const { bits, value } = address;
  const length = prefix === undefined ? bits : Number(prefix);
  if (!Number.isInteger(length) || length < 0 || length > bits || prefix === "") return null;
  const shift = BigInt(bits - length);
  return { bits, shift, leading: value >> shift };
}

function parseAddress(text: string): Address | null {
  if (!text.includes(":")) return parseV4(text);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  return (mapped === undefined ? null : parseV4(mapped)) ?? parseV6(text);
}

function parseV4(text: string): Address | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null;
  if (parts.some((part) => Number(part) > 255)) return null;
  return { bits: 32, value: parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) };
}

function parseV6(text: string): Address | null {
  const halves = text.split("%")[0]?.split("::") ?? [];
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return { bits: 128, value: groups.reduce((sum, g) => (sum << 16n) | BigInt(`0x${g}`), 0n) };
}
