import { invalid } from '../api/api-error.ts';
import type { ApiCall, JsonObject } from '../api/route.ts';
import { applyDueSchedules } from '../api/schedules.ts';
import type { Workspace } from '../workspace.ts';

/**
 * A call as the interface makes it. Who acts can be said with `as: <email>`; otherwise it is the last
 * teammate, a colleague of the token's owner where there is one.
 * @throws ApiError 400 when `as` is nobody here
 */
export function webCall(workspace: Workspace, body: JsonObject): ApiCall {
  applyDueSchedules(workspace);
  const { teammates } = workspace.settings;
  const named = teammates.find(({ email }) => email === body.as);
  if (body.as !== undefined && named === undefined) {
    throw invalid(
      `as must be the e-mail of a teammate: ${teammates.map(({ email }) => email).join(', ')}`,
      'as',
    );
  }
  return {
    workspace,
    params: {},
    query: new URLSearchParams(),
    body,
    version: '2.16',
    actor: named ?? teammates.at(-1) ?? workspace.actor,
    via: 'web',
    managesKnowledgeBase: true,
  };
}
