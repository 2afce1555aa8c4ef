import { type ProtocolId, TRANSLATED_IDS, type TranslatedId } from "../model";
import type { Provider } from "./provider";

/**
 * The format in which an account of this kind is sent a call that came in `asked`: the same one where its
 * upstream takes it as it is, else the kind's own where the two can be translated; null when neither.
 */
export function spokenBy(
  { protocol, also }: Pick<Provider, "protocol" | "also">,
  asked: ProtocolId,
): ProtocolId | null {
  if (asked === protocol || also.includes(asked)) return asked;
  return isTranslated(asked) && isTranslated(protocol) ? protocol : null;
}

function isTranslated(id: ProtocolId): id is TranslatedId {
  return TRANSLATED_IDS.some((one) => one === id);
}
