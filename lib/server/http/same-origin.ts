import { AppError } from "../../shared/errors";

/**
 * Refuses changes that another site's page asks for in a reader's name: browsers state the origin of
 * every such call, and a call that states none did not come from a page of ours.
 * @throws {AppError} `forbidden`
 */
export function demandSameOrigin(headers: Headers, publicUrl: string): void {
  const origin = headers.get("origin");
  if (origin !== null && isOwn(origin, headers.get("host"), publicUrl)) return;
  throw new AppError("forbidden", "This call must come from a page of the portal itself.");
}

function isOwn(origin: string, host: string | null, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const given = new URL(origin);
  // The portal may also be opened by another name of its machine, such as 127.0.0.1.
  return given.origin === new URL(publicUrl).origin || given.host === host;
}
