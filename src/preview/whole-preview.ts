import type { Content } from '../model/content.ts';
import { defaultProfile } from '../model/profile.ts';
import type { PreviewOptions } from './preview-ports.ts';
import { breathing } from './reading/breath.ts';
import { createContentReader } from './reading/content-reader.ts';
import { type App, createApp } from './server/app.ts';
import { createKnowledge, type GrowingKnowledge } from './state/growing-knowledge.ts';
import { asksGitHub } from './state/known-proofs.ts';
import { partialKnowledge } from './state/partial-knowledge.ts';
import { type Watch, watchContent } from './state/watch.ts';

/** A preview that has read everything, and keeps it true. */
export interface WholePreview {
  app: App;
  knowledge: GrowingKnowledge;
  watch: Watch;
  /** Resolves when the first check of everything is done. */
  settled: Promise<void>;
  close(): Promise<void>;
}

type Shared = PreviewOptions & { token: string };

/** A check of everything that takes no longer is made with every change. */
const quickMs = 60;
/** Other checks wait for a moment without saving. */
const restMs = 300;

/** Reads everything, and keeps it true. @throws KbError `no-content` */
export async function openWhole(options: Shared): Promise<WholePreview> {
  const { root, today } = options;
  const [profile, hosted] = await Promise.all([options.ports.profile(), options.hosted()]);
  const reader = createContentReader(root);
  const breathe = breathing();
  let knowledge: GrowingKnowledge | null = null;
  let tell: () => void = () => undefined;
  let settling: NodeJS.Timeout | null = null;

  /** Open pages are told first: what they show is checked for them alone. */
  function settleSoon(known: GrowingKnowledge): void {
    if (settling !== null) clearTimeout(settling);
    settling = setTimeout(
      () => {
        settling = null;
        void settleNow(known);
      },
      known.settleMs < quickMs ? 0 : restMs,
    );
    settling.unref();
  }

  async function askGitHub(known: GrowingKnowledge): Promise<void> {
    const { content } = known;
    if (!asksGitHub(content)) return;
    known.learnProofs(content, await options.ports.proofs(content));
    tell();
  }

  async function settleNow(known: GrowingKnowledge): Promise<void> {
    if (await known.settle(breathe)) tell();
  }

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
  const known = knowledge;
  const app = createApp({
    ...options,
    ...{ profile, hosted, knowledge },
    askGitHub: () => askGitHub(known),
  });
  tell = app.tell;
  const settled = settleNow(knowledge);
  // As every other command does under this policy; nobody waits for it, and a page says why it failed.
  settled.then(() => askGitHub(known)).catch(() => undefined);
  // What happened while the watcher was getting ready is not told by it.
  const caughtUp = watch.ready.then(() => watch.readAll());
  return {
    app,
    knowledge,
    settled,
    watch: { ...watch, ready: caughtUp },
    async close() {
      if (settling !== null) clearTimeout(settling);
      await Promise.all([caughtUp, settled]);
      await watch.close();
    },
  };
}

/** Answers about a part of the content, for as long as the whole is not read. */
export function openPart(content: Content, options: Shared): App {
  const knowledge = partialKnowledge(content, options.today);
  const facts = { profile: defaultProfile, hosted: null, knowledge };
  return createApp({ ...options, ...facts, askGitHub: async () => undefined });
}
