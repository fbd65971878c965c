import type { GroupTools } from './acting.ts'
import { createNaming, createRoles } from './changing.ts'
import { createJoining } from './joining.ts'
import { createGroupSteps } from './groupSteps.ts'
import { createLeaving } from './leaving.ts'
import type { GroupService } from './groupService.ts'

export type GroupServiceOptions = Omit<GroupTools, 'steps'>

export function createGroupService(options: GroupServiceOptions): GroupService {
  const tools = { ...options, steps: createGroupSteps(options) }
  return {
    ...createJoining(tools),
    ...createLeaving(tools),
    ...createNaming(tools),
    ...createRoles(tools),
  }
}
