import type { GithubClient } from './github-client.ts';
import { isForbidden, repositoryOf } from './refusal.ts';

/** A finished check beside a commit. */
export interface CheckRun {
  name: string;
  head: string;
  conclusion: 'success' | 'failure' | 'neutral';
  title: string;
  /** Markdown below 65,535 characters. */
  summary: string;
  annotations: readonly {
    path: string;
    start_line: number;
    end_line: number;
    annotation_level: 'notice' | 'warning' | 'failure';
    title: string;
    message: string;
  }[];
}

/** The Checks API takes this many in a request and appends those of the next. */
const perRequest = 50;
/** More notes than anybody reads; the summary lists every finding. */
const mostAnnotations = 500;

/** Makes a check run with all its annotations; false where the token may not. */
export async function makeCheckRun(client: GithubClient, run: CheckRun): Promise<boolean> {
  const { name, head, conclusion, title, summary } = run;
  const annotations = run.annotations.slice(0, mostAnnotations);
  const output = { title, summary };
  const { checks } = client.rest.rest;
  try {
    const { data } = await checks.create({
      ...{ ...repositoryOf(client), name, head_sha: head, status: 'completed', conclusion },
      output: { ...output, annotations: annotations.slice(0, perRequest) },
    });
    for (let start = perRequest; start < annotations.length; start += perRequest) {
      const next = annotations.slice(start, start + perRequest);
      await checks.update({
        ...{ ...repositoryOf(client), check_run_id: data.id },
        output: { ...output, annotations: next },
      });
    }
    return true;
  } catch (error) {
    if (isForbidden(error)) return false;
    throw error;
  }
}
