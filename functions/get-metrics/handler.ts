import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type GetMetricsPorts, getMetrics } from "../../shared/learning/get-metrics.ts";

/** GET /api/workflows/{workflow}/metrics: owners only. */
export const createHandler = (ports: GetMetricsPorts) =>
  routeHandler("getMetrics", ports, ({ personId, path, query }) => getMetrics(path.workflow, query, personId, ports));
