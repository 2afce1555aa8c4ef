import type { ProtocolId } from "../model";
import { anthropic } from "./anthropic/index";
import { gemini } from "./gemini/index";
import type { Protocol } from "./protocol";

/** Every wire format that the relay speaks: one line each. */
const PROTOCOLS: Readonly<Record<ProtocolId, Protocol>> = { anthropic, gemini };

/** The wire format of that id. */
export function protocolOf(id: ProtocolId): Protocol {
  return PROTOCOLS[id];
}
