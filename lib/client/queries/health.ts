import { queryOptions } from "@tanstack/react-query";

const POLL_MS = 15_000;

/** Does the portal serve now? True, false, or an error when it cannot be reached at all. */
export const readyQuery = queryOptions({
  queryKey: ["ready"],
  queryFn: async ({ signal }) => {
    const response = await fetch("/api/health/ready", { signal, cache: "no-store" });
    // An answer that nobody reads to its end keeps its connection.
    await response.text();
    return response.ok;
  },
  refetchInterval: POLL_MS,
  retry: false,
});
