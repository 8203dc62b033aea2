import type { CommandDeclaration } from './declaration.ts';

/** Where each command is declared, in the order help lists them. */
const loaders: Readonly<Record<string, () => Promise<CommandDeclaration>>> = {
  init: async () => (await import('./commands/init.ts')).init,
  new: async () => (await import('./commands/new.ts')).scaffolding,
  import: async () => (await import('./commands/import.ts')).importing,
  try: async () => (await import('./commands/try.ts')).trying,
  check: async () => (await import('./commands/check.ts')).check,
  review: async () => (await import('./commands/review.ts')).review,
  translated: async () => (await import('./commands/translated.ts')).translated,
  preview: async () => (await import('./commands/preview.ts')).preview,
  plan: async () => (await import('./commands/plan.ts')).plan,
  publish: async () => (await import('./commands/publish.ts')).publish,
  redirects: async () => (await import('./commands/redirects.ts')).redirects,
  adopt: async () => (await import('./commands/adopt.ts')).adopt,
  drift: async () => (await import('./commands/drift.ts')).drift,
  pull: async () => (await import('./commands/pull.ts')).pull,
  rollback: async () => (await import('./commands/rollback.ts')).rollback,
  probe: async () => (await import('./commands/probe.ts')).probe,
  ask: async () => (await import('./commands/ask.ts')).ask,
  eval: async () => (await import('./commands/eval.ts')).evaluation,
  audit: async () => (await import('./commands/audit.ts')).audit,
  log: async () => (await import('./commands/log.ts')).log,
  quarantine: async () => (await import('./commands/quarantine.ts')).quarantine,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  github: async () => (await import('./commands/github.ts')).github,
  sandbox: async () => (await import('./commands/sandbox.ts')).sandbox,
};

/** Every command. */
export function loadDeclarations(): Promise<CommandDeclaration[]> {
  return Promise.all(Object.values(loaders).map((load) => load()));
}

/**
 * The commands that a command line can mean: those whose name is one of its words. Where none is, or
 * help is asked for, all of them: the list and the suggestions need them.
 */
export function loadDeclarationsFor(argv: readonly string[]): Promise<CommandDeclaration[]> {
  const named = Object.entries(loaders).filter(([name]) => argv.includes(name));
  const asksHelp = argv.some((word) => word === '--help' || word === '-h' || word === 'help');
  if (asksHelp || (named.length === 0 && !isVersion(argv))) return loadDeclarations();
  return Promise.all(named.map(([, load]) => load()));
}

function isVersion([only, ...more]: readonly string[]): boolean {
  return more.length === 0 && (only === '--version' || only === '-V');
}
