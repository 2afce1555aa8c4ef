import type { Db } from "./client";
import { json } from "./json";

export type SettingName = "sign-up-policy" | "time-zone" | "relay";

/** Stored settings by name; one that was never set is absent. */
export async function readStoredSettings(db: Db): Promise<Map<string, unknown>> {
  const rows = await db.setting.findMany({ select: { name: true, value: true } });
  return new Map(rows.map((row) => [row.name, row.value]));
}

export async function storeSetting(db: Db, name: SettingName, value: unknown): Promise<void> {
  await db.setting.upsert({
    where: { name },
    create: { name, value: json(value) },
    update: { value: json(value) },
  });
}
