import type { Teammate } from '../sandbox-options.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import { type ApiCall, type ApiRoute, ok } from './route.ts';

const WORKSPACE_CREATED_AT = 1_577_836_800;

export const adminRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/me', answer: (call) => ok(me(call)) },
  {
    method: 'GET',
    path: '/admins',
    answer: ({ workspace }) =>
      ok({
        type: 'admin.list',
        admins: workspace.settings.teammates.map((one) => admin(workspace, one)),
      }),
  },
  {
    method: 'GET',
    path: '/admins/{admin_id}',
    answer: ({ workspace, params }) => {
      const found = workspace.settings.teammates.find(({ id }) => String(id) === params.admin_id);
      if (found === undefined) throw new ApiError(404, 'admin_not_found', 'Admin not found');
      return ok(admin(workspace, found));
    },
  },
];

function admin(workspace: Workspace, { id, email, name }: Teammate): Record<string, unknown> {
  return {
    type: 'admin',
    id: String(id),
    name,
    email,
    away_mode_enabled: false,
    away_mode_reassign: false,
    away_status_reason_id: null,
    has_inbox_seat: true,
    team_ids: workspace.settings.teams.flatMap((team) =>
      team.memberIds.includes(id) ? [Number(team.id)] : [],
    ),
  };
}

function me({ workspace, actor }: ApiCall): unknown {
  const { away_status_reason_id: _absentHere, ...fields } = admin(workspace, actor);
  return {
    ...fields,
    email_verified: true,
    app: {
      type: 'app',
      id_code: workspace.settings.workspaceId,
      name: workspace.settings.name,
      created_at: WORKSPACE_CREATED_AT,
      identity_verification: false,
      timezone: 'Europe/Berlin',
      region: workspace.settings.region.toUpperCase(),
    },
    avatar: { type: 'avatar', image_url: null },
  };
}
