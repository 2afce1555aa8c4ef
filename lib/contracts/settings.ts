import { z } from "zod";
import { SignUpPolicy, TimeZone } from "./auth";
import { Moment } from "./common";

const milliseconds = (min: number, max: number, fallback: number) =>
  z.number().int().min(min).max(max).default(fallback);

/** Limits of the relay. The defaults are what a fresh portal runs with. */
export const RelayLimits = z.strictObject({
  maxBodyBytes: z.number().int().min(65_536).max(268_435_456).default(33_554_432),
  connectMs: milliseconds(100, 60_000, 10_000),
  firstByteMs: milliseconds(1_000, 1_800_000, 300_000),
  idleMs: milliseconds(1_000, 1_800_000, 300_000),
  totalMs: milliseconds(10_000, 7_200_000, 3_600_000),
  keepAliveMs: milliseconds(1_000, 120_000, 10_000),
  writeStallMs: milliseconds(1_000, 600_000, 90_000),
  maxAttempts: z.number().int().min(1).max(10).default(3),
  stickyTtlSeconds: z.number().int().min(60).max(86_400).default(3_600),
  queueMs: z.number().int().min(0).max(300_000).default(10_000),
  queuePerKey: z.number().int().min(1).max(1_000).default(10),
  scoreBusy: z.number().int().min(0).max(100).default(40),
  scoreErrors: z.number().int().min(0).max(100).default(30),
  scoreSpeed: z.number().int().min(0).max(100).default(15),
  scoreQuota: z.number().int().min(0).max(100).default(15),
  strategy: z.enum(["priority-lru", "weighted", "score"]).default("priority-lru"),
});
export type RelayLimits = z.output<typeof RelayLimits>;

export const PortalSettings = z.object({
  signUpPolicy: SignUpPolicy,
  /** Days, weeks and months of budgets begin at midnight here. */
  timeZone: z.string(),
  relay: RelayLimits,
  /** No mail server can be set yet: invitations and resets are links that an admin copies. */
  mailVerification: z.boolean(),
  publicUrl: z.string(),
});
export type PortalSettings = z.output<typeof PortalSettings>;

export const UpdateSettingsBody = z
  .strictObject({
    signUpPolicy: SignUpPolicy,
    timeZone: TimeZone,
    relay: z.strictObject(withoutDefaults(RelayLimits.shape)).partial(),
  })
  .partial();
export type UpdateSettingsBody = z.input<typeof UpdateSettingsBody>;

/** An exact `host:port` in a private network that outbound calls may reach; IPv6 in brackets. */
export const HostPort = z
  .string()
  .trim()
  .toLowerCase()
  .max(260)
  .regex(/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/, "host:port, such as 127.0.0.1:3456.")
  .refine((text) => portOf(text) > 0 && portOf(text) < 65_536, "A port from 1 to 65535.");
export const AddAllowedHostBody = z.strictObject({
  hostPort: HostPort,
  note: z.string().max(200).default(""),
});
export type AddAllowedHostBody = z.input<typeof AddAllowedHostBody>;
export const AllowedHostParams = z.strictObject({ hostPort: HostPort });

export const AllowedHost = z.object({
  hostPort: z.string(),
  note: z.string(),
  addedAt: Moment,
  addedBy: z.string().nullable(),
});
export type AllowedHost = z.output<typeof AllowedHost>;

function portOf(hostPort: string): number {
  return Number(hostPort.slice(hostPort.lastIndexOf(":") + 1));
}

/** In a partial update an absent field keeps its stored value, so a default must not fill it in. */
function withoutDefaults<T extends Record<string, z.ZodDefault>>(shape: T) {
  const bare = Object.entries(shape).map(([name, field]) => [name, field.unwrap()]);
  return Object.fromEntries(bare) as {
    [K in keyof T]: T[K] extends z.ZodDefault<infer I> ? I : never;
  };
}
