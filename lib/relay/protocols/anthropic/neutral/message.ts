import type { Turn } from "../../../neutral";
import type { Json } from "./wire";

/** A message as it is written; its content is always a list of blocks. */
export interface Message {
  role: Turn["role"];
  content: readonly Json[];
  /** Fields beside role and content, of this protocol. */
  rest: Json;
}
