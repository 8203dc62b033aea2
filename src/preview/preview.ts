import { randomBytes } from 'node:crypto';
import type { Config } from '../model/config.ts';
import { readConfig } from '../repository/index.ts';
import { pageAt } from './pages/addresses.ts';
import type { PreviewOptions } from './preview-ports.ts';
import { createContentReader } from './reading/content-reader.ts';
import { readAround, readCollections } from './reading/early-reading.ts';
import { type App, createApp } from './server/app.ts';
import { decodedPath } from './server/guards.ts';
import { createKnowledge, type GrowingKnowledge, partialKnowledge } from './state/knowledge.ts';
import { type Watch, watchContent } from './state/watch.ts';

/** A running preview, without a socket: `serve` gives it one. */
export interface Preview {
  fetch(request: Request): Promise<Response>;
  /** Tells which port it is served on, as only requests to that are answered. */
  useAddress(port: number): void;
  /** Resolves when all of the content is read; until then pages show what they need themselves. */
  loaded: Promise<Loaded>;
  close(): Promise<void>;
}

export interface Loaded {
  knowledge: GrowingKnowledge;
  watch: Watch;
}

/** A check of everything that takes no longer is made with every change. */
const quickMs = 60;
const restMs = 400;

/**
 * Answers requests about a content folder, reads it, and watches it.
 * @throws KbError `no-content` where there is no content folder or no kb.yaml
 */
export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const { config } = await readConfig(options.root);
  const profile = await options.ports.profile();
  const shared = { ...options, profile, token: randomBytes(24).toString('base64url') };
  let port = 0;
  let app: App | null = null;
  let early: App | null = null;

  async function earlyApp(request: Request): Promise<App | null> {
    const content = await earlyContent(request, options.root, config);
    if (content === null) return null;
    const made = createApp({ ...shared, knowledge: partialKnowledge(content, options.today) });
    made.useAddress(port);
    return made;
  }

  const loading = load(shared).then((made) => {
    app = made.app;
    app.useAddress(port);
    early = null;
    return made;
  });
  // Whoever waits for it is told; nobody else has to be.
  loading.catch(() => undefined);
  return {
    async fetch(request) {
      if (app === null) {
        const path = new URL(request.url).pathname;
        const isFile = path.startsWith('/~static/') || path.startsWith('/~asset/');
        const fits = isFile ? early : await earlyApp(request).catch(() => null);
        if (fits !== null && app === null) {
          early = fits;
          return fits.fetch(request);
        }
      }
      return (await loading).app.fetch(request);
    },
    useAddress(given) {
      port = given;
      app?.useAddress(given);
    },
    loaded: loading.then(({ knowledge, watch }) => ({ knowledge, watch })),
    async close() {
      const made = await loading.catch(() => null);
      await made?.close();
    },
  };
}

/** The content that one page needs; null for what needs all of it. */
function earlyContent(request: Request, root: string, config: Config) {
  const path = request.method === 'GET' ? decodedPath(request.url) : null;
  const ref = path === null ? null : pageAt(path, config.locales);
  if (ref?.kind === 'article') return readAround(root, ref.path);
  if (ref?.kind === 'home') return readCollections(root);
  return Promise.resolve(null);
}

/** Reads everything, and keeps it true. */
async function load(
  shared: PreviewOptions & Pick<Parameters<typeof createApp>[0], 'profile' | 'token'>,
) {
  const { root, today } = shared;
  const reader = createContentReader(root);
  let knowledge: GrowingKnowledge | null = null;
  let tell: () => void = () => undefined;
  let settling: NodeJS.Timeout | null = null;

  /** Open pages are told first: what they show is checked for them alone. */
  function settleSoon(known: GrowingKnowledge): void {
    if (settling !== null) clearTimeout(settling);
    const delayMs = known.settleMs < quickMs ? 0 : Math.max(restMs, 2 * known.settleMs);
    settling = setTimeout(() => {
      settling = null;
      known.settle();
      tell();
    }, delayMs);
    settling.unref();
  }

  // The first page comes before the watcher's walk and the long reading.
  await new Promise((resolve) => setTimeout(resolve, headStartMs));
  const watch = watchContent(root, reader, {
    read(reading) {
      if (knowledge === null || reading.content === knowledge.content) return;
      knowledge.learn(reading);
      tell();
      settleSoon(knowledge);
    },
    failed(trouble) {
      knowledge?.fail(trouble);
      tell();
    },
  });
  try {
    knowledge = createKnowledge(await reader.read('everything'), today);
  } catch (error) {
    await watch.close();
    throw error;
  }
  knowledge.settle();
  const app = createApp({ ...shared, knowledge });
  tell = app.tell;
  // What happened while the watcher was getting ready is not told by it.
  const caughtUp = watch.ready.then(() => watch.readAll());
  return {
    app,
    knowledge,
    watch: { ...watch, ready: caughtUp },
    async close() {
      if (settling !== null) clearTimeout(settling);
      await caughtUp;
      await watch.close();
    },
  };
}

/** Long enough for a page that is asked for at once. */
const headStartMs = 60;
