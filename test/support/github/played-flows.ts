import { join } from 'node:path';
import type { Context } from '../../../src/commands/context.ts';
import { readProofs } from '../../../src/commands/proof/read-proofs.ts';
import { emptyRecorded } from '../../../src/model/recorded.ts';
import { readContent } from '../../../src/repository/index.ts';
import type { Proof } from '../../../src/review/index.ts';
import { emptyFolder } from '../content-builder.ts';
import { article, workspaceConfig } from '../workspace.ts';
import type { Driver } from './driver.ts';
import { openGithub } from './emulator.ts';
import type { Flow, Ground } from './flow.ts';
import { naiveGate } from './naive-gate.ts';
import { below, today } from './reviewed-base.ts';

/** What is said of a flow's article after it. */
export interface Played {
  proof: Proof | null;
  naive: boolean;
}

/** Plays flows one after the other in one repository, each with its own article, and proves them all at once. */
export async function playFlows(flows: readonly Flow[]): Promise<Map<string, Played>> {
  const github = await openGithub();
  const driver = await github.repository('example/help');
  await prepare(driver, flows);
  const naive = new Map<string, boolean>();
  for (const [index, flow] of flows.entries()) {
    const ground = groundOf(index);
    await flow.run(driver, ground);
    naive.set(flow.name, await naiveGate(driver, ground.path));
  }
  const root = join(await emptyFolder(), 'clone');
  await driver.clone(root);
  const content = await readContent(join(root, 'content'));
  // The one team the token may not see is not there for anybody: GitHub answers the same.
  const env = github.env(driver, github.token({ members: true }));
  const found = new Map<string, Played>();
  const policies = new Map(flows.map(({ policy = {} }) => [JSON.stringify(policy), policy]));
  for (const policy of policies.values()) {
    const review = { ...content.config.review, ...policy };
    const proofOf = await readProofs(
      contextIn(join(root, 'content'), env),
      { ...content, config: { ...content.config, review } },
      { read: async () => ({ recorded: emptyRecorded, journal: null }) },
    );
    for (const [index, flow] of flows.entries()) {
      if (JSON.stringify(flow.policy ?? {}) !== JSON.stringify(policy)) continue;
      const proof = proofOf('article', `a-${index}`, 'de');
      found.set(flow.name, { proof, naive: naive.get(flow.name) ?? false });
    }
  }
  return found;
}

function groundOf(index: number): Ground {
  const path = `content/a/${index}.de.md`;
  return {
    path,
    branch: `b${index}`,
    edit: (body) =>
      below(
        'content',
        article(`a/${index}`, { de: { title: `Artikel ${index}`, body: `${body}\n` } }),
      ) as Record<string, string>,
  };
}

/** Everybody, every article, and who owns which: on main by an approved pull request. */
async function prepare(driver: Driver, flows: readonly Flow[]): Promise<void> {
  for (const login of ['anna', 'jo', 'mia']) driver.user(login, 'write');
  driver.user('chef', 'admin');
  driver.user('leser', 'read');
  driver.user('fremd');
  driver.team('redaktion', ['jo'], 'write');
  const owned = flows.flatMap(({ owners }, index) =>
    owners === undefined ? [] : [`/content/a/${index}.de.md ${owners}\n`],
  );
  await driver.push('chef', 'main', {
    files: { 'README.md': 'Hilfe\n', '.github/CODEOWNERS': `# Wem was gehört\n${owned.join('')}` },
  });
  const articles = Object.assign({}, ...flows.map((_, index) => groundOf(index).edit('Eins.')));
  const files = {
    'content/kb.yaml': workspaceConfig('review: { require: github }\n'),
    ...articles,
  };
  const pull = await driver.open('anna', { branch: 'begin', files });
  driver.approve('jo', pull);
  driver.approve('mia', pull);
  await driver.merge('jo', pull, 'squash');
}

/** A use case's context in a clone; nothing that everybody should see is expected. */
export function contextIn(contentDir: string, env: Readonly<Record<string, string>>): Context {
  return {
    contentDir,
    ledgerPath: null,
    cwd: contentDir,
    today,
    workspaceName: null,
    env,
    signal: new AbortController().signal,
    verbose: () => {},
    warn: (line) => {
      throw new Error(line);
    },
  };
}
