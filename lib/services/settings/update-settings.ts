import type { z } from "zod";
import type { PortalSettings, UpdateSettingsBody } from "../../contracts/settings";
import type { Db } from "../../db/client";
import { readStoredSettings, type SettingName, storeSetting } from "../../db/settings";
import { recordChange } from "../audit/record-change";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { readSettings } from "./read-settings";
import { heldSettings } from "./stored";

/** Changes settings; fields that are left out stay as they are. */
export async function updateSettings(
  ctx: Context,
  input: z.output<typeof UpdateSettingsBody>,
): Promise<PortalSettings> {
  authorize(ctx.actor, "settings.manage");
  await ctx.db.$transaction(async (tx) => {
    const before = heldSettings(await readStoredSettings(tx));
    const relay = { ...before.relay, ...input.relay };
    await store(tx, "sign-up-policy", input.signUpPolicy);
    await store(tx, "time-zone", input.timeZone);
    await store(tx, "relay", input.relay && relay);
    await recordChange(ctx, tx, {
      action: "settings.update",
      objectKind: "settings",
      objectId: "portal",
      before: { ...before },
      after: { ...before, ...input, relay },
    });
  });
  await ctx.changed("settings");
  return readSettings(ctx);
}

async function store(tx: Db, name: SettingName, value: unknown): Promise<void> {
  if (value !== undefined) await storeSetting(tx, name, value);
}
