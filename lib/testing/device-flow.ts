import { randomBytes } from "node:crypto";

interface Pending {
  userCode: string;
  agreed: boolean;
}

/**
 * The books of a device flow: codes that wait for their owner, each good for one grant.
 * @see https://www.rfc-editor.org/rfc/rfc8628
 */
export function deviceFlow() {
  const pending = new Map<string, Pending>();
  return {
    /** What a device is told at the beginning; `page` is where its owner agrees. */
    begin(page: string): object {
      const deviceCode = randomBytes(16).toString("hex");
      const userCode = randomBytes(4).toString("hex").toUpperCase();
      pending.set(deviceCode, { userCode, agreed: false });
      return {
        device_code: deviceCode,
        user_code: userCode,
        verification_uri: page,
        expires_in: 300,
        interval: 1,
      };
    },
    /** Did that code wait for its owner? */
    agree(userCode: string): boolean {
      const found = [...pending.values()].find((one) => one.userCode === userCode);
      if (found) found.agreed = true;
      return found !== undefined;
    },
    /** How a code stands; one that was agreed to is spent by being asked about. */
    take(deviceCode: string): "agreed" | "authorization_pending" | "invalid_grant" {
      const found = pending.get(deviceCode);
      if (!found) return "invalid_grant";
      if (!found.agreed) return "authorization_pending";
      pending.delete(deviceCode);
      return "agreed";
    },
  };
}
