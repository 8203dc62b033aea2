import type { Content } from '../../model/content.ts';
import { KbError } from '../../model/kb-error.ts';
import type { Approval } from '../../model/review.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Ledger } from '../../publish/ports.ts';
import { committedFiles, isOnDisk, isShallow, lastCommits } from '../../repository/index.ts';
import {
  expiresOn,
  type FileVerdict,
  type Proof,
  type ProofPolicy,
  policyVersion,
  proveFile,
  proveText,
  withoutProof,
} from '../../review/index.ts';
import { systemClock } from '../connect.ts';
import type { Context } from '../context.ts';
import { textsOf } from '../item-texts.ts';
import { resolveItems } from '../items.ts';
import { type LocalFile, type Published, readFileFacts } from './file-facts.ts';
import { readOwnership } from './ownership.ts';
import { fileKey, recordedApprovals, recordedFiles } from './recorded-approvals.ts';
import { proofSubjects, type Subject, subjectKey } from './subjects.ts';

/** What stands behind a text under `review.require: github`; null: nobody asked. */
export type ProofOf = (kind: 'article' | 'collection', id: string, locale: string) => Proof | null;

export const noProofs: ProofOf = () => null;

/** Items that are published without the review the policy asks for, and why. */
export interface BreakGlass {
  reason: string;
  by: string;
  /** As the command line names them. */
  items: readonly string[];
}

/**
 * Proves each text whose digest is not the recorded approved one, through git and GitHub. What cannot
 * be read proves nothing: the reason is said of each text, and once to everybody.
 * @param ledger what was published, with its approvals
 */
export async function readProofs(
  context: Context,
  content: Content,
  ledger: Pick<Ledger, 'read'>,
  breakGlass: BreakGlass | null = null,
): Promise<ProofOf> {
  if (content.config.review.require !== 'github') {
    if (breakGlass === null) return noProofs;
    throw new KbError(
      'usage',
      '--break-glass is for review.require: github; kb.yaml asks for a stamp.',
      {
        hint: `kb review ${shellWord(breakGlass.items.join(','))} --by <your e-mail>`,
      },
    );
  }
  const approvals = recordedApprovals((await ledger.read()).recorded);
  const subjects = proofSubjects(content);
  const opened = breakGlass === null ? noSubjects : openedBy(breakGlass, content, context);
  const isSettled = (subject: Subject) => {
    const approval = approvals.get(subject.key);
    return approval !== undefined && isReusable(approval, subject, content, context);
  };
  const open = subjects.filter((subject) => !isSettled(subject));
  const verdicts = open.length === 0 ? null : await proveOrSay(context, content, open, approvals);
  const proofs = new Map(
    subjects.map((subject): [string, Proof] => {
      const approval = approvals.get(subject.key) ?? null;
      if (approval !== null && isSettled(subject))
        return [subject.key, { kind: 'recorded', approval }];
      const proof = openProof(subject, approval, verdicts);
      const isOpened = proof.kind === 'unproven' && opened.has(subject.key);
      return [subject.key, isOpened ? withoutReview(subject, breakGlass, context) : proof];
    }),
  );
  return (kind, id, locale) => proofs.get(subjectKey(kind, id, locale)) ?? null;
}

const noSubjects: ReadonlySet<string> = new Set();

/** The texts that break-glass names. */
function openedBy({ items }: BreakGlass, content: Content, context: Context): Set<string> {
  const texts = textsOf(content, resolveItems(content, items, context));
  return new Set(texts.map(({ kind, id, locale }) => subjectKey(kind, id, locale)));
}

/** Said by a person, and recorded as what it is: it stays a violation until these bytes are reviewed. */
function withoutReview(subject: Subject, breakGlass: BreakGlass | null, { today }: Context): Proof {
  if (breakGlass === null) return withoutProof('nobody asked GitHub');
  const { by, reason } = breakGlass;
  const approval: Approval = {
    kind: 'declared',
    by,
    on: today,
    until: null,
    pullRequest: null,
    digest: subject.digest,
    breakGlass: { reason },
  };
  return { kind: 'recorded', approval };
}

type Verdicts = { of(file: string): FileVerdict } | { failure: string } | null;

/** Found now; else what was recorded of these very bytes, expired or by break-glass; else nothing. */
function openProof(subject: Subject, approval: Approval | null, verdicts: Verdicts): Proof {
  const isOfThis = approval?.digest === subject.digest && isEvidence(approval);
  const earlier = approval !== null && isEvidence(approval) ? approval : null;
  const proof =
    verdicts === null || 'failure' in verdicts
      ? withoutProof(verdicts?.failure ?? 'nobody asked GitHub', earlier)
      : proveText(subject.files.map(verdicts.of), earlier);
  return proof.kind === 'unproven' && isOfThis && approval !== null
    ? { kind: 'recorded', approval }
    : proof;
}

