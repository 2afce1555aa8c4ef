import { randomBytes } from "node:crypto";

/** A nonce for one page: 128 random bits. */
export const newNonce = (): string => randomBytes(16).toString("base64");

/**
 * The style sheet of the toasts (sonner 2.0.8), which puts itself into the page without a nonce, and
 * the empty one that it begins as. Another version has another hash: the journeys in a browser fail then.
 */
const TOAST_STYLES =
  "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/**
 * What a page may load: its own origin, and inline only what carries the page's nonce. Style
 * attributes are allowed, since charts and menus place things with them; other style elements are not.
 * @param dev the development server evaluates code and opens a socket for reloading
 */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  const own = `'self' 'nonce-${nonce}'`;
  const directives = [
    "default-src 'self'",
    `script-src ${own} 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src ${dev ? "'self' 'unsafe-inline'" : `${own} ${TOAST_STYLES}`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return directives.join("; ");
}

/** Headers that every page and every JSON answer of the portal carries besides its policy. */
export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    // Only promised where the portal is really reached by https.
    ...(publicUrl.startsWith("https:")
      ? { "strict-transport-security": "max-age=31536000; includeSubDomains" }
      : {}),
  };
}
