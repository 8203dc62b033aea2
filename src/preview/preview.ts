import { randomBytes } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content } from '../model/content.ts';
import type { EarlyPage } from './early-page.ts';
import type { PreviewOptions } from './preview-ports.ts';
import type { App } from './server/app.ts';
import type { GrowingKnowledge } from './state/growing-knowledge.ts';
import type { Watch } from './state/watch.ts';
import type { WholePreview } from './whole-preview.ts';

/** A running preview, without a socket: `serve` gives it one. */
export interface Preview {
  /** A page that need not wait until all is read; null for everything else, `fetch` answers that. */
  earlyPage(path: string): Promise<EarlyPage | null>;
  fetch(request: Request): Promise<Response>;
  /** Tells which port it is served on, as only requests to that are answered. */
  useAddress(port: number): void;
  /**
   * Reads all of the content: at once, or after the first page that is asked for within so many
   * milliseconds. Until then pages show what they need themselves.
   */
  load(patienceMs?: number): Promise<Loaded>;
  close(): Promise<void>;
}

export interface Loaded {
  knowledge: GrowingKnowledge;
  watch: Watch;
}

/**
 * Answers requests about a content folder, reads it, and watches it. What a first page does not need
 * is loaded after it: half of the time to a first page would be the loading of modules.
 * @throws KbError `no-content` where there is no content folder or no kb.yaml
 */
export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const { root, today } = options;
  await assertContent(root);
  const shared = { ...options, token: randomBytes(24).toString('base64url') };
  let port = 0;
  let whole: WholePreview | null = null;
  let known: Content | null = null;

  let begin: () => void = () => undefined;
  let hasBegun = false;
  const begun = new Promise<void>((resolve) => {
    begin = () => {
      hasBegun = true;
      resolve();
    };
  });
  let patience: NodeJS.Timeout | null = null;
  const loading = begun.then(async () => {
    const { openWhole } = await import('./whole-preview.ts');
    whole = await openWhole(shared);
    whole.app.useAddress(port);
    return whole;
  });
  // Whoever waits for it is told; nobody else has to be.
  loading.catch(() => undefined);

  async function earlyPage(path: string): Promise<EarlyPage | null> {
    if (whole !== null) return null;
    const { readEarlyPage } = await import('./early-page.ts');
    const page = await readEarlyPage(path, { root, today, token: shared.token }).catch(() => null);
    if (whole !== null) return null;
    if (page?.kind === 'page') known = page.content;
    return page;
  }

  /** Answers for the styles and images of an early page. */
  async function earlyApp(): Promise<App | null> {
    if (known === null) return null;
    const { openPart } = await import('./whole-preview.ts');
    const app = openPart(known, shared);
    app.useAddress(port);
    return app;
  }

  return {
    async earlyPage(path) {
      try {
        return await earlyPage(path);
      } finally {
        // The answer goes out first.
        setImmediate(begin);
      }
    },
    async fetch(request) {
      begin();
      const { pathname } = new URL(request.url);
      const isFile = pathname.startsWith('/~static/') || pathname.startsWith('/~asset/');
      const part = whole === null && isFile ? await earlyApp() : null;
      return (whole?.app ?? part ?? (await loading).app).fetch(request);
    },
    useAddress(given) {
      port = given;
      whole?.app.useAddress(given);
    },
    async load(patienceMs = 0) {
      if (patienceMs === 0) begin();
      else {
        patience = setTimeout(begin, patienceMs);
        // While the browser finds its way here.
        import('./early-page.ts').catch(() => undefined);
      }
      const { knowledge, watch, settled } = await loading;
      await settled;
      return { knowledge, watch };
    },
    async close() {
      if (patience !== null) clearTimeout(patience);
      if (!hasBegun) return;
      const made = await loading.catch(() => null);
      await made?.close();
    },
  };
}

/** Whoever reads kb.yaml says what is wrong; that it is there can be seen without loading that. */
async function assertContent(root: string): Promise<void> {
  try {
    await access(join(root, 'kb.yaml'));
  } catch {
    const { readConfig } = await import('../repository/reading/read-config.ts');
    await readConfig(root);
  }
}
