import { createAdminServer } from './admin/admin-server.ts';
import { createApiServer } from './api/api-server.ts';
import { createRetrieval } from './fin/answer.ts';
import { createFaults } from './gate/faults.ts';
import { createRateLimit } from './gate/rate-limit.ts';
import { createRequestLog } from './gate/request-log.ts';
import { createPages } from './pages/pages.ts';
import { type SandboxOptions, settingsFrom } from './sandbox-options.ts';
import type { WorkspaceDump } from './seed/dump.ts';
import { fillWorkspace, type SkippedItems } from './seed/fill.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

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
  /**
   * Fills an empty sandbox; one that holds content already, from its folder, is left as it is. A
   * reset goes back to this.
   * @throws Error naming the first item that makes no sense; nothing is stored then.
   */
  readonly seed: (dump: WorkspaceDump) => {
    readonly isFilled: boolean;
    readonly skipped: SkippedItems;
  };
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
  const faults = createFaults(settings.seed);
  const rateLimit = createRateLimit(settings);
  const log = createRequestLog();
  const ask = createRetrieval(workspace);
  const api = createApiServer({ workspace, faults, rateLimit, log });
  const seeding = createSeeding(workspace);
  const { refill } = seeding;
  const admin = createAdminServer({ workspace, faults, rateLimit, log, ask, refill });
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
    seed: seeding.seed,
    close: () => workspace.store.close(),
  };
}

function createSeeding(
  workspace: Workspace,
): Pick<Sandbox, 'seed'> & { readonly refill: () => void } {
  let seeded: WorkspaceDump | null = null;
  return {
    seed(dump) {
      seeded = dump;
      const { articles, collections, internalArticles } = workspace.store.tables;
      const isEmpty = articles.size + collections.size + internalArticles.size === 0;
      return { isFilled: isEmpty, skipped: isEmpty ? fillWorkspace(workspace, dump) : [] };
    },
    refill() {
      workspace.store.reset();
      workspace.scheduled.clear();
      if (seeded !== null) fillWorkspace(workspace, seeded);
    },
  };
}

/** `/help_center/…` belongs to the API. */
function isHelpPage(pathname: string): boolean {
  return isUnder(pathname, '/help') || pathname === '/favicon.ico';
}

function isUnder(pathname: string, root: string): boolean {
  return pathname === root || pathname.startsWith(`${root}/`);
}
