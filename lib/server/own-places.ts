import type { Env } from "./env";
import type { OwnPlace } from "./outbound/guard";

/** The places of this portal that no account may call: itself, its database and its Redis. */
export function ownPlaces(
  env: Pick<Env, "host" | "port" | "databaseUrl" | "redisUrl">,
): OwnPlace[] {
  return [
    { name: "the portal itself", host: env.host, port: env.port },
    place("the portal's own Postgres", env.databaseUrl, 5432),
    place("the portal's own Redis", env.redisUrl, 6379),
  ];
}

function place(name: string, address: string, defaultPort: number): OwnPlace {
  const { hostname, port } = new URL(address);
  return { name, host: hostname, port: port === "" ? defaultPort : Number(port) };
}
