import type { PortalSettings } from "../../contracts/settings";
import { readStoredSettings } from "../../db/settings";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { heldSettings } from "./stored";

/** The portal's settings as they hold (admins). */
export async function readSettings(ctx: Context): Promise<PortalSettings> {
  authorize(ctx.actor, "settings.manage");
  const held = heldSettings(await readStoredSettings(ctx.db));
  return { ...held, mailVerification: false, publicUrl: ctx.publicUrl };
}
