import type { SignUpOptions } from "../../contracts/auth";
import { readStoredSettings } from "../../db/settings";
import { hasAdmin } from "../../db/users";
import type { Context } from "../context";
import { heldSettings } from "../settings/stored";
import { authorize } from "./authorize";

/** What the sign-in and sign-up pages offer. */
export async function readSignUpOptions(ctx: Context): Promise<SignUpOptions> {
  authorize(ctx.actor, "account-links.use");
  const { signUpPolicy } = heldSettings(await readStoredSettings(ctx.db));
  return {
    policy: signUpPolicy,
    // No mail server can be set yet, so no address can be verified: invitations and resets are copied links.
    mailVerification: false,
    needsSetUp: !(await hasAdmin(ctx.db)),
  };
}
