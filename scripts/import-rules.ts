/** The import table of docs/architecture.md, as rules for dependency-cruiser. */
import type { IFlattenedRuleSet } from 'dependency-cruiser';

/** Which rooms each room may import. A room that is not listed fails the check. */
export const table: Readonly<Record<string, readonly string[]>> = {
  model: [],
  markdown: ['model'],
  review: ['model'],
  merge: ['model', 'markdown'],
  plan: ['model', 'markdown'],
  check: ['model', 'markdown', 'review'],
  fin: ['model', 'markdown', 'review'],
  publish: ['model', 'markdown', 'plan'],
  report: ['model'],
  repository: ['model', 'markdown'],
  intercom: ['model', 'markdown'],
  zendesk: ['model', 'markdown'],
  ledger: ['model'],
  assets: ['model'],
  github: ['model'],
  sandbox: [],
  preview: ['model', 'markdown', 'check', 'review', 'plan', 'fin', 'report', 'repository'],
  commands: [
    ...['model', 'markdown', 'review', 'merge', 'plan', 'check', 'fin', 'publish', 'report'],
    ...['repository', 'intercom', 'zendesk', 'ledger', 'assets', 'github'],
  ],
  cli: ['commands', 'report', 'model'],
  action: ['commands', 'report', 'model'],
};

/** Rooms of which only types may be imported: a room implements or renders them, and calls nothing there. */
const typesOnly: Readonly<Record<string, readonly string[]>> = {
  report: ['check', 'plan', 'review', 'fin', 'publish'],
  repository: ['publish', 'review'],
  intercom: ['publish'],
  zendesk: ['publish'],
  ledger: ['publish'],
  assets: ['publish'],
  github: ['review', 'ledger', 'publish'],
  cli: ['check', 'plan', 'review', 'fin', 'publish'],
  action: ['plan', 'publish'],
};

/** Surfaces that are loaded by dynamic import when their command runs, so that `kb check` never pays for them. */
const loadedLazily: Readonly<Record<string, readonly string[]>> = {
  cli: ['preview', 'sandbox'],
  action: ['preview'],
};

const reasons: Readonly<Record<string, string>> = {
  model: 'the model is what everything else agrees on: it knows nothing of ours',
  sandbox:
    'the sandbox must not share our reading of the API, or one misunderstanding passes both sides',
  commands: 'surfaces (cli, action, preview, sandbox) call use cases, never the other way',
  cli: 'the command line parses, calls one use case and prints its report',
};

/** Rules for src/, where imports of types count too. */
export const sourceRules: IFlattenedRuleSet = {
  forbidden: [
    ...Object.entries(table).map(([room, rooms]) => {
      const some = [...rooms, ...(typesOnly[room] ?? []), ...(loadedLazily[room] ?? [])];
      return {
        name: `${room}-imports`,
        severity: 'error' as const,
        comment: reasons[room] ?? `${room}/ may import ${some.join(', ') || 'nothing of ours'}`,
        from: { path: `^src/${room}/` },
        to: { path: '^src/', pathNot: `^src/(${[room, ...some].join('|')})/` },
      };
    }),
    {
      name: 'pure-middle',
      severity: 'error',
      comment: 'the middle is data in, data out: files, network and processes belong to the rim',
      from: { path: '^src/(model|markdown|merge|check|review|plan|fin|report)/' },
      to: {
        path: '^(node:)?(fs|fs/promises|net|http|https|http2|dns|tls|child_process|worker_threads|os)$',
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'data flows one way',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-tests-in-src',
      severity: 'error',
      comment: 'what ships does not know its tests',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
};

/** Rules for build/, where only imports of values are left. */
export const builtRules: IFlattenedRuleSet = {
  forbidden: [
    ...Object.entries(typesOnly).map(([room, rooms]) => ({
      name: `${room}-types-only`,
      severity: 'error' as const,
      comment: `${room}/ may import only types of ${rooms.join(', ')}`,
      from: { path: `^build/${room}/` },
      to: { path: `^build/(${rooms.join('|')})/` },
    })),
    ...Object.entries(loadedLazily).map(([room, rooms]) => ({
      name: `${room}-loads-lazily`,
      severity: 'error' as const,
      comment: `${rooms.join(' and ')}: by dynamic import, when the command runs`,
      from: { path: `^build/${room}/` },
      to: { path: `^build/(${rooms.join('|')})/`, dynamic: false },
    })),
  ],
};
