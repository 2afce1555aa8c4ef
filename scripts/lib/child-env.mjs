/**
 * The environment that web, worker and command line are given. What the operator set besides
 * (mail, proxies, policies) passes through; npm's own variables do not.
 */
export function childEnv(settings, secrets, urls, env = process.env) {
  const kept = Object.entries(env).filter(([name]) => !/^npm_|^INIT_CWD$/.test(name));
  return {
    ...Object.fromEntries(kept),
    NODE_ENV: "production",
    PORT: String(settings.port),
    HOST: settings.host,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: urls.databaseUrl,
    REDIS_URL: urls.redisUrl,
    PUBLIC_URL: settings.publicUrl,
    NEXTAUTH_URL: settings.publicUrl,
    NEXTAUTH_SECRET: secrets.SESSION_SECRET,
    SESSION_SECRET: secrets.SESSION_SECRET,
    ENCRYPTION_KEY: secrets.ENCRYPTION_KEY,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}
