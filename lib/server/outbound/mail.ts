import type { Socket } from "node:net";
import { createTransport } from "nodemailer";
import type { buildConnector } from "undici";
import type { Mail, MailServer } from "../../services/context";
import { AppError } from "../../shared/errors";

const TIMEOUT_MS = 20_000;
/** Speaks TLS from the first byte; every other port begins in the clear and changes over. */
const TLS_PORT = 465;
/** A log-in was refused. @see https://www.rfc-editor.org/rfc/rfc4954#section-6 */
const REFUSED_LOG_IN = "EAUTH";

/**
 * Sends one mail over a connection that passed the guard. A log-in never travels in the clear. Rejects with a
 * named failure whose words hold no secret.
 */
export async function sendMailOver(
  connect: buildConnector.connector,
  { host, port, user, password }: MailServer,
  { from, to, subject, text, messageId }: Mail,
): Promise<void> {
  const transport = createTransport({
    host,
    port,
    secure: port === TLS_PORT,
    requireTLS: user !== undefined && port !== TLS_PORT,
    ...(user !== undefined && { auth: { user, pass: password ?? "" } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_, callback) =>
      connect({ hostname: host, port: String(port), protocol: "http:" }, (error, socket) =>
        error || !socket
          ? callback(error ?? new Error("no connection"), undefined as never)
          : callback(null, { connection: socket as Socket }),
      ),
  });
  try {
    await transport.sendMail({ from, to: [...to], subject, text, messageId });
  } catch (thrown) {
    throw mailFailure(thrown);
  } finally {
    transport.close();
  }
}

function mailFailure(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const { code, responseCode, cause } = Object(thrown);
  if (cause instanceof AppError) return cause;
  if (code === REFUSED_LOG_IN) {
    return new AppError("upstream_denied", "The mail server refuses this log-in.");
  }
  const status = typeof responseCode === "number" ? ` (${responseCode})` : "";
  return new AppError("upstream_broken", `The mail server did not take the message${status}.`);
}
