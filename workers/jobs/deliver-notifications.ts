import { jobs } from "../../lib/contracts/jobs";
import { deliverNotifications as deliver } from "../../lib/services/notifications/deliver-notifications";
import { on } from "../runtime/handler";

export const deliverNotifications = on(jobs.deliverNotifications, ({ system }) => deliver(system));
