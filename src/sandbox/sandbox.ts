import { createAdminServer } from './admin/admin-server.ts';
import { createApiServer } from './api/api-server.ts';
import { createRetrieval } from './fin/answer.ts';
import { createFaults } from './gate/faults.ts';
import { createRateLimit } from './gate/rate-limit.ts';
import { createRequestLog } from './gate/request-log.ts';
import { createPages } from './pages/pages.ts';
import { type SandboxOptions, settingsFrom } from './sandbox-options.ts';
import { openWorkspace } from './workspace.ts';

/** An Intercom of one workspace: a function from request to answer. */
export interface Sandbox {
  readonly name: string;
  /**
   * Answers a request to the API, to `/_sandbox/*`, or to the help center's pages.
   * @throws TypeError like a failed fetch when a connection reset was ordered.
   */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Where the outside reaches it; addresses of articles and own images start with this. */
  readonly baseUrl: string;
  readonly useBaseUrl: (url: string) => void;
  /** Lets go of its files. */
  readonly close: () => void;
}

/**
 * Starts a sandbox; with `dataDir` it goes on where the one before stopped.
 * @throws Error when the options contradict each other or the folder holds another workspace.
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const settings = settingsFrom(options);
  const workspace = openWorkspace(settings);
  const faults = createFaults();
  const rateLimit = createRateLimit(settings);
  const log = createRequestLog();
  const ask = createRetrieval(workspace);
  const api = createApiServer({ workspace, faults, rateLimit, log });
  const admin = createAdminServer({ workspace, faults, rateLimit, log, ask });
  const pages = createPages({ workspace, ask });
  return {
    name: settings.name,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (isUnder(pathname, '/_sandbox')) return admin.fetch(request);
      if (pathname === '/' || isHelpPage(pathname)) return pages.fetch(request);
      return api(request);
    },
    get baseUrl() {
      return workspace.baseUrl();
    },
    useBaseUrl: workspace.useBaseUrl,
    close: () => workspace.store.close(),
  };
}

/** `/help_center/…` belongs to the API. */
function isHelpPage(pathname: string): boolean {
  return isUnder(pathname, '/help') || pathname === '/favicon.ico';
}

function isUnder(pathname: string, root: string): boolean {
  return pathname === root || pathname.startsWith(`${root}/`);
}
