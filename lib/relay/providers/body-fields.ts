import { takeOut } from "../capabilities/take-out";
import { buffer, concat, encode } from "../stream/bytes";

const SPACES = new Set(buffer(encode(" \t\r\n")));
const [CLOSE] = encode("}");

/** An object's JSON with fields added at its front and others taken out; every other byte is untouched. */
export function withBodyFields(
  body: Uint8Array,
  added: Readonly<Record<string, unknown>>,
  removed: readonly string[],
): Uint8Array {
  const bare = removed.reduce((bytes, path) => takeOut(bytes, { kind: "field", path }), body);
  const bytes = buffer(bare);
  const inside = bytes.indexOf("{") + 1;
  const first = bytes.subarray(inside).find((byte) => !SPACES.has(byte));
  const fields = JSON.stringify(added).slice(1, -1) + (first === CLOSE ? "" : ",");
  return concat([bare.subarray(0, inside), encode(fields), bare.subarray(inside)]);
}
