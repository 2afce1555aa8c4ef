/** Known from hop to hop; sent only to accounts that lead back to the portal. */
export const HOP_HEADER = "x-relay-hop";
