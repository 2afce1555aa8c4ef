import { z } from "zod";
import { Id, Moment } from "./common";

export const ConnectQuery = z.strictObject({
  /** Only requests from this moment on count. */
  since: Moment,
});
export const ConnectParams = z.strictObject({ keyId: Id });

/** Has the first request with this key arrived since the reader began to wait? */
export const ConnectStatus = z.discriminatedUnion("state", [
  z.object({ state: z.literal("waiting") }),
  z.object({
    state: z.literal("seen"),
    requestId: z.string(),
    at: Moment,
    model: z.string(),
    client: z.string().nullable(),
    status: z.number(),
  }),
  z.object({
    state: z.literal("refused"),
    requestId: z.string(),
    at: Moment,
    model: z.string(),
    client: z.string().nullable(),
    status: z.number(),
    code: z.string(),
    message: z.string(),
  }),
]);
export type ConnectStatus = z.output<typeof ConnectStatus>;
