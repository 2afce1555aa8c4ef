import { Refusal } from "../call";
import { type Json, objectOf, textOf } from "../json";

const IMAGE_TYPES = ["image/jpeg", "image/png", "image/gif", "image/webp"];
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Refuses images and documents that the models cannot read. `path` leads to the block's source. */
export function checkSource(block: Json, path: string): void {
  const source = objectOf(block.source);
  const type = textOf(source.type);
  if (type === "url" && !textOf(source.url).startsWith("https://")) {
    throw new Refusal(400, `${path}.url.url: Only HTTPS URLs are supported.`);
  }
  if (type !== "base64") return;
  const allowed = block.type === "image" ? IMAGE_TYPES : ["application/pdf"];
  if (!allowed.includes(textOf(source.media_type))) {
    throw new Refusal(400, `${path}.base64.media_type: Input should be ${oneOf(allowed)}`);
  }
  if (BASE64.test(textOf(source.data))) return;
  throw new Refusal(400, `${path}.base64.data: Invalid base64 data`);
}

function oneOf(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  if (quoted.length === 1) return quoted.join("");
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
