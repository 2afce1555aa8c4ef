import { z } from "zod";
import { AppError } from "../../shared/errors";
import type { Context } from "../context";

/** A begun sign-in as it is kept, sealed, between its two halves. */
export const OpenSignIn = z.object({
  provider: z.string(),
  settings: z.record(z.string(), z.unknown()),
  accountId: z.string().nullable(),
  proxy: z.string().nullable(),
  seeds: z.object({ state: z.string(), verifier: z.string(), challenge: z.string() }),
  deviceCode: z.string().nullable(),
});
export type OpenSignIn = z.output<typeof OpenSignIn>;

/** Where a begun sign-in is sealed for. */
export function signInPlace(id: string) {
  return { table: "sign_in", column: "sealed", row: id };
}

/** The sign-in of that id. Throws `not_found` when it has ended or ran out. */
export async function readSignIn(ctx: Context, id: string): Promise<OpenSignIn> {
  const sealed = await ctx.signIns.read(id);
  if (sealed === null) {
    throw new AppError("not_found", "This sign-in has ended or took too long. Begin again.");
  }
  return OpenSignIn.parse(JSON.parse(ctx.vault.open(signInPlace(id), sealed)));
}
