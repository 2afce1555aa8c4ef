import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withIntl = createNextIntlPlugin("./lib/ui/i18n/request.ts");

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Native modules and connection libraries keep state per module instance: loading them from
  // node_modules keeps one instance for the server's bundle and for Next's.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@pydantic/genai-prices",
    "bullmq",
    "ioredis",
    "pg",
    "pino",
    "undici",
  ],
  // `npm run check` is the gate for types; whoever only starts the portal should not wait for it, nor
  // be stopped by a test's type.
  typescript: { ignoreBuildErrors: true },
  // `forbidden()`: a member on an admin page gets a 403 and a page that says so.
  experimental: { authInterrupts: true },
  outputFileTracingRoot: import.meta.dirname,
};

export default withIntl(config);
