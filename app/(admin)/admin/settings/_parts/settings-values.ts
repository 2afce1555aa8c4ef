import { z } from "zod";
import { SignUpPolicy, TimeZone } from "@/lib/contracts/auth";
import type { PortalSettings, UpdateSettingsBody } from "@/lib/contracts/settings";

const SECOND = 1_000;
const MINUTE = 60_000;
const MIB = 1_048_576;

/** The numbers of the relay as people set them: the stored unit per shown unit, and the shown range. */
export const RELAY_FIELDS = {
  maxBodyBytes: { unit: MIB, min: 1, max: 256 },
  maxAttempts: { unit: 1, min: 1, max: 10 },
  connectMs: { unit: SECOND, min: 1, max: 60 },
  firstByteMs: { unit: MINUTE, min: 0.1, max: 30 },
  idleMs: { unit: MINUTE, min: 0.1, max: 30 },
  totalMs: { unit: MINUTE, min: 1, max: 120 },
  keepAliveMs: { unit: SECOND, min: 1, max: 120 },
  writeStallMs: { unit: SECOND, min: 1, max: 600 },
  stickyTtlSeconds: { unit: 60, min: 1, max: 1_440 },
  queueMs: { unit: SECOND, min: 0, max: 300 },
  queuePerKey: { unit: 1, min: 1, max: 1_000 },
  scoreBusy: { unit: 1, min: 0, max: 100 },
  scoreErrors: { unit: 1, min: 0, max: 100 },
  scoreSpeed: { unit: 1, min: 0, max: 100 },
  scoreQuota: { unit: 1, min: 0, max: 100 },
} as const;
type RelayField = keyof typeof RELAY_FIELDS;

/** The relay's numbers in the order in which they are shown. */
export const RELAY_NAMES = Object.keys(RELAY_FIELDS) as RelayField[];

const number = (name: RelayField) =>
  z.string().refine((text) => {
    const { min, max } = RELAY_FIELDS[name];
    const value = Number(text);
    return /^\d{1,6}(\.\d{1,3})?$/.test(text.trim()) && value >= min && value <= max;
  });

export const SettingsShape = z.object({
  signUpPolicy: SignUpPolicy,
  timeZone: TimeZone,
  strategy: z.enum(["priority-lru", "weighted", "score"]),
  maxBodyBytes: number("maxBodyBytes"),
  maxAttempts: number("maxAttempts"),
  connectMs: number("connectMs"),
  firstByteMs: number("firstByteMs"),
  idleMs: number("idleMs"),
  totalMs: number("totalMs"),
  keepAliveMs: number("keepAliveMs"),
  writeStallMs: number("writeStallMs"),
  stickyTtlSeconds: number("stickyTtlSeconds"),
  queueMs: number("queueMs"),
  queuePerKey: number("queuePerKey"),
  scoreBusy: number("scoreBusy"),
  scoreErrors: number("scoreErrors"),
  scoreSpeed: number("scoreSpeed"),
  scoreQuota: number("scoreQuota"),
});
export type SettingsValues = z.input<typeof SettingsShape>;

/** The settings as the form shows them. */
export function fromSettings({ signUpPolicy, timeZone, relay }: PortalSettings): SettingsValues {
  const shown = (name: RelayField) =>
    String(Number((relay[name] / RELAY_FIELDS[name].unit).toFixed(3)));
  return {
    signUpPolicy,
    timeZone,
    strategy: relay.strategy,
    maxBodyBytes: shown("maxBodyBytes"),
    maxAttempts: shown("maxAttempts"),
    connectMs: shown("connectMs"),
    firstByteMs: shown("firstByteMs"),
    idleMs: shown("idleMs"),
    totalMs: shown("totalMs"),
    keepAliveMs: shown("keepAliveMs"),
    writeStallMs: shown("writeStallMs"),
    stickyTtlSeconds: shown("stickyTtlSeconds"),
    queueMs: shown("queueMs"),
    queuePerKey: shown("queuePerKey"),
    scoreBusy: shown("scoreBusy"),
    scoreErrors: shown("scoreErrors"),
    scoreSpeed: shown("scoreSpeed"),
    scoreQuota: shown("scoreQuota"),
  };
}

/** The form's values as the API takes them. */
export function toSettingsBody(values: SettingsValues): UpdateSettingsBody {
  const stored = (name: RelayField) => Math.round(Number(values[name]) * RELAY_FIELDS[name].unit);
  const numbers = RELAY_NAMES.map((name) => [name, stored(name)] as const);
  return {
    signUpPolicy: values.signUpPolicy,
    timeZone: values.timeZone,
    relay: { ...Object.fromEntries(numbers), strategy: values.strategy },
  };
}