/** A stamp that was typed under another policy is no evidence under this one. */
function isEvidence({ proof, breakGlass }: Approval): boolean {
  return proof !== undefined || breakGlass !== undefined;
}

/** The recorded approval of exactly this text, which still counts: a later dismissal cannot unsay it. */
function isReusable(
  approval: Approval,
  { digest }: Subject,
  { config }: Content,
  { today }: Context,
): boolean {
  const lastDay = expiresOn(approval, config.review);
  const isCurrent = lastDay === null || today <= lastDay;
  return approval.digest === digest && approval.proof !== undefined && isCurrent;
}

async function proveOrSay(
  context: Context,
  content: Content,
  subjects: readonly Subject[],
  approvals: ReadonlyMap<string, Approval>,
): Promise<Verdicts> {
  try {
    const files = [...new Set(subjects.flatMap((subject) => subject.files))];
    return await proveFiles(context, content, files, approvals);
  } catch (error) {
    if (!(error instanceof KbError)) throw error;
    const failure = [error.message, error.hint].filter((part) => part !== null).join(' ');
    context.warn(`Not proven by GitHub: ${failure}`);
    return { failure };
  }
}

async function proveFiles(
  context: Context,
  content: Content,
  files: readonly string[],
  approvals: ReadonlyMap<string, Approval>,
): Promise<{ of(file: string): FileVerdict }> {
  const { root, commit } = context.past ?? { root: context.contentDir, commit: 'HEAD' };
  const local = await readLocalFiles({ root, commit }, context.contentDir, files);
  const { client, repository, mainBranch } = await openRepository(context);
  const policy: ProofPolicy = { ...content.config.review, repository, mainBranch };
  const known = recordedFiles(approvals);
  const keyOf = ({ path, blob, last }: LocalFile) =>
    fileKey({ path, blob, commit: last.oid, policyVersion: policyVersion(policy) });
  // A record is of what was committed: a file that says something else on disk is not proven by it.
  const recordOf = (file: LocalFile) => (file.isAsCommitted ? known.get(keyOf(file)) : undefined);
  const unknown = [...local.values()].filter((file) => recordOf(file) === undefined);
  const facts = await readFileFacts({ root, commit }, client, unknown);
  const ownershipOf = policy.codeOwners
    ? await readOwnership(root, client, facts.values())
    : () => ({ kind: 'not-asked' as const });
  context.verbose(`GitHub: ${client.queries()} queries for ${unknown.length} files`);
  return {
    of(file) {
      const found = local.get(file);
      if (found === undefined) return uncommitted(file);
      const record = recordOf(found);
      if (record !== undefined) return { kind: 'approved', record };
      const fact = facts.get(found.path);
      return fact === undefined
        ? uncommitted(file)
        : proveFile({ file: fact, policy, ownershipOf, today: context.today });
    },
  };
}

/** GitHub as the environment names it, with what it calls this repository and its main branch. */
async function openRepository(context: Context) {
  const [environment, { createGithubClient }, { readRepository }] = await Promise.all([
    import('../../github/github-environment.ts'),
    import('../../github/github-client.ts'),
    import('../../github/facts/repository.ts'),
  ]);
  const client = createGithubClient(environment.readGithubEnvironment(context.env), {
    clock: systemClock,
    signal: context.signal,
  });
  return { client, ...(await readRepository(client)) };
}

/**
 * Files as the last commit has them, with the commit that brought each to the main branch.
 * @throws KbError `not-in-git`, `shallow`: without the history nobody can say which commit that was
 */
async function readLocalFiles(
  { root, commit }: Published,
  contentDir: string,
  files: readonly string[],
): Promise<Map<string, LocalFile>> {
  const committed = await committedFiles(root, commit);
  if (committed === null) {
    throw new KbError(
      'not-in-git',
      'The content folder is not in a git repository with a commit.',
      {
        hint: 'review.require: github proves what was merged; run it in a clone.',
      },
    );
  }
  if ((await isShallow(root)) !== false) {
    throw new KbError(
      'shallow',
      'This clone is shallow, so the commits that brought the texts are missing.',
      {
        hint: 'In a workflow: fetch-depth: 0 of actions/checkout. Elsewhere: git fetch --unshallow',
      },
    );
  }
  const wanted = files.flatMap((file) => {
    const found = committed.get(file);
    return found === undefined ? [] : [{ file, ...found }];
  });
  const last = await lastCommits(root, new Set(wanted.map(({ path }) => path)), commit);
  const local = new Map<string, LocalFile>();
  for (const file of wanted) {
    const brought = last.get(file.path);
    if (brought === undefined) continue;
    const isAsCommitted = await isOnDisk(contentDir, file.relativePath, file.blob);
    local.set(file.file, { ...file, last: brought, isAsCommitted });
  }
  return local;
}

function uncommitted(file: string): FileVerdict {
  return {
    kind: 'unproven',
    path: file,
    rule: 'committed',
    reason: 'is not committed; bring it to main by a pull request',
  };
}
