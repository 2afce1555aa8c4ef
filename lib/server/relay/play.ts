import { exchange } from "../../relay/pipeline/exchange";
import type { RelayPorts } from "../../relay/ports";
import type { Metrics } from "../metrics";
import type { PlayExchange } from "./node-adapter";

/** The core's exchange on this process's ports, with everything that ends counted. */
export function measuredPlay(
  ports: RelayPorts,
  metrics: Pick<Metrics, "settled" | "refused">,
): PlayExchange {
  const counted: RelayPorts = {
    ...ports,
    settle(settlement) {
      metrics.settled(settlement);
      ports.settle(settlement);
    },
    refused(record) {
      metrics.refused(record);
      ports.refused(record);
    },
  };
  return (request, sink) => exchange(request, sink, counted);
}
