/**
 * Does an address lie in a list of addresses and CIDR ranges, IPv4 or IPv6? An IPv4 address written
 * as IPv6 (`::ffff:1.2.3.4`) is the IPv4 address. Entries that cannot be read match nothing.
 */
export function isInRanges(ip: string, ranges: readonly string[]): boolean {
  const address = parseAddress(ip);
  return address !== null && ranges.some((range) => isInRange(address, range));
}

interface Address {
  bits: 32 | 128;
  value: bigint;
}

function isInRange(address: Address, range: string): boolean {
  const [text = "", prefix] = range.trim().split("/");
  const network = parseAddress(text);
  if (!network || network.bits !== address.bits) return false;
  const length = prefix === undefined ? network.bits : Number(prefix);
  if (!Number.isInteger(length) || length < 0 || length > network.bits || prefix === "")
    return false;
  const shift = BigInt(network.bits - length);
  return address.value >> shift === network.value >> shift;
}

function parseAddress(text: string): Address | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  return parseV4(mapped ?? text) ?? parseV6(text);
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
