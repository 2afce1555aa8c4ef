import { z } from "zod";
import { token } from "./fields";
import { defineChannelKind, plainText } from "./kind";

const MAX_PORT = 65_535;
const Addresses = z
  .string()
  .max(2_000)
  .transform((text) => text.split(",").map((one) => one.trim()))
  .pipe(z.array(z.email()).min(1).max(20));

/** A mail through a server of the admin's own. */
export const email = defineChannelKind({
  id: "email",
  label: "E-mail",
  settings: z.object({
    host: z
      .string()
      .regex(/^[A-Za-z0-9.-]{1,253}$/, "The name of a server, such as smtp.example.org.")
      .meta({ label: "Mail server", help: "Its name, such as smtp.example.org." }),
    port: z
      .string()
      .default("465")
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) <= MAX_PORT)
      .meta({ label: "Port", help: "465 for TLS from the start, 587 for STARTTLS." }),
    from: z.email().meta({ label: "From", help: "The sender's address." }),
    to: z.string().max(2_000).meta({ label: "To", help: "Addresses, separated by commas." }),
    user: z
      .string()
      .max(200)
      .optional()
      .meta({ label: "User name", help: "Where the server wants a log-in." }),
  }),
  secret: z.object({ password: token("Password", "Of that user.").optional() }),
  mail({ host, port, from, to, user }, { password }, message) {
    return {
      server: { host, port: Number(port), user, password },
      mail: {
        from,
        to: Addresses.parse(to),
        subject: message.title,
        text: plainText(message),
        // Sent again it is the same mail.
        messageId: `<${message.id}@${host}>`,
      },
    };
  },
});
