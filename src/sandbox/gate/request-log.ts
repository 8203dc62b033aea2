/** What was asked of the API: for tests that count calls, and for the live log. */

export interface LoggedRequest {
  readonly number: number;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly route: string;
  readonly status: number | null;
  readonly fault: string | null;
  readonly tookMs: number;
}

export interface RequestLog {
  note(request: Omit<LoggedRequest, 'number'>): void;
  summary(): {
    readonly total: number;
    readonly byMethod: Readonly<Record<string, number>>;
    readonly byRoute: Readonly<Record<string, number>>;
  };
  /** The last requests, newest first. */
  recent(): readonly LoggedRequest[];
  reset(): void;
}

const KEPT = 200;

export function createRequestLog(): RequestLog {
  let total = 0;
  let byMethod: Record<string, number> = {};
  let byRoute: Record<string, number> = {};
  let recent: LoggedRequest[] = [];

  return {
    note(request) {
      total += 1;
      byMethod[request.method] = (byMethod[request.method] ?? 0) + 1;
      const route = `${request.method} ${request.route}`;
      byRoute[route] = (byRoute[route] ?? 0) + 1;
      recent = [{ ...request, number: total }, ...recent.slice(0, KEPT - 1)];
    },
    summary: () => ({ total, byMethod: { ...byMethod }, byRoute: { ...byRoute } }),
    recent: () => recent,
    reset() {
      total = 0;
      byMethod = {};
      byRoute = {};
      recent = [];
    },
  };
}
