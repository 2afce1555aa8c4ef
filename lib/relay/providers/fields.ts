import { z } from "zod";

/** A stored key travels in a header: visible ASCII only, so that it can never split one. */
export function headerSecret(label: string, help: string) {
  return z
    .string()
    .regex(/^[\x21-\x7e]{1,4096}$/, "Only visible ASCII characters, no spaces.")
    .meta({ label, help, kind: "secret" });
}

/** An http(s) address without credentials, query or fragment. */
export function baseUrl(label: string, help: string) {
  return z
    .string()
    .max(2000)
    .refine(isPlainHttpUrl, "An http(s) address without user name, query or fragment.")
    .meta({ label, help, kind: "url" });
}

function isPlainHttpUrl(text: string): boolean {
  // Placeholders of address templates are no part of the check.
  const url = URL.parse(text.replaceAll(/\{(model|action)\}/g, "x"));
  if (!url || !["http:", "https:"].includes(url.protocol)) return false;
  return url.username === "" && url.password === "" && !text.includes("?") && !text.includes("#");
}
