import type { Team } from '../sandbox-options.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import { type ApiRoute, ok } from './route.ts';

/** Groups of teammates. They hold no right to content: the sandbox only shows them. */
export const teamRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/teams',
    answer: ({ workspace }) =>
      ok({ type: 'team.list', teams: workspace.settings.teams.map(onWire) }),
  },
  {
    method: 'GET',
    path: '/teams/{team_id}',
    answer: ({ workspace, params }) => ok(onWire(teamOf(workspace, params.team_id))),
  },
  {
    method: 'GET',
    path: '/teams/{team_id}/metrics',
    answer: ({ workspace, params }) => {
      teamOf(workspace, params.team_id);
      throw new ApiError(
        403,
        'api_plan_restricted',
        'Real-time monitoring is not enabled for your workspace.',
      );
    },
  },
];

function teamOf(workspace: Workspace, id: string | undefined): Team {
  const found = workspace.settings.teams.find((team) => team.id === id);
  if (found === undefined) throw new ApiError(404, 'team_not_found', 'Team not found');
  return found;
}

function onWire({ id, name, memberIds }: Team): unknown {
  return { type: 'team', id, name, admin_ids: memberIds };
}
