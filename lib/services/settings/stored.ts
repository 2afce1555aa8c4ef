import { z } from "zod";
import { SignUpPolicy } from "../../contracts/auth";
import { RelayLimits } from "../../contracts/settings";

/** Settings as they hold: stored ones over the defaults of a fresh portal. */
export interface HeldSettings {
  signUpPolicy: SignUpPolicy;
  timeZone: string;
  relay: RelayLimits;
}

const Policy = SignUpPolicy.catch("invite");
const Zone = z.string().min(1).catch("UTC");
// A stored value that an older version wrote and this one does not understand must not stop the portal.
const Relay = z.preprocess((value) => value ?? {}, RelayLimits).catch(RelayLimits.parse({}));

/** What the stored rows mean; nobody may sign up uninvited until an admin opens it. */
export function heldSettings(rows: ReadonlyMap<string, unknown>): HeldSettings {
  return {
    signUpPolicy: Policy.parse(rows.get("sign-up-policy")),
    timeZone: Zone.parse(rows.get("time-zone")),
    relay: Relay.parse(rows.get("relay")),
  };
}
