import { relative } from 'node:path';
import type { GithubClient } from '../../github/github-client.ts';
import type { ExitCode } from '../../model/kb-error.ts';
import { folderInRepository } from '../../repository/index.ts';
import { systemClock } from '../connect.ts';
import type { Context } from '../context.ts';
import type { previewSettings } from '../preview.ts';

/** What a workflow's job did, in every form it is told in. */
export interface JobResult {
  exitCode: ExitCode;
  json: Readonly<Record<string, unknown>>;
  /** Markdown for the job's summary, below 1 MiB. */
  summary: string;
  /** Workflow commands and plain lines for the log; every command is escaped. */
  log: string;
  /** One line for people. */
  verdict: string;
  /** For later steps; texts. */
  outputs: Readonly<Record<string, string>>;
}

/** The preview's export: commands do not know the preview, who runs them hands it in. */
export interface PreviewExport {
  exportSite(settings: ReturnType<typeof previewSettings>, into: string): Promise<unknown>;
}

/** What a job may be told beside the content and the event. */
export interface JobWishes {
  /** Address of the exported preview, to link to. */
  previewUrl: string | null;
  /** Where the preview is written as files, for a step that attaches them to the run, and what writes it. */
  preview: { into: string; loadExport: () => Promise<PreviewExport> } | null;
  /** Items to take from the AI before publishing: a manual run. */
  quarantine: readonly string[];
  only: readonly string[];
  allow: readonly string[];
  recreate: readonly string[];
  /** Why items are published without their review; null: they are not. */
  breakGlass: string | null;
  /** A GitHub App's token: pull requests it opens run their checks. */
  appToken: string | null;
}

/** GitHub for a job; null where the step got no token. */
export async function githubOf(
  context: Context,
  token = context.env.GITHUB_TOKEN ?? null,
): Promise<GithubClient | null> {
  if (token === null || token.trim() === '') return null;
  const [{ createGithubClient }, { readGithubEnvironment }] = await Promise.all([
    import('../../github/github-client.ts'),
    import('../../github/github-environment.ts'),
  ]);
  const environment = readGithubEnvironment({ ...context.env, GITHUB_TOKEN: token });
  return createGithubClient(environment, { clock: systemClock, signal: context.signal });
}

/** The content folder as the repository has it: without a final `/`, empty at the top. */
export async function repositoryFolder({ contentDir, cwd }: Context): Promise<string> {
  const inGit = await folderInRepository(contentDir);
  const folder = inGit ?? relative(cwd, contentDir).replaceAll('\\', '/');
  return folder.replace(/\/+$/, '');
}
